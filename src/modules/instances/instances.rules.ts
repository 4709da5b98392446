/** Words and rules of bodies and sessions. Pure: no clock, no database. */
import { rangDeMois } from '../../core/jours.ts';
import { ajouterMois } from '../echeances/index.ts';

/** Who may see that it exists, its calendar and its minutes. */
export const CONFIDENTIALITES = {
  publique: { libelle: 'publique', sens: 'Son calendrier et ses relevés publiés sont lus de tous.' },
  partenaires: { libelle: 'partenaires', sens: 'Toute personne qui travaille sur le contrat la voit.' },
  restreinte: { libelle: 'restreinte', sens: 'Seuls ses membres et la coordination la voient.' },
  nommee: { libelle: 'nommée seulement', sens: 'On sait qu’elle s’est réunie et combien de personnes étaient là ; rien d’autre n’est gardé ici.' },
} as const;
export type Confidentialite = keyof typeof CONFIDENTIALITES;
/** From the most closed to the most open. */
export const OUVERTURE: readonly Confidentialite[] = ['restreinte', 'nommee', 'partenaires', 'publique'];
export const estPlusOuverte = (a: Confidentialite, b: Confidentialite): boolean => OUVERTURE.indexOf(a) > OUVERTURE.indexOf(b);
/** What was recorded under a promise keeps it, and a body that closes closes its past with it. */
export const laPlusFermee = (a: Confidentialite, b: Confidentialite): Confidentialite => (estPlusOuverte(a, b) ? b : a);
/** Those that hide nothing from the readers of this one. */
export const aussiOuvertes = (c: Confidentialite): readonly Confidentialite[] => OUVERTURE.slice(OUVERTURE.indexOf(c));

export const QUALITES = { president: 'Présidence', secretaire: 'Secrétariat', membre: 'Membre', invite: 'Invité' } as const;
export type Qualite = keyof typeof QUALITES;

/**
 * Life of a session:
 *
 *   preparation -> convoquee -> ouverte -> relecture -> figee
 *        |             |                      ^           |
 *        +---> annulee <+                     +-----------+  rectificatif only
 *
 * `declaree`: entered after the fact, without preparation.
 */
export const ETATS_SEANCE = {
  preparation: 'en préparation',
  convoquee: 'convoquée',
  ouverte: 'en cours',
  relecture: 'en relecture',
  figee: 'relevé arrêté',
  annulee: 'annulée',
  declaree: 'déclarée',
} as const;
export type EtatSeance = keyof typeof ETATS_SEANCE;

/** Months since the last session, against the cadence promised. Days are `YYYY-MM-DD`. */
export interface Cadence {
  /** `jamais`: no session at all; `due`: past the longest time; `bientot`: within a month of it; `tue`: the reader may not know them all. */
  etat: 'sans' | 'tue' | 'jamais' | 'due' | 'bientot' | 'tenue';
  mois: number | null;
  /** Day by which it should meet. */
  limite: string | null;
}

function moisEntre(de: string, a: string): number {
  let n = rangDeMois(a) - rangDeMois(de);
  if (ajouterMois(de, n) > a) n -= 1;
  return Math.max(0, n);
}

/** `derniere`: last day it met; `prochaine`: next day planned; `depuis`: day from which it should meet when it never did. */
export function cadenceDe(
  o: { mois: number | null; derniere: string | null; prochaine: string | null; depuis: string; reservees?: boolean | undefined },
  aujourdhui: string,
): Cadence {
  if (o.mois === null) return { etat: 'sans', mois: null, limite: null };
  if (o.reservees) return { etat: 'tue', mois: null, limite: null };
  const limite = ajouterMois(o.derniere ?? o.depuis, o.mois);
  const mois = o.derniere ? moisEntre(o.derniere, aujourdhui) : null;
  if (o.prochaine && o.prochaine <= limite) return { etat: 'tenue', mois, limite };
  if (limite < aujourdhui) return { etat: o.derniere ? 'due' : 'jamais', mois, limite };
  return { etat: limite < ajouterMois(aujourdhui, 1) ? 'bientot' : 'tenue', mois, limite };
}
