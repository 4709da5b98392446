-- An alert that climbs: its tier is raised, who was told keeps their row, who was not is told. One sent by mistake, and a brawl that is learnt afterwards.
alter table alertes add column relevee_le timestamptz;
alter table alertes add column erreur_le timestamptz;
alter table alertes add column erreur_motif text not null default '' check (char_length(erreur_motif) <= 300);
-- Entered in the register by who conducts, once it was over: nobody was told of it.
alter table alertes add column apprise_le timestamptz;
do $$
declare c name;
begin
  select conname into strict c from pg_constraint
  where conrelid = 'alertes'::regclass and contype = 'c' and pg_get_constraintdef(oid) like '%(diffusee_le IS NULL) =%';
  execute format('alter table alertes drop constraint %I', c);
end $$;
alter table alertes add constraint alertes_diffusee check ((diffusee_le is null) = (etat in ('a-valider', 'ecartee') or apprise_le is not null));
alter table alertes add constraint alertes_apprise check (apprise_le is null or etat = 'close');
alter table alertes add constraint alertes_erreur check (erreur_le is null or etat = 'close');

create or replace function oublier_alerte() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as $$
begin
  if old.anonymisee_le is not null then new.anonymisee_le := old.anonymisee_le; end if;
  if new.anonymisee_le is not null then
    new.lieu := ''; new.faits := ''; new.auteur := ''; new.auteur_id := null; new.validee_par := ''; new.levee_par := ''; new.retex := ''; new.retex_par := '';
    new.ecartee_motif := ''; new.erreur_motif := '';
  end if;
  return new;
end $$;

-- `palier`: told that it climbed. `point`: charged of a point of the procedure. `pour`: which tier, which point.
alter table alerte_envois add column pour text not null default '' check (pour ~ '^([a-z][a-z0-9-]{0,59})?$');
-- Written to once more, halfway to the time at which their point is due.
alter table alerte_envois add column rappele_le timestamptz;
-- The alert in whose name its letter was written, when its row went with the words of that alert to the one that it repeated.
alter table alerte_envois add column lettre_de uuid;
alter table alerte_envois add foreign key (contrat_id, lettre_de) references alertes (contrat_id, id);
alter table alerte_envois drop constraint alerte_envois_contrat_id_alerte_id_inscrit_id_genre_key;
alter table alerte_envois add constraint alerte_envois_une_fois unique (contrat_id, alerte_id, inscrit_id, genre, pour);
alter table alerte_envois drop constraint alerte_envois_genre_check;
alter table alerte_envois add constraint alerte_envois_genre_check check (genre in ('validation', 'accuse', 'palier', 'point', 'fin'));
alter table alerte_envois drop constraint alerte_envois_reponse_check;
alter table alerte_envois add constraint alerte_envois_reponse_check check (reponse in ('vu', 'vais', 'rien', 'valide', 'ecarte', 'fait'));
create index alerte_envois_points on alerte_envois (contrat_id, du_le) where genre = 'point' and escalade_le is null;

create or replace view faits_alertes with (security_invoker = true) as
select contrat_id, id, (diffusee_le at time zone (select c.fuseau from contrats c where c.id = a.contrat_id))::date as jour, null::date as fin,
  territoire_id, null::text as organisation_id, null::uuid as lot_id, 'Alerte'::text as titre, '{}'::text[] as fiches, '{}'::text[] as lignes,
  palier, genre, issue, survenue
from alertes a
where diffusee_le is not null and not exercice and doublon_de is null and erreur_le is null;

-- A brawl took place whether an alert told of it or not.
create or replace view faits_rixes with (security_invoker = true) as
select contrat_id, id, (debut at time zone (select c.fuseau from contrats c where c.id = a.contrat_id))::date as jour, null::date as fin,
  territoire_id, null::text as organisation_id, null::uuid as lot_id, 'Rixe'::text as titre, '{}'::text[] as fiches, '{}'::text[] as lignes,
  palier, genre
from alertes a
where survenue and (diffusee_le is not null or apprise_le is not null) and not exercice and doublon_de is null and erreur_le is null;
drop index rixes_survenues;
create index rixes_survenues on alertes (contrat_id, debut) where survenue and not exercice;

-- What a cell is offered is an alert that stands, from the moment when its tier asked for a cell.
create or replace function alertes_pour_cellules(depuis timestamptz)
returns table (id uuid, palier text, territoire_id text, diffusee_le timestamptz)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  return query
    select a.id, a.palier, a.territoire_id, coalesce(a.relevee_le, a.diffusee_le) from public.alertes a
    where a.contrat_id = public.exiger_un_contrat() and not a.exercice and a.diffusee_le is not null and coalesce(a.relevee_le, a.diffusee_le) >= depuis
      and a.doublon_de is null and a.erreur_le is null
      and exists (select from public.alerte_points p where p.contrat_id = a.contrat_id and p.alerte_id = a.id and p.cellules)
    order by coalesce(a.relevee_le, a.diffusee_le) desc
    limit 50;
end $$;

select annoter('alertes', null, '{"relevee_le": "contenu", "erreur_le": "contenu", "erreur_motif": "contenu", "apprise_le": "contenu"}');
select annoter('alerte_envois', null, '{"pour": "contenu", "rappele_le": "contenu", "lettre_de": "technique"}');
