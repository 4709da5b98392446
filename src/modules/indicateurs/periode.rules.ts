/** Periods: `2026`, `2026-S1`, `2026-T3`, `2026-07`. Pure; months are `YYYY-MM-01` strings, never Date objects. */
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

/** Throws on a code that was not checked at the border. */
export function periode(code: string): Periode {
  const p = lirePeriode(code);
  if (!p) throw new Error(`« ${code} » n’est pas une période.`);
  return p;
}

/** `YYYY-MM-01`; month numbers past 12 run into the following years. */
function mois(annee: number, numero: number): string {
  const total = annee * 12 + numero - 1;
  return `${Math.floor(total / 12)}-${String((total % 12) + 1).padStart(2, '0')}-01`;
}

/** The same period one year before. */
export const periodePrecedente = (code: string): string => `${Number(code.slice(0, 4)) - 1}${code.slice(4)}`;

export const anneeDe = (code: string): number => Number(code.slice(0, 4));
export const estAnnee = (code: string): boolean => code.length === 4;

/** Shorter periods that make up a period exactly, from the longest; e.g. 2026 -> [S1, S2], [T1…T4], [12 months]. */
export function decoupages(code: string): string[][] {
  const a = code.slice(0, 4);
  const p = periode(code);
  const premier = Number(p.debut.slice(5, 7));
  const tous: string[][] = [];
  if (p.mois === 12) tous.push([`${a}-S1`, `${a}-S2`]);
  if (p.mois >= 6) tous.push(Array.from({ length: p.mois / 3 }, (_, i) => `${a}-T${Math.floor((premier - 1) / 3) + 1 + i}`));
  if (p.mois >= 3) tous.push(Array.from({ length: p.mois }, (_, i) => `${a}-${String(premier + i).padStart(2, '0')}`));
  return tous;
}

/** Codes of the twelve months of the period's year. */
export const moisDe = (annee: number): string[] => Array.from({ length: 12 }, (_, i) => `${annee}-${String(i + 1).padStart(2, '0')}`);

/** A collected figure is owed one month after its period ends: 31 January for a year, 31 July for a first semester. */
export function echeance(code: string): string {
  const fin = periode(code).fin;
  const [a = 0, m = 0] = fin.split('-').map(Number);
  const dernier = new Date(Date.UTC(a, m, 0)).getUTCDate();
  return `${a}-${String(m).padStart(2, '0')}-${dernier}`;
}
