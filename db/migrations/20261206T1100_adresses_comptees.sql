-- A place is counted by a number drawn for its address, not by a digest of it: addresses of a town are few enough to be tried one by one. What ties the number to the
-- address is a row apart, which goes a year after the last report that said it was erased: what stays with erased reports then says that two are at one place, and no longer which.

create function mots_d_adresse(adresse text) returns text
language sql immutable parallel safe set search_path = pg_catalog, public, pg_temp as $$
  select btrim(regexp_replace(regexp_replace(regexp_replace(regexp_replace(regexp_replace(
      regexp_replace(sans_accents(adresse), '[^a-z0-9]+', ' ', 'g'),
      '\m(av|ave)\M', 'avenue', 'g'), '\m(bd|bld|blvd|boul)\M', 'boulevard', 'g'), '\mpl\M', 'place', 'g'), '\m(fg|fbg)\M', 'faubourg', 'g'),
      '(\d)\s*(bis|ter|quater)\M', '\1 \2', 'g'))
$$;
-- « Paris 18e », « PARIS CEDEX 04 », « Paris, France » are one town.
create function mots_de_commune(mots text) returns text
language sql immutable parallel safe set search_path = pg_catalog, public, pg_temp as $$
  select btrim(regexp_replace(regexp_replace(mots, '\m(cedex|france|arrondissement|\d+(er|e|eme)?)\M', '', 'g'), '\s+', ' ', 'g'))
$$;
-- Of an address that does not say it: the nearest town that the place is in, or else the whole contract.
create function commune_du_lieu(contrat smallint, territoire text) returns text
language sql stable parallel safe set search_path = pg_catalog, public, pg_temp as $$
  with recursive montee as (
    select t.parent_id, t.type, t.nom, 0 as rang from territoires t where t.contrat_id = contrat and t.id = territoire
    union all
    select t.parent_id, t.type, t.nom, m.rang + 1 from montee m join territoires t on t.contrat_id = contrat and t.id = m.parent_id
  )
  select mots_de_commune(mots_d_adresse(nom)) from montee order by type = 'commune' desc, case type when 'commune' then rang else -rang end limit 1
$$;

-- The same street of two towns is two places; one address is the same with and without its postal code.
create function cle_d_adresse(contrat smallint, territoire text, adresse text) returns text
language sql stable parallel safe set search_path = pg_catalog, public, pg_temp as $$
  with lieu as (select coalesce(commune_du_lieu(contrat, territoire), '') as commune),
  lue as (
    select l.commune as du_lieu, mots_d_adresse(
      case when mots_de_commune(mots_d_adresse(substring(adresse from ',([^,]*)$'))) = l.commune then regexp_replace(adresse, ',[^,]*$', '') else adresse end) as mots
    from lieu l
  ),
  coupee as (
    select du_lieu, btrim(regexp_replace(mots, '\m\d{5}\M.*$', '')) as avant, btrim(coalesce(substring(mots from '\m\d{5}\M(.*)$'), '')) as apres from lue
  ),
  -- The postal code may come first: the town is then what is before the number in the street.
  parties as (
    select du_lieu, case when avant <> '' then avant else coalesce(substring(apres from '\m\d.*$'), apres) end as voie,
      mots_de_commune(case when avant <> '' then apres when apres ~ '\m\d' then regexp_replace(apres, '\m\d.*$', '') else '' end) as commune
    from coupee
  )
  select case when voie = '' then null
    else left(encode(sha256(convert_to(voie || '|' || coalesce(nullif(commune, ''), du_lieu), 'UTF8')), 'hex'), 32) end
  from parties
$$;

create table adresses_comptees (
  contrat_id smallint not null references contrats (id),
  cle text not null check (cle ~ '^[0-9a-f]{32}$'),
  jeton text not null check (jeton ~ '^[0-9a-f]{32}$'),
  dite_le timestamptz not null default now(),
  primary key (contrat_id, cle)
);
select proteger('adresses_comptees');
revoke update on adresses_comptees from concorde_application;
grant update (dite_le), delete on adresses_comptees to concorde_application;
create unique index adresses_comptees_par_jeton on adresses_comptees (contrat_id, jeton);
select annoter('adresses_comptees', '{"traitement": "signalements", "jours": 366,
  "duree": "Tant qu’un signalement encore gardé ou un site suivi dit l’adresse, puis un an : l’année où elle compte est alors finie"}',
  '{"contrat_id": "technique", "cle": {"categorie": "localisation", "note": "Empreinte de l’adresse, qui se retrouve en essayant celles de la ville : c’est pourquoi elle est à part et s’efface"},
    "jeton": {"categorie": "technique", "note": "Tiré au hasard : il ne sert qu’à ne pas compter deux fois le même lieu"}, "dite_le": "technique"}');

-- Null where no address is said.
create function jeton_de_lieu(contrat smallint, territoire text, adresse text) returns text
language plpgsql set search_path = pg_catalog, public, pg_temp as $$
declare
  sa_cle text := cle_d_adresse(contrat, territoire, adresse);
  son_jeton text;
begin
  if sa_cle is null then return null; end if;
  insert into adresses_comptees as a (contrat_id, cle, jeton) values (contrat, sa_cle, replace(gen_random_uuid()::text, '-', ''))
  on conflict (contrat_id, cle) do update set dite_le = now() where a.dite_le < now() - interval '1 day'
  returning a.jeton into son_jeton;
  if son_jeton is null then
    select a.jeton into son_jeton from adresses_comptees a where a.contrat_id = contrat and a.cle = sa_cle;
  end if;
  return son_jeton;
end $$;
create function jeton_connu(contrat smallint, territoire text, adresse text) returns text
language sql stable set search_path = pg_catalog, public, pg_temp as $$
  select a.jeton from adresses_comptees a where a.contrat_id = contrat and a.cle = cle_d_adresse(contrat, territoire, adresse)
$$;

-- Sites that a register follows are counted with reports: their address has its number as soon as it is written.
create function compter_l_adresse() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as $$
begin
  perform jeton_de_lieu(new.contrat_id, new.territoire_id, new.adresse);
  return new;
end $$;
revoke execute on function compter_l_adresse from public;
create trigger activites_adresse_comptee before insert or update of adresse, territoire_id on activites for each row
  when (new.registre = 'sites' and new.adresse <> '') execute function compter_l_adresse();

-- What was counted until now, under numbers. An erased report shares that of what still says its address, or has one with the others of the same place.
create temporary table anciennes on commit drop as select contrat_id, id, lieu_cle, adresse from demandes where lieu_cle is not null;
create temporary table sites_d_avant on commit drop as
select a.contrat_id, cle_d_adresse(a.adresse) as lieu_cle, jeton_de_lieu(a.contrat_id, a.territoire_id, a.adresse) as jeton
from activites a where a.registre = 'sites' and a.adresse <> '';
update demandes set lieu_cle = coalesce(jeton_de_lieu(contrat_id, territoire_id, adresse), replace(id::text, '-', '')) where lieu_cle is not null and adresse <> '';
update demandes d set lieu_cle = g.jeton
from (
  select e.contrat_id, e.lieu_cle, coalesce(
    (select min(v.lieu_cle) from anciennes x join demandes v on v.contrat_id = x.contrat_id and v.id = x.id
     where x.contrat_id = e.contrat_id and x.lieu_cle = e.lieu_cle and x.adresse <> ''),
    (select min(s.jeton) from sites_d_avant s where s.contrat_id = e.contrat_id and s.lieu_cle = e.lieu_cle),
    replace(gen_random_uuid()::text, '-', '')) as jeton
  from (select distinct contrat_id, lieu_cle from anciennes where adresse = '' and lieu_cle <> replace(id::text, '-', '')) e
) g
where d.contrat_id = g.contrat_id and d.lieu_cle = g.lieu_cle and d.adresse = '';
select annoter('demandes', null, '{"lieu_cle": {"categorie": "technique", "note": "Numéro tiré au hasard pour le lieu, dans les seuls circuits qui comptent des lieux : il ne sert qu’à ne pas compter deux fois le même"}}');
create index demandes_lieux_dits on demandes (contrat_id, lieu_cle) where lieu_cle is not null and anonymisee_le is null;
-- Views of registers that called it are made again at start; figures that count places too.
drop function cle_d_adresse(text) cascade;
update mesure_formules set empreinte = '' where valide_jusqu_a is null and calcul::text like '%"lieu_compte"%';

create function adresse_encore_dite(contrat smallint, la_cle text, le_jeton text) returns boolean
language sql stable set search_path = pg_catalog, public, pg_temp as $$
  select exists (select from demandes d where d.contrat_id = contrat and d.lieu_cle = le_jeton and d.anonymisee_le is null)
    or exists (select from activites a
      where a.contrat_id = contrat and a.registre = 'sites' and a.adresse <> '' and cle_d_adresse(a.contrat_id, a.territoire_id, a.adresse) = la_cle)
$$;
-- The year in which an erased report counts is not over: its place keeps its number until then.
create or replace function anonymiser_demande() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as $$
begin
  new.texte := '';
  new.texte_public := '';
  new.adresse := '';
  new.lon := null;
  new.lat := null;
  new.agent := '';
  new.agent_id := null;
  new.auteur_id := null;
  new.modifie_par := '';
  new.reponses := coalesce((select jsonb_object_agg(k, v) from jsonb_each(old.reponses) r (k, v) where jsonb_typeof(v) = 'array'), '{}');
  if new.lieu_cle is not null then
    update adresses_comptees set dite_le = now() where contrat_id = new.contrat_id and jeton = new.lieu_cle;
  end if;
  return new;
end $$;
