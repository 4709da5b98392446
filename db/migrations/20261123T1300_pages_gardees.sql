-- The counting cells of a whole source (`_registre/<source>`) are read for the contract only: they need no territory.
with anciennes as (
  delete from mesure_cellules where mesure_id like '\_registre/%' returning contrat_id, mesure_id, mois, nombre
)
insert into mesure_cellules (contrat_id, mesure_id, mois, territoire_id, ventilation, nombre, somme, sans_valeur)
select contrat_id, mesure_id, mois, '', '{}', sum(nombre), 0, 0 from anciennes group by 1, 2, 3;
with anciennes as (
  delete from mesure_annees where mesure_id like '\_registre/%' returning contrat_id, annee, mesure_id, nombre
)
insert into mesure_annees (contrat_id, annee, mesure_id, territoire_id, ventilation, nombre, somme, sans_valeur)
select contrat_id, annee, mesure_id, '', '{}', sum(nombre), 0, 0 from anciennes group by 1, 2, 3;

-- Tells every Concorde process, at commit, that what public pages show may have changed: they keep rendered pages until then.
create function dire_changement() returns trigger language plpgsql as $$
begin
  perform pg_notify('concorde_changement', '');
  return null;
end $$;

create function signaler(cible regclass) returns void language plpgsql as $$
begin
  execute format('create trigger changement after insert or update or delete on %s for each statement execute function dire_changement()', cible);
end $$;

select signaler(t) from unnest(array[
  'contrat_objets', 'contrat_chargements', 'textes_officiels', 'territoires', 'contours', 'recherche', 'mesure_cellules',
  'mesure_annees', 'mesure_formules', 'valeurs', 'activites', 'lots', 'signalements', 'signalement_lots', 'listes_extensions',
  'series_contexte', 'fichiers'
]::regclass[]) as t;
