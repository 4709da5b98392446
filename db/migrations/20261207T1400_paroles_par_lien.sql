-- What is noted in somebody's name is answered by the link of the letter that says so, without account: kept with the answer, and said with it.
alter table seance_approbation_reponses add column par_lien boolean not null default false;
select annoter('seance_approbation_reponses', null, '{"par_lien": "technique"}');
alter table seance_presence_mots add column par_lien boolean not null default false, add check (not par_lien or acte <> 'notee');
select annoter('seance_presence_mots', null, '{"par_lien": "technique"}');

-- How many addresses were told of an approval when it was noted; none: nobody could confirm or contest it. Null: given, or not kept.
alter table seance_approbations add column prevenus smallint check (prevenus >= 0);
select annoter('seance_approbations', null, '{"prevenus": "technique"}');
update seance_approbations a set prevenus = 0
from seance_participants p
where p.contrat_id = a.contrat_id and p.id = a.participant_id and a.notee_par <> '' and p.courriel = '' and p.suppleant_courriel = '';

-- Who is said to stand in, by whoever answers the convocation that they do not come: whose word it is goes with the answer.
alter table seance_participants
  add column represente_dit text not null default '' check (char_length(represente_dit) <= 200),
  add check (represente_dit = '' or reponse = 'refuse');
select annoter('seance_participants', null, '{"represente_dit": "identite"}');

-- A resident's contribution that was accepted is asked by nobody of the body: `auteur` is who accepted it.
alter table instance_demandes add column habitant boolean not null default false;
update instance_demandes d set habitant = true
from instance_contributions k
where k.contrat_id = d.contrat_id and k.demande_id = d.id;
select annoter('instance_demandes', null, '{"habitant": "technique"}');
