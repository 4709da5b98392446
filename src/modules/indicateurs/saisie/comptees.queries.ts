/** What confidential cells tell of finished years: numbers written once, none from one to four, and no way back to what they counted. */
import { sql } from 'kysely';
import type { Db, Ligne } from '../../../core/base/database.ts';
import type { Mesure } from '../../contrats/index.ts';
import { cleDe, type CleDeVentilation } from './grain.rules.ts';

/** `nombre` null: not told by the cell, to anybody. */
export interface Comptee extends Pick<Ligne<'valeurs'>, 'territoireId'> {
  ventilation: CleDeVentilation;
  nombre: number | null;
  /** The cell was there for the whole year; otherwise its number is not that of the year. */
  entiere: boolean;
}
export interface NombreDeCellule extends Omit<Comptee, 'ventilation'> {
  genre: string;
  annee: string;
  quoi: string;
}
export async function lireNombresDesCellules(db: Db): Promise<NombreDeCellule[]> {
  return (await sql<NombreDeCellule>`select * from nombres_de_cellules() order by territoire_id, quoi`.execute(db)).rows;
}

type Comptable = Pick<Mesure, 'prevu' | 'grain'>;
/** Of one measure and year, in the rows that it asks for: by kind of partner where it is asked so. Places without any cell are not there. */
export function compteesDe(m: Comptable, nombres: readonly NombreDeCellule[], annee: string): Comptee[] {
  const cellule = m.prevu?.cellule;
  if (!cellule) return [];
  const [axe, ...autres] = m.grain.ventilations.filter((v) => !v.dont);
  // By several breakdowns at once nothing is counted.
  if (autres.length > 0) return [];
  const rangees = axe
    ? axe.valeurs.map((v) => ({ quoi: `${cellule.compte}:${v.code}`, ventilation: cleDe({ [axe.code]: v.code }) }))
    : [{ quoi: cellule.compte, ventilation: '' }];
  return nombres
    .filter((n) => n.genre === cellule.genre && n.annee === annee)
    .flatMap(({ territoireId, quoi, nombre, entiere }) => {
      const r = rangees.find((x) => x.quoi === quoi);
      return r ? [{ territoireId, ventilation: r.ventilation, nombre, entiere }] : [];
    });
}
