/** From aggregates and collected values to figures in one of five states. Pure: everything read before is passed in. */
import type { Expression, Formule, Mode } from './calcul/atomes.rules.ts';
import {
  AGREGAT_VIDE,
  type Agregat,
  additionner,
  type Chiffre,
  manquant,
  nombre,
  nonVentile,
  rapporter,
  recit,
  sansObjet,
  secret,
  type ValeurLue,
  varier,
} from './chiffres.rules.ts';
import { anneeDe, decoupages, echeance, periodePrecedente } from './periode.rules.ts';

/** A measure as the figures need it; the catalogue's measures have at least this. */
export interface MesureSuivie {
  id: string;
  unite: string;
  nature: string;
  obtention: 'calcul' | 'collecte' | 'narratif' | 'enquete';
  /** Acteurs who owe it. */
  aupres: readonly string[];
}

export interface Lectures {
  formules: ReadonlyMap<string, Formule>;
  mesures: ReadonlyMap<string, MesureSuivie>;
  /** By `periode|atome`. */
  agregats: ReadonlyMap<string, Agregat>;
  /** `periode|source` that hold at least one record in the period, `periode|source|depuis` before its end. */
  tenues: ReadonlySet<string>;
  /** Current collected values by `mesure|periode`, for the territory asked (without breakdown). */
  valeurs: ReadonlyMap<string, ValeurLue>;
  /** A part of the contract: what is collected is owed for the whole only (docs/decisions/0019). */
  partie?: boolean;
}

export function valeurDuMode(mode: Mode, a: Agregat): number {
  if (mode === 'somme') return a.somme;
  if (mode === 'distinct') return a.distincts;
  if (mode === 'presents') return a.ouverts - a.fermes;
  return a.nombre;
}

/** Periods that evaluating these measures at `p` may need: the period itself and, for variations, the year before. */
export const periodesUtiles = (periodes: readonly string[]): string[] => [...new Set(periodes.flatMap((p) => [p, periodePrecedente(p)]))];

export function evaluer(mesureId: string, p: string, l: Lectures, profondeur = 0): Chiffre {
  const m = l.mesures.get(mesureId);
  if (!m) throw new Error(`Mesure inconnue : ${mesureId}`);
  if (profondeur > 8) throw new Error(`La formule de ${mesureId} tourne en rond.`);
  const f = l.formules.get(mesureId);
  if (m.obtention === 'calcul' && f) return evaluerExpression(f.expression, f, m, p, l, profondeur);
  return evaluerCollecte(m, p, l);
}

function evaluerExpression(e: Expression, f: Formule, m: MesureSuivie, p: string, l: Lectures, n: number): Chiffre {
  switch (e.genre) {
    case 'mesure':
      return evaluer(e.id, p, l, n + 1);
    case 'ratio':
      return rapporter(evaluerExpression(e.numerateur, f, m, p, l, n), evaluerExpression(e.denominateur, f, m, p, l, n), m.unite);
    case 'variation':
      return varier(evaluerExpression(e.de, f, m, p, l, n), evaluerExpression(e.de, f, m, periodePrecedente(p), l, n));
    case 'atome':
      return chiffreDAtome(e, f, m, p, l.agregats.get(`${p}|${e.cle}`) ?? AGREGAT_VIDE, l.tenues);
  }
}

/**
 * One atom over one period, wherever it is read (whole, place, month, breakdown): the only judge of what tells a zero from a silence.
 * `tenues` as in `Lectures`.
 */
export function chiffreDAtome(
  { cle, mode }: { cle: string; mode: Mode },
  f: Formule,
  m: Pick<MesureSuivie, 'unite' | 'aupres'>,
  p: string,
  a: Agregat,
  tenues: ReadonlySet<string>,
): Chiffre {
  const valeur = valeurDuMode(mode, a);
  if (valeur === 0 && a.nombre === 0) {
    // Nothing matches: a true zero if every register of it was kept in that very period (for a stock, before its end), otherwise
    // silence, and silence is owed.
    const tenue = f.atomes.filter((x) => x.cle === cle).every((x) => tenues.has(`${p}|${x.source}${mode === 'presents' ? '|depuis' : ''}`));
    return tenue ? nombre(0, m.unite) : manquant(m.unite, m.aupres, echeance(p));
  }
  // Every record is there but none says how many: the sum is not zero, it is unknown.
  if (mode === 'somme' && a.sansValeur === a.nombre) return manquant(m.unite, m.aupres, echeance(p));
  return nombre(valeur, m.unite, a.sansValeur);
}

function evaluerCollecte(m: MesureSuivie, p: string, l: Lectures): Chiffre {
  const directe = l.valeurs.get(`${m.id}|${p}`);
  if (directe) return chiffreDe(directe, m.unite);
  if (m.nature === 'compte' || m.nature === 'montant')
    for (const parts of decoupages(p)) {
      const trouvees = parts.map((x) => l.valeurs.get(`${m.id}|${x}`));
      if (trouvees.every((v) => v !== undefined))
        return additionner(
          trouvees.map((v) => chiffreDe(v, m.unite)),
          m.unite,
        );
    }
  return (l.partie ? nonVentile : manquant)(m.unite, m.aupres, echeance(p));
}

function chiffreDe(v: ValeurLue, unite: string): Chiffre {
  if (v.etat === 'secret') return secret(unite);
  if (v.etat === 'sans_objet') return sansObjet(unite);
  if (v.valeur === null) return recit(v.texte ?? '', unite);
  return nombre(v.valeur, unite);
}

/** Atoms and collected measures needed to evaluate these measures, followed through ratios and variations. */
export function besoins(ids: readonly string[], formules: ReadonlyMap<string, Formule>): { atomes: Map<string, Mode>; collectees: string[] } {
  const atomes = new Map<string, Mode>();
  const collectees = new Set<string>();
  const vus = new Set<string>();
  const visiter = (id: string) => {
    if (vus.has(id)) return;
    vus.add(id);
    const f = formules.get(id);
    if (!f) {
      collectees.add(id);
      return;
    }
    for (const a of f.atomes) atomes.set(a.cle, a.mode);
    for (const cite of mesuresDe(f.expression)) visiter(cite);
  };
  for (const id of ids) visiter(id);
  return { atomes, collectees: [...collectees] };
}

function mesuresDe(e: Expression): string[] {
  if (e.genre === 'mesure') return [e.id];
  if (e.genre === 'ratio') return [...mesuresDe(e.numerateur), ...mesuresDe(e.denominateur)];
  return e.genre === 'variation' ? mesuresDe(e.de) : [];
}

export const anneesDe = (periodes: readonly string[]): string[] => [...new Set(periodes.map((p) => String(anneeDe(p))))];
