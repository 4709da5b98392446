-- Information notes of a room to mairies: their words are entries of the main courante, written once and chained; here, whom each was for and what became of it.
create table crise_notes (
  contrat_id smallint not null,
  crise_id uuid not null,
  numero smallint not null check (numero > 0),
  -- entry of the main courante that holds its words
  entree bigint not null check (entree > 0),
  -- who learnt it: a code of `crises.yaml`
  origine text not null check (origine ~ '^[a-z0-9][a-z0-9-]{0,59}$'),
  -- the note that this one corrects
  corrige smallint check (corrige < numero),
  envoyee_le timestamptz not null,
  primary key (contrat_id, crise_id, numero),
  foreign key (contrat_id, crise_id) references crises (contrat_id, id),
  foreign key (contrat_id, crise_id, corrige) references crise_notes (contrat_id, crise_id, numero)
);
select proteger('crise_notes');
revoke update on crise_notes from concorde_application;

-- One for each mairie that a note is for: what it answered, or that nobody is left to ask.
create table crise_note_mairies (
  contrat_id smallint not null,
  id uuid not null default gen_random_uuid(),
  crise_id uuid not null,
  note smallint not null,
  territoire_id text not null check (char_length(territoire_id) <= 60),
  -- who owes the answer
  organisation_id text not null check (char_length(organisation_id) between 1 and 60),
  -- the function, never the person
  accuse_le timestamptz,
  accuse_fonction text check (accuse_fonction ~ '^[a-z0-9][a-z0-9-]{0,59}$'),
  accuse_voie text check (accuse_voie in ('lien', 'compte')),
  -- entry of the main courante that holds its short answer
  retour bigint check (retour > 0),
  sans_suite_le timestamptz,
  primary key (contrat_id, id),
  unique (contrat_id, crise_id, note, territoire_id),
  foreign key (contrat_id, crise_id, note) references crise_notes (contrat_id, crise_id, numero),
  check ((accuse_le is null) = (accuse_voie is null)),
  check (accuse_le is not null or (retour is null and accuse_fonction is null))
);
select proteger('crise_note_mairies');
select signaler('crise_note_mairies');
revoke update on crise_note_mairies from concorde_application;
grant update (accuse_le, accuse_fonction, accuse_voie, retour, sans_suite_le) on crise_note_mairies to concorde_application;
create index crise_note_mairies_muettes on crise_note_mairies (contrat_id, territoire_id) where accuse_le is null;

-- Whom of its roster it was sent to, and what became of each letter.
create table crise_note_envois (
  contrat_id smallint not null,
  id uuid not null default gen_random_uuid(),
  mairie_id uuid not null,
  -- line of the roster, where the address is
  inscrit_id uuid not null,
  fonction text not null check (fonction ~ '^[a-z0-9][a-z0-9-]{0,59}$'),
  motif text not null check (motif in ('liste', 'astreinte', 'silence', 'rebond', 'retard')),
  envoye_le timestamptz not null,
  du_le timestamptz not null,
  parti_le timestamptz,
  escalade_le timestamptz,
  rebond_le timestamptz,
  primary key (contrat_id, id),
  unique (contrat_id, mairie_id, inscrit_id),
  foreign key (contrat_id, mairie_id) references crise_note_mairies (contrat_id, id)
);
select proteger('crise_note_envois');
revoke update on crise_note_envois from concorde_application;
grant update (du_le, parti_le, escalade_le, rebond_le) on crise_note_envois to concorde_application;
grant delete on crise_note_envois to concorde_application;
create index crise_note_envois_dus on crise_note_envois (contrat_id, du_le) where escalade_le is null;

select annoter('crise_notes', '{"traitement": "crises", "duree": "Durée du contrat ; les mots, ceux de la main courante", "jours": 3653, "recours": 366}',
  '{"contrat_id": "technique", "crise_id": "technique", "numero": "technique", "entree": "technique", "origine": "contenu", "corrige": "technique", "envoyee_le": "contenu"}');
select annoter('crise_note_mairies', '{"traitement": "crises", "duree": "Durée du contrat ; les mots, ceux de la main courante", "jours": 3653, "recours": 366}',
  '{"contrat_id": "technique", "id": "technique", "crise_id": "technique", "note": "technique", "territoire_id": "contrat", "organisation_id": "contrat",
    "accuse_le": "contenu", "accuse_fonction": "contenu", "accuse_voie": "technique", "retour": "technique", "sans_suite_le": "contenu"}');
select annoter('crise_note_envois', '{"traitement": "crises", "duree": "365 jours", "jours": 365}',
  '{"contrat_id": "technique", "id": "technique", "mairie_id": "technique", "inscrit_id": "pseudonyme", "fonction": "contenu", "motif": "technique", "envoye_le": "contenu",
    "du_le": "contenu", "parti_le": "contenu", "escalade_le": "contenu", "rebond_le": "contenu"}');
