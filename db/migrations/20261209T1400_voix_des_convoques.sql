-- Who was convoked first to a seat where another person sits has a voice of their own. An approval that is given keeps from where, as answers do.
alter table seance_approbation_reponses
  drop constraint seance_approbation_reponses_voie_check,
  add constraint seance_approbation_reponses_voie_check
    check (voie in ('', 'titulaire', 'suppleant', 'successeur', 'suppleant_successeur', 'convoque_dabord'));
alter table seance_presence_mots
  drop constraint seance_presence_mots_voie_check,
  add constraint seance_presence_mots_voie_check check (voie in ('', 'titulaire', 'suppleant', 'representant', 'depuis', 'convoque_dabord'));
alter table seance_approbations
  add column adresse text not null default '' check (char_length(adresse) <= 320),
  add column depuis boolean not null default false;
select annoter('seance_approbations', null, '{"adresse": "coordonnees", "depuis": "technique"}');
