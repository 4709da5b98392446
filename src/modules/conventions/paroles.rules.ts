/**
 * What is said in the name of a party, and what it is worth: whoever noted it, the party named alone says that it is its own. Pure.
 *
 *   notée (by another) -> confirmée | contestée (by the party) ; contestée -> confirmée (by the party)
 *   any -> corrigée, dates (of a signature), annulée
 *   quittee: what was noted, besides a signature, of a party that left before it answered, or after it denied what was asked of all: nothing hangs on it
 *   any more; it is as it was before, once the party takes its withdrawal back
 *   suspendue: a signature noted after its party left, or took its own back: it waits for the party, which contested nothing
 *
 * Once a party denied it, nothing that another writes makes it count: cancelled, noted again, of another day, it waits for the party. A signature
 * that is noted counts meanwhile, and says that it is to be confirmed; anything else counts for nothing before the party said so.
 */
export type ActeDeParole = 'notee' | 'confirmee' | 'contestee' | 'corrigee' | 'dates' | 'annulee';
/** Where it stands. */
export type EtatDeParole = 'notee' | 'confirmee' | 'contestee' | 'suspendue' | 'annulee' | 'quittee';
export type GenreDeParole = 'signature' | 'retrait' | 'promesse' | 'tenu' | 'avenant' | 'revue' | 'denonciation' | 'correction';

export interface Parole {
  /** Null: nothing was said. */
  etat: EtatDeParole | null;
  /** What the last word of the party itself was, when it is not a yes: it denied it, took it back, left. */
  refus: Refus | null;
}
export type Refus = 'contestee' | 'annulee' | 'retrait';
export const SILENCE: Parole = { etat: null, refus: null };

/** Of these, the party that said so may take it back: the act is then as it was before. */
const REPRISES: readonly GenreDeParole[] = ['signature', 'retrait', 'denonciation'];
/** May that be said, by the party or by another? */
export function peutDire(genre: GenreDeParole, acte: ActeDeParole, p: Parole, parElle: boolean): boolean {
  const dite = p.etat !== null && p.etat !== 'annulee' && p.etat !== 'quittee';
  switch (acte) {
    case 'notee':
      return genre === 'signature' ? !dite : p.etat === null;
    case 'confirmee':
      return parElle && dite && p.etat !== 'confirmee';
    case 'contestee':
      return parElle && (p.etat === 'notee' || p.etat === 'suspendue' || (p.etat === 'contestee' && p.refus === null));
    case 'annulee':
      // What a party said of itself is not taken back by another; papers of signatures are corrected by who keeps them, and the party is told.
      return dite && (genre === 'signature' || p.etat !== 'confirmee' || (parElle && REPRISES.includes(genre)));
    default:
      return genre === 'signature' && dite;
  }
}
/** After this act. What the party denied stays so, whatever another writes. */
export function apres(acte: ActeDeParole, avant: Parole, parElle: boolean): Parole & { etat: EtatDeParole } {
  if (parElle) {
    if (acte === 'annulee' || acte === 'contestee') return { etat: acte, refus: acte };
    return { etat: 'confirmee', refus: null };
  }
  if (acte === 'annulee') return { etat: 'annulee', refus: avant.refus };
  const refus = avant.refus ?? (avant.etat === 'contestee' ? 'contestee' : avant.etat === 'suspendue' ? 'retrait' : null);
  return { etat: refus === null ? 'notee' : refus === 'contestee' ? 'contestee' : 'suspendue', refus };
}
/** Does it count now? */
export const compte = (genre: GenreDeParole, etat: EtatDeParole | null): boolean => etat === 'confirmee' || (genre === 'signature' && etat === 'notee');
/** A party named again after it left starts with its last word: one that denied, or left, is not bound by what another notes. */
export const renommee = (signature: Parole, retrait: Parole): Parole => ({
  etat: null,
  refus: compte('retrait', retrait.etat) ? 'retrait' : signature.refus,
});
/** Of these, each party is asked, and who keeps the act takes the whole back. */
const COLLECTIFS: readonly GenreDeParole[] = ['avenant', 'revue', 'correction'];
export const estCollectif = (genre: GenreDeParole): boolean => COLLECTIFS.includes(genre);
/** Changes of the act itself: each party that is there until it counts is asked. */
export const estChangement = (genre: GenreDeParole): boolean => genre === 'avenant' || genre === 'correction';
/** Of the whole act: said for every place where it holds, or not said. */
export const vautPartout = (genre: GenreDeParole): boolean => genre === 'retrait' || genre === 'denonciation' || estChangement(genre);
/** Closed with the withdrawal of its party: what waits for it, and of a change what it denied, which stops those that stay no more. */
export const seFermeEnPartant = (genre: GenreDeParole, etat: EtatDeParole): boolean =>
  genre !== 'retrait' && (etat === 'notee' || (etat === 'contestee' && estChangement(genre)));
/** Of what several say, when one that left is back: asked of it again, settled without it, or taken back from all. */
export const auRetour = (genre: GenreDeParole, etats: readonly EtatDeParole[]): 'rouverte' | 'acquise' | 'retiree' =>
  !estCollectif(genre) ? 'rouverte' : etats.includes('annulee') ? 'retiree' : estChangement(genre) && ensemble(etats) ? 'acquise' : 'rouverte';
const quiRestent = (etats: readonly EtatDeParole[]) => etats.filter((e) => e !== 'quittee');
/**
 * What several say together (an avenant, the outcome of a review): when each of them that stays did, one at least. Nobody asked: on the word of who
 * notes it.
 */
export const ensemble = (etats: readonly EtatDeParole[]): boolean => {
  const restent = quiRestent(etats);
  return etats.length === 0 || (restent.length > 0 && restent.every((e) => e === 'confirmee'));
};
/** Is one of them still expected? A denied one waits for who noted it to take it back; once taken back, nothing is. */
export const attendue = (etats: readonly EtatDeParole[]): boolean => quiRestent(etats).length > 0 && !ensemble(etats) && !etats.includes('annulee');

interface Dite {
  /** Null: a name that is in no directory, that nobody can answer for. */
  organisationId: string | null;
  signeeLe: string | null;
  etat: EtatDeParole | null;
  /** The last thing that was said of it. */
  acte: ActeDeParole | null;
}
/** Who must say something now of a signature: the party named, or whoever keeps the act. */
export function attendDe(s: Dite): 'partie' | 'porteur' | null {
  if (s.signeeLe === null || s.etat === 'confirmee' || s.organisationId === null) return null;
  return s.etat === 'contestee' && s.acte === 'contestee' ? 'porteur' : 'partie';
}
/** Days to say that a signature is one's own, or to settle one that is contested. */
export const DELAI_DE_REPONSE = 30;
