/** Sums of a context series over an area: known only when every part is; one secret part keeps the sum secret. Pure. */
import type { PointSerie } from './contexte.queries.ts';

export interface Point {
  annee: number;
  etat: 'valeur' | 'zero' | 'secret' | 'manquant';
  valeur: number | null;
}

interface Decoupe {
  enfants(territoireId: string): readonly { id: string; jusqu_a?: string | undefined }[];
}
/** The territories of a series that make up a place: itself where the series speaks of it, or all its parts; null when one is missing. */
export function partsDe(couverts: ReadonlySet<string>, ici: string, c: Decoupe): string[] | null {
  if (couverts.has(ici)) return [ici];
  const parts = c
    .enfants(ici)
    .filter((t) => !t.jusqu_a)
    .map((t) => partsDe(couverts, t.id, c));
  return parts.length === 0 || parts.includes(null) ? null : parts.flatMap((p) => p ?? []);
}
export const couvertsPar = (points: readonly Pick<PointSerie, 'territoireId'>[]): ReadonlySet<string> => new Set(points.map((p) => p.territoireId));
/** A whole that the file gives beside its parts is not drawn with them. */
export const plusFins = (couverts: ReadonlySet<string>, contient: (ancetre: string, t: string) => boolean): string[] =>
  [...couverts].filter((t) => ![...couverts].some((x) => x !== t && contient(t, x)));
/** The series over a place; every year *manquant* where the series does not speak of the whole of it. */
export function serieDe(points: readonly PointSerie[], ici: string, c: Decoupe): Point[] {
  return sommeSerie(points, partsDe(couvertsPar(points), ici, c) ?? []);
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
