/**
 * The states of a situation and the day when it is destroyed.
 *
 *   recue -> recevable -> examinee -> suivie -> close
 *
 *   `examinee` comes from a session alone: the item that closes makes it.
 *   any state before `close` may go to `close`: not for this cell, no follow-up, follow-up ended
 */
import { ajouterMois, plusJours } from '../../../core/jours.ts';
import type { Durees } from '../charte/charte.rules.ts';
import type { Genre, Titre } from '../charte/charte.schema.ts';

export const ETATS = { recue: 'Reçue', recevable: 'Recevable', examinee: 'Examinée', suivie: 'Suivie', close: 'Close' } as const;
export type Etat = keyof typeof ETATS;
export const SUITES: Readonly<Record<Etat, readonly Etat[]>> = {
  recue: ['recevable', 'close'],
  recevable: ['close'],
  examinee: ['suivie', 'close'],
  suivie: ['close'],
  close: [],
};
/** By which right a member reads it now. `motif`: what is closed is read with a reason, which is not given yet. */
export function titreDe(s: { etat: Etat; designe: boolean; seanceId: string | null; secours: string | null; archive: string | null }): Titre | 'motif' | null {
  if (s.designe) return s.etat !== 'close' ? 'designe' : s.archive ? 'archive' : 'motif';
  if (s.seanceId) return 'present';
  return s.secours ? 'secours' : null;
}
export const COMPTEUR_DE = { recue: 'recues', recevable: 'recevables', examinee: 'examinees', suivie: 'suivies', close: 'closes' } as const;

const plusTot = (a: string, b: string): string => (a < b ? a : b);

/**
 * The last day that age allows; null when the kind of cell sets none, or the month of birth is not given. `recul`: days before it, that only
 * the situation's key makes, since this day is in clear and would tell the month.
 */
const plafondDe = (g: Genre, n: Naissance | null): string | null =>
  g.age && n ? plusJours(ajouterMois(`${n.mois}-01`, g.age.limite * 12 + g.age.apres_mois), -n.recul) : null;
/** `mois`: `YYYY-MM`. */
export interface Naissance {
  mois: string;
  recul: number;
}

/** Computed when it enters; a follow-up moves it to the longest follow-up, its end brings it back. Never past what age allows. */
export function destructionDe(o: {
  genre: Genre;
  durees: Durees;
  jour: string;
  etat: Etat;
  avant: { etat: Etat; le: string } | null;
  naissance: Naissance | null;
}): string {
  const plafond = plafondDe(o.genre, o.naissance);
  const { durees: d, jour, avant } = o;
  const prevue =
    o.etat === 'suivie'
      ? ajouterMois(jour, d.suiviMois)
      : avant === null
        ? ajouterMois(jour, d.sansSuiteMois)
        : o.etat === 'close' && avant.etat === 'suivie'
          ? plusTot(avant.le, ajouterMois(jour, d.apresSuiviMois))
          : avant.le;
  return plafond && plafond < prevue ? plafond : prevue;
}

/** Until when informing may wait for that reason; null when it has waited as long as the charter allows since the situation entered. */
export function borneDuDiffere(d: { jours: number; cumul_jours: number }, o: { creeeLe: string; aujourdhui: string }): string | null {
  const borne = plusTot(plusJours(o.aujourdhui, d.jours), plusJours(o.creeeLe, d.cumul_jours));
  return borne > o.aujourdhui ? borne : null;
}
interface Dite {
  qui: 'personne' | 'parents';
  le: string;
  avantLe: string | null;
}
export interface EtatDInformation {
  qui: Dite['qui'];
  /** Told on that day, whatever was put off before or since. */
  faiteLe: string | null;
  avantLe: string | null;
}
/** For each of the two, in the order of what was written: informed once is informed; put off, the last day that was said. */
export const etatDInformation = (dites: readonly Dite[]): EtatDInformation[] =>
  (['personne', 'parents'] as const).flatMap((qui) => {
    const siennes = dites.filter((d) => d.qui === qui);
    if (siennes.length === 0) return [];
    return [{ qui, faiteLe: siennes.find((d) => d.avantLe === null)?.le ?? null, avantLe: siennes.findLast((d) => d.avantLe !== null)?.avantLe ?? null }];
  });
/**
 * Why it may not be followed yet; null when whoever must know was informed, or a stated reason still puts it off. For a minor the parents must know: telling
 * the minor alone is not enough.
 */
export function manqueDInformation(dites: readonly Dite[], s: { aInformer: Dite['qui'] }, aujourdhui: string): string | null {
  const etat = etatDInformation(dites).find((e) => e.qui === s.aInformer);
  if (etat && (etat.faiteLe !== null || (etat.avantLe !== null && etat.avantLe >= aujourdhui))) return null;
  return s.aInformer === 'parents'
    ? 'Avant de la suivre, notez que les parents sont informés, ou pourquoi pas encore : c’est plus bas, « Information de la personne ».'
    : 'Avant de la suivre, notez que la personne est informée, ou pourquoi pas encore : c’est plus bas, « Information de la personne ».';
}
/** The day by which it was owed is over: from the entry, or from the last reason that was stated. */
export function informationDepassee(dites: readonly Dite[], s: { aInformer: Dite['qui']; informationAvant: string }, aujourdhui: string): string | null {
  const etat = etatDInformation(dites).find((e) => e.qui === s.aInformer);
  const avant = etat?.avantLe ?? s.informationAvant;
  return etat?.faiteLe || avant >= aujourdhui ? null : avant;
}
export const informationEnRetard = (e: EtatDInformation, aujourdhui: string): boolean => e.faiteLe === null && e.avantLe !== null && e.avantLe < aujourdhui;
