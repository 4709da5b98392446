-- Accounts, their mandates and sessions; the audit trail; background jobs as people see them.
create table comptes (
  contrat_id smallint not null references contrats (id),
  id uuid not null default gen_random_uuid(),
  courriel text not null check (courriel = lower(courriel)),
  nom text not null,
  fonction text not null,
  organisation_id text not null,
  -- argon2id, null for demonstration personas that sign in by one click
  mot_de_passe text,
  demonstration boolean not null default false,
  ordre smallint not null default 0,
  cree_le timestamptz not null default now(),
  ferme_le timestamptz,
  primary key (contrat_id, id),
  unique (contrat_id, courriel)
);
select proteger('comptes');

create table mandats (
  contrat_id smallint not null,
  id uuid not null default gen_random_uuid(),
  compte_id uuid not null,
  role text not null,
  territoire_id text,
  fiche text,
  debut date not null,
  fin date,
  accorde_par text not null,
  primary key (contrat_id, id),
  foreign key (contrat_id, compte_id) references comptes (contrat_id, id)
);
create index mandats_compte on mandats (contrat_id, compte_id);
select proteger('mandats');

create table sessions (
  contrat_id smallint not null,
  -- sha-256 of the token; the token itself is only in the person's cookie
  empreinte bytea not null,
  compte_id uuid not null,
  ouverte_le timestamptz not null default now(),
  vue_le timestamptz not null default now(),
  expire_le timestamptz not null,
  primary key (contrat_id, empreinte),
  foreign key (contrat_id, compte_id) references comptes (contrat_id, id)
);
select proteger('sessions');

create table audit (
  contrat_id smallint not null references contrats (id),
  id bigint generated always as identity,
  quand timestamptz not null,
  compte_id uuid,
  organisation_id text,
  action text not null,
  objet text not null,
  details jsonb not null default '{}',
  adresse text,
  primary key (contrat_id, id)
);
create index audit_objet on audit (contrat_id, objet, id);
select proteger('audit');
revoke update, delete on audit from concorde_application;

create table travaux (
  contrat_id smallint not null references contrats (id),
  id uuid not null default gen_random_uuid(),
  genre text not null,
  libelle text not null,
  charge jsonb not null default '{}',
  etat text not null default 'attente' check (etat in ('attente', 'en_cours', 'fait', 'echec')),
  fait bigint not null default 0,
  total bigint,
  message text not null default '',
  resultat jsonb,
  demande_par uuid,
  cree_le timestamptz not null default now(),
  fini_le timestamptz,
  primary key (contrat_id, id)
);
create index travaux_recents on travaux (contrat_id, cree_le desc);
select proteger('travaux');

-- The application role may not touch the worker's own schema: it asks through this function, in its own transaction.
create function ajouter_travail(contrat smallint, travail uuid) returns void
language plpgsql security definer set search_path = pg_catalog as $$
begin
  perform graphile_worker.add_job('travail', json_build_object('contratId', contrat, 'id', travail), max_attempts => 2);
end $$;
