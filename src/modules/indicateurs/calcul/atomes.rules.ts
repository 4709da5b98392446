/**
 * From a formula to atoms. An atom is what one view can answer by itself: count, sum, distinct or stock under one filter;
 * its cells carry the atom's key. A formula is then a small expression over atoms and other measures:
 *
 *   compte/somme/distinct/presents  one atom, key = the measure's id
 *   addition                        several atoms that share the measure's id as key (their cells add up)
 *   ratio, variation                terms: another measure's id, or inline atoms under the keys `<id>#0`, `<id>#1`
 */
import type { Calcul, Feuille, Filtre, Terme } from './calcul.schema.ts';
import { dimensionDe, type Sources } from '../sources.ts';

export type Mode = 'compte' | 'somme' | 'distinct' | 'presents';

export interface Atome {
  cle: string;
  /** Place among the atoms that share the key; null when the key is this atom's alone. */
  rang: number | null;
  source: string;
  ou: Filtre;
  mode: Mode;
  /** Quantity for `somme`, dimension for `distinct`. */
  colonne: string | null;
  /** Dimensions kept in the cells, sorted. */
  ventilations: readonly string[];
  /** Added to a sum (« actions + preconisations_realisees »): each record counts for one in that sum. */
  dansUneSomme?: true;
}

export type Expression =
  | { genre: 'atome'; cle: string; mode: Mode }
  | { genre: 'mesure'; id: string }
  | { genre: 'ratio'; numerateur: Expression; denominateur: Expression }
  | { genre: 'variation'; de: Expression };

export interface Formule {
  mesureId: string;
  atomes: readonly Atome[];
  expression: Expression;
}

/** Breakdowns kept in the cells are bounded, so that a measure's cells stay a small multiple of months x territories. */
const VENTILATIONS_MAX = 3;

const estFeuille = (c: object): c is Feuille => !('addition' in c || 'ratio' in c || 'variation' in c);

function atomeDe(cle: string, rang: number | null, f: Feuille, ventilations: readonly string[], sources: Sources): Atome {
  const source = 'compte' in f ? f.compte : 'presents' in f ? f.presents : f.registre;
  const mode = 'compte' in f ? 'compte' : 'presents' in f ? 'presents' : 'somme' in f ? 'somme' : 'distinct';
  const colonne = 'somme' in f ? f.somme : 'distinct' in f ? f.distinct : null;
  const s = sources.get(source);
  const connues = ventilations.filter((v) => s !== undefined && dimensionDe(s, v) !== undefined);
  return { cle, rang, source, ou: f.ou, mode, colonne, ventilations: connues.slice(0, VENTILATIONS_MAX).sort() };
}

function terme(cle: string, t: Terme, ventilations: readonly string[], sources: Sources): [Expression, Atome[]] {
  if (typeof t === 'string') return [{ genre: 'mesure', id: t }, []];
  const feuilles = estFeuille(t) ? [t] : t.addition;
  const atomes = feuilles.map((f, i) => atomeDe(cle, feuilles.length > 1 ? i : null, f, ventilations, sources));
  // Counts and sums add up as a sum: read as counts, the records of the sum would count for one each.
  const melange = atomes.some((a) => a.mode === 'somme') && atomes.some((a) => a.mode === 'compte');
  if (!melange) return [{ genre: 'atome', cle, mode: atomes[0]?.mode ?? 'compte' }, atomes];
  return [{ genre: 'atome', cle, mode: 'somme' }, atomes.map((a) => (a.mode === 'compte' ? { ...a, dansUneSomme: true } : a))];
}

/** Throws nothing: unknown names are reported by `verifierFormule`. */
export function buildFormule(mesureId: string, calcul: Calcul, ventilations: readonly string[], sources: Sources): Formule {
  if ('ratio' in calcul) {
    const [numerateur, a] = terme(`${mesureId}#0`, calcul.ratio[0], ventilations, sources);
    const [denominateur, b] = terme(`${mesureId}#1`, calcul.ratio[1], ventilations, sources);
    return { mesureId, atomes: [...a, ...b], expression: { genre: 'ratio', numerateur, denominateur } };
  }
  if ('variation' in calcul) {
    const [de, atomes] = terme(`${mesureId}#0`, calcul.variation, ventilations, sources);
    return { mesureId, atomes, expression: { genre: 'variation', de } };
  }
  const [expression, atomes] = terme(mesureId, calcul, ventilations, sources);
  return { mesureId, atomes, expression };
}

/** Everything in a formula that its sources do not have, as French sentences; empty when the formula holds. */
export function verifierFormule(formule: Formule, sources: Sources, mesures: ReadonlySet<string>): string[] {
  const fautes: string[] = [];
  for (const cle of new Set(formule.atomes.map((a) => a.cle))) {
    const modes = new Set(formule.atomes.filter((a) => a.cle === cle).map((a) => a.mode));
    if (modes.size > 1 && (modes.has('distinct') || modes.has('presents'))) fautes.push('une addition ne mêle ni « distinct » ni « presents » à autre chose');
  }
  for (const a of formule.atomes) {
    const s = sources.get(a.source);
    if (!s) {
      fautes.push(`le registre « ${a.source} » n’existe pas (connus : ${[...sources.keys()].join(', ')})`);
      continue;
    }
    if (a.mode === 'somme' && !Object.hasOwn(s.quantites, a.colonne ?? ''))
      fautes.push(`le registre « ${a.source} » n’a pas de quantité « ${a.colonne} » (il a : ${Object.keys(s.quantites).join(', ') || 'aucune'})`);
    if (a.mode === 'distinct' && !dimensionDe(s, a.colonne ?? '')) fautes.push(`le registre « ${a.source} » n’a pas de dimension « ${a.colonne} »`);
    if (a.mode === 'presents' && !s.fin) fautes.push(`le registre « ${a.source} » n’a pas de date de fin : « presents » n’y a pas de sens`);
    for (const [code, valeur] of Object.entries(a.ou)) {
      const d = dimensionDe(s, code);
      if (!d) {
        fautes.push(`le registre « ${a.source} » n’a pas de dimension « ${code} »`);
        continue;
      }
      for (const v of Array.isArray(valeur) ? valeur : [valeur]) {
        if (d.type === 'booleen' ? typeof v !== 'boolean' : typeof v !== 'string')
          fautes.push(`« ${code}: ${String(v)} » n’est pas du type de la dimension (${d.type})`);
        else if (d.options && !d.options.some((o) => o.code === v))
          fautes.push(`« ${String(v)} » n’est pas une valeur de « ${code} » dans le registre « ${a.source} »`);
      }
    }
  }
  for (const id of mesuresCitees(formule.expression)) if (!mesures.has(id)) fautes.push(`la mesure citée « ${id} » n’existe pas`);
  return fautes;
}

function mesuresCitees(e: Expression): string[] {
  if (e.genre === 'mesure') return [e.id];
  if (e.genre === 'ratio') return [...mesuresCitees(e.numerateur), ...mesuresCitees(e.denominateur)];
  if (e.genre === 'variation') return mesuresCitees(e.de);
  return [];
}
