-- What the last start brought up to date, as a digest of what decides it: a start that finds the same again has nothing to do.
alter table contrat_chargements add column mis_a_jour text;
select annoter('contrat_chargements', null, '{"mis_a_jour": "technique"}');
