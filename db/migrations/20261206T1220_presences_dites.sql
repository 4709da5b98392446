-- Who noted somebody's presence, what it said before and says since, and who contests it: written once, in order. `notee`: the line was changed;
-- `contestee`: the person named, their substitute, or who is said to stand in for them, says that it is not so; `reprise`: they take that back.
create table seance_presence_mots (
  contrat_id smallint not null,
  seance_id uuid not null,
  participant_id uuid not null,
  rang integer not null check (rang > 0),
  acte text not null check (acte in ('notee', 'contestee', 'reprise')),
  -- before; of a contestation, nothing
  avant_presence text check (avant_presence in ('present', 'represente', 'excuse', 'absent')),
  avant_par text not null default '' check (char_length(avant_par) <= 200),
  avant_nom text not null default '' check (char_length(avant_nom) <= 200),
  -- what the line says since, or what is contested
  presence text check (presence in ('present', 'represente', 'excuse', 'absent')),
  represente_par text not null default '' check (char_length(represente_par) <= 200),
  nom text not null default '' check (char_length(nom) <= 200),
  motif text not null default '' check (char_length(motif) <= 500),
  par text not null check (char_length(par) <= 200),
  organisation_id text not null default '' check (char_length(organisation_id) <= 100),
  voie text not null default '' check (voie in ('', 'titulaire', 'suppleant', 'representant')),
  quand timestamptz not null,
  primary key (contrat_id, seance_id, participant_id, rang),
  foreign key (contrat_id, participant_id) references seance_participants (contrat_id, id),
  check ((acte = 'contestee') = (motif <> '')),
  check ((acte = 'notee') = (voie = ''))
);
select proteger('seance_presence_mots');
select signaler('seance_presence_mots');
revoke update, delete on seance_presence_mots from concorde_application;
select annoter('seance_presence_mots', '{"traitement": "instances", "duree": "Celle de la séance"}',
  '{"contrat_id": "technique", "seance_id": "technique", "participant_id": "technique", "rang": "technique", "acte": "technique",
    "avant_presence": "vie_professionnelle", "avant_par": "identite", "avant_nom": "identite", "presence": "vie_professionnelle",
    "represente_par": "identite", "nom": "identite", "motif": "contenu", "par": "identite", "organisation_id": "vie_professionnelle",
    "voie": "technique", "quand": "technique"}');
