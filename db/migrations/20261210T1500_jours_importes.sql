-- A quarter of an imported channel is told when its files cover each of its days: each batch keeps which days it covers. Six days without a row are
-- covered like those around them; after a week without any, the file says nothing until the next row, so that one row of which day and month were
-- exchanged covers its own day alone. The day of the import is not over, and days to come are nobody's.
alter table signalement_lots
  add column canal text not null default 'dmr' check (char_length(canal) <= 90),
  add column couvre datemultirange not null default '{}';
alter table signalement_lots alter column canal drop default;
select annoter('signalement_lots', null, '{"canal": "technique", "couvre": "technique"}');

-- Of batches that were imported before: by the reports that each brought. What an earlier one had brought already is covered by that one.
with jours as (
  select distinct s.contrat_id, s.lot_id, s.jour from signalements s
  join signalement_lots l on l.contrat_id = s.contrat_id and l.id = s.lot_id
  where s.jour < (l.importe_le at time zone concorde_fuseau(l.contrat_id))::date
),
coupes as (
  select contrat_id, lot_id, jour, coalesce(jour - lag(jour) over (partition by contrat_id, lot_id order by jour) > 7, true)::int as coupe from jours
),
suites as (select contrat_id, lot_id, jour, sum(coupe) over (partition by contrat_id, lot_id order by jour) as suite from coupes),
etendues as (select contrat_id, lot_id, daterange(min(jour), max(jour), '[]') as jours from suites group by contrat_id, lot_id, suite)
update signalement_lots l set couvre = e.couvre
from (select contrat_id, lot_id, range_agg(jours) as couvre from etendues group by contrat_id, lot_id) as e
where l.contrat_id = e.contrat_id and l.id = e.lot_id;
