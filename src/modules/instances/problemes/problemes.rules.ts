/** The life of a problem that a body follows. Pure. */
import { trouverSuspects } from '../../documents/index.ts';

export const ETATS_PROBLEME = { ouvert: 'ouvert', en_cours: 'en cours', resolu: 'résolu', abandonne: 'abandonné' } as const;
export type EtatProbleme = keyof typeof ETATS_PROBLEME;
export const estClos = (e: EtatProbleme): boolean => e === 'resolu' || e === 'abandonne';

/** Words of a public sentence that may tell of a person: forms of names and numbers, and those who sit in the body. `connus`: what is nobody. */
export function nomsDans(phrase: string, membres: readonly string[], connus: Iterable<string> = []): string[] {
  const formes = new Set(membres.flatMap((n) => [n.trim(), n.trim().split(/\s+/).at(-1) ?? '']).filter((n) => [...n].length >= 3 && /^\p{Lu}/u.test(n)));
  const autres = [...formes].map(
    (n) => new RegExp(`(?<![\\p{L}\\p{N}-])${n.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/\s+/g, '\\s+')}(?![\\p{L}\\p{N}-])`, 'giu'),
  );
  return [...new Set(trouverSuspects(phrase, { autres, connus }).map((s) => s.passage))];
}
