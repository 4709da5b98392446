-- A target of a figure: it exists only by the decision that set it, and another decision alone replaces or withdraws it. Written once; the
-- highest rank is in force, those below it are its history.
create table cibles (
  contrat_id smallint not null references contrats (id),
  mesure_id text not null check (char_length(mesure_id) between 1 and 40),
  territoire_id text not null check (char_length(territoire_id) between 1 and 80),
  -- the year whose figure is meant; its last day is the day of the target
  annee smallint not null check (annee between 2000 and 2100),
  rang smallint not null check (rang > 0),
  -- null: withdrawn by this decision
  valeur numeric,
  sens text check (sens in ('au-moins', 'au-plus')),
  unite text not null check (char_length(unite) <= 200),
  decision_id uuid not null,
  par text not null check (char_length(par) <= 300),
  par_id uuid,
  par_organisation text not null,
  le timestamptz not null,
  primary key (contrat_id, mesure_id, territoire_id, annee, rang),
  foreign key (contrat_id, decision_id) references decisions (contrat_id, id),
  -- one decision speaks once of a target
  unique (contrat_id, mesure_id, territoire_id, annee, decision_id),
  check ((valeur is null) = (sens is null)),
  check (valeur is not null or rang > 1)
);
create index cibles_decision on cibles (contrat_id, decision_id);
select proteger('cibles');
select signaler('cibles');
revoke update on cibles from concorde_application;
select annoter('cibles', '{"traitement": "instances", "duree": "Celle des décisions qui les fixent"}',
  '{"contrat_id": "technique", "mesure_id": "contrat", "territoire_id": "contrat", "annee": "contrat", "rang": "technique", "valeur": "contrat",
    "sens": "contrat", "unite": "contrat", "decision_id": "technique", "par": "identite", "par_id": "pseudonyme",
    "par_organisation": "vie_professionnelle", "le": "technique"}');
