-- Of a seat, an address that was not its person's: who keeps the body says it, once. It speaks no more, is written to no more, and what it said has no effect.
create table seance_adresses_ecartees (
  contrat_id smallint not null,
  participant_id uuid not null,
  adresse text not null check (adresse <> '' and adresse = lower(adresse) and char_length(adresse) <= 320),
  -- who says it
  par text not null check (par <> '' and char_length(par) <= 200),
  organisation_id text not null,
  quand timestamptz not null,
  primary key (contrat_id, participant_id, adresse),
  foreign key (contrat_id, participant_id) references seance_participants (contrat_id, id)
);
select proteger('seance_adresses_ecartees');
select signaler('seance_adresses_ecartees');
revoke update, delete on seance_adresses_ecartees from concorde_application;
select annoter('seance_adresses_ecartees', '{"traitement": "instances", "duree": "Celle de la séance"}',
  '{"contrat_id": "technique", "participant_id": "technique", "adresse": "coordonnees", "par": "identite", "organisation_id": "vie_professionnelle",
    "quand": "technique"}');

-- What was contested is taken back, and nothing is confirmed by it.
alter table seance_approbation_reponses
  drop constraint seance_approbation_reponses_acte_check,
  add constraint seance_approbation_reponses_acte_check check (acte in ('confirmee', 'contestee', 'reprise'));

-- Who is forgotten leaves no address of theirs in any line of the bodies where they sat. A word is theirs by its name as well as by its address: what another
-- said at an address that several read stays that person's. « effacée 3 » stands for one address, « écartée 3 » for one that was not theirs.
create or replace function oublier_adresses_des_seances(contrat smallint, referent uuid) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare siennes text[]; noms text[]; sieges uuid[]; corps uuid[];
begin
  select coalesce(array_agg(distinct m.instance_id), '{}'), coalesce(array_agg(distinct p.id) filter (where p.id is not null), '{}'),
    coalesce(array_agg(distinct public.mots_du_nom(x.nom)) filter (where btrim(public.mots_du_nom(x.nom)) not in ('', 'nom efface')), '{}')
  into corps, sieges, noms
  from public.instance_membres m
  left join public.seance_participants p on p.contrat_id = m.contrat_id and p.membre_id = m.id
  cross join lateral (values (m.nom), (p.nom)) as x (nom)
  where m.contrat_id = contrat and m.referent_id = referent;
  select coalesce(array_agg(distinct x.adresse), '{}') into siennes
  from (
    select lower(m.courriel) as adresse from public.instance_membres m where m.contrat_id = contrat and m.referent_id = referent
    union all
    select lower(p.courriel) from public.seance_participants p where p.contrat_id = contrat and p.id = any(sieges)
    union all
    select k.adresse from public.seance_convocations k
    where k.contrat_id = contrat and k.participant_id = any(sieges) and not k.suppleant and (k.nom = '' or public.mots_du_nom(k.nom) = any(noms))
    union all
    select d.adresse from public.seance_presence_mots d
    join public.seance_participants p on p.contrat_id = d.contrat_id and p.id = d.participant_id
    where d.contrat_id = contrat and d.participant_id = any(sieges) and d.voie in ('', 'titulaire') and d.adresse <> lower(p.suppleant_courriel)
    union all
    select r.adresse from public.seance_approbation_reponses r
    where r.contrat_id = contrat and r.participant_id = any(sieges) and r.voie in ('', 'titulaire')
    union all
    select a.adresse from public.seance_approbations a
    where a.contrat_id = contrat and a.participant_id = any(sieges) and a.voie in ('', 'titulaire')
  ) x
  where x.adresse <> '' and x.adresse !~ '^(effacée|écartée) ';

  with d as (
    select d.*, min(d.rang) over (partition by d.contrat_id, d.participant_id, d.adresse) as premier, e.adresse is not null as ecartee
    from public.seance_presence_mots d
    join public.seances s on s.contrat_id = d.contrat_id and s.id = d.seance_id
    join public.seance_participants p on p.contrat_id = d.contrat_id and p.id = d.participant_id
    left join public.seance_adresses_ecartees e on e.contrat_id = d.contrat_id and e.participant_id = d.participant_id and e.adresse = d.adresse
    where d.contrat_id = contrat and s.instance_id = any(corps) and d.adresse = any(siennes)
      and (public.nomme_parmi(d.par, noms) or d.participant_id = any(sieges) and d.voie in ('', 'titulaire') and public.mots_du_nom(p.nom) = any(noms)
        or exists (select from public.seance_convocations k
          where k.contrat_id = d.contrat_id and k.participant_id = d.participant_id and k.adresse = d.adresse and public.mots_du_nom(k.nom) = any(noms))))
  update public.seance_presence_mots x
  set adresse = case when d.ecartee then 'écartée ' else 'effacée ' end || d.premier
  from d
  where x.contrat_id = d.contrat_id and x.seance_id = d.seance_id and x.participant_id = d.participant_id and x.rang = d.rang;
  with r as (
    select r.*, min(r.rang) over (partition by r.contrat_id, r.participant_id, r.empreinte, r.adresse) as premier, e.adresse is not null as ecartee
    from (
      select contrat_id, seance_id, participant_id, empreinte, 0 as rang, par, voie, adresse from public.seance_approbations
      union all
      select contrat_id, seance_id, participant_id, empreinte, rang, par, voie, adresse from public.seance_approbation_reponses) r
    join public.seances s on s.contrat_id = r.contrat_id and s.id = r.seance_id
    join public.seance_participants p on p.contrat_id = r.contrat_id and p.id = r.participant_id
    left join public.seance_adresses_ecartees e on e.contrat_id = r.contrat_id and e.participant_id = r.participant_id and e.adresse = r.adresse
    where r.contrat_id = contrat and s.instance_id = any(corps) and r.adresse = any(siennes)
      and (public.nomme_parmi(r.par, noms) or r.participant_id = any(sieges) and r.voie in ('', 'titulaire') and public.mots_du_nom(p.nom) = any(noms)
        or exists (select from public.seance_convocations k
          where k.contrat_id = r.contrat_id and k.participant_id = r.participant_id and k.adresse = r.adresse and public.mots_du_nom(k.nom) = any(noms)))),
  dites as (
    update public.seance_approbation_reponses x
    set adresse = case when r.ecartee then 'écartée ' else 'effacée ' end || r.premier
    from r
    where x.contrat_id = r.contrat_id and x.seance_id = r.seance_id and x.participant_id = r.participant_id and x.empreinte = r.empreinte and x.rang = r.rang)
  update public.seance_approbations x
  set adresse = case when r.ecartee then 'écartée ' else 'effacée ' end || r.premier
  from r
  where r.rang = 0 and x.contrat_id = r.contrat_id and x.seance_id = r.seance_id and x.participant_id = r.participant_id and x.empreinte = r.empreinte;

  delete from public.seance_adresses_ecartees e
  where e.contrat_id = contrat and (e.participant_id = any(sieges) and e.adresse = any(siennes));
  -- What was sent to another person at an address that several read stays theirs.
  delete from public.seance_convocations k
  using public.seance_participants p, public.seances s
  where k.contrat_id = contrat and p.contrat_id = k.contrat_id and p.id = k.participant_id and s.contrat_id = p.contrat_id and s.id = p.seance_id
    and k.adresse = any(siennes) and (k.nom = '' or public.mots_du_nom(k.nom) = any(noms)) and s.instance_id = any(corps);
end $$;
