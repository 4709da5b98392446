-- Who read a report, and its lead, before they were joined: separated, each is read again by those, and by the services that had it since. Null: it was
-- joined before this was kept, or everybody at work reads it.
alter table demande_evenements add column lecteurs text[];
select annoter('demande_evenements', null, '{"lecteurs": "contrat"}');
