/** Whether each warning is answered: corrected, or explained in a sentence. Pure. */
import type { Avertissement } from './qualite.types.ts';

/** What the author says of a warning, if anything; a form says it once for a contribution (`cellule`). */
export type Expliquer = (a: Avertissement) => string | undefined;

const EXPLICATION_MIN = 10;
export const EXPLICATION_MAX = 500;

/** The sentence to keep, null when there is none that holds. */
export function explicationDe(a: Avertissement, expliquer: Expliquer): string | null {
  const dite = (expliquer(a) ?? '').trim().replaceAll('\r\n', '\n');
  return dite.length >= EXPLICATION_MIN && dite.length <= EXPLICATION_MAX ? dite : null;
}

export interface ResteADire {
  avertissement: Avertissement;
  /** What is wrong, where, and what to do. */
  message: string;
}
/** Warnings that keep the lot from being recorded: refused whatever is said, or not explained yet. */
export function resteADire(avertissements: readonly Avertissement[], expliquer: Expliquer): ResteADire[] {
  return avertissements.flatMap((avertissement) => {
    if (avertissement.gravite === 'refus') return [{ avertissement, message: `${avertissement.message} Corrigez-le.` }];
    if (avertissement.explication !== null || explicationDe(avertissement, expliquer) !== null) return [];
    const dite = (expliquer(avertissement) ?? '').trim() !== '';
    const faire = dite ? `Expliquez-le en une phrase, de ${EXPLICATION_MIN} à ${EXPLICATION_MAX} caractères.` : 'Corrigez-le, ou expliquez-le en une phrase.';
    return [{ avertissement, message: `${avertissement.message} ${faire}` }];
  });
}
