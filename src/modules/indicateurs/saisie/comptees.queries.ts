/** What others count of finished years for who owes a figure: confidential cells and circuits. Numbers, none from one to four, and no way back to what they counted. */
import { sql } from 'kysely';
import type { Db, Ligne } from '../../../core/base/database.ts';
import { masquerEmboites } from '../../../core/petits-nombres.ts';
import type { Catalogue, Mesure } from '../../contrats/index.ts';
import { cleDe, type CleDeVentilation } from './grain.rules.ts';

/** `nombre` null: not told, to anybody. */
export interface Comptee extends Pick<Ligne<'valeurs'>, 'territoireId'> {
  ventilation: CleDeVentilation;
  nombre: number | null;
  /** What counted was there for the whole year; otherwise its number is not that of the year. */
  entiere: boolean;
  /** Whose figure it is; null: whoever owes it there. */
  debiteur: string | null;
}
export interface NombreDeCellule extends Omit<Comptee, 'ventilation' | 'debiteur'> {
  genre: string;
  annee: string;
  quoi: string;
}
/** How many reports of a circuit reached a step that year; one at least. */
interface NombreDeCircuit extends Pick<Ligne<'demandes'>, 'circuit'> {
  etape: string;
  annee: string;
  nombre: number;
  entiere: boolean;
}
export interface Comptes {
  cellules: readonly NombreDeCellule[];
  circuits: readonly NombreDeCircuit[];
}
export async function lireNombresDesCellules(db: Db): Promise<NombreDeCellule[]> {
  return (await sql<NombreDeCellule>`select * from nombres_de_cellules() order by territoire_id, quoi`.execute(db)).rows;
}
/** Of the years before that one. */
async function lireNombresDesCircuits(db: Db, circuits: readonly string[], annee: string): Promise<NombreDeCircuit[]> {
  if (circuits.length === 0) return [];
  return (await sql<NombreDeCircuit>`select * from nombres_de_circuits(${[...circuits]}::text[], ${Number(annee)})`.execute(db)).rows;
}
type Prevoyante = Pick<Mesure, 'prevu'>;
/** What these measures are proposed, as far as it goes: `aujourdhui` is in a year that is not finished. */
export async function lireComptes(db: Db, mesures: readonly Prevoyante[], aujourdhui: string): Promise<Comptes> {
  const circuits = [...new Set(mesures.flatMap((m) => m.prevu?.circuit?.code ?? []))];
  return {
    cellules: mesures.some((m) => m.prevu?.cellule) ? await lireNombresDesCellules(db) : [],
    circuits: await lireNombresDesCircuits(db, circuits, aujourdhui.slice(0, 4)),
  };
}
export const estComptee = (m: Prevoyante): boolean => m.prevu?.cellule !== undefined || m.prevu?.circuit !== undefined;

export type Comptable = Prevoyante & { grain: Pick<Mesure['grain'], 'ventilations'> };
/** What the contract asks of each step, and its whole. */
export interface Lieux {
  mesures: ReadonlyMap<string, Prevoyante>;
  racine: Pick<Catalogue['racine'], 'id'>;
}
/** Of one measure and year, in the rows that it asks for: by kind of partner where it is asked so. Places without any cell are not there. */
export function compteesDe(m: Comptable, comptes: Comptes, annee: string, c: Lieux): Comptee[] {
  if (m.prevu?.circuit) return duCircuit(m.prevu.circuit, comptes.circuits, annee, c);
  const cellule = m.prevu?.cellule;
  if (!cellule) return [];
  const [axe, ...autres] = m.grain.ventilations.filter((v) => !v.dont);
  // By several breakdowns at once nothing is counted.
  if (autres.length > 0) return [];
  const rangees = axe
    ? axe.valeurs.map((v) => ({ quoi: `${cellule.compte}:${v.code}`, ventilation: cleDe({ [axe.code]: v.code }) }))
    : [{ quoi: cellule.compte, ventilation: '' }];
  return comptes.cellules
    .filter((n) => n.genre === cellule.genre && n.annee === annee)
    .flatMap(({ territoireId, quoi, nombre, entiere }) => {
      const r = rangees.find((x) => x.quoi === quoi);
      return r ? [{ territoireId, ventilation: r.ventilation, nombre, entiere, debiteur: null }] : [];
    });
}
/** Steps of a circuit that the contract asks for: what arrived before what became of it. */
const etapesDe = (c: Lieux, code: string): string[] =>
  [...new Set([...c.mesures.values()].flatMap(({ prevu }) => (prevu?.circuit?.code === code ? [prevu.circuit.etape] : [])))].sort(
    (a, b) => Number(b === 'recu') - Number(a === 'recu') || (a < b ? -1 : 1),
  );
/**
 * Where nothing was received in the year, nothing is said: the silence of a circuit is no zero. Steps are read beside one another: what is small, or stands at
 * a small number of a step that is told, would tell of a family, and is told to nobody.
 */
function duCircuit(
  { code, etape, debiteur }: NonNullable<NonNullable<Mesure['prevu']>['circuit']>,
  nombres: readonly NombreDeCircuit[],
  annee: string,
  c: Lieux,
): Comptee[] {
  const siens = nombres.filter((n) => n.circuit === code && n.annee === annee);
  const recus = siens.find((n) => n.etape === 'recu');
  if (!recus) return [];
  const n = (e: string) => siens.find((x) => x.etape === e)?.nombre ?? 0;
  const tues = masquerEmboites(etapesDe(c, code).map((e) => [e, n(e)] as const));
  return [{ territoireId: c.racine.id, ventilation: '', nombre: tues.has(etape) ? null : n(etape), entiere: recus.entiere, debiteur }];
}
