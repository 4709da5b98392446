-- Words before looks: entries that hold every word; where fewer than three do, those that hold some of them; where there are still fewer,
-- those that look like them. Each step below the one before, and none read without need. `rows`: few, so that they are read by their key.
drop function chercher_entrees(text, text);
create function chercher_entrees(stricte text, large text, approche text) returns table (genre text, id text, palier smallint)
language plpgsql stable rows 40 security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  c smallint := concorde_contrat();
  tous tsquery := to_tsquery('concorde_fr', stricte);
  certains tsquery := to_tsquery('concorde_fr', large);
  ce text := sans_accents(approche);
  trouves integer;
  deja integer := 0;
begin
  return query
    select r.genre, r.id, 1::smallint from recherche r where r.contrat_id = c and r.vecteur @@ tous
    union
    select r.genre, r.id, 1::smallint from recherche r where r.contrat_id = c and r.cle = lower(chercher_entrees.approche);
  get diagnostics trouves = row_count;
  deja := deja + trouves;
  if deja >= 3 then return; end if;
  if certains is distinct from tous then
    return query
      select r.genre, r.id, 2::smallint from recherche r
      where r.contrat_id = c and r.vecteur @@ certains and not r.vecteur @@ tous and r.cle <> lower(chercher_entrees.approche);
    get diagnostics trouves = row_count;
    deja := deja + trouves;
    if deja >= 3 then return; end if;
  end if;
  return query
    select r.genre, r.id, 3::smallint from recherche r
    where length(ce) > 3 and r.contrat_id = c and ce operator(public.<%) r.approche
      and not r.vecteur @@ tous and not r.vecteur @@ certains and r.cle <> lower(chercher_entrees.approche);
end $$;
revoke execute on function chercher_entrees from public;
grant execute on function chercher_entrees to concorde_application;

-- What was asked and found nothing, so that the words of the contract learn it. A query is never kept: only words, one by one, and a word is
-- written only once it was asked on several days; until then it is a digest under a key that is not in the database (decision 37).
create table recherche_manques (
  contrat_id smallint not null references contrats (id),
  empreinte text not null check (length(empreinte) between 20 and 44),
  -- days on which it was asked, one each whatever happens that day
  jours date[] not null check (cardinality(jours) between 1 and 90),
  dernier_jour date not null,
  mot text check (length(mot) between 4 and 24),
  primary key (contrat_id, empreinte)
);
create index recherche_manques_jours on recherche_manques (contrat_id, dernier_jour desc);
select proteger('recherche_manques');
-- Retention counts and removes by age; nothing else of it is read, and nothing is written, but by the functions below.
revoke select, insert, update on recherche_manques from concorde_application;
grant select (contrat_id, dernier_jour), delete on recherche_manques to concorde_application;
do $$ begin
  execute format('create policy effacement on recherche_manques as restrictive for delete to concorde_application using (current_user = %L or dernier_jour < current_date - 88)',
    current_user);
end $$;
select annoter('recherche_manques',
  '{"traitement": "contrat", "titre": "Mots cherchés sans résultat", "duree": "90 jours après la dernière fois", "jours": 90}',
  '{"contrat_id": "technique", "empreinte": "technique", "jours": "technique", "dernier_jour": "technique", "mot": "contenu"}');

-- The word itself comes in only with the day that makes it common enough: `seuil` different days.
-- Of new ones, two thousand a day at most: whoever types noise fills nothing.
create function noter_manque(empreintes text[], mots text[], jour date, seuil integer) returns void
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
declare c smallint := concorde_contrat();
begin
  if c is null then return; end if;
  insert into recherche_manques as m (contrat_id, empreinte, jours, dernier_jour, mot)
  select c, u.e, array[noter_manque.jour], noter_manque.jour, case when seuil <= 1 then u.w end
  from (select distinct on (e) e, w from unnest(empreintes, mots) as t (e, w) order by e) as u
  where u.e in (select x.empreinte from recherche_manques x where x.contrat_id = c)
    or (select count(*) from recherche_manques x where x.contrat_id = c and x.dernier_jour = noter_manque.jour) < 2000
  on conflict (contrat_id, empreinte) do update
  set jours = (m.jours || noter_manque.jour)[greatest(1, cardinality(m.jours) - 88):],
    dernier_jour = noter_manque.jour,
    mot = coalesce(m.mot, case when cardinality(m.jours) + 1 >= seuil then
      (select w from unnest(empreintes, mots) as t (e, w) where e = m.empreinte limit 1) end)
  where not noter_manque.jour = any(m.jours);
end $$;
-- Words that are common enough to be read, and on how many days they were asked; never a digest, never which days.
create function lire_manques(combien integer) returns table (mot text, jours integer, dernier_jour date)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select m.mot, cardinality(m.jours), m.dernier_jour from recherche_manques m
  where m.contrat_id = concorde_contrat() and m.mot is not null
  order by cardinality(m.jours) desc, m.dernier_jour desc, m.mot limit combien $$;
revoke execute on function noter_manque, lire_manques from public;
grant execute on function noter_manque, lire_manques to concorde_application;
