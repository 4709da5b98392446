/** From aggregates and collected values to figures in one of five states. Pure: everything read before is passed in. */
import { estStock, type Expression, type Formule, type Mode } from './calcul/atomes.rules.ts';
import {
  AGREGAT_VIDE,
  type Agregat,
  additionner,
  type Chiffre,
  type Comparaison,
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
import { anneeDe, decoupages, echeance, lireEtendue, type PeriodesComparees, periode, periodePrecedente, periodesComparees } from './periode.rules.ts';

/** A measure as the figures need it; the catalogue's measures have at least this. */
export interface MesureSuivie {
  id: string;
  unite: string;
  nature: string;
  obtention: 'calcul' | 'collecte' | 'narratif' | 'enquete';
  /** Acteurs who owe it. */
  aupres: readonly string[];
  delaiJours?: number | null;
  /** Which part of what the text asks it holds, when it does not hold all of it. */
  part?: string | null;
}

export interface Lectures {
  formules: ReadonlyMap<string, Formule>;
  mesures: ReadonlyMap<string, MesureSuivie>;
  /** By `periode|atome`. */
  agregats: ReadonlyMap<string, Agregat>;
  /** `periode|feed` that hold at least one record in the period, `periode|feed|depuis` before its end, `…|commencee` since its start,
   * `…|entiere` all along. */
  tenues: ReadonlySet<string>;
  /** Totals of collected values by `mesure|periode`, for the territory asked (without breakdown). */
  valeurs: ReadonlyMap<string, ValeurLue>;
  /** Collected measures that are owed at the territory asked, or under it. */
  ici?: ReadonlySet<string>;
  /** A part of the contract: what is collected is owed for the whole only (docs/decisions/0019). */
  partie?: boolean;
  /** First day of the contract: of what ended before it, nothing is owed. */
  debut: string;
  /** Day of the request: what is due, which months are complete. */
  aujourdhui: string;
}

export function valeurDuMode(mode: Mode, a: Agregat): number {
  if (mode === 'somme') return a.somme;
  if (mode === 'distinct' || mode === 'distinct-presents') return a.distincts;
  if (mode === 'presents') return a.ouverts - a.fermes;
  return a.nombre;
}

/** Periods that a change over these may need: the period and its complete months, each with the year before. */
export function periodesUtiles(periodes: readonly string[], aujourdhui: string): string[] {
  const utiles = periodes.flatMap((p) => {
    const k = periodesComparees(p, aujourdhui);
    return [p, periodePrecedente(p), ...(k ? [k.periode, k.precedente] : [])];
  });
  return [...new Set(utiles)];
}

/** A measure that is a change already: it is told alone, a change of a change says nothing. */
export const estUneEvolution = (m: Pick<MesureSuivie, 'unite'>, f: Formule | undefined): boolean =>
  f?.expression.genre === 'variation' || /évolution|variation/i.test(m.unite);

/** The two values told when this period is shown; null where like would not stand beside like. */
export function comparer(mesureId: string, p: string, l: Lectures): Comparaison | null {
  const m = l.mesures.get(mesureId);
  const k = periodesComparees(p, l.aujourdhui);
  if (!m || !k || estUneEvolution(m, l.formules.get(mesureId))) return null;
  const paire: readonly [Chiffre, Chiffre] = [evaluer(mesureId, k.periode, l), evaluer(mesureId, k.precedente, l)];
  if (!sontComparables(paire) || !sontTenuesEntieres({ genre: 'mesure', id: mesureId }, null, k, l)) return null;
  const [apres, avant] = paire;
  const e = l.formules.get(mesureId)?.expression;
  return {
    ...k,
    avant: avant.valeur,
    apres: apres.valeur,
    unite: apres.unite,
    ...(e?.genre === 'atome' && e.mode === 'somme' ? { somme: true as const } : {}),
  };
}

type Connu = Chiffre & { valeur: number };
const estConnu = (c: Chiffre): c is Connu => c.valeur !== null;
/** « Au moins 12 » is not compared: nobody knows how many more. */
const sontComparables = (paire: readonly [Chiffre, Chiffre]): paire is readonly [Connu, Connu] =>
  paire.every((c) => estConnu(c) && c.incomplet === 0 && !c.contributions);

/** Every register that it counts was kept all along both periods: a register begun in June has no January to compare with. */
function sontTenuesEntieres(e: Expression, f: Formule | null, k: PeriodesComparees, l: Lectures): boolean {
  return tenuesVoulues(e, f, l.formules).every((unDe) => [k.periode, k.precedente].every((p) => unDe.some((t) => l.tenues.has(`${p}|${t}`))));
}

/** What every register behind an expression must be (one of its feeds is enough), through the measures that it cites; a stock may be quiet: nobody came nor left. */
function tenuesVoulues(e: Expression, f: Formule | null, formules: Lectures['formules'], n = 0): string[][] {
  if (n > 8) return [];
  if (e.genre === 'atome')
    return (f?.atomes ?? []).filter((a) => a.cle === e.cle).map((a) => a.tenues.map((t) => `${t}|${estStock(e.mode) ? 'commencee' : 'entiere'}`));
  if (e.genre === 'ratio') return [e.numerateur, e.denominateur].flatMap((x) => tenuesVoulues(x, f, formules, n));
  if (e.genre === 'variation') return tenuesVoulues(e.de, f, formules, n);
  const citee = formules.get(e.id);
  return citee ? tenuesVoulues(citee.expression, citee, formules, n + 1) : [];
}

export function evaluer(mesureId: string, p: string, l: Lectures, profondeur = 0): Chiffre {
  const m = l.mesures.get(mesureId);
  if (!m) throw new Error(`Mesure inconnue : ${mesureId}`);
  if (profondeur > 8) throw new Error(`La formule de ${mesureId} tourne en rond.`);
  const f = l.formules.get(mesureId);
  const c = m.obtention === 'calcul' && f ? evaluerExpression(f.expression, f, m, p, l, profondeur) : evaluerCollecte(m, p, l);
  return c.etat === 'manquant' && precedeLeContrat(p, l) ? sansObjet(m.unite) : c;
}

/** A year before the contract may be told, where records reach back; it is missing to nobody. */
const precedeLeContrat = (p: string, l: Pick<Lectures, 'debut'>): boolean => periode(p).fin <= l.debut;

function evaluerExpression(e: Expression, f: Formule, m: MesureSuivie, p: string, l: Lectures, n: number): Chiffre {
  switch (e.genre) {
    case 'mesure':
      return evaluer(e.id, p, l, n + 1);
    case 'ratio':
      return rapporter(evaluerExpression(e.numerateur, f, m, p, l, n), evaluerExpression(e.denominateur, f, m, p, l, n), m.unite);
    case 'variation':
      return evaluerVariation(e.de, f, m, p, l, n);
    case 'atome':
      return chiffreDAtome(e, f, m, p, l.agregats.get(`${p}|${e.cle}`) ?? AGREGAT_VIDE, l);
  }
}

/** Over complete months only, and where both years were kept; otherwise what keeps it from being told. */
function evaluerVariation(de: Expression, f: Formule, m: MesureSuivie, p: string, l: Lectures, n: number): Chiffre {
  const lire = (quand: string) => evaluerExpression(de, f, m, quand, l, n);
  const k = periodesComparees(p, l.aujourdhui);
  // In its first days a year has no change yet: that of the year before is not its own.
  const sienne = k && periode(k.periode).debut >= periode(p).debut ? k : null;
  if (sienne) {
    const paire: readonly [Chiffre, Chiffre] = [lire(sienne.periode), lire(sienne.precedente)];
    if (sontComparables(paire) && sontTenuesEntieres(de, f, sienne, l)) {
      const c = varier(paire[0], paire[1]);
      return sienne.periode === p || c.valeur === null ? c : { ...c, sur: sienne.periode };
    }
  }
  const [apres, avant] = [lire(p), lire(periodePrecedente(p))];
  // The first year has none before it to be compared with, whatever is still owed of itself.
  if (!estConnu(avant) && precedeLeContrat(periodePrecedente(p), l)) return sansObjet('%');
  if (!estConnu(apres) || !estConnu(avant)) return varier(apres, avant);
  return sienne?.periode === p ? sansObjet('%') : manquant('%', m.aupres, echeance(p, m.delaiJours));
}

/**
 * One atom over one period, wherever it is read (whole, place, month, breakdown): the only judge of what tells a zero from a silence. What is there
 * today says nothing of a period that has not begun, which is awaited like any other. `tenues` and `aujourdhui` as in `Lectures`.
 */
export function chiffreDAtome(
  { cle, mode }: { cle: string; mode: Mode },
  f: Formule,
  m: Pick<MesureSuivie, 'unite' | 'aupres' | 'delaiJours'>,
  p: string,
  a: Agregat,
  { tenues, aujourdhui }: Pick<Lectures, 'tenues' | 'aujourdhui'>,
): Chiffre {
  if (periode(p).debut > aujourdhui) return manquant(m.unite, m.aupres, echeance(p, m.delaiJours));
  const valeur = valeurDuMode(mode, a);
  const siens = f.atomes.filter((x) => x.cle === cle);
  const muets = siens.filter((x) => !x.tenues.some((t) => tenues.has(`${p}|${t}${estStock(mode) ? '|depuis' : ''}`)));
  if (valeur === 0 && a.nombre === 0) {
    // Nothing matches: a true zero if every feed of it spoke in that very period (for a stock, before its end), otherwise silence,
    // and silence is owed.
    return muets.length === 0 ? nombre(0, m.unite) : manquant(m.unite, m.aupres, echeance(p, m.delaiJours));
  }
  // Every record is there but none says how many: the sum is not zero, it is unknown.
  if (mode === 'somme' && a.sansValeur === a.nombre) return manquant(m.unite, m.aupres, echeance(p, m.delaiJours));
  const c = nombre(valeur, m.unite, a.sansValeur);
  const voies = new Set(siens.filter((x) => x.voie).map((x) => x.source));
  const muettes = new Set(muets.filter((x) => x.voie).map((x) => x.source));
  // What one way alone tells is a part of what there is.
  return muettes.size === 0 ? c : { ...c, contributions: { recues: voies.size - muettes.size, attendues: voies.size } };
}

/** The total of its contributions, as it was kept: nothing is added up here. */
function evaluerCollecte(m: MesureSuivie, p: string, l: Lectures): Chiffre {
  const total = l.valeurs.get(`${m.id}|${p}`);
  if (total) return chiffreDuTotal(total, m, echeance(p, m.delaiJours));
  // Months in a row, of a running year: no total is kept for them.
  const mois = lireEtendue(p) && (m.nature === 'compte' || m.nature === 'montant') ? decoupages(p)[0] : undefined;
  const lus = mois?.flatMap((x) => l.valeurs.get(`${m.id}|${x}`) ?? []) ?? [];
  if (mois && lus.length === mois.length)
    return additionner(
      lus.map((x) => chiffreDuTotal(x, m, echeance(x.periode, m.delaiJours))),
      m.unite,
    );
  return (l.partie && !l.ici?.has(m.id) ? nonVentile : manquant)(m.unite, m.aupres, echeance(p, m.delaiJours));
}

function chiffreDuTotal(t: ValeurLue, m: Pick<MesureSuivie, 'unite' | 'aupres' | 'delaiJours'>, depuis: string): Chiffre {
  const porte = {
    ...(t.recues > 0 ? { validation: t.provisoire ? ('provisoire' as const) : ('valide' as const) } : {}),
    // What waits for its validation says nothing of those who gave nothing: they are late all the same.
    ...(t.attend && (t.etat !== 'manquant' || t.manquent.length === 0) ? { attendValidation: true as const } : {}),
    ...(t.partiel ? { contributions: { recues: t.recues, attendues: t.attendues } } : {}),
  };
  return { ...chiffreDe(t, m, depuis), ...porte };
}
function chiffreDe(t: ValeurLue, m: Pick<MesureSuivie, 'unite' | 'aupres' | 'delaiJours'>, depuis: string): Chiffre {
  if (t.etat === 'secret') return secret(m.unite);
  if (t.etat === 'sans_objet') return sansObjet(m.unite);
  if (t.etat === 'manquant') return manquant(m.unite, t.manquent.length > 0 ? t.manquent : m.aupres, depuis);
  if (t.valeur === null) return recit(t.texte ?? '', m.unite);
  return nombre(t.valeur, m.unite);
}

export interface Besoins {
  atomes: Map<string, Mode>;
  collectees: string[];
}
/** Atoms and collected measures needed to evaluate these measures, followed through ratios and variations; `varies`: those behind a variation. */
export function besoins(ids: readonly string[], formules: ReadonlyMap<string, Formule>): Besoins & { varies: Besoins } {
  const tous = suivre(ids, formules);
  const variations = [...tous.vus].filter((id) => formules.get(id)?.expression.genre === 'variation');
  const { vus: _, ...varies } = suivre(variations, formules);
  return { atomes: tous.atomes, collectees: tous.collectees, varies };
}

function suivre(ids: readonly string[], formules: ReadonlyMap<string, Formule>): Besoins & { vus: ReadonlySet<string> } {
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
  return { atomes, collectees: [...collectees], vus };
}

function mesuresDe(e: Expression): string[] {
  if (e.genre === 'mesure') return [e.id];
  if (e.genre === 'ratio') return [...mesuresDe(e.numerateur), ...mesuresDe(e.denominateur)];
  return e.genre === 'variation' ? mesuresDe(e.de) : [];
}

export const anneesDe = (periodes: readonly string[]): string[] => [...new Set(periodes.map((p) => String(anneeDe(p))))];
