/** Sums of a context series over an area: known only when every part is; one secret part keeps the sum secret. Pure. */
import type { PointSerie } from './ssmsi.ts';

export interface Point {
  annee: number;
  etat: 'valeur' | 'zero' | 'secret' | 'manquant';
  valeur: number | null;
}

/** `parts`: the territories of the series that make up the area. Missing years of a part make the year missing. */
export function sommeSerie(points: readonly PointSerie[], parts: readonly string[]): Point[] {
  const annees = [...new Set(points.map((p) => p.annee))].sort();
  return annees.map((annee) => {
    const siens = points.filter((p) => p.annee === annee && parts.includes(p.territoireId));
    if (siens.length < parts.length || parts.length === 0) return { annee, etat: 'manquant', valeur: null };
    if (siens.some((p) => p.etat === 'secret')) return { annee, etat: 'secret', valeur: null };
    const valeur = siens.reduce((t, p) => t + (p.valeur ?? 0), 0);
    return { annee, etat: valeur === 0 ? 'zero' : 'valeur', valeur };
  });
}

/** « Victime entendue » -> « victimes entendues »; what the source writes otherwise is only put in lower case. */
export const uniteEnToutesLettres = (unite: string): string =>
  unite.startsWith('Mis en cause')
    ? unite.toLowerCase()
    : unite
        .toLowerCase()
        .split(' ')
        .map((mot) => (/[sx]$/.test(mot) ? mot : `${mot}s`))
        .join(' ');
