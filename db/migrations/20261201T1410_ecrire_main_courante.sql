-- Writes entries in their order, and says the number of each. One that is there already (same device name, sent again) keeps its own.
-- The crisis is held from here to the commit: nobody closes it in between, and no number is given twice.
create function ecrire_main_courante(la_crise uuid, entrees jsonb)
returns table (cle uuid, numero bigint, nouvelle boolean)
language plpgsql set search_path = pg_catalog, public, pg_temp as $$
#variable_conflict use_column
begin
  perform 1 from crises where id = la_crise for no key update;
  return query
    with recues as (
      select * from rows from (jsonb_to_recordset(entrees) as (
        cle uuid, poste text, ordre bigint, arrive_le timestamptz, survenu_le timestamptz, saisi_le timestamptz, ecart_ms bigint, source text, canal text,
        vers text, contenu text, classe text, decideur text, du_le timestamptz, renvoi_genre text, renvoi bigint, auteur text, auteur_id uuid,
        organisation_id text, confirme text[], automatique boolean)) with ordinality),
    deja as (
      select m.cle, m.numero from main_courante m where m.crise_id = la_crise and m.cle in (select r.cle from recues r)),
    ecrites as (
      insert into main_courante (contrat_id, crise_id, cle, poste, ordre, arrive_le, survenu_le, saisi_le, ecart_ms, source, canal, vers, contenu, classe,
        decideur, du_le, renvoi_genre, renvoi, auteur, auteur_id, organisation_id, confirme, automatique)
      select c.contrat_id, c.id, r.cle, r.poste, r.ordre, r.arrive_le, r.survenu_le, r.saisi_le, r.ecart_ms, r.source, r.canal, r.vers, r.contenu, r.classe,
        r.decideur, r.du_le, r.renvoi_genre, r.renvoi, r.auteur, r.auteur_id, r.organisation_id, r.confirme, r.automatique
      from recues r join crises c on c.id = la_crise
      where not exists (select from deja d where d.cle = r.cle)
      order by r.ordinality
      returning main_courante.cle, main_courante.numero)
    select d.cle, d.numero, false from deja d union all select e.cle, e.numero, true from ecrites e;
end $$;
revoke execute on function ecrire_main_courante from public;
grant execute on function ecrire_main_courante to concorde_application;
