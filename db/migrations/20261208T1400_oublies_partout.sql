-- Who is forgotten is forgotten by what they answered of an approval, and by other lines of sessions not held where they are said to stand in.
-- A name inside of words: whole words, whatever the case, accents and spaces; a name of one word is the whole of it, or nothing.
create function mots_du_nom(t text) returns text language sql immutable parallel safe strict as $$
  select ' ' || pg_catalog.btrim(pg_catalog.regexp_replace(public.sans_accents(normalize(t, nfkc)), '[\s[:punct:]]+', ' ', 'g')) || ' ' $$;
create function nomme_parmi(t text, noms text[]) returns boolean language sql immutable parallel safe strict as $$
  select exists (
    select from unnest(noms) n
    where case when n like ' % % ' then pg_catalog.strpos(public.mots_du_nom(t), n) > 0 else public.mots_du_nom(t) = n end) $$;

create or replace function oublier_dans_les_seances(contrat smallint, referent uuid) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare noms text[];
begin
  select coalesce(array_agg(distinct x.nom), '{}') into noms
  from (
    select public.mots_du_nom(m.nom) as nom from public.instance_membres m where m.contrat_id = contrat and m.referent_id = referent
    union all
    select public.mots_du_nom(p.nom) from public.instance_membres m, public.seance_participants p
    where m.contrat_id = contrat and m.referent_id = referent and p.contrat_id = m.contrat_id and p.membre_id = m.id and not p.nomme_en_seance
  ) x
  where btrim(x.nom) not in ('', 'nom efface');

  update public.seance_participants p
  set courriel = '', suppleant_courriel = '', absent_jusquau = null, reponse_mot = '', suppleant_reponse_mot = '',
    reponse_par = case when p.reponse_par = '' then '' else 'Nom effacé' end,
    suppleant_reponse_par = case when p.suppleant_reponse_par = '' then '' else 'Nom effacé' end,
    nom = case when s.etat in ('relecture', 'figee') then p.nom else 'Nom effacé' end,
    suppleant_nom = case when s.etat in ('relecture', 'figee') then p.suppleant_nom else '' end,
    represente_par = case when s.etat in ('relecture', 'figee') then p.represente_par else '' end,
    represente_dit = case when s.etat in ('relecture', 'figee') then p.represente_dit else '' end
  from public.instance_membres m, public.seances s
  where m.contrat_id = contrat and m.referent_id = referent and p.contrat_id = m.contrat_id and p.membre_id = m.id
    and s.contrat_id = p.contrat_id and s.id = p.seance_id;
  update public.seance_dates_reponses r
  set par = 'Nom effacé'
  from public.instance_membres m, public.seance_participants p
  where m.contrat_id = contrat and m.referent_id = referent and p.contrat_id = m.contrat_id and p.membre_id = m.id
    and r.contrat_id = p.contrat_id and r.participant_id = p.id and r.par <> '';
  update public.seance_presence_mots d
  set motif = case when d.motif = '' then '' else 'Motif effacé' end,
    nom = case when d.nom = '' or s.etat in ('relecture', 'figee') then d.nom else 'Nom effacé' end,
    avant_nom = case when d.avant_nom = '' or s.etat in ('relecture', 'figee') then d.avant_nom else 'Nom effacé' end,
    par = case when s.etat in ('relecture', 'figee') then d.par else 'Nom effacé' end,
    represente_par = case when s.etat in ('relecture', 'figee') then d.represente_par else '' end,
    avant_par = case when s.etat in ('relecture', 'figee') then d.avant_par else '' end
  from public.instance_membres m, public.seance_participants p, public.seances s
  where m.contrat_id = contrat and m.referent_id = referent and p.contrat_id = m.contrat_id and p.membre_id = m.id
    and d.contrat_id = p.contrat_id and d.seance_id = p.seance_id and d.participant_id = p.id and s.contrat_id = p.contrat_id and s.id = p.seance_id;
  update public.seance_approbation_reponses r
  set motif = case when r.motif = '' then '' else 'Motif effacé' end,
    par = case when s.etat in ('relecture', 'figee') then r.par else 'Nom effacé' end
  from public.instance_membres m, public.seance_participants p, public.seances s
  where m.contrat_id = contrat and m.referent_id = referent and p.contrat_id = m.contrat_id and p.membre_id = m.id
    and r.contrat_id = p.contrat_id and r.seance_id = p.seance_id and r.participant_id = p.id and s.contrat_id = p.contrat_id and s.id = p.seance_id;

  -- In the lines of others, of the bodies where they sat: what they said as who stood in, and their name where nothing was held.
  update public.seance_participants p
  set represente_par = case when public.nomme_parmi(p.represente_par, noms) then 'Nom effacé' else p.represente_par end,
    represente_dit = case when public.nomme_parmi(p.represente_dit, noms) then 'Nom effacé' else p.represente_dit end
  from public.seances s
  where p.contrat_id = contrat and s.contrat_id = p.contrat_id and s.id = p.seance_id and s.etat not in ('relecture', 'figee')
    and s.instance_id in (select m.instance_id from public.instance_membres m where m.contrat_id = contrat and m.referent_id = referent)
    and (public.nomme_parmi(p.represente_par, noms) or public.nomme_parmi(p.represente_dit, noms));
  update public.seance_presence_mots d
  set motif = case when d.motif <> '' and d.voie = 'representant' and public.nomme_parmi(d.par, noms) then 'Motif effacé' else d.motif end,
    par = case when s.etat not in ('relecture', 'figee') and d.voie = 'representant' and public.nomme_parmi(d.par, noms) then 'Nom effacé' else d.par end,
    represente_par = case when s.etat not in ('relecture', 'figee') and public.nomme_parmi(d.represente_par, noms) then 'Nom effacé' else d.represente_par end,
    avant_par = case when s.etat not in ('relecture', 'figee') and public.nomme_parmi(d.avant_par, noms) then 'Nom effacé' else d.avant_par end
  from public.seances s
  where d.contrat_id = contrat and s.contrat_id = d.contrat_id and s.id = d.seance_id
    and s.instance_id in (select m.instance_id from public.instance_membres m where m.contrat_id = contrat and m.referent_id = referent)
    and (public.nomme_parmi(d.par, noms) or public.nomme_parmi(d.represente_par, noms) or public.nomme_parmi(d.avant_par, noms));
end $$;

-- Sessions first: they look for the name that the seat still says.
create or replace function oublier_siege_du_referent() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform public.oublier_dans_les_seances(new.contrat_id, new.id);
  update public.instance_membres
  set nom = 'Nom effacé', courriel = '', suppleant_nom = '', suppleant_courriel = '', absent_jusquau = null, version = version + 1
  where contrat_id = new.contrat_id and referent_id = new.id
    and (nom, courriel, suppleant_nom, suppleant_courriel, absent_jusquau) is distinct from ('Nom effacé', '', '', '', null::date);
  return null;
end $$;
select oublier_dans_les_seances(r.contrat_id, r.id) from referents r where r.anonymisee_le is not null;
