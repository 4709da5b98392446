-- In which quality somebody approved: who held the chair that day, their substitute, who holds it since, or the substitute of who holds it since. Empty:
-- another noted it, or it was not kept. It says what `suppleant` said, and more.
alter table seance_approbations add column voie text not null default ''
  check (voie in ('', 'titulaire', 'suppleant', 'successeur', 'suppleant_successeur'));
update seance_approbations set voie = 'suppleant' where suppleant;
alter table seance_approbations drop column suppleant;
select annoter('seance_approbations', null, '{"voie": "technique"}');
alter table seance_approbation_reponses
  drop constraint seance_approbation_reponses_voie_check,
  add constraint seance_approbation_reponses_voie_check check (voie in ('', 'titulaire', 'suppleant', 'successeur', 'suppleant_successeur'));
