-- Who imports a file says whether it is the whole channel or a part of it, which covers no day. Of batches of before nobody said it: they cover what they covered.
-- The last day of a file may not have been over when it was written: it is kept apart, and covered once another whole file goes on past it.
alter table signalement_lots
  add column portee text check (portee in ('tout', 'partie')),
  add column derniers datemultirange not null default '{}';
select annoter('signalement_lots', null, '{"portee": "technique", "derniers": "technique"}');
