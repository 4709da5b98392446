-- How many had answered a wave that morning: what is owed of it is told from this, once a day. Following the count itself would tell at what
-- hour somebody answered.
alter table enquete_vagues
  add column reponses_relevees integer not null default 0 check (reponses_relevees >= 0),
  add column relevees_le date;
select annoter('enquete_vagues', null, '{"reponses_relevees": "contenu", "relevees_le": "technique"}');
