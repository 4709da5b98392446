/**
 * What whoever may not read a source live reads of its figures, and how late. Pure.
 *
 * A measure takes the strictest of its sources (`regimeDe`). Without a threshold, a period is read up to the last month that is old enough. With one:
 * - the whole contract is read by years; a running year only in packets: up to a month before and after which there are enough records, so that neither two
 *   readings nor the year once over give back a small number (`paquet`);
 * - a place or a breakdown only of years that are over, and a breakdown whole or not at all (`estMontrable`): with no part shown beside hidden ones, no
 *   subtraction gives one back;
 * - of two figures of which one holds the other, what is left of the wider is a part too: the narrower is hidden when it is small, has no parts of its own, and
 *   waits for the end of the year (`emboites.rules.ts`).
 */
import { rangDeMois } from '../../../core/jours.ts';
import { estDistinct, estStock, type Atome, type Expression, type Formule, type Mode } from '../calcul/atomes.rules.ts';
import { anneeDe, estAnnee, etendue, periode } from '../periode.rules.ts';
import type { DiffusionDifferee } from '../../../core/faits.ts';
import type { SourceDeFaits, Sources } from '../sources.ts';
import { cleAtome, dimensionsFixees, type Reste, restesDe } from './emboites.rules.ts';

/** May the reader see the figures of this source as they are written? What is `immediate` is everyone's and is not asked. */
export type EnDirect = (s: SourceDeFaits) => boolean;
/** Whoever has no account. What says nothing reads so. */
export const AU_PUBLIC: EnDirect = () => false;
/** The work itself (what a write moved, a session's papers, a bilan for partners): its pages are closed by their own rights. */
export const EN_DIRECT: EnDirect = () => true;

export interface Regime extends Omit<DiffusionDifferee, 'pourquoi'> {
  /** Every atom behind the measure, through those that it cites. */
  atomes: readonly Atome[];
  /** By atom that another figure holds: what is left of it beside this one. */
  restes: ReadonlyMap<string, readonly Reste[]>;
  /** It may be told in packets of months: one atom whose records add up. */
  parPaquets: boolean;
  /** It is a change: what it compares with is looked at too. */
  varie: boolean;
  pourquoi: readonly string[];
}

interface Lu {
  sources: Sources;
  formules: ReadonlyMap<string, Formule>;
}
const GRAINS = ['tous', 'premier-niveau', 'contrat'] as const;
const DIFFERE = (s: SourceDeFaits | undefined): s is SourceDeFaits & { diffusion: DiffusionDifferee } => s !== undefined && s.diffusion !== 'immediate';

const publics = new WeakMap<object, Map<string, Regime | null>>();
/** The strictest of what its sources declare, those that tell it a zero from a silence included; null when everything is everyone's, or read live by this reader. */
export function regimeDe(f: Lu, mesureId: string, enDirect: EnDirect): Regime | null {
  if (enDirect !== AU_PUBLIC) return trouverRegime(f, mesureId, enDirect);
  // What everybody reads is asked of every figure of every page.
  const gardes = publics.get(f.formules) ?? new Map<string, Regime | null>();
  publics.set(f.formules, gardes);
  const garde = gardes.get(mesureId);
  if (garde !== undefined) return garde;
  const r = trouverRegime(f, mesureId, enDirect);
  gardes.set(mesureId, r);
  return r;
}
function trouverRegime(f: Lu, mesureId: string, enDirect: EnDirect): Regime | null {
  const formules = suivre(mesureId, f.formules);
  const atomes = formules.flatMap((x) => x.atomes);
  const noms = new Set(atomes.flatMap((a) => [a.source, ...a.tenues.map((t) => t.split('/')[0] ?? t)]));
  const differees = [...noms].map((n) => f.sources.get(n)).filter(DIFFERE);
  if (differees.every(enDirect)) return null;
  const d = differees.map((s) => s.diffusion);
  const [seule] = formules;
  const tous = restesDe(f.formules, f.sources);
  const restes = new Map(atomes.flatMap((a) => (tous.has(cleAtome(a)) ? [[cleAtome(a), tous.get(cleAtome(a)) ?? []] as const] : [])));
  const fixees = new Set(atomes.flatMap((a) => [...dimensionsFixees(a, tous)]));
  const dimensions = d.reduce<DiffusionDifferee['dimensions']>(
    (x, { dimensions: y }) => (x === 'toutes' ? y : y === 'toutes' ? x : x.filter((k) => y.includes(k))),
    'toutes',
  );
  return {
    recul: Math.max(...d.map((x) => x.recul)),
    seuil: Math.max(...d.map((x) => x.seuil)),
    grain: GRAINS[Math.max(...d.map((x) => GRAINS.indexOf(x.grain)))] ?? 'contrat',
    dimensions: dimensions === 'toutes' && fixees.size === 0 ? dimensions : dimensions === 'toutes' ? [] : dimensions.filter((x) => !fixees.has(x)),
    atomes,
    restes,
    parPaquets:
      formules.length === 1 &&
      atomes.length === 1 &&
      restes.size === 0 &&
      seule?.expression.genre === 'atome' &&
      !estStock(seule.expression.mode) &&
      !estDistinct(seule.expression.mode),
    varie: formules.some((x) => x.expression.genre === 'variation'),
    pourquoi: [...new Set(d.map((x) => x.pourquoi))],
  };
}

function suivre(id: string, formules: Lu['formules'], vus = new Set<string>()): Formule[] {
  const f = formules.get(id);
  if (!f || vus.has(id)) return [];
  vus.add(id);
  return [f, ...citees(f.expression).flatMap((x) => suivre(x, formules, vus))];
}
const citees = (e: Expression): string[] =>
  e.genre === 'mesure' ? [e.id] : e.genre === 'ratio' ? [...citees(e.numerateur), ...citees(e.denominateur)] : e.genre === 'variation' ? citees(e.de) : [];

const premierDuMois = (rang: number): string => `${Math.floor(rang / 12)}-${String((rang % 12) + 1).padStart(2, '0')}-01`;

/** First day of the first month that is not read yet: two months after August, August is read and September is not. */
export const borneDe = (recul: number, aujourdhui: string): string => premierDuMois(rangDeMois(aujourdhui) - recul);
/** Day from which a month that ended before `fin` is read. */
export const publieLe = (fin: string, recul: number): string => premierDuMois(rangDeMois(fin) + recul);

/** How a period is read: `lu`, all or its first months; what is not read yet, from which day; hidden; not told so finely. */
export type Lecture = { genre: 'lu'; lu: string } | { genre: 'a-venir'; le: string } | { genre: 'secret' } | { genre: 'trop-fin' };

/** What is known of the records that a threshold looks at. */
export interface Comptes {
  /** By atom, year and place of the record; without place under an empty id. */
  parAn: ReadonlyMap<string, ReadonlyMap<string, number>>;
  /** By atom, records of the months of a running year. */
  parMois: ReadonlyMap<string, ReadonlyMap<string, number>>;
}
export const SANS_COMPTES: Comptes = { parAn: new Map(), parMois: new Map() };
export const cleAn = (atome: string, annee: number | string): string => `${atome}|${annee}`;

/** Where one asks: 0 is the whole contract, 1 its first level; `parts`, what the contract is made of at that level. */
export interface Ou {
  niveau: number;
  parts: readonly (readonly string[])[];
}

/** May a place of that level be told? */
export const admet = (d: Pick<DiffusionDifferee, 'grain'>, niveau: number): boolean => d.grain === 'tous' || niveau <= (d.grain === 'premier-niveau' ? 1 : 0);

/** How `p` is read there. */
export function lectureDe(r: Regime, p: string, aujourdhui: string, ou: Ou, comptes: Comptes): Lecture {
  if (!admet(r, ou.niveau)) return { genre: 'trop-fin' };
  const borne = borneDe(r.recul, aujourdhui);
  const { debut, fin } = periode(p);
  if (r.seuil === 0) {
    if (fin <= borne) return { genre: 'lu', lu: p };
    // A year that runs is read from its first month on.
    return debut < borne ? { genre: 'lu', lu: etendue(debut, borne) } : { genre: 'a-venir', le: publieLe(premierDuMois(rangDeMois(debut) + 1), r.recul) };
  }
  if (!estAnnee(p)) return { genre: 'secret' };
  if (fin > borne) {
    const jusqua = ou.niveau === 0 && r.parPaquets ? paquet(r, anneeDe(p), borne, comptes) : null;
    return jusqua ? { genre: 'lu', lu: etendue(debut, jusqua) } : { genre: 'a-venir', le: publieLe(fin, r.recul) };
  }
  if (ou.niveau > 0 && r.atomes.some((a) => estDistinct(a.mode) || estStock(a.mode))) return { genre: 'trop-fin' };
  return r.atomes.every((a) => estMontree(r, a, p, ou, comptes)) ? { genre: 'lu', lu: p } : { genre: 'secret' };
}

/** Nothing, or enough. */
const estAssez = (n: number, seuil: number): boolean => n === 0 || n >= seuil;
/** All of its parts may be shown, or none is. */
export const estMontrable = (parts: readonly number[], seuil: number): boolean => parts.every((n) => estAssez(n, seuil));

function estMontree(r: Regime, a: Atome, annee: string, ou: Ou, { parAn }: Comptes): boolean {
  /** The whole, then its places and what is of none of them. */
  const nombres = (atome: Atome): readonly number[] => {
    const lieux = parAn.get(cleAn(cleAtome(atome), annee)) ?? new Map<string, number>();
    const tout = [...lieux.values()].reduce((s, n) => s + n, 0);
    if (ou.niveau === 0) return [tout];
    const parts = ou.parts.map((ids) => ids.reduce((s, id) => s + (lieux.get(id) ?? 0), 0));
    return [tout, ...parts, tout - parts.reduce((s, n) => s + n, 0)];
  };
  if (!estMontrable(nombres(a), r.seuil)) return false;
  return (r.restes.get(cleAtome(a)) ?? []).every(({ contenant, parts }) =>
    estMontrable(
      parts.map(nombres).reduce((reste, n) => reste.map((x, i) => x - (n[i] ?? 0)), nombres(contenant)),
      r.seuil,
    ),
  );
}

/** First day after the last whole packet of a running year: enough records before it, since the packet before, and after it. Null when there is none. */
function paquet(r: Regime, annee: number, borne: string, { parMois }: Comptes): string | null {
  const siens = parMois.get(r.atomes[0]?.cle ?? '') ?? new Map<string, number>();
  const premier = annee * 12;
  const mois = Array.from({ length: rangDeMois(borne) - premier }, (_, i) => siens.get(premierDuMois(premier + i)) ?? 0);
  let jusqua: number | null = null;
  let depuis = 0;
  let reste = mois.reduce((s, n) => s + n, 0);
  for (const [i, n] of mois.entries()) {
    depuis += n;
    reste -= n;
    if (depuis >= r.seuil && reste >= r.seuil) {
      jusqua = premier + i + 1;
      depuis = 0;
    }
  }
  return jusqua === null ? null : premierDuMois(jusqua);
}

/** Of a value that counts itself: who is there, how many different ones. */
export const estSecret = (r: Regime, mode: Mode, a: { nombre: number; distincts: number; ouverts: number; fermes: number }): boolean => {
  const vus = [...(estStock(mode) ? [a.ouverts - a.fermes] : [a.nombre]), ...(estDistinct(mode) ? [a.distincts] : [])];
  return r.seuil > 0 && !vus.every((n) => estAssez(n, r.seuil));
};

/** « Publié avec deux mois de retard » and what goes with it. */
export const veilleDe = (borne: string): string => premierDuMois(rangDeMois(borne) - 1).slice(0, 7);
