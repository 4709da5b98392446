-- One search over the contract, records, decisions and sessions. What finds them is a function of the owner that gives identifiers alone,
-- of the signed-in contract and of nothing else: its indexes serve whatever operators row-level security keeps from them, after a restore
-- too. What is shown is then read by these identifiers, as the reader: under row-level security and the rules of each list.
alter table recherche add column cle text generated always as (lower(id)) stored;
create index recherche_cle on recherche (contrat_id, cle);

create function chercher_entrees(prefixe text, approche text) returns table (genre text, id text)
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
declare c smallint := concorde_contrat();
begin
  return query
    select r.genre, r.id from recherche r where r.contrat_id = c and r.vecteur @@ to_tsquery('concorde_fr', prefixe)
    union
    select r.genre, r.id from recherche r where r.contrat_id = c and r.cle = lower(chercher_entrees.approche)
    union
    select r.genre, r.id from recherche r
    where length(chercher_entrees.approche) > 3 and r.contrat_id = c and sans_accents(chercher_entrees.approche) operator(public.<%) r.approche;
end $$;

-- Records of every register, the latest first: a frequent word is met at once in that order, a rare one by the words' index; planned anew
-- for each word, whose frequency is known.
create index activites_recentes on activites (contrat_id, jour desc, id desc) where statut = 'publie';
create function chercher_activites(requete text, registres text[], combien integer) returns table (id uuid, jour date)
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  return query execute $q$
    select a.id, a.jour from activites a
    where a.contrat_id = $1 and a.statut = 'publie' and a.recherche @@ to_tsquery('concorde_fr'::regconfig, $2) and a.registre = any($3)
    order by a.jour desc, a.id desc limit $4 $q$ using concorde_contrat(), requete, registres, combien;
end $$;

alter table decisions add column recherche tsvector generated always as (to_tsvector('concorde_fr'::regconfig, libelle)) stored;
create index decisions_recherche on decisions using gin (recherche);
select annoter('recherche', null, '{"cle": "contrat"}');
select annoter('decisions', null, '{"recherche": "contenu"}');
create function chercher_decisions(requete text, combien integer) returns table (id uuid, cree_le timestamptz)
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  return query execute $q$
    select d.id, d.cree_le from decisions d
    where d.contrat_id = $1 and d.recherche @@ to_tsquery('concorde_fr'::regconfig, $2)
    order by d.cree_le desc, d.id limit $3 $q$ using concorde_contrat(), requete, combien;
end $$;

alter table seances add column recherche tsvector generated always as (to_tsvector('concorde_fr'::regconfig, titre)) stored;
create index seances_recherche on seances using gin (recherche);
select annoter('seances', null, '{"recherche": "contenu"}');
alter table instances add column recherche tsvector generated always as (to_tsvector('concorde_fr'::regconfig, nom || ' ' || objet)) stored;
create index instances_recherche on instances using gin (recherche);
select annoter('instances', null, '{"recherche": "contenu"}');
-- Sessions by their own title, and the latest of bodies by theirs.
create function chercher_seances(requete text, combien integer) returns table (id uuid)
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  return query execute $q$
    select x.id from (
      (select s.id, s.jour from seances s
        where s.contrat_id = $1 and s.recherche @@ to_tsquery('concorde_fr'::regconfig, $2)
        order by s.jour desc nulls first, s.id limit $3)
      union
      select d.id, d.jour from instances i
      cross join lateral (select s.id, s.jour from seances s where s.contrat_id = $1 and s.instance_id = i.id order by s.jour desc limit $3) d
      where i.contrat_id = $1 and i.recherche @@ to_tsquery('concorde_fr'::regconfig, $2)
    ) as x
    order by x.jour desc nulls first, x.id limit $3 $q$ using concorde_contrat(), requete, combien;
end $$;

-- Words that exist, so that a mistyped one is found: those of the contract, of titles of records, of decisions and of names of bodies.
-- Nobody reads them: they only bring a word that was asked nearer to one that exists.
create table recherche_mots (
  contrat_id smallint not null references contrats (id),
  -- in byte order, so that those that begin alike are together
  mot text collate "C" not null,
  primary key (contrat_id, mot)
);
create index recherche_mots_proches on recherche_mots using gist (mot gist_trgm_ops);
select proteger('recherche_mots');
revoke select, insert, update on recherche_mots from concorde_application;
select annoter('recherche_mots', '{"traitement": "contrat", "titre": "Mots connus de la recherche", "duree": "Durée du contrat"}',
  '{"contrat_id": "technique", "mot": "contenu"}');
create table recherche_apprise (
  contrat_id smallint primary key references contrats (id),
  jusqu_a timestamptz not null
);
select proteger('recherche_apprise');
revoke select, insert, update on recherche_apprise from concorde_application;
select annoter('recherche_apprise', '{"traitement": "contrat", "titre": "Jusqu’où la recherche a appris ses mots", "duree": "Durée du contrat"}',
  '{"contrat_id": "technique", "jusqu_a": "technique"}');

-- What was written since the last time; the first time, everything.
create function apprendre_mots(registres text[]) returns integer
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  c smallint := concorde_contrat();
  depuis timestamptz := coalesce((select a.jusqu_a from recherche_apprise a where a.contrat_id = c), '-infinity');
  debut timestamptz := now();
  appris integer;
begin
  if c is null then return 0; end if;
  insert into recherche_mots (contrat_id, mot)
  select distinct c, m from (
    select r.titre || ' ' || r.texte as t from recherche r where r.contrat_id = c
    union all
    select a.titre from unnest(registres) as r cross join lateral (
      select a.titre from activites a where a.contrat_id = c and a.registre = r and a.modifie_le > depuis) as a
    union all
    select d.libelle from decisions d where d.contrat_id = c and d.modifie_le > depuis
    union all
    select i.nom || ' ' || i.objet from instances i where i.contrat_id = c
  ) as textes, regexp_split_to_table(sans_accents(t), '[^a-z]+') as m
  where length(m) between 4 and 40
  on conflict do nothing;
  get diagnostics appris = row_count;
  -- What a transaction under way wrote before now comes out after: looked at twice.
  insert into recherche_apprise (contrat_id, jusqu_a) values (c, debut - interval '1 hour')
  on conflict (contrat_id) do update set jusqu_a = excluded.jusqu_a;
  return appris;
end $$;

-- For each of these words that begins no word known, the nearest ones.
create function mots_proches(mots text[]) returns table (mot text, proche text)
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
declare c smallint := concorde_contrat();
begin
  return query
    select u.m, p.mot from unnest(mots) as u (m)
    cross join lateral (
      select k.mot from (
        select r.mot, r.mot operator(public.<->) sans_accents(u.m) as loin from recherche_mots r where r.contrat_id = c
        order by r.mot operator(public.<->) sans_accents(u.m) limit 3) as k
      where k.loin <= 0.6
    ) as p
    where length(u.m) > 3 and not exists (
      select from recherche_mots r where r.contrat_id = c and r.mot >= sans_accents(u.m) and r.mot < sans_accents(u.m) || '{');
end $$;

revoke execute on function chercher_entrees, chercher_activites, chercher_decisions, chercher_seances, apprendre_mots, mots_proches from public;
grant execute on function chercher_entrees, chercher_activites, chercher_decisions, chercher_seances, apprendre_mots, mots_proches
  to concorde_application;
