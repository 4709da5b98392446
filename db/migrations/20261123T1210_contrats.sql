-- The contract as versioned objects. A changed file makes a new version of the objects that changed, and of nothing else; an
-- object taken out of the files is withdrawn, never deleted, so that evidence and figures keep their anchor.
create table contrat_objets (
  contrat_id smallint not null references contrats (id),
  genre text not null,
  id text not null,
  version integer not null,
  ordre integer not null,
  empreinte text not null,
  contenu jsonb not null,
  charge_le timestamptz not null default now(),
  retire_le timestamptz,
  primary key (contrat_id, genre, id, version)
);
create unique index contrat_objets_courant on contrat_objets (contrat_id, genre, id) where retire_le is null;
select proteger('contrat_objets');

-- What was loaded last: an unchanged folder is recognised by its digest without reading the objects.
create table contrat_chargements (
  contrat_id smallint primary key references contrats (id),
  empreinte text not null,
  revision bigint not null default 1,
  charge_le timestamptz not null default now()
);
select proteger('contrat_chargements');

create table territoires (
  contrat_id smallint not null references contrats (id),
  id text not null,
  type text not null,
  nom text not null,
  parent_id text,
  code text,
  ordre integer not null,
  valide_de date,
  valide_a date,
  primary key (contrat_id, id)
);
select proteger('territoires');

-- Official boundaries, once imported. Dated: a change of cut adds a row, history keeps its own.
create table contours (
  contrat_id smallint not null,
  territoire_id text not null,
  version integer not null,
  geometrie jsonb not null,
  source text not null,
  importe_le timestamptz not null default now(),
  courant boolean not null default true,
  primary key (contrat_id, territoire_id, version),
  foreign key (contrat_id, territoire_id) references territoires (contrat_id, id)
);
create unique index contours_courant on contours (contrat_id, territoire_id) where courant;
select proteger('contours');

-- The signed wording, which belongs to its signatories and is imported apart.
create table textes_officiels (
  contrat_id smallint not null references contrats (id),
  objet_id text not null,
  texte text not null,
  page integer,
  source text not null,
  importe_le timestamptz not null default now(),
  primary key (contrat_id, objet_id)
);
select proteger('textes_officiels');

create table recherche (
  contrat_id smallint not null references contrats (id),
  genre text not null,
  id text not null,
  titre text not null,
  texte text not null,
  url text not null,
  poids real not null default 1,
  vecteur tsvector generated always as (
    setweight(to_tsvector('concorde_fr'::regconfig, id || ' ' || titre), 'A') || setweight(to_tsvector('concorde_fr'::regconfig, texte), 'B')
  ) stored,
  approche text generated always as (sans_accents(id || ' ' || titre)) stored,
  primary key (contrat_id, genre, id)
);
create index recherche_vecteur on recherche using gin (vecteur);
create index recherche_approche on recherche using gin (approche gin_trgm_ops);
select proteger('recherche');
