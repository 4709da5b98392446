/** What a body passes to another, from its sending to its answer. Pure. */
import type { Confidentialite } from '../instances.rules.ts';

export const NATURES_REMONTEE = { proposition: 'Proposition', avis: 'Avis', point: 'Point à examiner' } as const;
export type NatureRemontee = keyof typeof NATURES_REMONTEE;

export const ETATS_REMONTEE = {
  transmise: 'sans réponse',
  inscrite: 'à l’ordre du jour',
  decidee: 'décidée',
  refusee: 'refusée',
  retiree: 'retirée',
} as const;
export type EtatRemontee = keyof typeof ETATS_REMONTEE;
export const attendUneReponse = (e: EtatRemontee): boolean => e === 'transmise' || e === 'inscrite';

/** Days that the other body has: from the sending, and after the session that deals with it. */
export const REPONDRE_APRES = 30;
export const REPONDRE_APRES_SEANCE = 15;

/** Said to everybody who reads the other body: a restricted one is never named there. */
export const nomDit = (i: { nom: string; confidentialite: Confidentialite }): string =>
  i.confidentialite === 'restreinte' ? 'une instance restreinte' : i.nom;
