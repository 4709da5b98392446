-- Who is told of an alert, who answered, what was done; rosters; browsers that receive a notice.
alter table alertes add column survenue boolean not null default false;
alter table alertes add column retex text not null default '' check (char_length(retex) <= 4000);
alter table alertes add column retex_le timestamptz;
alter table alertes add column retex_par text not null default '' check (char_length(retex_par) <= 200);
alter table alertes add column retex_du date;
alter table alertes add column anonymisee_le timestamptz;

-- Once the retention has passed, what it said goes: place, words, lessons; what counts stays.
create function oublier_alerte() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as $$
begin
  if old.anonymisee_le is not null then new.anonymisee_le := old.anonymisee_le; end if;
  if new.anonymisee_le is not null then
    new.lieu := ''; new.faits := ''; new.auteur := ''; new.auteur_id := null; new.validee_par := ''; new.levee_par := ''; new.retex_par := '';
    new.ecartee_motif := '';
  end if;
  return new;
end $$;
create trigger oublier_alerte before update on alertes for each row execute function oublier_alerte();

-- A line of a list: somebody who holds a function somewhere, in the order of the roster.
create table alerte_inscrits (
  contrat_id smallint not null references contrats (id),
  id uuid not null default gen_random_uuid(),
  fonction text not null check (fonction ~ '^[a-z][a-z0-9-]{0,59}$'),
  -- a territory of the contract, or the code of a neighbouring commune
  territoire text not null check (char_length(territoire) between 2 and 60),
  organisation_id text not null,
  nom text not null check (char_length(nom) between 2 and 120),
  courriel text not null default '' check (char_length(courriel) <= 254),
  telephone text not null default '' check (char_length(telephone) <= 30),
  voies text[] not null default '{courriel}' check (voies <@ array['courriel', 'push', 'sms'] and cardinality(voies) > 0),
  compte_id uuid,
  rang smallint not null default 1 check (rang between 1 and 99),
  -- told whatever the hour; otherwise only while on duty
  permanent boolean not null default true,
  retire_le timestamptz,
  anonymisee_le timestamptz,
  version integer not null default 1 check (version > 0),
  modifie_par text not null default '' check (char_length(modifie_par) <= 200),
  modifie_le timestamptz not null,
  primary key (contrat_id, id),
  check (courriel <> '' or anonymisee_le is not null)
);
select proteger('alerte_inscrits');
create index alerte_inscrits_par_lieu on alerte_inscrits (contrat_id, territoire, fonction, rang) where retire_le is null;
create index alerte_inscrits_par_compte on alerte_inscrits (contrat_id, compte_id) where compte_id is not null;
create index alerte_inscrits_par_courriel on alerte_inscrits (contrat_id, lower(courriel));
create function oublier_inscrit() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as $$
begin
  if old.anonymisee_le is not null then new.anonymisee_le := old.anonymisee_le; end if;
  if new.anonymisee_le is not null then
    new.nom := 'oublié'; new.courriel := ''; new.telephone := ''; new.compte_id := null; new.modifie_par := '';
  end if;
  return new;
end $$;
create trigger oublier_inscrit before update on alerte_inscrits for each row execute function oublier_inscrit();

-- Moments of duty. Instants, so that a night in which the hour changes is as long as it really is.
create table astreintes (
  contrat_id smallint not null,
  id uuid not null default gen_random_uuid(),
  inscrit_id uuid not null,
  suppleant_id uuid,
  debut timestamptz not null,
  fin timestamptz not null,
  annulee_le timestamptz,
  version integer not null default 1 check (version > 0),
  modifie_par text not null default '' check (char_length(modifie_par) <= 200),
  modifie_le timestamptz not null,
  primary key (contrat_id, id),
  foreign key (contrat_id, inscrit_id) references alerte_inscrits (contrat_id, id),
  foreign key (contrat_id, suppleant_id) references alerte_inscrits (contrat_id, id),
  check (fin > debut and fin - debut <= interval '15 days'),
  check (suppleant_id <> inscrit_id)
);
select proteger('astreintes');
create index astreintes_moments on astreintes (contrat_id, fin, debut) where annulee_le is null;
create index astreintes_inscrits on astreintes (contrat_id, inscrit_id, debut);
create index astreintes_suppleants on astreintes (contrat_id, suppleant_id) where suppleant_id is not null;

-- One row for each one told. Never twice for the same alert, whatever stops in the middle.
create table alerte_envois (
  contrat_id smallint not null,
  id uuid not null default gen_random_uuid(),
  alerte_id uuid not null,
  inscrit_id uuid not null,
  genre text not null check (genre in ('validation', 'accuse')),
  fonction text not null,
  territoire text not null,
  organisation_id text not null,
  nom text not null check (char_length(nom) <= 120),
  -- from the list, from the roster, after a silence, after a refused address, because nobody was left
  motif text not null check (motif in ('liste', 'astreinte', 'silence', 'rebond', 'trou')),
  envoye_le timestamptz not null,
  du_le timestamptz not null,
  reponse text check (reponse in ('vu', 'vais', 'rien', 'valide', 'ecarte')),
  repondu_le timestamptz,
  -- how many answers: seals the next link
  reponses smallint not null default 0,
  escalade_le timestamptz,
  rebond_le timestamptz,
  anonymisee_le timestamptz,
  primary key (contrat_id, id),
  unique (contrat_id, alerte_id, inscrit_id, genre),
  foreign key (contrat_id, alerte_id) references alertes (contrat_id, id),
  foreign key (contrat_id, inscrit_id) references alerte_inscrits (contrat_id, id),
  check ((reponse is null) = (repondu_le is null))
);
select proteger('alerte_envois');
create index alerte_envois_dus on alerte_envois (contrat_id, du_le) where reponse is null and escalade_le is null and rebond_le is null;
create index alerte_envois_inscrits on alerte_envois (contrat_id, inscrit_id);
create function oublier_envoi() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as $$
begin
  if new.anonymisee_le is not null then new.nom := 'oublié'; end if;
  return new;
end $$;
create trigger oublier_envoi before update on alerte_envois for each row execute function oublier_envoi();

-- Browsers that asked to be told; the address that opens one is kept closed.
create table alerte_navigateurs (
  contrat_id smallint not null references contrats (id),
  id uuid not null default gen_random_uuid(),
  compte_id uuid not null,
  empreinte text not null check (length(empreinte) = 32),
  ferme bytea not null check (octet_length(ferme) <= 3000),
  cree_le timestamptz not null,
  primary key (contrat_id, id),
  unique (contrat_id, empreinte)
);
select proteger('alerte_navigateurs');
revoke update on alerte_navigateurs from concorde_application;
grant delete on alerte_navigateurs to concorde_application;
create index alerte_navigateurs_comptes on alerte_navigateurs (contrat_id, compte_id);

-- The pair that signs notices, made at first use when no setting gives one.
create table alerte_cles (
  contrat_id smallint not null primary key references contrats (id),
  publique text not null check (char_length(publique) <= 200),
  ferme bytea not null check (octet_length(ferme) <= 400),
  creee_le timestamptz not null
);
select proteger('alerte_cles');
revoke update on alerte_cles from concorde_application;

-- What waits to leave by another way than mail. Nothing of the alert is in it.
create table alerte_messages (
  contrat_id smallint not null,
  id uuid not null default gen_random_uuid(),
  envoi_id uuid not null,
  voie text not null check (voie in ('push', 'sms')),
  navigateur_id uuid,
  etat text not null default 'attente' check (etat in ('attente', 'envoye', 'echec', 'retenu')),
  essais smallint not null default 0,
  prochain_le timestamptz not null,
  pris_jusqua timestamptz,
  erreur text not null default '' check (char_length(erreur) <= 300),
  envoye_le timestamptz,
  primary key (contrat_id, id),
  unique nulls not distinct (contrat_id, envoi_id, voie, navigateur_id),
  foreign key (contrat_id, envoi_id) references alerte_envois (contrat_id, id)
);
select proteger('alerte_messages');
create index alerte_messages_dus on alerte_messages (contrat_id, prochain_le) where etat = 'attente';

-- What happened to an alert, in order. Nothing is changed afterwards.
create table alerte_evenements (
  contrat_id smallint not null,
  alerte_id uuid not null,
  rang integer not null check (rang > 0),
  quand timestamptz not null,
  acte text not null check (acte ~ '^[a-z][a-z-]{0,59}$'),
  texte text not null default '' check (char_length(texte) <= 600),
  auteur text not null default '' check (char_length(auteur) <= 200),
  organisation_id text,
  primary key (contrat_id, alerte_id, rang),
  foreign key (contrat_id, alerte_id) references alertes (contrat_id, id)
);
select proteger('alerte_evenements');
revoke update on alerte_evenements from concorde_application;
grant delete on alerte_evenements to concorde_application;
create index alerte_evenements_age on alerte_evenements (contrat_id, quand);

-- Points of the emergency procedure, as the file said them that day.
create table alerte_points (
  contrat_id smallint not null,
  alerte_id uuid not null,
  code text not null check (code ~ '^[a-z][a-z0-9-]{0,59}$'),
  ordre smallint not null,
  libelle text not null check (char_length(libelle) <= 160),
  qui text not null check (char_length(qui) <= 80),
  cellules boolean not null default false,
  du_le timestamptz not null,
  fait_le timestamptz,
  fait_par text not null default '' check (char_length(fait_par) <= 200),
  note text not null default '' check (char_length(note) <= 300),
  primary key (contrat_id, alerte_id, code),
  foreign key (contrat_id, alerte_id) references alertes (contrat_id, id),
  check ((fait_le is null) = (fait_par = ''))
);
select proteger('alerte_points');

-- Alerts as facts: what was spread, never an exercise. Of the public, the day and the place only.
create view faits_alertes with (security_invoker = true) as
select contrat_id, id, (diffusee_le at time zone (select c.fuseau from contrats c where c.id = a.contrat_id))::date as jour, null::date as fin,
  territoire_id, null::text as organisation_id, null::uuid as lot_id, 'Alerte'::text as titre, '{}'::text[] as fiches, '{}'::text[] as lignes,
  palier, genre, issue, survenue
from alertes a
where diffusee_le is not null and not exercice;
grant select on faits_alertes to concorde_application;

select annoter('alertes', null,
  '{"survenue": "contenu", "retex": "contenu", "retex_le": "contenu", "retex_par": "identite", "retex_du": "contenu", "anonymisee_le": "technique"}');
select annoter('alerte_inscrits', '{"traitement": "alertes", "duree": "Jusqu’à son retrait, puis 365 jours", "jours": 365}',
  '{"contrat_id": "technique", "id": "technique", "fonction": "vie_professionnelle", "territoire": "vie_professionnelle", "organisation_id": "vie_professionnelle",
    "nom": "identite", "courriel": "coordonnees", "telephone": "coordonnees", "voies": "coordonnees", "compte_id": "pseudonyme", "rang": "vie_professionnelle",
    "permanent": "vie_professionnelle", "retire_le": "technique", "anonymisee_le": "technique", "version": "technique", "modifie_par": "identite",
    "modifie_le": "technique"}');
select annoter('astreintes', '{"traitement": "alertes", "duree": "Durée du contrat ; qui la tenait est oublié avec l’inscrit"}',
  '{"contrat_id": "technique", "id": "technique", "inscrit_id": "pseudonyme", "suppleant_id": "pseudonyme", "debut": "vie_professionnelle",
    "fin": "vie_professionnelle", "annulee_le": "technique", "version": "technique", "modifie_par": "identite", "modifie_le": "technique"}');
select annoter('alerte_envois', '{"traitement": "alertes", "duree": "Durée du contrat, sans nom après 365 jours", "jours": 365}',
  '{"contrat_id": "technique", "id": "technique", "alerte_id": "technique", "inscrit_id": "pseudonyme", "genre": "contenu", "fonction": "vie_professionnelle",
    "territoire": "vie_professionnelle", "organisation_id": "vie_professionnelle", "nom": "identite", "motif": "contenu", "envoye_le": "contenu", "du_le": "contenu",
    "reponse": "contenu", "repondu_le": "contenu", "reponses": "technique", "escalade_le": "contenu", "rebond_le": "contenu", "anonymisee_le": "technique"}');
select annoter('alerte_navigateurs', '{"traitement": "alertes", "duree": "Jusqu’à ce que la personne l’arrête, que son compte prenne fin, ou que le navigateur ne réponde plus"}',
  '{"contrat_id": "technique", "id": "technique", "compte_id": "pseudonyme", "empreinte": "authentification",
    "ferme": {"categorie": "coordonnees", "note": "Chiffré"}, "cree_le": "technique"}');
select annoter('alerte_cles', '{"traitement": "alertes", "duree": "Durée de l’installation"}',
  '{"contrat_id": "technique", "publique": "technique", "ferme": {"categorie": "authentification", "note": "Chiffré"}, "creee_le": "technique"}');
select annoter('alerte_messages', '{"traitement": "alertes", "duree": "Durée du contrat"}',
  '{"contrat_id": "technique", "id": "technique", "envoi_id": "technique", "voie": "technique", "navigateur_id": "technique", "etat": "technique",
    "essais": "technique", "prochain_le": "technique", "pris_jusqua": "technique", "erreur": "technique", "envoye_le": "technique"}');
select annoter('alerte_evenements', '{"traitement": "alertes", "duree": "365 jours", "jours": 365}',
  '{"contrat_id": "technique", "alerte_id": "technique", "rang": "technique", "quand": "contenu", "acte": "contenu", "texte": "contenu", "auteur": "identite",
    "organisation_id": "vie_professionnelle"}');
select annoter('alerte_points', '{"traitement": "alertes", "duree": "Durée du contrat"}',
  '{"contrat_id": "technique", "alerte_id": "technique", "code": "contenu", "ordre": "technique", "libelle": "contenu", "qui": "contenu", "cellules": "contenu",
    "du_le": "contenu", "fait_le": "contenu", "fait_par": "identite", "note": "contenu"}');
