-- What is planned, what was done, what will not be. Everything recorded so far was recorded as done; only a day that had not come cannot be.
alter table activites
  add column etape text not null default 'realisee' check (etape in ('programmee', 'realisee', 'annulee')),
  -- why it was cancelled
  add column annulation text,
  -- records made at once, every week or every month
  add column serie_id uuid,
  add constraint activites_annulation check ((etape = 'annulee') = (annulation is not null));
update activites set etape = 'programmee'
where jour > current_date and registre in ('campagnes', 'evenements', 'formations', 'interventions', 'marches', 'operations');

create index activites_programmees on activites (contrat_id, jour) where etape <> 'realisee' and statut = 'publie';
create index activites_serie on activites (contrat_id, serie_id, jour) where serie_id is not null;
select annoter('activites', null, '{"etape": "contenu", "annulation": "contenu", "serie_id": "technique"}');

create or replace function activite_contenu(a activites) returns jsonb language sql stable as $$
  select jsonb_build_object(
    'jour', a.jour, 'fin', a.fin, 'titre', a.titre, 'territoire_id', a.territoire_id, 'adresse', a.adresse,
    'lon', a.lon, 'lat', a.lat, 'organisation_id', a.organisation_id, 'commentaire', a.commentaire,
    'fiches', to_jsonb(a.fiches), 'lignes', to_jsonb(a.lignes), 'donnees', a.donnees, 'etape', a.etape, 'annulation', a.annulation)
$$;

-- When someone said what became of what was planned: what their day no longer asks.
alter table activites add column dite_le timestamptz;
create index activites_dites on activites (contrat_id, dite_le) where dite_le is not null;
select annoter('activites', null, '{"dite_le": "technique"}');
