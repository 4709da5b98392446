-- Which account noted an approval for another (null: from before this was kept), and whether it was the substitute who approved, or who answered
-- what was noted (empty: not kept). What the holder of the chair says comes before what their substitute said.
alter table seance_approbations add column notee_compte uuid, add column suppleant boolean not null default false;
select annoter('seance_approbations', null, '{"notee_compte": "pseudonyme", "suppleant": "technique"}');
alter table seance_approbation_reponses add column voie text not null default '' check (voie in ('', 'titulaire', 'suppleant'));
select annoter('seance_approbation_reponses', null, '{"voie": "technique"}');
