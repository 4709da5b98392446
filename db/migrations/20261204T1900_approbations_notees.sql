-- An approval received by letter is noted by somebody: who, and of which organisation. Empty: given by the president themselves, or, with a
-- `piece`, noted before this was kept.
alter table seance_approbations add column notee_par text not null default '' check (char_length(notee_par) <= 200),
  add column notee_de text not null default '' check (char_length(notee_de) <= 100);
select annoter('seance_approbations', null, '{"notee_par": "identite", "notee_de": "vie_professionnelle"}');

-- What the president named says of an approval that another noted, in order, written once; the last one holds.
create table seance_approbation_reponses (
  contrat_id smallint not null,
  seance_id uuid not null,
  participant_id uuid not null,
  empreinte text not null,
  rang integer not null check (rang > 0),
  acte text not null check (acte in ('confirmee', 'contestee')),
  motif text not null default '' check (char_length(motif) <= 500),
  par text not null,
  quand timestamptz not null,
  primary key (contrat_id, seance_id, participant_id, empreinte, rang),
  foreign key (contrat_id, seance_id, participant_id, empreinte) references seance_approbations (contrat_id, seance_id, participant_id, empreinte),
  check ((acte = 'contestee') = (motif <> ''))
);
select proteger('seance_approbation_reponses');
select signaler(t) from unnest(array['seance_approbations', 'seance_approbation_reponses']::regclass[]) as t;
revoke update on seance_approbation_reponses from concorde_application;
select annoter('seance_approbation_reponses', '{"traitement": "instances", "duree": "Celle de la séance"}',
  '{"contrat_id": "technique", "seance_id": "technique", "participant_id": "technique", "empreinte": "technique", "rang": "technique",
    "acte": "contenu", "motif": "contenu", "par": "identite", "quand": "technique"}');

-- A reading period that was ended before its day: the day it had, when it ended and by whom.
alter table seances add column relecture_terme date, add column relecture_close_le timestamptz, add column relecture_close_par text,
  add check ((relecture_terme is null) = (relecture_close_le is null) and (relecture_terme is null) = (relecture_close_par is null));
select annoter('seances', null, '{"relecture_terme": "technique", "relecture_close_le": "technique", "relecture_close_par": "identite"}');
