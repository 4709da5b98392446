-- The date of an entry is the database's own, never earlier than the entry before: whoever writes through the application cannot
-- back-date. The owner alone gives a date (the fictive year of the demonstration); the digested line says which is which.
alter table audit_tetes add column quand timestamptz;
select annoter('audit_tetes', null, '{"quand": "technique"}');

create or replace function enchainer_audit() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  tete public.audit_tetes;
  dite timestamptz := new.quand;
  du_service boolean := not pg_has_role(session_user, current_user, 'member');
begin
  insert into public.audit_tetes (contrat_id, numero, empreinte) values (new.contrat_id, 0, sha256(''::bytea)) on conflict do nothing;
  select * into tete from public.audit_tetes where contrat_id = new.contrat_id for update;
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
  update public.audit_tetes
  set numero = new.numero, empreinte = new.empreinte, quand = case when du_service then new.quand else quand end
  where contrat_id = new.contrat_id;
  return new;
end $$;
revoke execute on function enchainer_audit from public;
