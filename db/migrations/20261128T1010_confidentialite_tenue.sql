-- What was recorded under a promise keeps it: each session and each decision carries the confidentiality of its body on the day
-- it was created. Changing the body opens nothing of its past; opening a session is an act of its own.
alter table seances add column confidentialite text check (confidentialite in ('publique', 'partenaires', 'restreinte', 'nommee'));
alter table decisions add column confidentialite text check (confidentialite in ('publique', 'partenaires', 'restreinte', 'nommee'));
update seances s set confidentialite = i.confidentialite from instances i where i.contrat_id = s.contrat_id and i.id = s.instance_id;
update decisions d set confidentialite = i.confidentialite from instances i where i.contrat_id = d.contrat_id and i.id = d.instance_id;
alter table seances alter column confidentialite set not null;
alter table decisions alter column confidentialite set not null;

create function promettre_seance() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as $$
begin
  new.confidentialite := coalesce(new.confidentialite,
    (select i.confidentialite from instances i where i.contrat_id = new.contrat_id and i.id = new.instance_id));
  return new;
end $$;
create trigger seances_promesse before insert on seances for each row execute function promettre_seance();

create function promettre_decision() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as $$
begin
  new.confidentialite := coalesce(new.confidentialite,
    (select s.confidentialite from seances s where s.contrat_id = new.contrat_id and s.id = new.seance_id),
    (select i.confidentialite from instances i where i.contrat_id = new.contrat_id and i.id = new.instance_id));
  return new;
end $$;
create trigger decisions_promesse before insert on decisions for each row execute function promettre_decision();
revoke execute on function promettre_seance, promettre_decision from public;

-- Facts name what both the body and the session let be named.
create or replace view faits_reunions with (security_invoker = true) as
select s.contrat_id, s.id, s.jour, null::date as fin, i.territoire_id, i.porteur_id as organisation_id, null::uuid as lot_id,
  case when 'restreinte' in (i.confidentialite, s.confidentialite) then 'Séance d’une instance restreinte' else i.nom end as titre, i.fiches,
  '{}'::text[] as lignes,
  coalesce(i.type, 'autre') as type,
  coalesce(s.presents, (
    select count(*) from seance_participants p
    where p.contrat_id = s.contrat_id and p.seance_id = s.id and p.presence in ('present', 'represente')))::numeric as presents
from seances s
join instances i on i.contrat_id = s.contrat_id and i.id = s.instance_id
where s.etat in ('relecture', 'figee', 'declaree');

select annoter('seances', null, '{"confidentialite": "contrat"}');
select annoter('decisions', null, '{"confidentialite": "contrat"}');
