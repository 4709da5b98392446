-- What a write pays for besides its own row, measured: each row that named its contract locked the row of the contract (one more state of it
-- for each writer, held together when several write at once), and what a report adds to its counts was planned again at each report.

-- Rows written by every save. Their contract is that of the role that serves (policies, `exiger_un_contrat`), or of the rows that they are counted
-- from; and a contract is still held by all that describes it: accounts, texts, places.
alter table audit drop constraint audit_contrat_id_fkey;
alter table soumissions drop constraint soumissions_contrat_id_fkey;
alter table activites drop constraint activites_contrat_id_fkey;
alter table mouvements drop constraint mouvements_contrat_id_fkey;
alter table mouvements_a_dire drop constraint mouvements_a_dire_contrat_id_fkey;
alter table mesure_cellules drop constraint mesure_cellules_contrat_id_fkey;
alter table mesure_annees drop constraint mesure_annees_contrat_id_fkey;
alter table echeances drop constraint echeances_contrat_id_fkey;
alter table courriels drop constraint courriels_contrat_id_fkey;
alter table demande_suiveurs drop constraint demande_suiveurs_contrat_id_fkey;
alter table demande_comptes drop constraint demande_comptes_contrat_id_fkey;
alter table demande_mois drop constraint demande_mois_contrat_id_fkey;
alter table mailles_comptees drop constraint mailles_comptees_contrat_id_fkey;
alter table mailles_connues drop constraint mailles_connues_contrat_id_fkey;
alter table canaux_comptes drop constraint canaux_comptes_contrat_id_fkey;

-- A function in SQL is planned each time that it is called; these keep their plans for the session. In the order of the keys, as before.
create or replace function tenir_comptes_demandes() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if tg_op = 'INSERT' then
    insert into demande_comptes as c (contrat_id, circuit, service_id, etat, part, nombre)
    select d.contrat_id, d.circuit, d.service_id, d.etat, (get_byte(uuid_send(d.id), 15) & 7)::smallint, count(*)
    from ecrites d
    group by 1, 2, 3, 4, 5 order by 1, 2, 3, 4, 5
    on conflict (contrat_id, circuit, service_id, etat, part) do update set nombre = c.nombre + excluded.nombre;
    insert into demande_mois as m (contrat_id, mois, territoire_id, circuit, part, recus, repondus, faits, resolus, contestes, ouverts,
      minutes_de_reponse, notes, total_des_notes)
    select d.contrat_id, date_trunc('month', d.recu_le at time zone concorde_fuseau(d.contrat_id))::date, d.territoire_id, d.circuit,
      (get_byte(uuid_send(d.id), 15) & 7)::smallint, count(*), count(d.repondu_le), count(d.fait_le), count(*) filter (where d.etat = 'resolu'),
      count(d.conteste_le), count(*) filter (where d.clos_le is null), coalesce(sum(floor(extract(epoch from d.repondu_le - d.recu_le) / 60)::bigint), 0),
      count(d.note), coalesce(sum(d.note), 0)
    from ecrites d
    group by 1, 2, 3, 4, 5 order by 1, 2, 3, 4, 5
    on conflict (contrat_id, mois, territoire_id, circuit, part) do update set recus = m.recus + excluded.recus, repondus = m.repondus + excluded.repondus,
      faits = m.faits + excluded.faits, resolus = m.resolus + excluded.resolus, contestes = m.contestes + excluded.contestes,
      ouverts = m.ouverts + excluded.ouverts, minutes_de_reponse = m.minutes_de_reponse + excluded.minutes_de_reponse,
      notes = m.notes + excluded.notes, total_des_notes = m.total_des_notes + excluded.total_des_notes;
    return null;
  end if;
  -- What no count looks at moves none.
  if exists (
    select from ecrites e join effacees a using (contrat_id, id)
    where (e.circuit, e.service_id, e.etat, e.territoire_id, e.repondu_le, e.fait_le, e.conteste_le, e.clos_le, e.note)
      is distinct from (a.circuit, a.service_id, a.etat, a.territoire_id, a.repondu_le, a.fait_le, a.conteste_le, a.clos_le, a.note)) then
    perform ajouter_aux_comptes_demandes(array(select row(e.*)::demandes from ecrites e), array(select row(a.*)::demandes from effacees a));
  end if;
  return null;
end $$;

create or replace function compter_demandes_situees() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  insert into mailles_comptees as m (contrat_id, mois, origine, categorie, jour_semaine, tranche, maille, nombre)
  select e.contrat_id, date_trunc('month', e.jour::timestamp)::date, e.circuit, e.categorie, extract(isodow from e.jour)::smallint,
    coalesce(e.heure / 6, 9)::smallint, e.maille, count(*)
  from ecrites e where e.lecteurs is null and e.maille is not null
  group by 1, 2, 3, 4, 5, 6, 7 order by 1, 2, 3, 4, 5, 6, 7
  on conflict (contrat_id, mois, origine, categorie, jour_semaine, tranche, maille) do update set nombre = m.nombre + excluded.nombre;
  insert into mailles_connues as m (contrat_id, maille, territoire_id, nombre)
  select e.contrat_id, e.maille, e.territoire_id, count(*) from ecrites e where e.lecteurs is null and e.maille is not null
  group by 1, 2, 3 order by 1, 2, 3
  on conflict (contrat_id, maille, territoire_id) do update set nombre = m.nombre + excluded.nombre;
  insert into canaux_comptes as c (contrat_id, mois, origine, categorie, canal, territoire_id, nombre)
  select e.contrat_id, date_trunc('month', e.jour::timestamp)::date, e.circuit, e.categorie, e.canal, e.territoire_id, count(*)
  from ecrites e where e.lecteurs is null
  group by 1, 2, 3, 4, 5, 6 order by 1, 2, 3, 4, 5, 6
  on conflict (contrat_id, mois, origine, categorie, canal, territoire_id) do update set nombre = c.nombre + excluded.nombre;
  return null;
end $$;

-- `maille_de`, written out: called for each row of an import, it costs more than what it works out.
create or replace function compter_signalements_situes() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  insert into mailles_comptees as m (contrat_id, mois, origine, categorie, jour_semaine, tranche, maille, nombre)
  select e.contrat_id, date_trunc('month', e.jour::timestamp)::date, 'canal:' || e.canal, e.theme, extract(isodow from e.jour)::smallint, 9::smallint,
    floor((e.lat::double precision + 90) * 1000)::bigint * 1000000 + floor((e.lon::double precision + 180) * 1000)::bigint, count(*)
  from ecrits e where e.lon is not null and e.lat is not null
  group by 1, 2, 3, 4, 5, 6, 7 order by 1, 2, 3, 4, 5, 6, 7
  on conflict (contrat_id, mois, origine, categorie, jour_semaine, tranche, maille) do update set nombre = m.nombre + excluded.nombre;
  insert into mailles_connues as m (contrat_id, maille, territoire_id, nombre)
  select e.contrat_id, floor((e.lat::double precision + 90) * 1000)::bigint * 1000000 + floor((e.lon::double precision + 180) * 1000)::bigint,
    e.territoire_id, count(*)
  from ecrits e where e.lon is not null and e.lat is not null
  group by 1, 2, 3 order by 1, 2, 3
  on conflict (contrat_id, maille, territoire_id) do update set nombre = m.nombre + excluded.nombre;
  insert into canaux_comptes as c (contrat_id, mois, origine, categorie, canal, territoire_id, nombre)
  select e.contrat_id, date_trunc('month', e.jour::timestamp)::date, 'canal:' || e.canal, e.theme, e.canal, e.territoire_id, count(*)
  from ecrits e
  group by 1, 2, 3, 4, 5, 6 order by 1, 2, 3, 4, 5, 6
  on conflict (contrat_id, mois, origine, categorie, canal, territoire_id) do update set nombre = c.nombre + excluded.nombre;
  return null;
end $$;

-- Whole numbers added up as such: `sum(bigint)` works in arbitrary precision, with a state of its own for each of a million cells. Fails beyond 2^63.
create aggregate somme_entiere(bigint) (sfunc = int8pl, stype = bigint, combinefunc = int8pl, parallel = safe);
revoke execute on function somme_entiere(bigint) from public;
