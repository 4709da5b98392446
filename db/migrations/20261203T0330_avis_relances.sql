-- What a mairie learnt and nobody told the control room: past its time the coordination is written to, once.
alter table crise_avis add column relance_le timestamptz check (relance_le >= appris_le);
grant update (relance_le) on crise_avis to concorde_application;
create index crise_avis_en_attente on crise_avis (contrat_id, appris_le) where transmis_le is null and relance_le is null;
-- « Ma journée » says what mairies learnt and the control room does not know: a page that is kept hears of it.
select signaler('crise_avis');
select annoter('crise_avis', null, '{"relance_le": "technique"}');
