-- A body works for another, by a dated mandate; what it passes to another body comes back answered.
create table instance_rattachements (
  contrat_id smallint not null,
  id uuid not null default gen_random_uuid(),
  instance_id uuid not null,
  parente_id uuid not null check (parente_id <> instance_id),
  -- what it was asked to do
  mission text not null default '',
  debut date not null,
  fin date check (fin is null or fin >= debut),
  version integer not null default 1,
  modifie_par text not null default '',
  modifie_le timestamptz not null default now(),
  primary key (contrat_id, id),
  foreign key (contrat_id, instance_id) references instances (contrat_id, id),
  foreign key (contrat_id, parente_id) references instances (contrat_id, id)
);
create index instance_rattachements_instance on instance_rattachements (contrat_id, instance_id, debut desc);
create index instance_rattachements_parente on instance_rattachements (contrat_id, parente_id);
select proteger('instance_rattachements');
select annoter('instance_rattachements', '{"traitement": "instances", "duree": "Durée du contrat"}',
  '{"contrat_id": "technique", "id": "technique", "instance_id": "technique", "parente_id": "technique", "mission": "contenu", "debut": "contenu",
    "fin": "contenu", "version": "technique", "modifie_par": "identite", "modifie_le": "technique"}');

create table instance_remontees (
  contrat_id smallint not null,
  id uuid not null default gen_random_uuid(),
  de_id uuid not null,
  vers_id uuid not null check (vers_id <> de_id),
  -- promises of both bodies the day it was sent: opening one of them later opens nothing of it
  de_confidentialite text not null check (de_confidentialite in ('publique', 'partenaires', 'restreinte', 'nommee')),
  vers_confidentialite text not null check (vers_confidentialite in ('publique', 'partenaires', 'restreinte', 'nommee')),
  nature text not null check (nature in ('proposition', 'avis', 'point')),
  titre text not null,
  expose text not null default '',
  -- session of the sender in which it was made
  seance_id uuid,
  auteur text not null,
  compte_id uuid,
  cree_le timestamptz not null,
  etat text not null default 'transmise' check (etat in ('transmise', 'inscrite', 'decidee', 'refusee', 'retiree')),
  -- session of the other body that will deal with it, and its day when it may be told
  inscrite_seance_id uuid,
  inscrite_jour date,
  reponse text not null default '',
  repondu_par text not null default '',
  repondu_le timestamptz,
  decision_id uuid,
  primary key (contrat_id, id),
  foreign key (contrat_id, de_id) references instances (contrat_id, id),
  foreign key (contrat_id, vers_id) references instances (contrat_id, id),
  check ((etat in ('decidee', 'refusee')) = (repondu_le is not null)),
  check ((etat = 'inscrite') <= (inscrite_seance_id is not null))
);
create index instance_remontees_de on instance_remontees (contrat_id, de_id, cree_le desc);
create index instance_remontees_vers on instance_remontees (contrat_id, vers_id, etat);
select proteger('instance_remontees');
select annoter('instance_remontees', '{"traitement": "instances", "duree": "Durée du contrat"}',
  '{"contrat_id": "technique", "id": "technique", "de_id": "technique", "vers_id": "technique", "de_confidentialite": "technique",
    "vers_confidentialite": "technique", "nature": "contenu",
    "titre": "contenu", "expose": "contenu", "seance_id": "technique", "auteur": "identite", "compte_id": "pseudonyme", "cree_le": "technique",
    "etat": "technique", "inscrite_seance_id": "technique", "inscrite_jour": "contenu", "reponse": "contenu", "repondu_par": "identite",
    "repondu_le": "technique", "decision_id": "technique"}');

-- What an agenda item comes from.
alter table seance_points drop constraint seance_points_genre_check;
alter table seance_points add constraint seance_points_genre_check
  check (genre in ('ouverture', 'decision', 'chiffre', 'preuve', 'lieu', 'demande', 'remontee', 'probleme', 'recurrent', 'libre'));
