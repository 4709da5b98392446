-- Where a seat was convoked before this was kept: the substitute was written to as well when the holder was away that day, or their account closed by then.
insert into seance_convocations (contrat_id, participant_id, adresse, suppleant, nom, quand)
select p.contrat_id, p.id, lower(p.suppleant_courriel), true, left(p.suppleant_nom, 200), p.convoque_le
from seance_participants p
where p.convoque_le is not null and p.suppleant_courriel <> ''
  and (p.absent_jusquau >= (p.convoque_le at time zone concorde_fuseau(p.contrat_id))::date
    or exists (
      select from comptes c where c.contrat_id = p.contrat_id and c.courriel = lower(p.courriel) and c.ferme_le <= p.convoque_le))
on conflict do nothing;

-- Who is forgotten leaves no address of theirs; those of their substitute, and of who was convoked to that seat before them, stay with what these said.
create or replace function oublier_adresses_des_seances(contrat smallint, referent uuid) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  delete from public.seance_convocations k
  using public.instance_membres m, public.seance_participants p
  where m.contrat_id = contrat and m.referent_id = referent and p.contrat_id = m.contrat_id and p.membre_id = m.id
    and k.contrat_id = p.contrat_id and k.participant_id = p.id and not k.suppleant
    and (k.nom = '' or public.mots_du_nom(k.nom) in (public.mots_du_nom(m.nom), public.mots_du_nom(p.nom)) or k.adresse = lower(m.courriel));
  update public.seance_presence_mots d
  set adresse = 'effacée ' || (
    select min(x.rang) from public.seance_presence_mots x
    where x.contrat_id = d.contrat_id and x.seance_id = d.seance_id and x.participant_id = d.participant_id and x.adresse = d.adresse)
  from public.instance_membres m, public.seance_participants p
  where m.contrat_id = contrat and m.referent_id = referent and p.contrat_id = m.contrat_id and p.membre_id = m.id
    and d.contrat_id = p.contrat_id and d.seance_id = p.seance_id and d.participant_id = p.id and d.adresse <> '' and d.adresse !~ '^effacée '
    and d.voie not in ('suppleant', 'representant', 'convoque_dabord') and d.adresse <> lower(m.suppleant_courriel);
  update public.seance_approbation_reponses r
  set adresse = 'effacée ' || (
    select min(x.rang) from public.seance_approbation_reponses x
    where x.contrat_id = r.contrat_id and x.seance_id = r.seance_id and x.participant_id = r.participant_id and x.empreinte = r.empreinte
      and x.adresse = r.adresse)
  from public.instance_membres m, public.seance_participants p
  where m.contrat_id = contrat and m.referent_id = referent and p.contrat_id = m.contrat_id and p.membre_id = m.id
    and r.contrat_id = p.contrat_id and r.seance_id = p.seance_id and r.participant_id = p.id and r.adresse <> '' and r.adresse !~ '^effacée '
    and r.voie in ('', 'titulaire');
  update public.seance_approbations a
  set adresse = ''
  from public.instance_membres m, public.seance_participants p
  where m.contrat_id = contrat and m.referent_id = referent and p.contrat_id = m.contrat_id and p.membre_id = m.id
    and a.contrat_id = p.contrat_id and a.seance_id = p.seance_id and a.participant_id = p.id and a.adresse <> '' and a.voie in ('', 'titulaire');
end $$;
