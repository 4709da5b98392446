-- Context beside figures: one mechanism for every series that others publish. A series is a file of the contract (`contexte/<code>.yaml`);
-- a file of its producer is read as a version, and no version is rewritten: what is shown is the last word on each point.
alter table series_contexte rename column source to serie;
update series_contexte set serie = 'delinquance-enregistree' where serie = 'ssmsi';
alter table series_contexte add column version integer not null default 1 check (version > 0);
alter table series_contexte alter column version drop default;
alter table series_contexte drop constraint series_contexte_pkey;
alter table series_contexte add primary key (contrat_id, serie, indicateur, territoire_id, annee, version);
alter table series_contexte
  add check (serie ~ '^[a-z0-9][a-z0-9-]{0,59}$'), add check (char_length(indicateur) between 1 and 200), add check (char_length(unite) <= 200);
revoke update on series_contexte from concorde_application;

-- What was read, when and by whom: the points of the series say the rest.
create table contexte_imports (
  contrat_id smallint not null references contrats (id),
  serie text not null check (serie ~ '^[a-z0-9][a-z0-9-]{0,59}$'),
  version integer not null check (version > 0),
  fichiers text not null check (char_length(fichiers) between 1 and 600),
  lus integer not null,
  nouveaux integer not null,
  connus integer not null,
  rejetes integer not null,
  motifs jsonb not null,
  par text not null check (char_length(par) <= 300),
  le timestamptz not null,
  primary key (contrat_id, serie, version)
);
select proteger('contexte_imports');
revoke update on contexte_imports from concorde_application;
-- What the former way had read, dated by its own rows.
insert into contexte_imports (contrat_id, serie, version, fichiers, lus, nouveaux, connus, rejetes, motifs, par, le)
select contrat_id, serie, 1, 'repris de l’import précédent', count(*), count(*), 0, 0, '[]', '', max(importe_le) from series_contexte group by 1, 2;

select annoter('series_contexte', null, '{"serie": "contrat", "version": "technique"}');
select annoter('contexte_imports', '{"traitement": "contrat", "duree": "Durée du contrat et de son évaluation"}',
  '{"contrat_id": "technique", "serie": "contrat", "version": "technique", "fichiers": "technique", "lus": "technique", "nouveaux": "technique",
    "connus": "technique", "rejetes": "technique", "motifs": "technique", "par": "pseudonyme", "le": "technique"}');
