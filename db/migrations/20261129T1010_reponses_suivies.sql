-- Who took part in a version beside whoever signed it: whoever entrusted or prepared it does not validate it either.
alter table valeurs add column prepare_par uuid[] not null default '{}';
alter table campagne_acces add column cree_par_id uuid;
-- When what was asked came, whole: kept by the transaction of the contribution, by the rule that settles debts.
alter table campagne_demandes add column donnee_le timestamptz;
grant update (donnee_le) on campagne_demandes to concorde_application;
create index campagne_demandes_mesure on campagne_demandes (contrat_id, mesure_id) where donnee_le is null;
-- What was sent, or what a closed campaign leaves, is no longer a draft.
grant delete on campagne_brouillons to concorde_application;
select annoter('valeurs', null, '{"prepare_par": "pseudonyme"}');
select annoter('campagne_acces', null, '{"cree_par_id": "pseudonyme"}');
select annoter('campagne_demandes', null, '{"donnee_le": "contrat"}');
