-- « Vous avez signalé, nous avons fait » is told once: what it says of a month or of a quarter is written when that is told first, its masking with it, and is
-- never changed. Numbers that went on moving gave back, from one reading to the next, what a single person had said meanwhile.
create table demande_bilans (
  contrat_id smallint not null references contrats (id),
  -- a month, or a quarter
  periode text not null check (periode ~ '^20\d{2}-(0[1-9]|1[0-2]|T[1-4])$'),
  arrete_le timestamptz not null,
  -- of a quarter, for the whole contract: how many said how satisfied they were, and the sum of it
  notes integer not null default 0 check (notes >= 0),
  total_des_notes integer not null default 0 check (total_des_notes >= 0),
  primary key (contrat_id, periode)
);
select proteger('demande_bilans');
select signaler('demande_bilans');

-- What it says, line by line; null, hidden.
create table demande_bilan_lignes (
  contrat_id smallint not null,
  periode text not null,
  -- the whole, a place of the first level, a part of one, a circuit
  genre text not null check (genre in ('total', 'lieu', 'partie', 'circuit')),
  -- the place of the first level that a part is of; empty otherwise
  lieu text not null check (char_length(lieu) <= 100),
  -- the place or the circuit; empty of the whole
  cle text not null check (char_length(cle) <= 100),
  recus integer,
  repondus integer,
  faits integer,
  resolus integer,
  contestes integer,
  -- from reception to the first answer, added up; null where too few answers are said
  minutes bigint,
  primary key (contrat_id, periode, genre, lieu, cle),
  foreign key (contrat_id, periode) references demande_bilans (contrat_id, periode)
);
select proteger('demande_bilan_lignes');

-- What had been counted of a month when it was told: its quarter begins with that.
create table demande_bilan_comptes (
  contrat_id smallint not null,
  periode text not null,
  territoire_id text not null check (char_length(territoire_id) <= 100),
  circuit text not null check (char_length(circuit) <= 60),
  recus integer not null,
  repondus integer not null,
  faits integer not null,
  resolus integer not null,
  contestes integer not null,
  minutes bigint not null,
  primary key (contrat_id, periode, territoire_id, circuit),
  foreign key (contrat_id, periode) references demande_bilans (contrat_id, periode)
);
select proteger('demande_bilan_comptes');
revoke update on demande_bilans, demande_bilan_lignes, demande_bilan_comptes from concorde_application;

select annoter('demande_bilans', '{"traitement": "signalements", "titre": "Bilan public des signalements, arrêté", "duree": "Durée du contrat : ne nomme personne"}',
  '{"contrat_id": "technique", "periode": "technique", "arrete_le": "technique", "notes": "contenu", "total_des_notes": "contenu"}');
select annoter('demande_bilan_lignes', '{"traitement": "signalements", "titre": "Bilan public des signalements, ligne par ligne", "duree": "Durée du contrat : ne nomme personne"}',
  '{"contrat_id": "technique", "periode": "technique", "genre": "technique", "lieu": "contrat", "cle": "contrat", "recus": "contenu", "repondus": "contenu",
    "faits": "contenu", "resolus": "contenu", "contestes": "contenu", "minutes": "contenu"}');
select annoter('demande_bilan_comptes', '{"traitement": "signalements", "titre": "Ce qui était compté d’un mois quand il a été arrêté", "duree": "Durée du contrat : ne nomme personne"}',
  '{"contrat_id": "technique", "periode": "technique", "territoire_id": "contrat", "circuit": "contrat", "recus": "contenu", "repondus": "contenu",
    "faits": "contenu", "resolus": "contenu", "contestes": "contenu", "minutes": "contenu"}');
