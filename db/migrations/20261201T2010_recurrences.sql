-- A place that comes back: reports of one kind, near one another, followed together. A later one of that kind, near it, joins it, and opens it
-- again when it was closed.
create table recurrences (
  contrat_id smallint not null references contrats (id),
  id uuid not null default gen_random_uuid(),
  circuit text not null check (circuit ~ '^[a-z0-9][a-z0-9-]{0,59}$'),
  categorie text not null check (categorie ~ '^[a-z0-9][a-z0-9-]{0,59}$'),
  titre text not null check (char_length(titre) between 2 and 120),
  territoire_id text not null,
  adresse text not null default '' check (char_length(adresse) <= 200),
  lon double precision check (lon between -180 and 180),
  lat double precision check (lat between -90 and 90),
  maille bigint generated always as (floor((lat + 90) * 1000)::bigint * 1000000 + floor((lon + 180) * 1000)::bigint) stored,
  service_id text not null,
  -- organisations that read it; null: whoever works on the contract
  lecteurs text[],
  ouverte_le timestamptz not null,
  close_le timestamptz,
  -- how many times it came back after it was closed
  retours integer not null default 0 check (retours >= 0),
  -- from this day its exact place is erased
  efface_apres timestamptz,
  anonymisee_le timestamptz,
  version integer not null default 1 check (version > 0),
  modifie_par text not null default '' check (char_length(modifie_par) <= 200),
  modifie_le timestamptz not null,
  primary key (contrat_id, id),
  check ((lon is null) = (lat is null))
);
select proteger('recurrences');
select signaler('recurrences');
create index recurrences_par_maille on recurrences (contrat_id, maille) where maille is not null;
create index recurrences_par_lieu on recurrences (contrat_id, circuit, territoire_id);
create index recurrences_recentes on recurrences (contrat_id, modifie_le desc, id);
create index recurrences_a_effacer on recurrences (contrat_id, efface_apres) where anonymisee_le is null and efface_apres is not null;

-- A report is of one recurrence.
create table recurrence_demandes (
  contrat_id smallint not null,
  demande_id uuid not null,
  recurrence_id uuid not null,
  liee_le timestamptz not null,
  primary key (contrat_id, demande_id),
  foreign key (contrat_id, recurrence_id) references recurrences (contrat_id, id),
  foreign key (contrat_id, demande_id) references demandes (contrat_id, id)
);
select proteger('recurrence_demandes');
revoke update on recurrence_demandes from concorde_application;
create index recurrence_demandes_par_recurrence on recurrence_demandes (contrat_id, recurrence_id, demande_id);

-- What happened to each, in order; nothing is changed afterwards.
create table recurrence_evenements (
  contrat_id smallint not null,
  recurrence_id uuid not null,
  rang integer not null check (rang > 0),
  quand timestamptz not null,
  acte text not null check (acte ~ '^[a-z][a-z-]{0,59}$'),
  auteur text not null default '' check (char_length(auteur) <= 200),
  organisation_id text,
  -- said to those who follow it
  message text not null default '' check (char_length(message) <= 2000),
  lien text not null default '' check (char_length(lien) <= 200),
  primary key (contrat_id, recurrence_id, rang),
  foreign key (contrat_id, recurrence_id) references recurrences (contrat_id, id)
);
select proteger('recurrence_evenements');
revoke update on recurrence_evenements from concorde_application;

-- Residents who reported there and asked to be told of the place, beyond their own report.
create table recurrence_suiveurs (
  contrat_id smallint not null,
  id uuid not null default gen_random_uuid(),
  recurrence_id uuid not null,
  -- whose code opens it
  suiveur_id uuid not null,
  contact bytea check (octet_length(contact) < 1000),
  cree_le timestamptz not null,
  effacer_le timestamptz,
  anonymisee_le timestamptz,
  primary key (contrat_id, id),
  foreign key (contrat_id, recurrence_id) references recurrences (contrat_id, id),
  foreign key (contrat_id, suiveur_id) references demande_suiveurs (contrat_id, id)
);
select proteger('recurrence_suiveurs');
create unique index recurrence_suiveurs_par_suiveur on recurrence_suiveurs (contrat_id, recurrence_id, suiveur_id);
create index recurrence_suiveurs_a_effacer on recurrence_suiveurs (contrat_id, effacer_le) where anonymisee_le is null and effacer_le is not null;

-- Decisions of a council or a group that these reports caused, and what was told of their effect.
create table recurrence_decisions (
  contrat_id smallint not null,
  recurrence_id uuid not null,
  decision_id uuid not null,
  liee_par text not null check (char_length(liee_par) <= 200),
  liee_le timestamptz not null,
  effet text not null default '' check (char_length(effet) <= 2000),
  effet_le timestamptz,
  primary key (contrat_id, recurrence_id, decision_id),
  foreign key (contrat_id, recurrence_id) references recurrences (contrat_id, id),
  check ((effet = '') = (effet_le is null))
);
select proteger('recurrence_decisions');
create index recurrence_decisions_par_decision on recurrence_decisions (contrat_id, decision_id);

create function anonymiser_recurrence() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as $$
begin
  new.adresse := '';
  new.lon := null;
  new.lat := null;
  return new;
end $$;
revoke execute on function anonymiser_recurrence from public;
create trigger recurrence_anonymisee before update on recurrences for each row
  when (new.anonymisee_le is not null and old.anonymisee_le is null) execute function anonymiser_recurrence();
create trigger suiveur_de_recurrence_oublie before update on recurrence_suiveurs for each row
  when (new.anonymisee_le is not null and old.anonymisee_le is null) execute function oublier_suiveur();

select annoter('recurrences', '{"traitement": "signalements", "duree": "Durée du contrat ; le lieu exact s’efface après la clôture, selon le circuit", "jours": 1}',
  '{"contrat_id": "technique", "id": "technique", "circuit": "contrat", "categorie": "contrat", "titre": "contrat", "territoire_id": "contrat",
    "adresse": "localisation", "lon": "localisation", "lat": "localisation", "maille": "technique", "service_id": "contrat", "lecteurs": "technique",
    "ouverte_le": "contenu", "close_le": "contenu", "retours": "contenu", "efface_apres": "technique", "anonymisee_le": "technique", "version": "technique",
    "modifie_par": "identite", "modifie_le": "contenu"}');
select annoter('recurrence_demandes', '{"traitement": "signalements", "duree": "Durée du contrat"}',
  '{"contrat_id": "technique", "demande_id": "technique", "recurrence_id": "technique", "liee_le": "contenu"}');
select annoter('recurrence_evenements', '{"traitement": "signalements", "duree": "Durée du contrat"}',
  '{"contrat_id": "technique", "recurrence_id": "technique", "rang": "technique", "quand": "contenu", "acte": "contenu", "auteur": "identite",
    "organisation_id": "contrat", "message": "contenu", "lien": "technique"}');
select annoter('recurrence_suiveurs', '{"traitement": "signalements", "duree": "L’adresse, jusqu’à la fin du délai du circuit après la clôture", "jours": 1}',
  '{"contrat_id": "technique", "id": "technique", "recurrence_id": "technique", "suiveur_id": "technique",
    "contact": {"categorie": "coordonnees", "note": "Adresse chiffrée de qui suit le lieu"}, "cree_le": "contenu", "effacer_le": "technique",
    "anonymisee_le": "technique"}');
select annoter('recurrence_decisions', '{"traitement": "signalements", "duree": "Durée du contrat"}',
  '{"contrat_id": "technique", "recurrence_id": "technique", "decision_id": "technique", "liee_par": "identite", "liee_le": "contenu", "effet": "contenu",
    "effet_le": "contenu"}');
