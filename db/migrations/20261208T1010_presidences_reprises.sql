-- Who holds the chair since answers what was noted for who presided that day and has left.
alter table seance_approbation_reponses
  drop constraint seance_approbation_reponses_voie_check,
  add constraint seance_approbation_reponses_voie_check check (voie in ('', 'titulaire', 'suppleant', 'successeur'));
