-- Told to everyone once: quarters of reports by quartier, and which reports are listed without a key. What is told of counts that go on moving tells
-- them: two readings, or reports that somebody adds, give the small number that was hidden.
create table demande_quartiers (
  contrat_id smallint not null references contrats (id),
  periode text not null check (periode ~ '^20\d{2}-T[1-4]$'),
  -- received here, or imported: each is told, and hidden, by itself
  voie text not null check (voie in ('ici', 'importe')),
  arrete_le timestamptz not null,
  primary key (contrat_id, periode, voie)
);
select proteger('demande_quartiers');
select signaler('demande_quartiers');

create table demande_quartier_lignes (
  contrat_id smallint not null,
  periode text not null,
  voie text not null,
  genre text not null check (genre in ('total', 'lieu', 'quartier')),
  -- empty of the whole
  lieu text not null check (char_length(lieu) <= 100),
  -- null: hidden
  nombre integer,
  -- of a quartier whose number is told: is there a place from which more comes than chance would put
  chaud boolean,
  check (chaud is null or (genre = 'quartier' and nombre is not null)),
  primary key (contrat_id, periode, voie, genre, lieu),
  foreign key (contrat_id, periode, voie) references demande_quartiers (contrat_id, periode, voie)
);
select proteger('demande_quartier_lignes');

-- Months of which it was said which reports are listed without a key.
create table open311_mois (
  contrat_id smallint not null references contrats (id),
  mois text not null check (mois ~ '^20\d{2}-(0[1-9]|1[0-2])$'),
  arrete_le timestamptz not null,
  primary key (contrat_id, mois)
);
select proteger('open311_mois');
select signaler('open311_mois');

-- Those reports, as what and from where each was counted then: one that is corrected since would be a count of one elsewhere.
create table open311_demandes (
  contrat_id smallint not null,
  demande_id uuid not null,
  circuit text not null check (char_length(circuit) <= 60),
  categorie text not null check (char_length(categorie) <= 60),
  titre text not null check (char_length(titre) <= 120),
  lieu text not null check (char_length(lieu) <= 100),
  primary key (contrat_id, demande_id),
  foreign key (contrat_id, demande_id) references demandes (contrat_id, id) on delete cascade
);
select proteger('open311_demandes');
revoke update on demande_quartiers, demande_quartier_lignes, open311_mois, open311_demandes from concorde_application;

select annoter('demande_quartiers', '{"traitement": "signalements", "titre": "Signalements par quartier : trimestre arrêté", "duree": "Durée du contrat : ne nomme personne"}',
  '{"contrat_id": "technique", "periode": "technique", "voie": "technique", "arrete_le": "technique"}');
select annoter('demande_quartier_lignes', '{"traitement": "signalements", "titre": "Signalements par quartier, ligne par ligne", "duree": "Durée du contrat : ne nomme personne"}',
  '{"contrat_id": "technique", "periode": "technique", "voie": "technique", "genre": "technique", "lieu": "contrat", "nombre": "contenu", "chaud": "contenu"}');
select annoter('open311_mois', '{"traitement": "signalements", "titre": "Open311 sans clé : mois arrêté", "duree": "Durée du contrat : ne nomme personne"}',
  '{"contrat_id": "technique", "mois": "technique", "arrete_le": "technique"}');
select annoter('open311_demandes', '{"traitement": "signalements", "titre": "Open311 sans clé : signalement listé, tel qu’il était compté", "duree": "Celle du signalement"}',
  '{"contrat_id": "technique", "demande_id": "technique", "circuit": "contrat", "categorie": "contrat", "titre": "contrat", "lieu": "contrat"}');
