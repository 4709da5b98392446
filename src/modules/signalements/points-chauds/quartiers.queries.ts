/** Quarters of reports by quartier, as they were told to everyone, and of which nothing is told otherwise. */
import { sql } from 'kysely';
import type { Db, Ligne } from '../../../core/base/database.ts';
import { enJson } from '../../../core/couper.ts';
import { ECART_MAX, JOURS_FINIS } from '../import/couverture.rules.ts';
import type { LigneDite, Voie } from './quartiers.rules.ts';

export interface TrimestreDit extends Pick<Ligne<'demandeQuartiers'>, 'periode' | 'arreteLe'> {
  voie: Voie;
}
/** The latest first; of one, as they were told. */
export async function listTrimestresDits(db: Db, contratId: number): Promise<TrimestreDit[]> {
  const { rows } = await sql<TrimestreDit>`
    select periode, voie, arrete_le from demande_quartiers where contrat_id = ${contratId} order by periode desc, arrete_le, voie`.execute(db);
  return rows;
}
export interface LigneArretee extends LigneDite, Pick<Ligne<'demandeQuartierLignes'>, 'periode' | 'chaud'> {
  voie: Voie;
}
export async function listLignesDites(db: Db, contratId: number, periode: string): Promise<LigneArretee[]> {
  const { rows } = await sql<LigneArretee>`
    select periode, voie, genre, lieu, nombre, chaud from demande_quartier_lignes where contrat_id = ${contratId} and periode = ${periode}`.execute(db);
  return rows;
}
/** Once each: false where another passage of the night told it. */
export async function addTrimestre(tx: Db, contratId: number, t: TrimestreDit, lignes: readonly LigneArretee[]): Promise<boolean> {
  const { numAffectedRows } = await sql`
    insert into demande_quartiers (contrat_id, periode, voie, arrete_le) values (${contratId}, ${t.periode}, ${t.voie}, ${t.arreteLe})
    on conflict do nothing`.execute(tx);
  if (!numAffectedRows) return false;
  await sql`
    insert into demande_quartier_lignes (contrat_id, periode, voie, genre, lieu, nombre, chaud)
    select ${contratId}, x.periode, x.voie, x.genre, x.lieu, x.nombre, x.chaud
    from jsonb_to_recordset(${enJson(lignes)}::jsonb) as x (periode text, voie text, genre text, lieu text, nombre int, chaud boolean)`.execute(tx);
  return true;
}
/**
 * Quarters of which files of a channel imported until `jusquau` cover each day, `2026-T1`: of what is covered in part, the next file may still have days.
 * The last day of a file is covered by another that has it and goes on; or, imported long after that day, once another file has one of the days that follow.
 */
export async function listTrimestresImportes(
  db: Db,
  contratId: number,
  { origines, jusquau }: { origines: readonly string[]; jusquau: string },
): Promise<Pick<TrimestreDit, 'periode' | 'voie'>[]> {
  const { rows } = await sql<Pick<TrimestreDit, 'periode' | 'voie'>>`
    with venus as (
      select id, canal, couvre, derniers, le from signalement_lots
      cross join lateral (select (importe_le at time zone concorde_fuseau(contrat_id))::date as le) as t
      where contrat_id = ${contratId} and le <= ${jusquau}::date),
    finis as (
      select l.canal, dernier from venus l cross join unnest(l.derniers) as dernier
      where l.le - lower(dernier) > ${JOURS_FINIS}::int and exists (
        select from venus s where s.canal = l.canal and s.id <> l.id and (s.couvre + s.derniers) && daterange(upper(dernier), upper(dernier) + ${ECART_MAX}::int))),
    couverts as (
      select 'canal:' || canal as voie, range_agg(jours) as jours
      from (select canal, couvre as jours from venus union all select canal, datemultirange(dernier) from finis) as c group by canal),
    trimestres as (
      select distinct origine as voie, date_trunc('quarter', mois)::date as premier from canaux_comptes
      where contrat_id = ${contratId} and origine = any(${[...origines]}::text[]) and nombre > 0)
    select voie, to_char(premier, 'YYYY-"T"Q') as periode from trimestres join couverts using (voie)
    where jours @> daterange(premier, (premier + interval '3 months')::date) order by periode, voie`.execute(db);
  return rows;
}
