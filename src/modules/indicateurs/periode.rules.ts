import { jour, mois as nomDuMois, pluriel } from '../../ui/typographie.ts';

/** Periods: `2026`, `2026-S1`, `2026-T3`, `2026-07`, or months of one year, `2026-01..2026-10`. Pure; months are `YYYY-MM-01` strings, never Date objects. */
export interface Periode {
  code: string;
  /** First month, inclusive. */
  debut: string;
  /** First month after the period, exclusive. */
  fin: string;
  mois: number;
}

const FORME = /^((?:19|20)\d{2})(?:-(?:S([12])|T([1-4])|(0[1-9]|1[0-2])))?$/;

export function lirePeriode(code: string): Periode | null {
  const m = FORME.exec(code);
  if (!m) return null;
  const annee = Number(m[1]);
  const [premier, duree] = m[2] ? [(Number(m[2]) - 1) * 6 + 1, 6] : m[3] ? [(Number(m[3]) - 1) * 3 + 1, 3] : m[4] ? [Number(m[4]), 1] : [1, 12];
  return { code, debut: mois(annee, premier), fin: mois(annee, premier + duree), mois: duree };
}

const ETENDUE = /^((?:19|20)\d{2})-(0[1-9]|1[0-2])\.\.\1-(0[1-9]|1[0-2])$/;
/** Some months of one year, at least two. A figure is compared over them; nobody gives one for them. */
export function lireEtendue(code: string): Periode | null {
  const m = ETENDUE.exec(code);
  const [annee, premier, dernier] = [Number(m?.[1]), Number(m?.[2]), Number(m?.[3])];
  if (!m || premier >= dernier) return null;
  return { code, debut: mois(annee, premier), fin: mois(annee, dernier + 1), mois: dernier - premier + 1 };
}

/** Throws on a code that was not checked at the border. */
export function periode(code: string): Periode {
  const p = lirePeriode(code) ?? lireEtendue(code);
  if (!p) throw new Error(`« ${code} » n’est pas une période.`);
  return p;
}

/** `YYYY-MM-01`; month numbers past 12 run into the following years. */
function mois(annee: number, numero: number): string {
  const total = annee * 12 + numero - 1;
  return `${Math.floor(total / 12)}-${String((total % 12) + 1).padStart(2, '0')}-01`;
}

/** The same period one year before. */
export const periodePrecedente = (code: string): string => code.replace(/\d{4}/g, (annee) => String(Number(annee) - 1));

export interface PeriodesComparees {
  periode: string;
  /** The same months one year before. */
  precedente: string;
}

/**
 * What may be compared when `code` is shown: the period itself once it is over, its complete months while it runs (25 November: January
 * to October). A year of which no month is complete leaves the last full year and the one before; a shorter period, nothing.
 */
export function periodesComparees(code: string, aujourdhui: string): PeriodesComparees | null {
  const p = periode(code);
  const ceMois = `${aujourdhui.slice(0, 7)}-01`;
  const avec = (c: string): PeriodesComparees => ({ periode: c, precedente: periodePrecedente(c) });
  if (p.fin <= ceMois) return avec(code);
  if (p.debut < ceMois) return avec(etendue(p.debut, ceMois));
  return p.debut === ceMois && estAnnee(code) ? avec(String(anneeDe(code) - 1)) : null;
}

/** « année en cours, jusqu’au 25 novembre », of a period that is not over; nothing of one that is. */
export function direEnCours(code: string, aujourdhui: string): string | undefined {
  const p = periode(code);
  if (aujourdhui < p.debut || `${aujourdhui.slice(0, 7)}-01` >= p.fin) return undefined;
  const quoi = p.mois === 12 ? 'année' : p.mois === 1 ? 'mois' : 'période';
  return `${quoi} en cours, jusqu’au ${jour(aujourdhui, { annee: false })}`;
}

/** How far a figure of a period goes: « jusqu’à septembre 2026 » where it stops there for this reader, nothing of what is still to be told. */
export function direPortee(c: { jusqua?: string; pasEncorePublic?: true }, code: string, aujourdhui: string): string | undefined {
  if (c.pasEncorePublic) return undefined;
  return c.jusqua === undefined ? direEnCours(code, aujourdhui) : `jusqu’à ${nomDuMois(c.jusqua)}`;
}

/** Code of the months from `debut` to before `fin`, in one year: the half-year or quarter that they are, if they are one. */
export function etendue(debut: string, fin: string): string {
  const annee = debut.slice(0, 4);
  const [premier, apres] = [debut, fin].map((x) => Number(x.slice(5, 7)));
  if (apres === undefined || premier === undefined) throw new Error(`« ${debut} » n’est pas un mois.`);
  const connues = [`${annee}-S1`, `${annee}-S2`, ...[1, 2, 3, 4].map((t) => `${annee}-T${t}`)];
  const code = connues.find((c) => periode(c).debut === debut && periode(c).fin === fin);
  const nom = (m: number) => `${annee}-${String(m).padStart(2, '0')}`;
  return code ?? (apres === premier + 1 ? nom(premier) : `${nom(premier)}..${nom(apres - 1)}`);
}

export const anneeDe = (code: string): number => Number(code.slice(0, 4));
export const estAnnee = (code: string): boolean => code.length === 4;

/** Shorter periods that make up a period exactly, from the longest; e.g. 2026 -> [S1, S2], [T1…T4], [12 months]. */
export function decoupages(code: string): string[][] {
  const a = code.slice(0, 4);
  const p = periode(code);
  const premier = Number(p.debut.slice(5, 7));
  const tous: string[][] = [];
  const chaqueMois = Array.from({ length: p.mois }, (_, i) => `${a}-${String(premier + i).padStart(2, '0')}`);
  if (lireEtendue(code)) return [chaqueMois];
  if (p.mois === 12) tous.push([`${a}-S1`, `${a}-S2`]);
  if (p.mois >= 6) tous.push(Array.from({ length: p.mois / 3 }, (_, i) => `${a}-T${Math.floor((premier - 1) / 3) + 1 + i}`));
  if (p.mois >= 3) tous.push(chaqueMois);
  return tous;
}

/** Codes of the twelve months of the period's year. */
export const moisDe = (annee: number): string[] => Array.from({ length: 12 }, (_, i) => `${annee}-${String(i + 1).padStart(2, '0')}`);

/**
 * The day on which a collected figure is owed: so many days after its period ends, when the measure says how long it takes to be available;
 * one month otherwise (31 January for a year, 31 July for a first semester).
 */
export function echeance(code: string, delaiJours: number | null = null): string {
  const fin = periode(code).fin;
  const [a = 0, m = 0] = fin.split('-').map(Number);
  const due = delaiJours === null ? new Date(Date.UTC(a, m, 0)) : new Date(Date.UTC(a, m - 1, delaiJours));
  return [due.getUTCFullYear(), due.getUTCMonth() + 1, due.getUTCDate()].map((x) => String(x).padStart(2, '0')).join('-');
}
export const direDelai = (delaiJours: number | null): string => `${delaiJours === null ? 'un mois' : pluriel(delaiJours, 'jour')} après la fin de la période`;
