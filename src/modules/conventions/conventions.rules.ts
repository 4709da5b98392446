/**
 * What an act is today, read from its dates and signatures: nobody types a state. Days are `YYYY-MM-DD` of the contract's clock. Pure.
 *
 *   négociation -> signée par n sur m -> signée, à venir -> en vigueur -> à renouveler -> échue
 *   at any time: dénoncée, remplacée (from the day that says so); « texte jamais déposé » as long as nothing shows what was signed
 */
import { estJour } from '../../core/http/cursors.ts';
import { ajouterMois, plusJours } from '../echeances/index.ts';

export const NATURES = {
  convention: 'Convention',
  protocole: 'Protocole',
  charte: 'Charte',
  arrete: 'Arrêté',
  'protocole-site': 'Protocole de site',
} as const;
export type Nature = keyof typeof NATURES;
/** An order has an authority and a perimeter; nobody signs it with it. */
export const seSigne = (n: Nature): boolean => n !== 'arrete';
/** Holds from its first signature; others join and leave. */
export const sOuvre = (n: Nature): boolean => n === 'charte';

/** Of an act; pages say it of its nature (`mots.ts`). */
export const ETATS = {
  'sans-texte': 'texte jamais déposé',
  negociation: 'en négociation',
  partielle: 'à signer',
  signee: 'pas encore en vigueur',
  vigueur: 'en vigueur',
  'a-renouveler': 'à renouveler',
  echue: 'échu',
  denoncee: 'dénoncé',
  remplacee: 'remplacé',
} as const;
export type Etat = keyof typeof ETATS;
export const CODES_ETATS = Object.keys(ETATS) as Etat[];
/** Binds nobody any more. */
export const estFinie = (e: Etat): boolean => e === 'echue' || e === 'denoncee' || e === 'remplacee';

export const ISSUES = { poursuivre: 'on continue sans changement', modifier: 'un avenant est à écrire', arreter: 'ne sera pas renouvelée' } as const;
export type Issue = keyof typeof ISSUES;

/** What the state of an act is read from. */
export interface Vie {
  nature: Nature;
  effet: string | null;
  fin: string | null;
  preavisJours: number;
  reconductionMois: number | null;
  denonceeLe: string | null;
  /** First day in force of the act that takes its place. */
  remplaceeLe: string | null;
  /** Texts deposited; parties that stay; those that signed; the first and the last day on which one did. */
  textes: number;
  parties: number;
  signees: number;
  premiereSignature: string | null;
  derniereSignature: string | null;
  /** The last review said that it will not be renewed. */
  arret: boolean;
}

const entiere = (v: Vie): boolean => (!seSigne(v.nature) ? true : sOuvre(v.nature) ? v.signees > 0 : v.parties > 0 && v.signees === v.parties);
/** First day of force: the one that it says, or that of the signature that completed it; null as long as there is none. */
export function effetDe(v: Vie): string | null {
  if (!entiere(v)) return null;
  if (!seSigne(v.nature)) return v.effet;
  const signature = sOuvre(v.nature) ? v.premiereSignature : v.derniereSignature;
  return v.effet ?? signature;
}

export interface Terme {
  fin: string;
  /** Last day to say that it stops, or to have the next one ready. */
  limite: string;
  /** Times that it was renewed by itself. */
  reconduite: number;
}
/** A hundred years of monthly terms. */
const TERMES_MAX = 1200;
/** The running term. A tacit renewal is acquired once the notice has passed in silence; a denounced act renews no more. Null: open-ended. */
export function termeDe(v: Pick<Vie, 'fin' | 'preavisJours' | 'reconductionMois' | 'denonceeLe'>, aujourdhui: string): Terme | null {
  if (v.fin === null) return null;
  let reconduite = 0;
  const terme = (): Terme => {
    const fin = reconduite === 0 ? (v.fin ?? '') : ajouterMois(v.fin ?? '', reconduite * (v.reconductionMois ?? 0));
    return { fin, limite: plusJours(fin, -v.preavisJours), reconduite };
  };
  let t = terme();
  while (v.reconductionMois && t.limite < aujourdhui && (v.denonceeLe === null || v.denonceeLe > t.fin) && reconduite < TERMES_MAX) {
    reconduite++;
    t = terme();
  }
  return t;
}

/** Days before the last one to act when an act is said « à renouveler ». */
const AVERTIR_JOURS = 90;

export function etatDe(v: Vie, aujourdhui: string): Etat {
  if (v.remplaceeLe !== null && v.remplaceeLe <= aujourdhui) return 'remplacee';
  if (v.denonceeLe !== null && v.denonceeLe <= aujourdhui) return 'denoncee';
  // Nothing shows what was signed, or what holds since that day.
  if (v.textes === 0 && (seSigne(v.nature) ? v.signees > 0 : v.effet !== null && v.effet <= aujourdhui)) return 'sans-texte';
  const effet = effetDe(v);
  if (!entiere(v)) return v.signees > 0 ? 'partielle' : 'negociation';
  if (effet === null) return 'negociation';
  if (effet > aujourdhui) return v.textes === 0 ? 'negociation' : 'signee';
  const t = termeDe(v, aujourdhui);
  if (t === null) return 'vigueur';
  if (t.fin < aujourdhui) return 'echue';
  const sArrete = v.denonceeLe !== null || (v.arret && v.reconductionMois === null);
  return !sArrete && aujourdhui >= plusJours(t.limite, -AVERTIR_JOURS) ? 'a-renouveler' : 'vigueur';
}

/** The day on which its next review is due; null where none is, or while nothing is in force. */
export function revueDue(v: Vie & { revueMois: number | null; derniereRevue: string | null }, aujourdhui: string): string | null {
  const effet = effetDe(v);
  if (v.revueMois === null || effet === null || estFinie(etatDe(v, aujourdhui))) return null;
  return ajouterMois(v.derniereRevue ?? effet, v.revueMois);
}

/** The first of its days that is not done; null once it is done, or stopped before it. */
export function prochainDu(e: { duLe: string; tousLesMois: number | null; arreteLe: string | null }, faits: readonly string[]): string | null {
  const dus = new Set(faits);
  for (let n = 0; n <= faits.length; n++) {
    const jour = n === 0 ? e.duLe : ajouterMois(e.duLe, n * (e.tousLesMois ?? 0));
    if (e.arreteLe !== null && jour > e.arreteLe) return null;
    if (!dus.has(jour)) return jour;
    if (e.tousLesMois === null) return null;
  }
  return null;
}

/** Is that day within the season of the order? Without one, every day is. */
export function enSaison(o: { saisonDe: string; saisonA: string }, aujourdhui: string): boolean {
  if (o.saisonDe === '' || o.saisonA === '') return true;
  const j = aujourdhui.slice(5);
  return o.saisonDe <= o.saisonA ? j >= o.saisonDe && j <= o.saisonA : j >= o.saisonDe || j <= o.saisonA;
}
/** « 06-21 » of a day that exists, 29 February included. */
export const estUnJourDeLAnnee = (v: string): boolean => /^\d\d-\d\d$/.test(v) && estJour(`2024-${v}`);
