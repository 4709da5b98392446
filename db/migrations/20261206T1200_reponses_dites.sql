-- Whose answer a convocation has. `reponse` is the answer of who holds the seat: theirs, or noted for them by another person or by the link of their
-- printed letter (`reponse_par`: who, empty when only the link is known); null: from before this was kept. What the substitute answers is theirs,
-- and stands beside it.
alter table seance_participants
  add column reponse_voie text check (reponse_voie in ('titulaire', 'notee')),
  add column reponse_par text not null default '' check (char_length(reponse_par) <= 300),
  add column suppleant_reponse text check (suppleant_reponse in ('accepte', 'provisoire', 'refuse')),
  add column suppleant_reponse_le timestamptz,
  add column suppleant_reponse_mot text not null default '' check (char_length(suppleant_reponse_mot) <= 500),
  add column suppleant_reponse_par text not null default '' check (char_length(suppleant_reponse_par) <= 300),
  add check (reponse_voie is null or reponse is not null),
  add check ((suppleant_reponse is null) = (suppleant_reponse_le is null));
select annoter('seance_participants', null, '{"reponse_voie": "technique", "reponse_par": "identite", "suppleant_reponse": "vie_professionnelle",
  "suppleant_reponse_le": "technique", "suppleant_reponse_mot": "contenu", "suppleant_reponse_par": "identite"}');

-- Dates: one answer by each way; the holder's own is the one that counts.
alter table seance_dates_reponses
  add column voie text not null default '' check (voie in ('', 'titulaire', 'notee', 'suppleant')),
  add column par text not null default '' check (char_length(par) <= 300);
alter table seance_dates_reponses drop constraint seance_dates_reponses_pkey,
  add primary key (contrat_id, date_id, participant_id, voie);
select annoter('seance_dates_reponses', null, '{"voie": "technique", "par": "identite"}');

-- Of what is kept already, what the trail tells: the last answer of each seat was given by its holder, its substitute, or the link of a letter.
create temporary table dites on commit drop as
select distinct on (contrat_id, action, details ->> 'participant') contrat_id, action, details ->> 'participant' as participant, details ->> 'par' as par
from audit
where action in ('seance.reponse', 'seance.disponibilites') and details ->> 'par' in ('titulaire', 'suppleant', 'lettre')
order by contrat_id, action, details ->> 'participant', numero desc nulls last;
update seance_participants p set reponse_voie = case d.par when 'titulaire' then 'titulaire' else 'notee' end
from dites d
where d.contrat_id = p.contrat_id and d.participant = p.id::text and d.action = 'seance.reponse' and d.par <> 'suppleant' and p.reponse is not null;
update seance_participants p
set suppleant_reponse = p.reponse, suppleant_reponse_le = coalesce(p.reponse_le, now()), suppleant_reponse_mot = left(p.reponse_mot, 500),
  reponse = null, reponse_le = null, reponse_mot = ''
from dites d
where d.contrat_id = p.contrat_id and d.participant = p.id::text and d.action = 'seance.reponse' and d.par = 'suppleant' and p.reponse is not null;
update seance_dates_reponses r set voie = case d.par when 'lettre' then 'notee' else d.par end
from dites d
where d.contrat_id = r.contrat_id and d.participant = r.participant_id::text and d.action = 'seance.disponibilites';
drop table dites;
