-- An item that comes back at each session of a body, or at each so many.
create table points_recurrents (
  contrat_id smallint not null,
  id uuid not null default gen_random_uuid(),
  instance_id uuid not null,
  titre text not null,
  expose text not null default '',
  minutes smallint not null default 10 check (minutes between 1 and 480),
  rapporteur text not null default '',
  tous_les smallint not null default 1 check (tous_les between 1 and 24),
  arrete boolean not null default false,
  version integer not null default 1,
  modifie_par text not null,
  modifie_le timestamptz not null,
  primary key (contrat_id, id),
  foreign key (contrat_id, instance_id) references instances (contrat_id, id)
);
create index points_recurrents_instance on points_recurrents (contrat_id, instance_id);
select proteger('points_recurrents');
select annoter('points_recurrents', '{"traitement": "instances", "duree": "Durée du contrat"}',
  '{"contrat_id": "technique", "id": "technique", "instance_id": "technique", "titre": "contenu", "expose": "contenu", "minutes": "contenu",
    "rapporteur": "vie_professionnelle", "tous_les": "technique", "arrete": "technique", "version": "technique", "modifie_par": "identite",
    "modifie_le": "technique"}');

-- What a session dropped of it, for once, and why.
create table seance_ecartes (
  contrat_id smallint not null,
  seance_id uuid not null,
  cle text not null,
  titre text not null,
  motif text not null,
  par text not null,
  quand timestamptz not null,
  primary key (contrat_id, seance_id, cle),
  foreign key (contrat_id, seance_id) references seances (contrat_id, id)
);
select proteger('seance_ecartes');
select annoter('seance_ecartes', '{"traitement": "instances", "duree": "Celle de la séance"}',
  '{"contrat_id": "technique", "seance_id": "technique", "cle": "technique", "titre": "contenu", "motif": "contenu", "par": "identite",
    "quand": "technique"}');
