-- A reserved part of a session is a session of its own, beside it: its items, papers, notes, votes, decisions and minutes are read by the
-- seats that it names, and by nobody else. The session keeps one item without a title where it stands.
alter table seances
  add column partie_de uuid,
  -- seats of the body that may read it
  add column reserve_a uuid[],
  add constraint seances_partie_de foreign key (contrat_id, partie_de) references seances (contrat_id, id),
  add constraint seances_partie check ((partie_de is null) = (reserve_a is null)),
  add constraint seances_partie_fermee check (partie_de is null or (confidentialite = 'restreinte' and cardinality(reserve_a) > 0));
create unique index seances_une_partie on seances (contrat_id, partie_de) where partie_de is not null and etat <> 'annulee';

-- A session and its part are one meeting.
create or replace view faits_reunions with (security_invoker = true) as
select s.contrat_id, s.id, s.jour, null::date as fin, i.territoire_id, i.porteur_id as organisation_id, null::uuid as lot_id,
  case when 'restreinte' in (i.confidentialite, s.confidentialite) then 'Séance d’une instance restreinte' else i.nom end as titre, i.fiches,
  '{}'::text[] as lignes,
  coalesce(i.type, 'autre') as type,
  coalesce(s.presents, (
    select count(*) from seance_participants p
    where p.contrat_id = s.contrat_id and p.seance_id = s.id and p.presence in ('present', 'represente')))::numeric as presents
from seances s
join instances i on i.contrat_id = s.contrat_id and i.id = s.instance_id
where s.etat in ('relecture', 'figee', 'declaree') and s.partie_de is null;

select annoter('seances', null, '{"partie_de": "technique", "reserve_a": "technique"}');

-- What stands for it on the agenda says nothing of it, whoever writes.
alter table seance_points drop constraint seance_points_genre_check;
alter table seance_points add constraint seance_points_genre_check
  check (genre in ('ouverture', 'decision', 'chiffre', 'preuve', 'lieu', 'demande', 'remontee', 'probleme', 'recurrent', 'libre', 'reserve'));
alter table seance_points add constraint seance_points_reserve
  check (genre <> 'reserve' or (titre = 'Point réservé' and expose = '' and notes = '' and rapporteur = ''));
