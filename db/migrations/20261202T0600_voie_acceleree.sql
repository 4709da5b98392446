-- The accelerated way of a cell, opened by a grave alert. Two planes meet by two functions and nothing else: cells read of an alert its id, tier,
-- place and hour; the alert learns that the way was opened, and when.

create table nominatif.cellule_urgences (
  contrat_id smallint not null references contrats (id),
  id uuid not null default gen_random_uuid(),
  cellule_id uuid not null,
  -- the alert, its tier and its hour: no word of it comes here
  alerte_id uuid not null,
  palier text not null check (palier ~ '^[a-z][a-z-]{0,59}$'),
  alerte_le timestamptz not null,
  -- who composes the cell
  ouverte_par uuid not null,
  ouverte_le timestamptz not null,
  -- last day on which a situation enters by it
  jusqu_au date not null,
  primary key (contrat_id, id),
  unique (contrat_id, cellule_id, alerte_id),
  foreign key (contrat_id, cellule_id) references nominatif.cellules (contrat_id, id)
);
select proteger('nominatif.cellule_urgences', 'nominatif');
revoke update on nominatif.cellule_urgences from concorde_nominatif;

-- A session called by that way is called by nobody of the cell.
alter table nominatif.cellule_seances
  alter column membre_id drop not null,
  add column urgence_id uuid,
  add foreign key (contrat_id, urgence_id) references nominatif.cellule_urgences (contrat_id, id),
  add check (membre_id is not null or urgence_id is not null);
-- Which alert it comes from is in its box; that it is to be examined soon is not.
alter table nominatif.situations
  add column examen_avant date check (examen_avant >= creee_le),
  add column examen_relance boolean not null default false;

alter table alerte_points add column cellule_le timestamptz check (cellule_le is null or cellules);

-- Alerts whose procedure asks for a cell, that left since then; a drill opens nothing.
create function alertes_pour_cellules(depuis timestamptz)
returns table (id uuid, palier text, territoire_id text, diffusee_le timestamptz)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  return query
    select a.id, a.palier, a.territoire_id, a.diffusee_le from public.alertes a
    where a.contrat_id = public.exiger_un_contrat() and not a.exercice and a.diffusee_le >= depuis
      and exists (select from public.alerte_points p where p.contrat_id = a.contrat_id and p.alerte_id = a.id and p.cellules)
    order by a.diffusee_le desc
    limit 50;
end $$;
-- Said once: of a second cell, or of who did it, the alert learns nothing.
create function dire_cellule_ouverte(alerte uuid, quand timestamptz) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  update public.alerte_points p set cellule_le = quand
  where p.contrat_id = public.exiger_un_contrat() and p.alerte_id = alerte and p.cellules and p.cellule_le is null;
end $$;
revoke execute on function alertes_pour_cellules, dire_cellule_ouverte from public;
grant execute on function alertes_pour_cellules, dire_cellule_ouverte to concorde_nominatif;

select annoter('nominatif.cellule_urgences'::regclass,
  '{"traitement": "cellules", "titre": "Recours accélérés ouverts par une alerte", "duree": "Durée du contrat"}'::jsonb,
  '{"contrat_id":"technique","id":"technique","cellule_id":"technique","alerte_id":"technique","palier":"contenu","alerte_le":"technique","ouverte_par":"pseudonyme","ouverte_le":"technique","jusqu_au":"technique"}'::jsonb);
select annoter('nominatif.cellule_seances'::regclass, null, '{"urgence_id":"technique"}'::jsonb);
select annoter('nominatif.situations'::regclass, null, '{"examen_avant":"technique","examen_relance":"technique"}'::jsonb);
select annoter('alerte_points'::regclass, null, '{"cellule_le":"technique"}'::jsonb);
