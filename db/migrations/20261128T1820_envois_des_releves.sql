-- Whom frozen minutes reached when they left: members with an address, named members without one, vacant seats.
create table releve_envois (
  contrat_id smallint not null,
  seance_id uuid not null,
  version smallint not null,
  envoye_le timestamptz not null,
  joints smallint not null check (joints >= 0),
  sans_adresse smallint not null check (sans_adresse >= 0),
  vacants smallint not null check (vacants >= 0),
  primary key (contrat_id, seance_id, version),
  foreign key (contrat_id, seance_id, version) references releves (contrat_id, seance_id, version)
);
select proteger('releve_envois');
revoke update, delete on releve_envois from concorde_application;
select annoter('releve_envois', '{"traitement": "instances", "duree": "Celle du relevé"}',
  '{"contrat_id": "technique", "seance_id": "technique", "version": "technique", "envoye_le": "contenu", "joints": "contenu",
    "sans_adresse": "contenu", "vacants": "contenu"}');
