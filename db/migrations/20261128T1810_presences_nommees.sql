-- Only named people can be present. A seat without a name is vacant, unless someone sat there: their name is then written for this session.
alter table seance_participants add column nomme_en_seance boolean not null default false;
select annoter('seance_participants', null, '{"nomme_en_seance": "technique"}');

-- Who « sat for » a seat without a name is the person who was there. Every other mark on such a seat names nobody: taken away. Frozen
-- minutes keep their own content and are not touched.
update seance_participants
set nom = represente_par, represente_par = '', presence = 'present', nomme_en_seance = true
where nom = '' and presence = 'represente' and represente_par <> '';
update seance_participants set presence = null, represente_par = '' where nom = '' and presence is not null;

alter table seance_participants add constraint seance_participants_presence_nommee check (presence is null or nom <> '');
