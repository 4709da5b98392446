-- Registers of activity. One table for all registers, whatever their definition: the fields of a definition live in
-- `donnees`, what every record has lives in columns. The row is the current version; superseded ones are in
-- activite_versions, so that a large import writes one row for each record.
create table activites (
  contrat_id smallint not null references contrats (id),
  id uuid not null default gen_random_uuid(),
  registre text not null,
  jour date not null,
  fin date check (fin is null or fin >= jour),
  titre text not null,
  territoire_id text not null,
  adresse text,
  lon double precision,
  lat double precision,
  organisation_id text not null,
  commentaire text not null default '',
  -- evidence: fiches (`1.6`) and action lines (`1.6-R2.5`) of the contract
  fiches text[] not null default '{}',
  lignes text[] not null default '{}',
  donnees jsonb not null default '{}',
  id_externe text,
  statut text not null default 'publie' check (statut in ('publie', 'retire')),
  version integer not null default 1,
  -- what made the current version, who and when
  acte text not null default 'creation'
    check (acte in ('creation', 'correction', 'retrait', 'retablissement', 'import', 'annulation', 'demonstration')),
  motif text not null default '',
  auteur_id uuid,
  auteur text not null,
  modifie_le timestamptz not null default now(),
  cree_le timestamptz not null default now(),
  -- the import that last wrote the record, and the version it wrote
  lot_id uuid,
  lot_version integer,
  recherche tsvector generated always as (
    to_tsvector('concorde_fr'::regconfig, titre || ' ' || coalesce(adresse, '') || ' ' || commentaire)
    || jsonb_to_tsvector('concorde_fr'::regconfig, donnees, '["string"]')
  ) stored,
  primary key (contrat_id, id),
  check ((lon is null) = (lat is null))
);
create index activites_liste on activites (contrat_id, registre, jour desc, id desc);
create index activites_titre on activites (contrat_id, registre, titre, id);
create index activites_saisie on activites (contrat_id, registre, modifie_le desc, id);
create unique index activites_externe on activites (contrat_id, registre, id_externe) where id_externe is not null;
create index activites_lot on activites (contrat_id, lot_id) where lot_id is not null;
create index activites_organisation on activites (contrat_id, organisation_id, modifie_le desc);
create index activites_preuves on activites using gin (lignes);
create index activites_fiches on activites using gin (fiches);
create index activites_recherche on activites using gin (recherche);
select proteger('activites');
revoke delete on activites from concorde_application;

-- What a record says, as one comparable value: versions, imports and differences use it.
create function activite_contenu(a activites) returns jsonb language sql stable as $$
  select jsonb_build_object(
    'jour', a.jour, 'fin', a.fin, 'titre', a.titre, 'territoire_id', a.territoire_id, 'adresse', a.adresse,
    'lon', a.lon, 'lat', a.lat, 'organisation_id', a.organisation_id, 'commentaire', a.commentaire,
    'fiches', to_jsonb(a.fiches), 'lignes', to_jsonb(a.lignes), 'donnees', a.donnees)
$$;

-- Superseded versions, never changed.
create table activite_versions (
  contrat_id smallint not null,
  activite_id uuid not null,
  version integer not null,
  statut text not null,
  contenu jsonb not null,
  acte text not null,
  motif text not null,
  auteur_id uuid,
  auteur text not null,
  modifie_le timestamptz not null,
  lot_id uuid,
  lot_version integer,
  primary key (contrat_id, activite_id, version),
  foreign key (contrat_id, activite_id) references activites (contrat_id, id)
);
select proteger('activite_versions');
revoke update, delete on activite_versions from concorde_application;

-- Keeps the version that an update supersedes. A trigger, so that no writer can forget it.
create function garder_version_activite() returns trigger language plpgsql as $$
begin
  insert into activite_versions (contrat_id, activite_id, version, statut, contenu, acte, motif, auteur_id, auteur,
    modifie_le, lot_id, lot_version)
  values (old.contrat_id, old.id, old.version, old.statut, activite_contenu(old), old.acte, old.motif, old.auteur_id,
    old.auteur, old.modifie_le, old.lot_id, old.lot_version);
  return new;
end $$;
create trigger activites_versions before update on activites
  for each row when (new.version <> old.version) execute function garder_version_activite();

-- Imports. A batch is prepared (previewed), then published, and may be undone.
create table lots (
  contrat_id smallint not null references contrats (id),
  id uuid not null default gen_random_uuid(),
  registre text not null,
  fichier text not null,
  -- sha-256 of the file, to tell that it was published before
  empreinte text not null,
  etat text not null default 'prepare' check (etat in ('prepare', 'publie', 'annule')),
  lues integer not null default 0,
  nouvelles integer not null default 0,
  corrigees integer not null default 0,
  connues integer not null default 0,
  en_erreur integer not null default 0,
  -- columns of the file that mean nothing here, warnings about the whole file
  remarques jsonb not null default '[]',
  cree_par uuid,
  auteur text not null,
  cree_le timestamptz not null default now(),
  publie_par text,
  publie_le timestamptz,
  annule_par text,
  annule_le timestamptz,
  -- undoing: records put back, and records left alone because they were corrected since
  retablies integer not null default 0,
  gardees integer not null default 0,
  primary key (contrat_id, id)
);
create index lots_registre on lots (contrat_id, registre, cree_le desc);
select proteger('lots');

create table lot_lignes (
  contrat_id smallint not null,
  lot_id uuid not null,
  numero integer not null,
  etat text not null check (etat in ('nouvelle', 'corrigee', 'connue', 'erreur')),
  id_externe text,
  -- the row as it was in the file (column label -> text) and as it was understood
  brut jsonb not null,
  contenu jsonb,
  activite_id uuid,
  version integer,
  erreurs jsonb not null default '[]',
  primary key (contrat_id, lot_id, numero),
  foreign key (contrat_id, lot_id) references lots (contrat_id, id) on delete cascade
);
create index lot_lignes_etat on lot_lignes (contrat_id, lot_id, etat, numero);
select proteger('lot_lignes');

-- Codes added to the closed lists of a definition. Never removed: records use them.
create table listes_extensions (
  contrat_id smallint not null references contrats (id),
  registre text not null,
  -- field code, or `<field>.<column>` for a list inside repeated lines
  champ text not null,
  code text not null check (code ~ '^[a-z0-9-]{1,60}$'),
  libelle text not null,
  auteur text not null,
  cree_le timestamptz not null default now(),
  primary key (contrat_id, registre, champ, code)
);
select proteger('listes_extensions');
revoke update, delete on listes_extensions from concorde_application;

-- Under row-level security PostgreSQL keeps from its indexes every operator that is not marked leakproof. These two only
-- compare what they are given and raise no message that could carry a value. Needs a superuser: elsewhere search still
-- works, it only reads more rows.
do $$
begin
  alter function pg_catalog.ts_match_vq(tsvector, tsquery) leakproof;
  alter function pg_catalog.arraycontains(anyarray, anyarray) leakproof;
  alter function pg_catalog.arrayoverlap(anyarray, anyarray) leakproof;
exception when insufficient_privilege then
  raise notice 'Recherche : les index plein texte ne serviront pas sous RLS sans superutilisateur.';
end $$;
