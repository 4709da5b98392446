/**
 * What a finished year of a cell tells outside it. From one to four people is told by nobody, nor by what is beside it: columns that hold one another
 * are masked together, kinds of partners with their total. Pure.
 */
import { estPetit, masquerEmboites, PETIT } from '../../../core/petits-nombres.ts';

/** People, each column held by those before it (`partenaires`: brought by partners, families apart): what the contract's figures ask for is kept first. */
const PERSONNES = ['partenaires', 'examinees', 'accompagnees', 'recues', 'recevables', 'suivies'] as const;
/** Acts: an answer is one of an orientation. */
const ACTES = ['orientations', 'issues'] as const;
type Colonne = (typeof PERSONNES)[number] | (typeof ACTES)[number];
/** Columns that are not told, each family on its own. */
export const masquerColonnes = (n: Readonly<Record<Colonne, number>>): Set<Colonne> =>
  new Set([PERSONNES, ACTES].flatMap((famille) => [...masquerEmboites(famille.map((c: Colonne) => [c, n[c]] as const))]));

/**
 * Parts of a total that are not told: those from one to four, when what is left of the total leaves each of them free from one to four; otherwise all of
 * them, for any other choice of what to hide with them would tell what it hides to who knows it. None is told when the total is not.
 */
export function masquerParts<P extends string>(parts: ReadonlyMap<P, number>, totalDit: boolean): Set<P> {
  const petites = new Set([...parts].flatMap(([p, n]) => (estPetit(n) ? [p] : [])));
  if (totalDit && petites.size === 0) return petites;
  const [reste, max] = [[...petites].reduce((t, p) => t + (parts.get(p) ?? 0), 0), PETIT - 1];
  const libres = reste >= petites.size - 1 + max && reste <= (petites.size - 1) * max + 1;
  return totalDit && libres ? petites : new Set(parts.keys());
}

/** Brought by no partner: a family. */
export const HORS = 'hors';
interface AnneeDeCellule {
  compteurs: ReadonlyMap<string, number>;
  /** Received, by kind of partner, and by none of them (`HORS`). */
  partenaires: ReadonlyMap<string, number>;
}
/**
 * Everything that is told of a year, null what is not. `partenaires`: kinds that the charter knows. By partner nothing is said of a year in which some came
 * without being counted so: it would be said to be zero.
 */
export function nombresDits(a: AnneeDeCellule, partenaires: readonly string[]): Map<string, number | null> {
  const compte = (c: string): number => a.compteurs.get(c) ?? 0;
  const connus = [...a.partenaires.values()].reduce((t, x) => t + x, 0) === compte('recues');
  const parts = new Map((connus ? partenaires : []).map((p) => [p, a.partenaires.get(p) ?? 0]));
  const n = Object.fromEntries([...PERSONNES, ...ACTES].map((c) => [c, compte(c)])) as Record<Colonne, number>;
  n.partenaires = [...parts.values()].reduce((t, x) => t + x, 0);
  const cachees = masquerColonnes(n);
  const partsCachees = masquerParts(parts, !cachees.has('partenaires'));
  return new Map<string, number | null>([
    ...[...PERSONNES, ...ACTES].filter((c) => connus || c !== 'partenaires').map((c) => [c, cachees.has(c) ? null : n[c]] as const),
    ...[...parts].map(([p, x]) => [`partenaires:${p}`, partsCachees.has(p) ? null : x] as const),
    ['seances', compte('seances')],
  ]);
}
