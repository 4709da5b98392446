-- Monthly cells of every computed measure. One row = one measure (or part of a formula), one month, the finest territory
-- known, one combination of the breakdowns that the contract asks for. Maintained by signed deltas in the transaction that
-- writes the records, so that no dashboard ever scans them. Special measure ids: `_registre/<source>` counts every record
-- of a source, `_preuve/<ligne>` the records that are evidence for an action line.
create table mesure_cellules (
  contrat_id smallint not null references contrats (id),
  mesure_id text not null,
  mois date not null check (extract(day from mois) = 1),
  territoire_id text not null,
  ventilation jsonb not null default '{}',
  nombre bigint not null,
  somme numeric not null default 0,
  sans_valeur bigint not null default 0,
  primary key (contrat_id, mesure_id, mois, territoire_id, ventilation)
);
create index mesure_cellules_vides on mesure_cellules (contrat_id, mesure_id) where nombre = 0;
select proteger('mesure_cellules');

-- The same cells by year and without breakdowns (only the keys that distinct and stock measures need): what barometers read.
create table mesure_annees (
  contrat_id smallint not null references contrats (id),
  annee smallint not null,
  mesure_id text not null,
  territoire_id text not null,
  ventilation jsonb not null default '{}',
  nombre bigint not null,
  somme numeric not null default 0,
  sans_valeur bigint not null default 0,
  primary key (contrat_id, annee, mesure_id, territoire_id, ventilation)
);
create index mesure_annees_vides on mesure_annees (contrat_id, mesure_id) where nombre = 0;
select proteger('mesure_annees');

-- The formula under which a measure's cells were computed. A changed formula makes a new version and recomputes its cells.
create table mesure_formules (
  contrat_id smallint not null references contrats (id),
  mesure_id text not null,
  version integer not null,
  empreinte text not null,
  calcul jsonb not null,
  valide_depuis timestamptz not null default now(),
  valide_jusqu_a timestamptz,
  primary key (contrat_id, mesure_id, version)
);
create unique index mesure_formules_courante on mesure_formules (contrat_id, mesure_id) where valide_jusqu_a is null;
select proteger('mesure_formules');

-- Collected and narrative values. Never overwritten: a correction is a new version that replaces the former one.
create table valeurs (
  contrat_id smallint not null references contrats (id),
  id uuid not null default gen_random_uuid(),
  mesure_id text not null,
  periode text not null,
  territoire_id text not null,
  ventilation jsonb not null default '{}',
  version integer not null,
  etat text not null check (etat in ('valeur', 'secret', 'sans_objet')),
  valeur numeric,
  texte text,
  source text not null,
  commentaire text not null default '',
  saisi_par text not null,
  saisi_par_organisation text not null,
  saisi_le timestamptz not null default now(),
  valide_par text,
  valide_le timestamptz,
  courante boolean not null default true,
  primary key (contrat_id, id),
  check (etat <> 'valeur' or valeur is not null or texte is not null),
  check (etat = 'valeur' or valeur is null)
);
create unique index valeurs_courante on valeurs (contrat_id, mesure_id, periode, territoire_id, ventilation) where courante;
create unique index valeurs_version on valeurs (contrat_id, mesure_id, periode, territoire_id, ventilation, version);
select proteger('valeurs');
