-- Files are read in pieces: kept as they are, a piece is found without unpacking the whole.
alter table fichiers alter column contenu set storage external;
alter table seance_documents alter column contenu set storage external;

-- Workbooks of several sheets: which one was read, which others there are, and the file until one is published.
alter table lots
  add column feuille text,
  add column feuilles jsonb not null default '[]',
  add column classeur bytea;
alter table lots alter column classeur set storage external;
select annoter('lots', null, '{"feuille": "contenu", "feuilles": "contenu",
  "classeur": {"categorie": "contenu", "note": "Le fichier envoyé, s’il a plusieurs feuilles, jusqu’à la publication ou l’abandon de l’import"}}');
