/** What is said in public of reports: totals, rates and times, and nothing of too few. Pure. */
import type { Compte } from './bilan.queries.ts';

type Nombres = Omit<Compte, 'mois' | 'territoireId' | 'circuit'>;
const RIEN: Nombres = { recus: 0, repondus: 0, faits: 0, resolus: 0, contestes: 0, ouverts: 0, minutes: 0, notes: 0, totalDesNotes: 0 };
const NOMBRES = Object.keys(RIEN) as (keyof Nombres)[];
export function additionner(comptes: readonly Nombres[]): Nombres {
  const somme = { ...RIEN };
  for (const c of comptes) for (const nom of NOMBRES) somme[nom] += c[nom];
  return somme;
}

/** Under that many reports, only how many is said: a rate of three says something of three people. */
export const SEUIL = 5;

export interface Ligne extends Nombres {
  cle: string;
  /** Too few for anything but their number. */
  peu: boolean;
  /** Per cent of reports answered; null without any, or of too few. */
  tauxDeReponse: number | null;
  /** Mean hours from reception to the first answer. */
  heures: number | null;
  /** Mean satisfaction, 1 to 5. */
  satisfaction: number | null;
}
export function grouper(comptes: readonly Compte[], par: (c: Compte) => string): Ligne[] {
  const groupes = new Map<string, Compte[]>();
  for (const c of comptes) groupes.set(par(c), [...(groupes.get(par(c)) ?? []), c]);
  return [...groupes].map(([cle, siens]) => enLigne(cle, additionner(siens)));
}
export function enLigne(cle: string, n: Nombres): Ligne {
  const peu = n.recus < SEUIL;
  return {
    ...n,
    cle,
    peu,
    tauxDeReponse: peu ? null : Math.round((100 * n.repondus) / n.recus),
    heures: peu || n.repondus < SEUIL ? null : n.minutes / n.repondus / 60,
    satisfaction: n.notes < SEUIL ? null : n.totalDesNotes / n.notes,
  };
}

/** The first of twelve months that end with this one. */
export function douzeMois(mois: string): { du: string; au: string } {
  const [a = 0, m = 0] = mois.split('-').map(Number);
  const du = m === 12 ? `${a}-01` : `${a - 1}-${String(m + 1).padStart(2, '0')}`;
  return { du: `${du}-01`, au: `${mois}-01` };
}
