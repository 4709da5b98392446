-- Files that the application made for people (bilans). Small and few: they live with the rest, in one backup.
create table fichiers (
  contrat_id smallint not null references contrats (id),
  id uuid not null default gen_random_uuid(),
  nom text not null,
  type text not null,
  contenu bytea not null,
  cree_le timestamptz not null default now(),
  primary key (contrat_id, id)
);
select proteger('fichiers');
