-- A field of a register that points to another record. Its value is in `donnees`, so that versions, imports and the API have it; this table,
-- kept by a trigger for every writer, is what finds what hangs on a record, and holds that the target exists in the same contract.
create table activite_liens (
  contrat_id smallint not null,
  activite_id uuid not null,
  champ text not null,
  cible_id uuid not null,
  primary key (contrat_id, activite_id, champ),
  foreign key (contrat_id, activite_id) references activites (contrat_id, id) on delete cascade,
  foreign key (contrat_id, cible_id) references activites (contrat_id, id)
);
create index activite_liens_cible on activite_liens (contrat_id, cible_id, champ);
select proteger('activite_liens');
revoke insert, update, delete on activite_liens from concorde_application;
select annoter('activite_liens', '{"traitement": "registres", "titre": "Liens entre enregistrements", "duree": "Celle de l’enregistrement"}',
  '{"contrat_id": "technique", "activite_id": "technique", "champ": "technique", "cible_id": "technique"}');

-- Fields of registers that are links, and the register that each points to. Written again at start from the definitions, as views are.
create function liens_declares() returns table (registre text, champ text, vers text) language sql stable as $$
  select ''::text, ''::text, ''::text where false
$$;

create function tenir_liens_activites() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  faux record;
begin
  if not exists (select from ecrites e join liens_declares() d using (registre)) then return null; end if;
  delete from activite_liens l using ecrites e
  where l.contrat_id = e.contrat_id and l.activite_id = e.id and l.cible_id::text is distinct from (e.donnees ->> l.champ);
  insert into activite_liens (contrat_id, activite_id, champ, cible_id)
  select e.contrat_id, e.id, d.champ, (e.donnees ->> d.champ)::uuid
  from ecrites e join liens_declares() d using (registre)
  where e.donnees ->> d.champ is not null
  on conflict (contrat_id, activite_id, champ) do nothing;
  select d.champ, c.registre into faux
  from ecrites e join liens_declares() d using (registre)
  join activites c on c.contrat_id = e.contrat_id and c.id = (e.donnees ->> d.champ)::uuid
  where c.registre <> d.vers
  limit 1;
  if found then raise exception 'le lien « % » ne va pas vers le registre « % »', faux.champ, faux.registre; end if;
  return null;
end $$;
create trigger activites_liens_creees after insert on activites referencing new table as ecrites
  for each statement execute function tenir_liens_activites();
create trigger activites_liens_changees after update on activites referencing new table as ecrites
  for each statement execute function tenir_liens_activites();
