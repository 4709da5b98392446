-- Who is forgotten leaves no address of theirs in any line of the bodies where they sat: as who stood in, who held a chair since, or another's substitute,
-- as well as in their own. Those of their substitute, and of who was convoked to their seat before them, stay with what these said.
create or replace function oublier_adresses_des_seances(contrat smallint, referent uuid) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare siennes text[]; noms text[];
begin
  select coalesce(array_agg(distinct x.adresse), '{}') into siennes
  from (
    select lower(m.courriel) as adresse from public.instance_membres m where m.contrat_id = contrat and m.referent_id = referent
    union all
    select lower(p.courriel) from public.instance_membres m, public.seance_participants p
    where m.contrat_id = contrat and m.referent_id = referent and p.contrat_id = m.contrat_id and p.membre_id = m.id
    union all
    select k.adresse from public.instance_membres m, public.seance_participants p, public.seance_convocations k
    where m.contrat_id = contrat and m.referent_id = referent and p.contrat_id = m.contrat_id and p.membre_id = m.id
      and k.contrat_id = p.contrat_id and k.participant_id = p.id and not k.suppleant
      and (k.nom = '' or public.mots_du_nom(k.nom) in (public.mots_du_nom(m.nom), public.mots_du_nom(p.nom)))
    union all
    select d.adresse from public.instance_membres m, public.seance_participants p, public.seance_presence_mots d
    where m.contrat_id = contrat and m.referent_id = referent and p.contrat_id = m.contrat_id and p.membre_id = m.id
      and d.contrat_id = p.contrat_id and d.seance_id = p.seance_id and d.participant_id = p.id and d.voie in ('', 'titulaire')
      and d.adresse <> lower(m.suppleant_courriel) and d.adresse <> lower(p.suppleant_courriel)
    union all
    select r.adresse from public.instance_membres m, public.seance_participants p, public.seance_approbation_reponses r
    where m.contrat_id = contrat and m.referent_id = referent and p.contrat_id = m.contrat_id and p.membre_id = m.id
      and r.contrat_id = p.contrat_id and r.seance_id = p.seance_id and r.participant_id = p.id and r.voie in ('', 'titulaire')
    union all
    select a.adresse from public.instance_membres m, public.seance_participants p, public.seance_approbations a
    where m.contrat_id = contrat and m.referent_id = referent and p.contrat_id = m.contrat_id and p.membre_id = m.id
      and a.contrat_id = p.contrat_id and a.seance_id = p.seance_id and a.participant_id = p.id and a.voie in ('', 'titulaire')
  ) x
  where x.adresse <> '' and x.adresse !~ '^effacée ';

  select coalesce(array_agg(distinct public.mots_du_nom(x.nom)), '{}') into noms
  from (
    select m.nom from public.instance_membres m where m.contrat_id = contrat and m.referent_id = referent
    union all
    select p.nom from public.instance_membres m, public.seance_participants p
    where m.contrat_id = contrat and m.referent_id = referent and p.contrat_id = m.contrat_id and p.membre_id = m.id
  ) x;
  -- What was sent to another person at an address that several read stays theirs.
  delete from public.seance_convocations k
  using public.seance_participants p, public.seances s
  where k.contrat_id = contrat and p.contrat_id = k.contrat_id and p.id = k.participant_id and s.contrat_id = p.contrat_id and s.id = p.seance_id
    and k.adresse = any(siennes) and (k.nom = '' or public.mots_du_nom(k.nom) = any(noms))
    and s.instance_id in (select m.instance_id from public.instance_membres m where m.contrat_id = contrat and m.referent_id = referent);
  update public.seance_presence_mots d
  set adresse = 'effacée ' || (
    select min(x.rang) from public.seance_presence_mots x
    where x.contrat_id = d.contrat_id and x.seance_id = d.seance_id and x.participant_id = d.participant_id and x.adresse = d.adresse)
  from public.seances s
  where d.contrat_id = contrat and s.contrat_id = d.contrat_id and s.id = d.seance_id and d.adresse = any(siennes)
    and s.instance_id in (select m.instance_id from public.instance_membres m where m.contrat_id = contrat and m.referent_id = referent);
  update public.seance_approbation_reponses r
  set adresse = 'effacée ' || (
    select min(x.rang) from public.seance_approbation_reponses x
    where x.contrat_id = r.contrat_id and x.seance_id = r.seance_id and x.participant_id = r.participant_id and x.empreinte = r.empreinte
      and x.adresse = r.adresse)
  from public.seances s
  where r.contrat_id = contrat and s.contrat_id = r.contrat_id and s.id = r.seance_id and r.adresse = any(siennes)
    and s.instance_id in (select m.instance_id from public.instance_membres m where m.contrat_id = contrat and m.referent_id = referent);
  update public.seance_approbations a
  set adresse = ''
  from public.seances s
  where a.contrat_id = contrat and s.contrat_id = a.contrat_id and s.id = a.seance_id and a.adresse = any(siennes)
    and s.instance_id in (select m.instance_id from public.instance_membres m where m.contrat_id = contrat and m.referent_id = referent);
end $$;

-- Addresses first: lines lose theirs when they are forgotten.
create or replace function oublier_siege_du_referent() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform public.oublier_adresses_des_seances(new.contrat_id, new.id);
  perform public.oublier_dans_les_seances(new.contrat_id, new.id);
  update public.instance_membres
  set nom = 'Nom effacé', courriel = '', suppleant_nom = '', suppleant_courriel = '', absent_jusquau = null, version = version + 1
  where contrat_id = new.contrat_id and referent_id = new.id
    and (nom, courriel, suppleant_nom, suppleant_courriel, absent_jusquau) is distinct from ('Nom effacé', '', '', '', null::date);
  return null;
end $$;
