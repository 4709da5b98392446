-- What was read of a file, beside its rows: headings and the field of each, encoding, separator, row of the headings, and the
-- values given to every row for the fields that no column holds.
alter table lots
  add column entetes jsonb not null default '[]',
  add column constantes jsonb not null default '{}',
  add column encodage text,
  add column separateur text,
  add column ligne_titres integer,
  -- headings that could not be paired: the person says what each one means before any row is read
  add column a_apparier boolean not null default false,
  -- the import whose pairing of columns was followed: file and day
  add column colonnes_de jsonb;

-- A row keeps its cells in the order of the columns, whole, so that it can be mended, checked again and given back.
alter table lot_lignes
  add column cellules jsonb not null default '[]',
  -- goes up each time that someone mends the row on the screen
  add column revision integer not null default 1,
  add column revue_par text not null default '',
  add column revue_le timestamptz;
update lots t
set entetes = (
  select coalesce(jsonb_agg(jsonb_build_object('titre', x.titre, 'cle', null, 'exemples', '[]'::jsonb) order by x.titre), '[]')
  from (select distinct k as titre from lot_lignes l, jsonb_object_keys(l.brut) as k where l.contrat_id = t.contrat_id and l.lot_id = t.id) x);
update lot_lignes l
set cellules = (
  select coalesce(jsonb_agg(coalesce(l.brut ->> (e.colonne ->> 'titre'), '') order by e.rang), '[]')
  from lots t, jsonb_array_elements(t.entetes) with ordinality as e (colonne, rang)
  where t.contrat_id = l.contrat_id and t.id = l.lot_id);
alter table lot_lignes drop column brut;

select annoter('lots', null, '{
  "entetes": {"categorie": "contenu", "note": "Titres des colonnes du fichier, le champ de chacune et deux valeurs pour la reconnaître"},
  "constantes": "contenu", "encodage": "technique", "separateur": "technique", "ligne_titres": "technique", "a_apparier": "technique",
  "colonnes_de": "contenu",
  "classeur": {"categorie": "contenu", "note": "Le fichier envoyé, jusqu’à la publication ou l’abandon de l’import"}}');
select annoter('lot_lignes', null, '{
  "cellules": {"categorie": "contenu", "note": "La ligne telle qu’elle était dans le fichier, ou corrigée à l’écran"},
  "revision": "technique", "revue_par": "identite", "revue_le": "technique"}');

-- How the columns of an organisation are named in its own files, register by register: the last pairing, learnt once.
create table import_colonnes (
  contrat_id smallint not null references contrats (id),
  organisation_id text not null,
  registre text not null,
  version integer not null default 1,
  -- heading, as compared -> field; null when it is not to be taken
  colonnes jsonb not null,
  -- field -> value written for every row, where the file has no column for it
  constantes jsonb not null default '{}',
  -- the file by which it was learnt
  fichier text not null,
  modifie_par text not null,
  modifie_le timestamptz not null,
  employe_le timestamptz not null,
  primary key (contrat_id, organisation_id, registre)
);
create trigger import_colonnes_version before update on import_colonnes
  for each row when (old.colonnes is distinct from new.colonnes or old.constantes is distinct from new.constantes) execute function monter_version();
select proteger('import_colonnes');
-- Retention: what has not been used for three years.
grant delete on import_colonnes to concorde_application;

select annoter('import_colonnes', '{
  "traitement": "registres", "titre": "Colonnes des fichiers de chaque organisation",
  "duree": "3 ans après le dernier import qui s’en est servi", "jours": 1095}',
  '{"contrat_id": "technique", "organisation_id": "contrat", "registre": "contrat", "version": "technique", "colonnes": "contenu",
    "constantes": "contenu", "fichier": "contenu", "modifie_par": "identite", "modifie_le": "technique", "employe_le": "technique"}');
