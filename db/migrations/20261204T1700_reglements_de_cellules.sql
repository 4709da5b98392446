-- The règlement intérieur by which a cell exchanges (L.132-5): which text, adopted when, its digest, who attached it. Each text is a row of its own:
-- the last one is in force, and the charter that members sign says it (decision 48).
create table nominatif.cellule_reglements (
  contrat_id smallint not null references contrats (id),
  cellule_id uuid not null,
  rang smallint not null check (rang > 0),
  reference text not null check (char_length(reference) between 3 and 200 and reference !~ '[[:cntrl:]]'),
  adopte_le date not null,
  -- SHA-256 of the file that was shown; the file itself is kept by who adopted it
  empreinte text not null check (empreinte ~ '^[0-9a-f]{64}$'),
  par uuid not null,
  par_nom text not null check (char_length(par_nom) between 1 and 200),
  le timestamptz not null,
  primary key (contrat_id, cellule_id, rang),
  foreign key (contrat_id, cellule_id) references nominatif.cellules (contrat_id, id)
);
select proteger('nominatif.cellule_reglements', 'nominatif');
revoke update on nominatif.cellule_reglements from concorde_nominatif;
select annoter('nominatif.cellule_reglements', '{"traitement": "cellules", "titre": "Règlements intérieurs des cellules", "duree": "Durée du contrat"}',
  '{"contrat_id":"technique","cellule_id":"technique","rang":"technique","reference":"contenu","adopte_le":"contenu","empreinte":"technique","par":"pseudonyme","par_nom":"identite","le":"technique"}');
