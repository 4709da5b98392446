-- Residents' reports (doléances), whatever the channel. Built for millions of rows: few indexes, no free text, no reporter.
create table signalements (
  contrat_id smallint not null,
  id bigint generated always as identity,
  canal text not null,
  id_externe text not null,
  jour date not null,
  type text not null,
  sous_type text not null,
  service text not null,
  perimetre text not null,
  theme text not null,
  territoire_id text not null,
  adresse text,
  lon real,
  lat real,
  lot_id uuid not null,
  primary key (contrat_id, id)
);
create unique index signalements_externe on signalements (contrat_id, canal, id_externe);
create index signalements_liste on signalements (contrat_id, jour desc, id desc);
create index signalements_lot on signalements (lot_id);
select proteger('signalements');

-- Labels of the codes met in the files: types and services are an open list that belongs to the data.
create table signalement_libelles (
  contrat_id smallint not null references contrats (id),
  genre text not null check (genre in ('type', 'service')),
  code text not null,
  libelle text not null,
  primary key (contrat_id, genre, code)
);
select proteger('signalement_libelles');

create table signalement_lots (
  contrat_id smallint not null references contrats (id),
  id uuid not null default gen_random_uuid(),
  source text not null,
  fichier text not null,
  lus integer not null,
  nouveaux integer not null,
  connus integer not null,
  avertis integer not null,
  rejetes integer not null,
  motifs jsonb not null default '[]',
  importe_le timestamptz not null default now(),
  importe_par text not null,
  primary key (contrat_id, id)
);
select proteger('signalement_lots');

create view faits_doleances with (security_invoker = true) as
select contrat_id, id, jour, null::date as fin, territoire_id, null::text as organisation_id, lot_id,
  sous_type as titre, '{}'::text[] as fiches, '{}'::text[] as lignes, canal, type, perimetre, theme, service
from signalements;
grant select on faits_doleances to concorde_application;
