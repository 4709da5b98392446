-- What another institution does in a circuit that it holds: a number for each step and period, given by it; nothing of what passes there.
create table circuit_periodes (
  contrat_id smallint not null references contrats (id),
  id uuid not null default gen_random_uuid(),
  compteur text not null check (compteur ~ '^[a-z0-9][a-z0-9-]{0,59}$'),
  titre text not null check (char_length(titre) between 3 and 120),
  -- who counts
  organisation_id text not null,
  debut date not null,
  fin date not null,
  due_le date not null,
  -- of its last reading; none was given while it is zero
  version integer not null default 0 check (version >= 0),
  donnee_le timestamptz,
  donnee_par text not null default '' check (char_length(donnee_par) <= 200),
  primary key (contrat_id, id),
  unique (contrat_id, compteur, organisation_id, debut),
  check (debut < fin and fin < due_le),
  check ((version = 0) = (donnee_le is null))
);
select proteger('circuit_periodes');
select signaler('circuit_periodes');

-- Each reading stays: a correction is another one.
create table circuit_releves (
  contrat_id smallint not null,
  periode_id uuid not null,
  version integer not null check (version > 0),
  -- by step, or by step and value: a number; a step that nobody counts is left out
  nombres jsonb not null check (jsonb_typeof(nombres) = 'object' and pg_column_size(nombres) < 20000),
  -- from what it was counted
  source text not null check (char_length(source) between 3 and 300),
  auteur text not null check (char_length(auteur) <= 200),
  auteur_id uuid,
  donne_le timestamptz not null,
  primary key (contrat_id, periode_id, version),
  foreign key (contrat_id, periode_id) references circuit_periodes (contrat_id, id)
);
select proteger('circuit_releves');
revoke update on circuit_releves from concorde_application;

-- How many times the blank form of a circuit was taken, by month: nobody’s name, no address.
create table formulaire_diffusions (
  contrat_id smallint not null references contrats (id),
  circuit text not null check (circuit ~ '^[a-z0-9][a-z0-9-]{0,59}$'),
  mois date not null check (extract(day from mois) = 1),
  nombre integer not null default 1 check (nombre > 0),
  primary key (contrat_id, circuit, mois)
);
select proteger('formulaire_diffusions');

select annoter('circuit_periodes', '{"traitement": "signalements", "duree": "Durée du contrat"}',
  '{"contrat_id": "technique", "id": "technique", "compteur": "contrat", "titre": "contrat", "organisation_id": "contrat", "debut": "contenu", "fin": "contenu",
    "due_le": "contenu", "version": "technique", "donnee_le": "contenu", "donnee_par": "identite"}');
select annoter('circuit_releves', '{"traitement": "signalements", "duree": "Durée du contrat"}',
  '{"contrat_id": "technique", "periode_id": "technique", "version": "technique", "nombres": "contenu", "source": "contenu", "auteur": "identite",
    "auteur_id": "identite", "donne_le": "contenu"}');
select annoter('formulaire_diffusions', '{"traitement": "signalements", "duree": "Durée du contrat"}',
  '{"contrat_id": "technique", "circuit": "contrat", "mois": "contenu", "nombre": "contenu"}');
