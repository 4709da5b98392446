-- Which records each filter of a formula counts, kept beside them by the write that moves the cells: the proof of a figure is a range of
-- this index, in its order, whatever the size of the register and however rare what it counts. Compared by operators that row-level
-- security lets an index use (numbers, days, identifiers, text equal to another).
create table faits_comptes (
  contrat_id smallint not null,
  -- which of the facts of one record on one day (the lines of an audit done that day)
  rang smallint not null,
  jour date not null,
  -- digest of the filter (`indicateurs/faits/filtres.rules.ts`): the same everywhere without asking
  filtre bigint not null,
  -- the record; a number is written as the uuid that ends with it
  fait uuid not null,
  territoire_id text not null,
  -- a stock: last day of the interval, and first day of the next one of the same record
  fin date,
  suite date,
  primary key (contrat_id, filtre, jour, fait, rang)
);
create index faits_comptes_lieu on faits_comptes (contrat_id, filtre, territoire_id, jour, fait, rang);
select proteger('faits_comptes');
revoke update on faits_comptes from concorde_application;
grant delete on faits_comptes to concorde_application;
select annoter('faits_comptes', '{"traitement": "indicateurs", "titre": "Enregistrements que compte chaque formule",
  "duree": "Celle de l’enregistrement : suit chacune de ses écritures"}',
  '{"contrat_id": "technique", "rang": "technique", "jour": "contenu", "filtre": "technique", "fait": "technique", "territoire_id": "contenu",
    "fin": "contenu", "suite": "contenu"}');

-- How far the records of before were written for a filter. Writes feed every filter of the formulas in force; a proof relies on a filter
-- once it is whole, and reads the register until then.
create table filtres_comptes (
  contrat_id smallint not null references contrats (id),
  filtre bigint not null,
  source text not null,
  -- rows of former times are taken away before any is written
  vide boolean not null default false,
  -- the last record looked at, from the latest day back
  repere_jour date,
  repere_fait uuid,
  entier_le timestamptz,
  -- no formula asks for it any more: its rows leave, then this one
  parti boolean not null default false,
  primary key (contrat_id, filtre)
);
select proteger('filtres_comptes');
revoke insert on filtres_comptes from concorde_application;
grant delete on filtres_comptes to concorde_application;
select annoter('filtres_comptes', '{"traitement": "indicateurs", "titre": "Filtres des formules", "duree": "Tant qu’une formule s’en sert"}',
  '{"contrat_id": "technique", "filtre": "technique", "source": "contrat", "vide": "technique", "repere_jour": "technique",
    "repere_fait": "technique", "entier_le": "technique", "parti": "technique"}');
