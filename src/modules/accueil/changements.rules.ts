/** Which changes are worth telling first, and what is late and owed by whom. Pure. */
import { type Comparaison, estEnRetard } from '../indicateurs/index.ts';
import { formatPeriode } from '../../ui/typographie.ts';
import type { FigureSuivie } from './accueil.queries.ts';

export type FigureComparee = FigureSuivie & { comparaison: Comparaison };
const estComparee = (f: FigureSuivie): f is FigureComparee => f.comparaison !== null;

/**
 * How far a change stands from what chance alone would do to a count: 36 then 34 says nothing, 360 then 240 does. Shares, amounts (kilos, euros)
 * and sums of people have no count behind them here, one meeting may bring a hundred: they are read by their points, or by their proportion, and
 * never come before a count that changed as clearly.
 */
export function ampleur({ avant, apres, unite, somme }: Pick<Comparaison, 'avant' | 'apres' | 'unite' | 'somme'>): number {
  const [ecart, ensemble] = [Math.abs(apres - avant), Math.abs(avant) + Math.abs(apres)];
  if (ensemble === 0) return 0;
  if (unite === '%') return Math.min(ecart / 5, 3);
  if (somme && ensemble < SOMME_QUI_DIT) return 0;
  if (somme || MESUREE.test(unite)) return Math.min((ecart / Math.max(Math.abs(avant), Math.abs(apres))) * 10, 3);
  return ecart / Math.sqrt(ensemble);
}
/** People over two periods under which a sum may be one group met. */
const SOMME_QUI_DIT = 100;
/** Measured, not counted. */
const MESUREE = /^(kg|kilos?|tonnes?|€|euros?|k€|m€|litres?|m²|heures?|jours?|minutes?|mois)\b|[€²]/i;
/** Under it, a change is told as « à peu près stable ». */
const SEUIL = 2;
const aChange = (c: Pick<Comparaison, 'avant' | 'apres' | 'unite' | 'somme'>): boolean => ampleur(c) >= SEUIL;

/** Those that changed beyond chance, the widest first; figures that hold one part of what is asked after the others. */
export function changements(figures: readonly FigureSuivie[]): FigureComparee[] {
  return figures
    .filter(estComparee)
    .filter((f) => f.chiffre.valeur !== null && aChange(f.comparaison))
    .sort((a, b) => Number(a.mesure.part !== null) - Number(b.mesure.part !== null) || ampleur(b.comparaison) - ampleur(a.comparaison));
}

/** The period that most of them compare, of these: it is said once for all, and the others say theirs. */
export function periodeCommune(figures: readonly FigureComparee[]): Comparaison | undefined {
  const nombres = new Map<string, number>();
  for (const { comparaison: k } of figures) nombres.set(k.periode, (nombres.get(k.periode) ?? 0) + 1);
  const [commune] = [...nombres].sort((a, b) => b[1] - a[1]);
  return figures.find((f) => f.comparaison.periode === commune?.[0])?.comparaison;
}
/** Nothing of the common period; « janvier à septembre 2026 », « 2025 » of another. */
export const direSaPeriode = ({ comparaison: k }: FigureComparee, commune: Comparaison): string =>
  k.periode === commune.periode ? '' : formatPeriode(k.periode);

interface Retard {
  figure: FigureSuivie;
  annee: string;
  depuis: string | null;
}
export interface Dette {
  /** Acteurs who owe them together. */
  qui: readonly string[];
  retards: readonly Retard[];
}
/** What is late, whatever the year, by those who owe it: the most indebted first, the oldest debt first. What is not due yet is no debt. */
export function dettes(figures: readonly FigureSuivie[]): Dette[] {
  const parQui = new Map<string, { qui: readonly string[]; retards: Retard[] }>();
  for (const figure of figures)
    for (const { annee, chiffre: c } of figure.annees) {
      if (!estEnRetard(c)) continue;
      const qui = [...c.attenduDe].sort();
      const dette = parQui.get(qui.join('|')) ?? { qui, retards: [] };
      dette.retards.push({ figure, annee, depuis: c.depuis });
      parQui.set(qui.join('|'), dette);
    }
  const quand = (r: Retard) => r.depuis ?? '9999';
  return [...parQui.values()]
    .map((d) => ({ ...d, retards: d.retards.sort((a, b) => quand(a).localeCompare(quand(b)) || a.figure.mesure.id.localeCompare(b.figure.mesure.id)) }))
    .sort((a, b) => b.retards.length - a.retards.length || a.qui.join().localeCompare(b.qui.join()));
}
