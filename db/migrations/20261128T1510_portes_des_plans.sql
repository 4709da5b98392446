-- What every plane writes of core without any right on its tables: the audit trail, once-only keys, jobs, and a notice that names nobody.
-- The contract comes from the role that signed in, never from what is passed.

create function exiger_un_contrat() returns smallint
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
declare contrat smallint := public.concorde_contrat();
begin
  if contrat is null then raise exception 'cette connexion ne sert aucun contrat' using errcode = '42501'; end if;
  return contrat;
end $$;

-- Dated, numbered and chained by the table's own trigger. An entry that comes from another plane than the partners' says so.
create function ecrire_audit(entrees jsonb) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  contrat smallint := public.exiger_un_contrat();
  ailleurs jsonb := case when public.concorde_plan() in ('public', 'nominatif') then jsonb_build_object('plan', public.concorde_plan()) else '{}' end;
begin
  insert into public.audit (contrat_id, quand, compte_id, organisation_id, mandat, action, objet, avant, apres, details, adresse)
  select contrat, v.quand, v."compteId", v."organisationId", v.mandat, v.action, v.objet, v.avant, v.apres,
    coalesce(v.details, '{}') || ailleurs, v.adresse
  from jsonb_to_recordset(entrees) as v (quand timestamptz, "compteId" uuid, "organisationId" text, mandat text, action text, objet text,
    avant text, apres text, details jsonb, adresse text);
end $$;

create function prendre_soumission(qui uuid, cle_prise bytea, dit bytea, chemin text)
returns table (contenu bytea, reponse bytea, le timestamptz)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  return query
    insert into public.soumissions as s (contrat_id, compte_id, cle, contenu, route)
    values (public.exiger_un_contrat(), qui, cle_prise, dit, chemin)
    on conflict (contrat_id, compte_id, cle) do update set route = excluded.route
    returning s.contenu, s.reponse, s.le;
end $$;

-- Says that work which opens its own transactions has begun; false when it is under way elsewhere. A process that died left its mark: it
-- is believed for as long as a request may last.
create function commencer_soumission(qui uuid, cle_prise bytea) returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  update public.soumissions s set en_cours = true, le = now()
  where s.contrat_id = public.exiger_un_contrat() and s.compte_id = qui and s.cle = cle_prise
    and (not s.en_cours or s.le < now() - interval '5 minutes');
  return found;
end $$;

create function garder_reponse(qui uuid, cle_prise bytea, dit bytea, reponse_faite bytea) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  update public.soumissions s set reponse = reponse_faite, contenu = dit, le = now(), en_cours = false
  where s.contrat_id = public.exiger_un_contrat() and s.compte_id = qui and s.cle = cle_prise;
end $$;

-- Ids, dates, numbers and yes or no: nothing that says who.
create function ne_nomme_personne(valeur jsonb) returns boolean
language plpgsql immutable set search_path = pg_catalog, pg_temp as $$
begin
  return case jsonb_typeof(valeur)
    when 'string' then valeur #>> '{}' ~ '^([0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|\d{4}(-\d\d){0,2})$'
    when 'array' then (select coalesce(bool_and(public.ne_nomme_personne(e)), true) from jsonb_array_elements(valeur) as e)
    when 'object' then false
    else true
  end;
end $$;

-- Its row is read by partners: asked from the nominative plane, a job says neither what it is about nor about whom.
create function demander_travail(genre text, libelle text, charge jsonb, qui uuid) returns uuid
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  contrat smallint := public.exiger_un_contrat();
  nominatif boolean := public.concorde_plan() = 'nominatif';
  travail uuid;
begin
  if nominatif and exists (select from jsonb_each(charge) as c where not public.ne_nomme_personne(c.value)) then
    raise exception 'un travail nominatif ne porte que des identifiants, des dates et des nombres' using errcode = '42501';
  end if;
  insert into public.travaux (contrat_id, genre, libelle, charge, demande_par)
  values (contrat, genre, case when nominatif then 'Travail réservé' else libelle end, charge, qui)
  returning id into travail;
  perform public.ajouter_travail(contrat, travail);
  return travail;
end $$;

-- The only mail of the nominative plane: these words, to an open account of the contract, with a link that holds ids only.
create function avertir(qui uuid, lien text) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare contrat smallint := public.exiger_un_contrat();
begin
  if lien !~ '^https?://[][A-Za-z0-9.:-]+(/([a-z-]+|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}))+$' then
    raise exception 'un avis nominatif ne porte qu’un lien fait de mots du chemin et d’identifiants' using errcode = '42501';
  end if;
  insert into public.courriels (contrat_id, destinataire, sujet, texte)
  select contrat, c.courriel, 'Concorde : quelque chose vous attend',
    format(E'Bonjour,\n\nQuelque chose vous attend dans Concorde. Pour le lire, connectez-vous :\n\n%s\n\nCe message n’en dit pas plus : c’est réservé.\n', lien)
  from public.comptes c where c.contrat_id = contrat and c.id = qui and c.ferme_le is null;
  if not found then raise exception 'aucun compte ouvert à prévenir' using errcode = '42501'; end if;
  perform pg_notify(canal, contrat::text) from public.canal_du_contrat('concorde_courrier', contrat) as canal where canal is not null;
end $$;

revoke execute on function ecrire_audit, prendre_soumission, commencer_soumission, garder_reponse, demander_travail, avertir, ajouter_travail from public;
grant execute on function ecrire_audit, prendre_soumission, commencer_soumission, garder_reponse
  to concorde_application, concorde_public, concorde_nominatif;
grant execute on function demander_travail to concorde_application, concorde_nominatif;
grant execute on function avertir to concorde_nominatif;
grant execute on function ajouter_travail to concorde_application;

-- Through these doors only.
revoke insert on audit from concorde_application;
revoke insert, update on soumissions from concorde_application;
