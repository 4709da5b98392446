/** What a formula cites, read from its YAML alone: this module knows neither sources nor atoms. */

interface Comptable {
  obtention: string;
  calcul: unknown;
}

const enListe = (x: unknown): unknown[] => (Array.isArray(x) ? x : x === undefined ? [] : [x]);

/** Every node of a formula that counts something: `{ compte: … }`, `{ somme: …, registre: … }`. */
function feuilles(calcul: unknown): Record<string, unknown>[] {
  if (typeof calcul !== 'object' || calcul === null) return [];
  const c = calcul as Record<string, unknown>;
  return [c, ...[c.addition, c.union, c.ratio, c.variation].flatMap(enListe).flatMap(feuilles)];
}

/** Measures that a formula divides or compares. */
export const mesuresCitees = (calcul: unknown): string[] =>
  feuilles(calcul).flatMap((c) => [...enListe(c.ratio), ...enListe(c.variation)].filter((x): x is string => typeof x === 'string'));

const registreDe = (c: Record<string, unknown>): unknown => c.compte ?? c.presents ?? c.registre;

/** The register itself, or lines of its records: `audits-preconisations`. */
const estDe = (compte: unknown, registre: string | undefined): boolean =>
  compte === registre || (typeof compte === 'string' && registre !== undefined && compte.startsWith(`${registre}-`));

/** Kinds of bodies that a formula counts, wherever they stand in it: `{ compte: reunions, ou: { type: … } }`. */
export const typesCites = (calcul: unknown): string[] =>
  feuilles(calcul)
    .filter((c) => registreDe(c) === 'reunions' || registreDe(c) === 'instances')
    .flatMap((c) => enListe(c.ou).flatMap((f) => enListe((f as { type?: unknown } | null)?.type)))
    .filter((x): x is string => typeof x === 'string');

/** Is the measure counted from the records of that register, or from the meetings of that kind of body? Anything, when none is named. */
export function estCompteDepuis(
  mesures: ReadonlyMap<string, Comptable>,
  calcul: unknown,
  o: { registre?: string | undefined; instance?: string | undefined },
): boolean {
  const ici =
    o.instance === undefined
      ? o.registre === undefined || feuilles(calcul).some((c) => estDe(registreDe(c), o.registre))
      : typesCites(calcul).includes(o.instance);
  return ici || mesuresCitees(calcul).some((id) => estCompteDepuis(mesures, mesures.get(id)?.calcul, o));
}
