/**
 * What an act is today, read from its dates and signatures: nobody types a state. Days are `YYYY-MM-DD` of the contract's clock. Pure.
 *
 *   négociation -> signée par n sur m -> signée, à venir -> en vigueur -> à renouveler -> échue
 *   « signature reprise » once those that did not sign are those that took their own signature back: nobody is waited for
 *   at any time: dénoncée, remplacée (from the day that says so); « texte jamais déposé » as long as nothing shows what was signed;
 *   « signature contestée » as long as a party named denies having signed; a charter that everybody left is « quittée », until another signs
 */
import { estJour } from '../../core/jours.ts';
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
  ravisee: 'signature reprise',
  contestee: 'signature contestée',
  signee: 'pas encore en vigueur',
  vigueur: 'en vigueur',
  'a-renouveler': 'à renouveler',
  echue: 'échu',
  denoncee: 'dénoncé',
  remplacee: 'remplacé',
  quittee: 'quittée par tous',
} as const;
export type Etat = keyof typeof ETATS;
export const CODES_ETATS = Object.keys(ETATS) as Etat[];
/** Binds nobody any more. */
export const estFinie = (e: Etat): boolean => e === 'echue' || e === 'denoncee' || e === 'remplacee' || e === 'quittee';
/** Why an act that is over owes nothing more; null while it binds, or once its term alone is past: what was to be done by then stays owed. */
export const raisonDeFin = (e: Etat): string | null => (estFinie(e) && e !== 'echue' ? ETATS[e] : null);

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
  /** Texts deposited; parties that stay; those that signed, without the contested ones; those that signed and left. */
  textes: number;
  parties: number;
  signees: number;
  contestees: number;
  quittes: number;
  /** Of those that stay: took their own signature back, and are not waited for. */
  ravisees: number;
  /** Of those that stay: noted by another, and not yet said to be its own by the party. */
  aConfirmer: number;
  /** First day on which one signed, be it one that left; last day of those that stay; since when somebody is bound without a gap. */
  premiereSignature: string | null;
  derniereSignature: string | null;
  reprise: string | null;
  dernierRetrait: string | null;
  /** The last review that each party confirmed said that it will not be renewed: one that waits takes nothing back. */
  arret: boolean;
}

/** Signed by all those it waits for; a charter by one, even one that left since. */
const entiere = (v: Vie): boolean => (!seSigne(v.nature) ? true : sOuvre(v.nature) ? v.signees + v.quittes > 0 : v.parties > 0 && v.signees === v.parties);
/** A signature that is denied leaves nothing in force; a charter holds by the others. */
const estContestee = (v: Vie): boolean => seSigne(v.nature) && v.contestees > 0 && (!sOuvre(v.nature) || v.signees + v.quittes === 0);
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
/**
 * Its terms, the running one last. A tacit renewal is acquired once the notice has passed in silence; a denounced act renews no more. Empty:
 * open-ended.
 */
export function termesDe(v: Pick<Vie, 'fin' | 'preavisJours' | 'reconductionMois' | 'denonceeLe'>, aujourdhui: string): Terme[] {
  const { fin: premiere, reconductionMois: mois } = v;
  if (premiere === null) return [];
  const terme = (reconduite: number): Terme => {
    const fin = reconduite === 0 ? premiere : ajouterMois(premiere, reconduite * (mois ?? 0));
    return { fin, limite: plusJours(fin, -v.preavisJours), reconduite };
  };
  const termes = [terme(0)];
  for (
    let t = termes[0];
    t && mois && t.limite < aujourdhui && (v.denonceeLe === null || v.denonceeLe > t.fin) && termes.length <= TERMES_MAX;
    t = termes.at(-1)
  )
    termes.push(terme(termes.length));
  return termes;
}
/** The running one; null: open-ended. */
export const termeDe = (v: Parameters<typeof termesDe>[0], aujourdhui: string): Terme | null => termesDe(v, aujourdhui).at(-1) ?? null;
/** The term in which the act would cease on that day, when its renewal was acquired already: it is true only of what was said before its limit. */
export const termeAcquis = (v: Parameters<typeof termesDe>[0], jour: string, aujourdhui: string): { avant: Terme; apres: Terme } | null => {
  const termes = termesDe(v, aujourdhui);
  const n = termes.findIndex((t) => jour <= t.fin);
  const [avant, apres] = [termes[n], termes[n + 1]];
  return avant && apres ? { avant, apres } : null;
};

/** Days before the last one to act when an act is said « à renouveler ». */
const AVERTIR_JOURS = 90;

export function etatDe(v: Vie, aujourdhui: string): Etat {
  if (v.remplaceeLe !== null && v.remplaceeLe <= aujourdhui) return 'remplacee';
  if (v.denonceeLe !== null && v.denonceeLe <= aujourdhui) return 'denoncee';
  if (estContestee(v)) return 'contestee';
  if (sOuvre(v.nature) && v.signees === 0 && v.quittes > 0) return 'quittee';
  // Nothing shows what was signed, or what holds since that day.
  if (v.textes === 0 && (seSigne(v.nature) ? v.signees > 0 : v.effet !== null && v.effet <= aujourdhui)) return 'sans-texte';
  const effet = effetDe(v);
  if (!entiere(v) && v.ravisees > 0 && v.signees + v.ravisees === v.parties) return 'ravisee';
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
