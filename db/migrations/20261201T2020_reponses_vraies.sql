-- An answer comes after what it answers: those joined to another are answered when they are told.
alter table demandes add constraint demandes_repondues_apres check (repondu_le is null or repondu_le >= recu_le) not valid;

-- So that nobody is written to about too many reports that others made in their name: a seal of the address, which goes with it.
alter table demande_suiveurs add column sceau text not null default '' check (char_length(sceau) <= 100);
create index demande_suiveurs_par_sceau on demande_suiveurs (contrat_id, sceau, cree_le) where sceau <> '';
select annoter('demande_suiveurs', null, '{"sceau": {"categorie": "technique", "note": "Sceau de l’adresse, effacé avec elle : il compte, sans la dire"}}');
create or replace function oublier_suiveur() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as $$
begin
  new.contact := null;
  if tg_table_name = 'demande_suiveurs' then
    new.sceau := '';
  end if;
  return new;
end $$;

-- What was written of a report goes with its words: answers, reasons and notes may say again what, where and who.
create function effacer_mots_des_evenements() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  update demande_evenements set note = '', motif = '', message = ''
  where contrat_id = new.contrat_id and demande_id = new.id and (note, motif, message) <> ('', '', '');
  return null;
end $$;
revoke execute on function effacer_mots_des_evenements from public;
create trigger demande_mots_effaces after update on demandes for each row
  when (new.anonymisee_le is not null and old.anonymisee_le is null) execute function effacer_mots_des_evenements();
select annoter('demande_evenements', '{"traitement": "signalements", "duree": "Durée du contrat ; les mots s’effacent avec ceux de la demande"}', '{}');
