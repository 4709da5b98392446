/**
 * From a formula to atoms. An atom is what one view can answer by itself: count, sum, distinct or stock under one filter;
 * its cells carry the atom's key. A formula is then a small expression over atoms and other measures:
 *
 *   compte/somme/distinct/presents  one atom, key = the measure's id (`distinct` with `presents`: values of a stock)
 *   addition                        several atoms that share the measure's id as key (their cells add up)
 *   union                           the same with values present in several sources: one told twice counts once
 *   ratio, variation                terms: another measure's id, or inline atoms under the keys `<id>#0`, `<id>#1`
 */
import { type Calcul, estSeuil, type Feuille, type Filtre, type Terme } from './calcul.schema.ts';
import { dimensionDe, type SourceDeFaits, type Sources } from '../sources.ts';

export type Mode = 'compte' | 'somme' | 'distinct' | 'presents' | 'distinct-presents';
/** Who is there during the period, whenever they came. */
export const estStock = (m: Mode): boolean => m === 'presents' || m === 'distinct-presents';
/** Values are counted, not records. */
export const estDistinct = (m: Mode): boolean => m === 'distinct' || m === 'distinct-presents';

export interface Atome {
  cle: string;
  /** Place among the atoms that share the key; null when the key is this atom's alone. */
  rang: number | null;
  source: string;
  /** A record that holds in one of these counts, once… */
  ou: readonly Filtre[];
  /** …unless it holds in one of those. */
  sauf: readonly Filtre[];
  mode: Mode;
  /** Quantity for `somme`, dimension for `distinct`. */
  colonne: string | null;
  /** Dimensions kept in the cells, sorted. */
  ventilations: readonly string[];
  /** Feeds without which nothing found is a silence and not a zero: `operations`, `doleances/canal=dmr`; one of them is enough. */
  tenues: readonly string[];
  /** One of the ways by which the same thing arrives: while another is silent, the value is « au moins ». */
  voie?: true;
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

const estFeuille = (c: object): c is Feuille => !('addition' in c || 'union' in c || 'ratio' in c || 'variation' in c);

function modeDe(f: Feuille): Mode {
  if ('compte' in f) return 'compte';
  if ('somme' in f) return 'somme';
  if (!('distinct' in f)) return 'presents';
  return 'presents' in f ? 'distinct-presents' : 'distinct';
}

/**
 * The feeds that tell whether anyone spoke: those that the filter names (one channel of reports, one service), else the whole
 * register. Facts drawn from the lines of a record are kept when their register is, unless it is kept without them (`aPart`).
 */
function tenuesDe(source: string, ou: readonly Filtre[], s: SourceDeFaits | undefined, tenuPar: readonly string[]): string[] {
  const dims = [...new Set([...(s?.flux ?? []), ...tenuPar])].filter((d) => s && dimensionDe(s, d));
  const nommes = ou.map((f) => dims.flatMap((d) => (f[d] === undefined || estSeuil(f[d]) ? [] : [[d, f[d]] as const])));
  const cles = nommes.map(([premier]) => {
    if (!premier) return [source, ...(s?.de && !s.aPart ? [s.de] : [])];
    const [d, v] = premier;
    return (Array.isArray(v) ? v : [v]).map((x) => `${source}/${d}=${String(x)}`);
  });
  return [...new Set(cles.flat())];
}

function atomeDe(cle: string, rang: number | null, f: Feuille, { ventilations, sources, tenuPar }: Cadre): Atome {
  const source = 'compte' in f ? f.compte : 'presents' in f ? f.presents : f.registre;
  const mode = modeDe(f);
  const colonne = 'somme' in f ? f.somme : 'distinct' in f ? f.distinct : null;
  const s = sources.get(source);
  // The parts of a stock are not those of its openings: none are kept.
  const connues = (estStock(mode) ? [] : ventilations).filter((v) => s !== undefined && dimensionDe(s, v) !== undefined);
  const tenues = tenuesDe(source, f.ou, s, tenuPar);
  return { cle, rang, source, ou: f.ou, sauf: f.sauf, mode, colonne, ventilations: connues.slice(0, VENTILATIONS_MAX).sort(), tenues };
}

/** What arrives by two ways: each is a part of it, and the silence of one is not a zero of the other. So is each of what a union tells. */
function avecLesVoies(atomes: readonly Atome[], sources: Sources, union: boolean): Atome[] {
  if (union) return atomes.map((a) => ({ ...a, voie: true }));
  const memes = (a: Atome, b: Atome) => sources.get(a.source)?.voieDe === b.source || sources.get(b.source)?.voieDe === a.source;
  return atomes.map((a) => (atomes.some((b) => memes(a, b)) ? { ...a, voie: true } : a));
}

function terme(cle: string, t: Terme, cadre: Cadre): [Expression, Atome[]] {
  if (typeof t === 'string') return [{ genre: 'mesure', id: t }, []];
  const union = 'union' in t;
  const feuilles = union ? t.union : estFeuille(t) ? [t] : t.addition;
  const atomes = avecLesVoies(
    feuilles.map((f, i) => atomeDe(cle, feuilles.length > 1 ? i : null, f, cadre)),
    cadre.sources,
    union,
  );
  // Counts and sums add up as a sum: read as counts, the records of the sum would count for one each.
  const melange = atomes.some((a) => a.mode === 'somme') && atomes.some((a) => a.mode === 'compte');
  if (!melange) return [{ genre: 'atome', cle, mode: atomes[0]?.mode ?? 'compte' }, atomes];
  return [{ genre: 'atome', cle, mode: 'somme' }, atomes.map((a) => (a.mode === 'compte' ? { ...a, dansUneSomme: true } : a))];
}

interface Cadre {
  ventilations: readonly string[];
  sources: Sources;
  /** Dimensions that tell a feed for this measure, besides those of its sources. */
  tenuPar: readonly string[];
}

/** Throws nothing: unknown names are reported by `verifierFormule`. */
export function buildFormule(mesureId: string, calcul: Calcul, ventilations: readonly string[], sources: Sources, tenuPar: readonly string[] = []): Formule {
  const cadre = { ventilations, sources, tenuPar };
  if ('ratio' in calcul) {
    const [numerateur, a] = terme(`${mesureId}#0`, calcul.ratio[0], cadre);
    const [denominateur, b] = terme(`${mesureId}#1`, calcul.ratio[1], cadre);
    return { mesureId, atomes: [...a, ...b], expression: { genre: 'ratio', numerateur, denominateur } };
  }
  if ('variation' in calcul) {
    const [de, atomes] = terme(`${mesureId}#0`, calcul.variation, cadre);
    return { mesureId, atomes, expression: { genre: 'variation', de } };
  }
  const [expression, atomes] = terme(mesureId, calcul, cadre);
  return { mesureId, atomes, expression };
}

/** Everything in a formula that its sources do not have, as French sentences; empty when the formula holds. */
export function verifierFormule(formule: Formule, sources: Sources, mesures: ReadonlySet<string>): string[] {
  const fautes: string[] = [];
  for (const cle of new Set(formule.atomes.map((a) => a.cle))) {
    const modes = new Set(formule.atomes.filter((a) => a.cle === cle).map((a) => a.mode));
    if (modes.size > 1 && [...modes].some((m) => estStock(m) || estDistinct(m)))
      fautes.push('une addition ne mêle ni « distinct » ni « presents » à autre chose');
  }
  for (const a of formule.atomes) {
    const s = sources.get(a.source);
    if (!s) {
      fautes.push(`le registre « ${a.source} » n’existe pas (connus : ${[...sources.keys()].join(', ')})`);
      continue;
    }
    if (a.mode === 'somme' && !Object.hasOwn(s.quantites, a.colonne ?? ''))
      fautes.push(`le registre « ${a.source} » n’a pas de quantité « ${a.colonne} » (il a : ${Object.keys(s.quantites).join(', ') || 'aucune'})`);
    if (estDistinct(a.mode) && !dimensionDe(s, a.colonne ?? '')) fautes.push(`le registre « ${a.source} » n’a pas de dimension « ${a.colonne} »`);
    if (estStock(a.mode) && !s.fin) fautes.push(`le registre « ${a.source} » n’a pas de date de fin : « presents » n’y a pas de sens`);
    for (const [code, valeur] of [...a.ou, ...a.sauf].flatMap((f) => Object.entries(f))) {
      if (estSeuil(valeur)) {
        if (!Object.hasOwn(s.quantites, code)) fautes.push(`le registre « ${a.source} » n’a pas de quantité « ${code} »`);
        continue;
      }
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
