/** What confidential cells counted, for who owes the figure: numbers of whole months, none below five, and no way back to what they counted. */
import { sql } from 'kysely';
import type { Db, Ligne } from '../../../core/base/database.ts';
import type { CadreDeSaisie } from './saisie.cadre.ts';

/** `nombre` null: from one to four, which leaves the cells for nobody. */
export interface Comptee extends Pick<Ligne<'valeurs'>, 'territoireId'> {
  nombre: number | null;
}
interface Sortie extends Comptee {
  genre: string;
  annee: string;
  quoi: string;
}

/** For a year and the places of the form; places without any cell are not there. */
export async function compteesParLesCellules(db: Db, k: CadreDeSaisie): Promise<Comptee[]> {
  const cellule = k.mesure.prevu?.cellule;
  if (!cellule || !/^\d{4}$/.test(k.periode)) return [];
  const { rows } = await sql<Sortie>`select * from nombres_de_cellules()`.execute(db);
  const ici = new Set(k.rangees.map((r) => r.territoireId));
  return rows
    .filter((r) => r.genre === cellule.genre && r.quoi === cellule.compte && r.annee === k.periode && ici.has(r.territoireId))
    .toSorted((a, b) => a.territoireId.localeCompare(b.territoireId))
    .map(({ territoireId, nombre }) => ({ territoireId, nombre }));
}
