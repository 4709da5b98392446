-- The word that the denunciation written on an act rests on: taking back another one changes nothing of it. Null: none, or noted before words were kept.
alter table conventions add column denonciation_id uuid, add check (denonciation_id is null or denoncee_le is not null);
select annoter('conventions', null, '{"denonciation_id": "technique"}');
update conventions c set denonciation_id = (
  select p.id from convention_paroles p
  join lateral (select x.etat, x.quand from convention_paroles x where x.contrat_id = p.contrat_id and x.id = p.id order by x.rang desc limit 1) as d on true
  where p.contrat_id = c.contrat_id and p.convention_id = c.id and p.genre = 'denonciation' and p.rang = 1 and p.jour = c.denoncee_le
    and (d.etat = 'confirmee' or (p.de = '' and d.etat = 'notee'))
  order by d.quand desc limit 1)
where c.denoncee_le is not null;
