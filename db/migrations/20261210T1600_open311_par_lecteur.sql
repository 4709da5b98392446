-- Open311 reads a page of what its reader is told, and nothing else: each way to be told it has an index in the order of the page.

-- Of services, and of who coordinates, circuit by circuit; then of who passed it on, and of their organisation.
create index demandes_open311 on demandes (contrat_id, circuit, categorie, service_id, (clos_le is null), id);
create index demandes_par_auteur on demandes (contrat_id, auteur_id, id) where auteur_id is not null;
create index demandes_par_auteur_organisation on demandes (contrat_id, auteur_organisation, id) where auteur_organisation is not null;

-- Of everyone: whether each that is listed is closed, and which events are of one that is listed.
alter table open311_demandes add column close boolean not null default false;
alter table demande_evenements add column listee boolean not null default false;
select annoter('open311_demandes', null, '{"close": "technique"}');
select annoter('demande_evenements', null, '{"listee": "technique"}');
update open311_demandes o set close = true from demandes d where d.contrat_id = o.contrat_id and d.id = o.demande_id and d.clos_le is not null;
update demande_evenements e set listee = true from open311_demandes o
where o.contrat_id = e.contrat_id and o.demande_id = e.demande_id and e.rang > 1 and e.vers is not null;
create index open311_demandes_services on open311_demandes (contrat_id, circuit, categorie, close, demande_id);
create index demande_evenements_listes on demande_evenements (contrat_id, quand desc, demande_id, rang) where listee;

-- Whoever acts on a report holds it; listing it waits for them by its foreign key, which comes first, then reads what they wrote.
create function open311_reprendre() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  update open311_demandes o set close = true from listees l join demandes d on d.contrat_id = l.contrat_id and d.id = l.demande_id
  where o.contrat_id = l.contrat_id and o.demande_id = l.demande_id and d.clos_le is not null;
  update demande_evenements e set listee = true from listees l
  where e.contrat_id = l.contrat_id and e.demande_id = l.demande_id and e.rang > 1 and e.vers is not null;
  return null;
end $$;
create trigger reprendre after insert on open311_demandes referencing new table as listees for each statement execute function open311_reprendre();

create function open311_clore() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  update open311_demandes set close = new.clos_le is not null where contrat_id = new.contrat_id and demande_id = new.id;
  return null;
end $$;
create trigger open311_clore after update of clos_le on demandes for each row
  when ((old.clos_le is null) <> (new.clos_le is null)) execute function open311_clore();

create function open311_lister() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  new.listee := exists (select from open311_demandes where contrat_id = new.contrat_id and demande_id = new.demande_id);
  return new;
end $$;
create trigger open311_lister before insert on demande_evenements for each row when (new.rang > 1 and new.vers is not null) execute function open311_lister();
revoke execute on function open311_reprendre, open311_clore, open311_lister from public;
