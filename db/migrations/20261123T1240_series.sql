-- Context series published by others (recorded crime). A secret value stays secret: it is never filled nor deduced.
create table series_contexte (
  contrat_id smallint not null references contrats (id),
  source text not null,
  indicateur text not null,
  unite text not null,
  territoire_id text not null,
  annee smallint not null,
  etat text not null check (etat in ('valeur', 'secret')),
  valeur numeric,
  taux numeric,
  denominateur text not null,
  importe_le timestamptz not null default now(),
  primary key (contrat_id, source, indicateur, territoire_id, annee),
  check ((etat = 'valeur') = (valeur is not null))
);
select proteger('series_contexte');
