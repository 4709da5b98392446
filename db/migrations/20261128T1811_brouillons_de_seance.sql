-- What someone has begun to type on the screen of a session and not added yet, as typed. Its id is the one that the act itself will have, so
-- that an act that is done ends its draft. Kept until it is added, set aside, or the minutes are frozen.
create table seance_brouillons (
  contrat_id smallint not null,
  id uuid not null,
  seance_id uuid not null,
  compte_id uuid not null,
  par text not null,
  -- the form: decision, vote, invite, point; « correction:<decision> », « notes:<item> »
  formulaire text not null check (char_length(formulaire) <= 60),
  champs jsonb not null,
  quand timestamptz not null,
  ecarte_le timestamptz,
  ecarte_par text not null default '',
  primary key (contrat_id, id),
  foreign key (contrat_id, seance_id) references seances (contrat_id, id),
  check ((ecarte_le is null) = (ecarte_par = ''))
);
create index seance_brouillons_seance on seance_brouillons (contrat_id, seance_id, quand);
select proteger('seance_brouillons');
grant delete on seance_brouillons to concorde_application;

select annoter('seance_brouillons', '{"traitement": "instances", "duree": "Jusqu’à l’arrêt du relevé"}',
  '{"contrat_id": "technique", "id": "technique", "seance_id": "technique", "compte_id": "pseudonyme", "par": "identite", "formulaire": "technique",
    "champs": "contenu", "quand": "technique", "ecarte_le": "technique", "ecarte_par": "identite"}');
