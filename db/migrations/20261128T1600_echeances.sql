-- Everything that is owed: one list for all modules. Which of « à venir », « due » and « en retard » an open one is follows from
-- the day and is never stored.
create table echeances (
  contrat_id smallint not null references contrats (id),
  id uuid not null default gen_random_uuid(),
  -- kind, and the module that declares it
  genre text not null,
  module text not null,
  -- what it is about; `sujet` is what is looked at again when something is written (a session, a decision, a measure)
  sujet text not null,
  objet_id text not null,
  objet uuid generated always as (
    case when objet_id ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then objet_id::uuid end) stored,
  titre text not null,
  chemin text not null check (chemin ~ '^/[^/]'),
  -- who owes it (empty: the contract's own desk); the person where one is named
  organisation_id text not null,
  personne text not null default '',
  courriel text not null default '' check (courriel = lower(courriel)),
  -- which of several owed for one object: a period, a participant
  periode text not null default '',
  -- null: of the whole contract
  territoire_id text,
  fiche text,
  ouverte_le date not null,
  -- null: owed, but nobody said for when
  due_le date,
  -- the order of lists: what has no date comes last
  ordre date generated always as (coalesce(due_le, 'infinity'::date)) stored,
  -- blocked since: reminders run from that day, not from the due one
  suspendue_le date,
  soldee_le timestamptz,
  soldee_par text not null default '',
  -- path of what settled it
  solde_chemin text not null default '',
  sans_objet_le timestamptz,
  sans_objet_motif text not null default '',
  primary key (contrat_id, id),
  unique (contrat_id, genre, objet_id, organisation_id, periode),
  check (soldee_le is null or sans_objet_le is null),
  check ((sans_objet_le is not null) = (sans_objet_motif <> ''))
);
create index echeances_sujet on echeances (contrat_id, genre, sujet);
create index echeances_ouvertes on echeances (contrat_id, ordre, id) where soldee_le is null and sans_objet_le is null;
create index echeances_organisation on echeances (contrat_id, organisation_id, ordre, id) where soldee_le is null and sans_objet_le is null;
create index echeances_territoire on echeances (contrat_id, territoire_id, ordre, id) where soldee_le is null and sans_objet_le is null;
create index echeances_fiche on echeances (contrat_id, fiche, ordre, id) where soldee_le is null and sans_objet_le is null and fiche is not null;
create index echeances_genre on echeances (contrat_id, genre, ordre, id) where soldee_le is null and sans_objet_le is null;
create index echeances_courriel on echeances (contrat_id, courriel, ordre, id) where soldee_le is null and sans_objet_le is null and courriel <> '';
create index echeances_closes on echeances (contrat_id, coalesce(soldee_le, sans_objet_le) desc, id desc)
  where soldee_le is not null or sans_objet_le is not null;
select proteger('echeances');

-- Each reminder leaves once, whatever the number of processes: one step, of one due day, to one address.
create table echeance_rappels (
  contrat_id smallint not null,
  echeance_id uuid not null,
  destinataire text not null check (destinataire = lower(destinataire)),
  motif text not null check (motif in ('rappel', 'escalade', 'demande')),
  -- day from which the step is counted, and the days after it
  base date not null,
  pas integer not null,
  envoye_le timestamptz not null,
  primary key (contrat_id, echeance_id, destinataire, motif, base, pas),
  foreign key (contrat_id, echeance_id) references echeances (contrat_id, id)
);
select proteger('echeance_rappels');
revoke update on echeance_rappels from concorde_application;

-- One letter a person a day.
create table echeance_envois (
  contrat_id smallint not null references contrats (id),
  destinataire text not null check (destinataire = lower(destinataire)),
  jour date not null,
  lignes integer not null check (lignes > 0),
  primary key (contrat_id, destinataire, jour)
);
select proteger('echeance_envois');
revoke update on echeance_envois from concorde_application;

-- What reminded people before this list.
alter table decisions drop column relance_le, drop column escalade_le;
alter table seance_participants drop column relance_le;
alter table seances drop column rappel_le;

select annoter('echeances', '{"traitement": "echeances", "duree": "Durée du contrat, puis versement aux archives",
  "titre": "Échéances et rappels",
  "finalite": "Savoir ce qui est dû, par qui et pour quand ; le rappeler à qui le doit",
  "base_legale": "Mission d’intérêt public (RGPD, art. 6.1.e) : suivi du contrat local de prévention",
  "personnes": "Personnes chargées d’une décision, membres convoqués, titulaires d’un compte",
  "destinataires": ["Personnes habilitées à ouvrir l’objet de l’échéance"]}',
  '{"contrat_id": "technique", "id": "technique", "genre": "technique", "module": "technique", "sujet": "technique", "objet_id": "technique",
    "objet": "technique", "titre": "contenu", "chemin": "technique", "organisation_id": "vie_professionnelle", "personne": "identite",
    "courriel": "coordonnees", "periode": "contenu", "territoire_id": "contrat", "fiche": "contrat", "ouverte_le": "contenu",
    "due_le": "contenu", "ordre": "technique", "suspendue_le": "contenu", "soldee_le": "contenu", "soldee_par": "identite", "solde_chemin": "technique",
    "sans_objet_le": "contenu", "sans_objet_motif": "contenu"}');
select annoter('echeance_rappels', '{"traitement": "echeances", "duree": "Celle de l’échéance"}',
  '{"contrat_id": "technique", "echeance_id": "technique", "destinataire": "coordonnees", "motif": "technique", "base": "technique",
    "pas": "technique", "envoye_le": "technique"}');
select annoter('echeance_envois', '{"traitement": "echeances", "duree": "Durée du contrat"}',
  '{"contrat_id": "technique", "destinataire": "coordonnees", "jour": "technique", "lignes": "technique"}');
select signaler('echeances');
