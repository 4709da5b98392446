/** A target beside its figure: what may be compared with it, and how far it stands. Never a rate: value, target, date and gap. Pure. */
import type { Chiffre } from '../../indicateurs/index.ts';
import { avecUnite, nombre } from '../../../ui/typographie.ts';

export const SENS = { 'au-moins': 'au moins', 'au-plus': 'au plus' } as const;
export type Sens = keyof typeof SENS;

export interface Ecart {
  /** The whole year whose figure is compared: that of the target, or the last one before. */
  annee: number;
  valeur: number;
  /** Figure minus target. */
  ecart: number;
  atteinte: boolean;
  provisoire: boolean;
}

/** Years whose figures `ecartDe` looks at, the newest first. */
export const anneesComparables = (cible: { annee: number }, o: { montree: number; debut: number; aujourdhui: string }): number[] => {
  const derniere = Math.min(cible.annee, o.montree, Number(o.aujourdhui.slice(0, 4)) - 1);
  return Array.from({ length: Math.max(0, derniere - o.debut + 1) }, (_, i) => derniere - i);
};

/**
 * A target is of a whole year: a year that runs is not compared with it, nor « au moins 12 », nor a change over some months. Null when no
 * whole year has a figure.
 */
export function ecartDe(cible: { valeur: number; sens: Sens }, annees: readonly number[], chiffreDe: (annee: number) => Chiffre | undefined): Ecart | null {
  for (const annee of annees) {
    const c = chiffreDe(annee);
    if (!c || c.valeur === null || c.incomplet > 0 || c.contributions || c.sur || c.jusqua) continue;
    // Decimals as people write them: 0,3 - 0,1 is 0,2.
    const ecart = Math.round((c.valeur - cible.valeur) * 1e6) / 1e6;
    return { annee, valeur: c.valeur, ecart, atteinte: cible.sens === 'au-moins' ? ecart >= 0 : ecart <= 0, provisoire: c.validation === 'provisoire' };
  }
  return null;
}

/** « au moins 60 séances ». */
export const direCible = (c: { valeur: number; sens: Sens; unite: string }): string => `${SENS[c.sens]} ${avecUnite(c.valeur, c.unite)}`;

/** « 52 en 2025 : 8 de moins que la cible ». */
export function direEcart(e: Ecart | null): string {
  if (!e) return 'pas encore d’année entière à comparer';
  const de = e.ecart === 0 ? 'exactement la cible' : `${nombre(Math.abs(e.ecart))} ${e.ecart < 0 ? 'de moins' : 'de plus'} que la cible`;
  return `${nombre(e.valeur)} en ${e.annee}${e.provisoire ? ' (provisoire)' : ''} : ${de}${e.atteinte ? ', atteinte' : ''}`;
}
