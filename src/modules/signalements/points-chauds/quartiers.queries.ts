/** Quarters of reports by quartier, as they were told to everyone, and of which nothing is told otherwise. */
import { sql } from 'kysely';
import type { Db, Ligne } from '../../../core/base/database.ts';
import { enJson } from '../../../core/couper.ts';
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
/** Once each: what was told already is refused by its key. */
export async function addTrimestre(tx: Db, contratId: number, t: TrimestreDit, lignes: readonly LigneArretee[]): Promise<void> {
  await sql`
    insert into demande_quartiers (contrat_id, periode, voie, arrete_le) values (${contratId}, ${t.periode}, ${t.voie}, ${t.arreteLe})`.execute(tx);
  await sql`
    insert into demande_quartier_lignes (contrat_id, periode, voie, genre, lieu, nombre, chaud)
    select ${contratId}, x.periode, x.voie, x.genre, x.lieu, x.nombre, x.chaud
    from jsonb_to_recordset(${enJson(lignes)}::jsonb) as x (periode text, voie text, genre text, lieu text, nombre int, chaud boolean)`.execute(tx);
}
/**
 * Quarters of which a channel was imported to the end, `2026-T1`: something of a later one came by it. Before, the next file may still have days of it.
 */
export async function listTrimestresImportes(db: Db, contratId: number, origines: readonly string[]): Promise<Pick<TrimestreDit, 'periode' | 'voie'>[]> {
  const { rows } = await sql<Pick<TrimestreDit, 'periode' | 'voie'>>`
    select voie, periode from (
      select voie, periode, max(periode) over (partition by voie) as derniere from (
        select distinct origine as voie, to_char(mois, 'YYYY-"T"Q') as periode from canaux_comptes
        where contrat_id = ${contratId} and origine = any(${[...origines]}::text[]) and nombre > 0) as comptes) as c
    where periode < derniere order by periode, voie`.execute(db);
  return rows;
}
