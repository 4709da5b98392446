/**
 * What a signature is worth: whoever noted it, the party named alone says that it is its own. Pure.
 *
 *   notée (by another) -> confirmée | contestée (by the party) ; contestée -> confirmée (by the party) ; any -> corrigée, annulée
 */
export type ActeDeSignature = 'notee' | 'confirmee' | 'contestee' | 'corrigee' | 'annulee';
/** Where it stands. A contested one counts for nothing until the party says otherwise. */
export type EtatDeSignature = 'notee' | 'confirmee' | 'contestee' | 'annulee';

/** After this act. A correction by another never lifts what the party contested. */
export function etatApres(acte: ActeDeSignature, avant: EtatDeSignature | null, parElle: boolean): EtatDeSignature {
  if (acte === 'annulee' || acte === 'confirmee' || acte === 'contestee') return acte;
  if (parElle) return 'confirmee';
  return acte === 'corrigee' && avant === 'contestee' ? 'contestee' : 'notee';
}

interface Dite {
  /** Null: a name that is in no directory, that nobody can answer for. */
  organisationId: string | null;
  signeeLe: string | null;
  etat: EtatDeSignature | null;
  /** The last thing that was said of it. */
  acte: ActeDeSignature | null;
}
/** Who must say something now: the party named, or whoever keeps the act. */
export function attendDe(s: Dite): 'partie' | 'porteur' | null {
  if (s.signeeLe === null || s.etat === 'confirmee' || s.organisationId === null) return null;
  return s.etat === 'contestee' && s.acte === 'contestee' ? 'porteur' : 'partie';
}
/** Days to say that a signature is one's own, or to settle one that is contested. */
export const DELAI_DE_REPONSE = 30;
