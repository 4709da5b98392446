-- One address told twice is one place: the same key, however it is typed. A circuit whose file asks for it keeps that key with its reports, and beyond the
-- erasure of the address, so that a figure of a past year stays what it was.
create function cle_d_adresse(adresse text) returns text
language sql immutable parallel safe set search_path = pg_catalog, public, pg_temp as $$
  select case when mots = '' then null else left(encode(sha256(convert_to(mots, 'UTF8')), 'hex'), 32) end
  from (select btrim(regexp_replace(regexp_replace(regexp_replace(regexp_replace(regexp_replace(regexp_replace(
      regexp_replace(sans_accents(adresse), '[^a-z0-9]+', ' ', 'g'),
      '\m(av|ave)\M', 'avenue', 'g'), '\m(bd|bld|blvd|boul)\M', 'boulevard', 'g'), '\mpl\M', 'place', 'g'), '\m(fg|fbg)\M', 'faubourg', 'g'),
      '(\d)\s*(bis|ter|quater)\M', '\1 \2', 'g'),
      '\s*\m\d{5}\M.*$', '', 'g')) as mots) as m
$$;

alter table demandes add column lieu_cle text check (lieu_cle ~ '^[0-9a-f]{32}$');
select annoter('demandes', null, '{"lieu_cle": {"categorie": "contenu", "note": "Empreinte de l’adresse, dans les seuls circuits qui comptent des lieux : elle ne sert qu’à ne pas compter deux fois le même"}}');
update demandes set lieu_cle = coalesce(cle_d_adresse(adresse), replace(id::text, '-', '')) where circuit = 'halls-occupes';

-- A report lasts until it is closed: places are counted like those that a register follows.
create or replace view faits_demandes with (security_invoker = true) as
select d.contrat_id, d.id, (d.recu_le at time zone concorde_fuseau(d.contrat_id))::date as jour,
  (d.clos_le at time zone concorde_fuseau(d.contrat_id))::date as fin, d.territoire_id,
  null::text as organisation_id, null::uuid as lot_id,
  case when d.lecteurs is null then d.titre else 'Demande réservée à ses services' end as titre,
  '{}'::text[] as fiches, '{}'::text[] as lignes, d.circuit, d.canal, d.categorie, d.theme, d.service_id as service,
  -- a service went there, or gave an answer that stands
  (d.fait_le is not null or d.etat = 'repondu') as traitee,
  (select jsonb_object_agg(q.question || '-' || o.option, true)
   from jsonb_each(d.reponses) as q (question, dites)
   cross join lateral jsonb_array_elements_text(case jsonb_typeof(q.dites) when 'array' then q.dites else '[]' end) as o (option)) as dites,
  -- otherwise each is a place of its own
  coalesce(d.lieu_cle, d.id::text) as lieu_compte
from demandes d;
