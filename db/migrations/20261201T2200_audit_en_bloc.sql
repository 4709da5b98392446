-- Many entries of one statement: the head of the chain is written once, at its end. Written at each of them, its former states, which nothing may
-- clear away before the commit, were all looked through at the next: the time of a statement grew with the square of its entries.
create or replace function enchainer_audit() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  tete record;
  derniere record;
  dite timestamptz := new.quand;
  du_service boolean := not pg_has_role(session_user, current_user, 'member');
begin
  -- Locked until the commit: the next entry waits here.
  select numero, empreinte, quand into tete from public.audit_tetes where contrat_id = new.contrat_id for update;
  if not found then
    insert into public.audit_tetes (contrat_id, numero, empreinte) values (new.contrat_id, 0, sha256(''::bytea)) on conflict do nothing;
    select numero, empreinte, quand into tete from public.audit_tetes where contrat_id = new.contrat_id for update;
  end if;
  -- Those of this very statement, which the head does not know yet.
  select numero, empreinte, quand into derniere from public.audit
  where contrat_id = new.contrat_id and numero > tete.numero
  order by numero desc
  limit 1;
  if found then
    tete.numero := derniere.numero;
    tete.empreinte := derniere.empreinte;
    if du_service then tete.quand := greatest(tete.quand, derniere.quand); end if;
  end if;
  if du_service then
    new.quand := greatest(date_trunc('milliseconds', clock_timestamp()), tete.quand);
    -- Reads are gathered and written a moment later, much later when the database was away.
    if abs(extract(epoch from new.quand - dite)) > 5 then
      new.details := coalesce(new.details, '{}') || jsonb_build_object('date_dite', to_char(dite at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'));
    end if;
  end if;
  new.numero := tete.numero + 1;
  new.precedente := tete.empreinte;
  new.ligne := (jsonb_build_array(
    new.numero, to_char(new.quand at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), new.compte_id, new.organisation_id, new.mandat,
    new.action, new.objet, new.avant, new.apres, new.details, new.adresse)
    || case when du_service then '["base"]'::jsonb else '[]'::jsonb end)::text;
  new.empreinte := sha256(tete.empreinte || convert_to(new.ligne, 'UTF8'));
  return new;
end $$;

create function avancer_audit() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  du_service boolean := not pg_has_role(session_user, current_user, 'member');
begin
  update public.audit_tetes t
  set numero = v.numero, empreinte = v.empreinte, quand = case when du_service then v.quand else t.quand end
  from (select distinct on (contrat_id) contrat_id, numero, empreinte, quand from nouvelles order by contrat_id, numero desc) v
  where t.contrat_id = v.contrat_id and t.numero < v.numero;
  return null;
end $$;
revoke execute on function avancer_audit from public;
create trigger tete after insert on audit referencing new table as nouvelles for each statement execute function avancer_audit();
