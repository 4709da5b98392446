import { sql } from 'kysely';
import type { Db, Ligne } from '../../../core/base/database.ts';
import { uuid } from '../../../core/base/id.ts';
import { HORS } from './nombres.rules.ts';

/**
 * Situations that are followed, counted once for each year in which they were: the year they entered follow-up, and each one that they came into followed.
 * Called when one enters it, before it leaves it, and each night, so that nothing is needed from it once it is destroyed.
 */
export async function compterSuivies(db: Db, contratId: number, o: { jour: string; situationId: string | null }): Promise<void> {
  await sql`
    with dues as (
      select s.id, s.cellule_id, s.suivie_le, coalesce(s.suivie_an, extract(year from s.suivie_le)::int - 1) as deja,
        -- From the day of its end on, it is read by nobody.
        least(extract(year from ${o.jour}::date), extract(year from s.destruction_le - 1))::int as an
      from nominatif.situations s
      where s.contrat_id = ${contratId} and s.etat = 'suivie' and s.suivie_le is not null
        and (${o.situationId === null} or s.id = ${uuid(o.situationId ?? '')})
      for update),
    comptees as (
      update nominatif.situations s set suivie_an = d.an from dues d
      where s.contrat_id = ${contratId} and s.id = d.id and d.an > d.deja)
    insert into nominatif.cellule_compteurs as k (contrat_id, cellule_id, mois, quoi, nombre)
    select ${contratId}, d.cellule_id, case when a = extract(year from d.suivie_le) then to_char(d.suivie_le, 'YYYY-MM') else a || '-01' end, 'accompagnees', count(*)
    from dues d, generate_series(d.deja + 1, d.an) as a
    group by 2, 3
    on conflict (contrat_id, cellule_id, mois, quoi) do update set nombre = k.nombre + excluded.nombre`.execute(db);
}

/** One more, or one less, brought by that kind of partner, or by none, in that year. */
export async function compterOrigine(
  db: Db,
  contratId: number,
  o: { celluleId: string; annee: string; partenaire: string | undefined; nombre: 1 | -1 },
): Promise<void> {
  await sql`
    insert into nominatif.cellule_origines as k (contrat_id, cellule_id, annee, partenaire, nombre)
    values (${contratId}, ${uuid(o.celluleId)}, ${o.annee}, ${o.partenaire ?? HORS}, greatest(${o.nombre}::int, 0))
    on conflict (contrat_id, cellule_id, annee, partenaire) do update set nombre = greatest(k.nombre + ${o.nombre}::int, 0)`.execute(db);
}

interface Annee extends Pick<Ligne<'nominatif.cellules'>, 'genre'>, Pick<Ligne<'nominatif.celluleNombres'>, 'celluleId' | 'annee'> {
  compteurs: Record<string, number>;
  partenaires: Record<string, number>;
}
/** Finished years of each cell that nothing outside was told of: those it counted something in, and those that it began before. */
export async function listAnneesAFiger(db: Db, contratId: number, aujourdhui: string): Promise<Annee[]> {
  const { rows } = await sql<Annee>`
    select c.id as cellule_id, c.genre, a.annee::text as annee,
      coalesce((select jsonb_object_agg(x.quoi, x.nombre) from (
        select k.quoi, sum(k.nombre)::int as nombre from nominatif.cellule_compteurs k
        where k.contrat_id = c.contrat_id and k.cellule_id = c.id and left(k.mois, 4) = a.annee::text group by 1) x), '{}') as compteurs,
      coalesce((select jsonb_object_agg(p.partenaire, p.nombre) from nominatif.cellule_origines p
        where p.contrat_id = c.contrat_id and p.cellule_id = c.id and p.annee = a.annee::text), '{}') as partenaires
    from nominatif.cellules c
    cross join lateral generate_series(
      least(extract(year from c.creee_le)::int, coalesce((
        select min(left(k.mois, 4)::int) from nominatif.cellule_compteurs k where k.contrat_id = c.contrat_id and k.cellule_id = c.id), 9999)),
      extract(year from ${aujourdhui}::date)::int - 1) as a (annee)
    where c.contrat_id = ${contratId}
      and not exists (select from nominatif.cellule_nombres n where n.contrat_id = c.contrat_id and n.cellule_id = c.id and n.annee = a.annee::text)
    order by a.annee, c.id`.execute(db);
  return rows;
}
/** Written once: a year that was told is told so for ever. */
export async function addNombres(db: Db, contratId: number, o: { celluleId: string; annee: string; dits: ReadonlyMap<string, number | null> }): Promise<void> {
  await sql`
    insert into nominatif.cellule_nombres (contrat_id, cellule_id, annee, quoi, nombre)
    select ${contratId}, ${uuid(o.celluleId)}, ${o.annee}, v.quoi, v.nombre
    from unnest(${[...o.dits.keys()]}::text[], ${[...o.dits.values()]}::int[]) as v (quoi, nombre)
    on conflict do nothing`.execute(db);
}

export interface Nombre
  extends Pick<Ligne<'nominatif.cellules'>, 'genre' | 'territoireId'>,
    Pick<Ligne<'nominatif.celluleNombres'>, 'annee' | 'quoi' | 'nombre'> {
  /** The cell was there for the whole year. */
  entiere: boolean;
}
/** Of every cell: what crosses to the figures, and nothing more. */
export async function listNombres(db: Db): Promise<Nombre[]> {
  return (await sql<Nombre>`select * from nombres_de_cellules() order by annee desc, genre, territoire_id, quoi`.execute(db)).rows;
}
