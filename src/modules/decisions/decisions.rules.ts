/** What becomes of a decision or an action. Pure. */
import type { TypeInstance } from '../contrats/index.ts';

/** The object that made it: its kind, declared by the module that owns it, and which one. */
export interface RefOrigine {
  genre: string;
  id: string;
}
/** Promised to those who decide: the words of the contract. */
export type Confidentialite = TypeInstance['confidentialite'];

export const NATURES = { decision: 'décision', action: 'action' } as const;
export type Nature = keyof typeof NATURES;

/**
 * States of a decision or action. From any open state to any other; closing needs the evidence (fait) or the reason
 * (abandonne); a closed one may be reopened, with its former version kept.
 */
export const ETATS_DECISION = { a_faire: 'à faire', en_cours: 'en cours', bloque: 'bloquée', fait: 'faite', abandonne: 'abandonnée' } as const;
export type EtatDecision = keyof typeof ETATS_DECISION;
export const estClose = (e: EtatDecision): boolean => e === 'fait' || e === 'abandonne';

/** Where it is, by its state alone: « bloquée », and beside it that its date is past. The same words on every page and in every document. */
export const direEtat = (d: { echeance: string | null; etat: EtatDecision }, aujourdhui: string): string =>
  estEnRetard(d, aujourdhui) ? `${ETATS_DECISION[d.etat]}, en retard` : ETATS_DECISION[d.etat];
/** What goes with the state, said for what it is. */
export function direSuite(d: { etat: EtatDecision; condition: string; preuve: string; motif: string }): string {
  if (d.etat === 'bloque') return `Pour débloquer : ${d.condition}`;
  if (d.etat === 'fait') return `Preuve : ${d.preuve}`;
  return d.etat === 'abandonne' ? `Motif : ${d.motif}` : '';
}

/** « D12 », « A3 ». */
export const numeroEcrit = (d: { nature: Nature; numero: number }): string => `${d.nature === 'decision' ? 'D' : 'A'}${d.numero}`;
/** Past its date and still open. */
export const estEnRetard = (d: { echeance: string | null; etat: EtatDecision }, aujourdhui: string): boolean =>
  !estClose(d.etat) && d.echeance !== null && d.echeance < aujourdhui;
