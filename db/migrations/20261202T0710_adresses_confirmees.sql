-- An address is written to, beyond one letter, once somebody opened the link of that letter. What was written to before is confirmed.
alter table demande_suiveurs add column confirme_le timestamptz;
update demande_suiveurs set confirme_le = cree_le where contact is not null;
alter table recurrence_suiveurs add column confirme_le timestamptz,
  add column sceau text not null default '' check (char_length(sceau) <= 100);
update recurrence_suiveurs set confirme_le = cree_le where contact is not null;
create index recurrence_suiveurs_par_sceau on recurrence_suiveurs (contrat_id, sceau, cree_le) where sceau <> '';
select annoter('demande_suiveurs', null, '{"confirme_le": "contenu"}');
select annoter('recurrence_suiveurs', null,
  '{"confirme_le": "contenu", "sceau": {"categorie": "technique", "note": "Sceau de l’adresse, effacé avec elle : il compte, sans la dire"}}');
create or replace function oublier_suiveur() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as $$
begin
  new.contact := null;
  new.sceau := '';
  return new;
end $$;

-- Letters that wait go with the address that is forgotten: found by a seal of whom and what they are for, gone once they left.
alter table courriels add column oubli text not null default '' check (char_length(oubli) <= 100);
create index courriels_a_oublier on courriels (contrat_id, oubli) where oubli <> '';
select annoter('courriels', null, '{"oubli": {"categorie": "technique", "note": "Sceau de qui est écrit, tant que la lettre attend"}}');
