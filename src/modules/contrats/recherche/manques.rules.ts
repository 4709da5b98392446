/**
 * Which words of a query that found nothing may be counted. A query is never kept, for it may name someone; a word alone is counted by days,
 * and written only once it was asked on `JOURS_AVANT_D_ECRIRE` of them (decision 37). Pure.
 */
import { motsPleins, normaliser } from './mots.rules.ts';

/** Different days before a word is written: a name that someone looks for is not asked day after day by the public. */
export const JOURS_AVANT_D_ECRIRE = 5;
const MOTS_AU_PLUS = 4;
/** What comes before a person's name. */
const CIVILITES = /^(m|mr|mme|mlle|monsieur|madame|mademoiselle|docteur|dr|maitre|me|famille|nom|prenom)$/;

/** None of a query that has an address, a telephone number, a title before a name, or capitals elsewhere than on its first word. */
export function motsComptables(saisie: string): string[] {
  const dits = saisie.trim().split(/[\s’']+/);
  if (/[@/\\_]|\d/.test(saisie) || dits.length > 8) return [];
  if (dits.slice(1).some((m) => /\p{Lu}/u.test(m)) || dits.some((m) => CIVILITES.test(normaliser(m)))) return [];
  return [...new Set(motsPleins(saisie).filter((m) => /^[a-z]{4,24}$/.test(m)))].slice(0, MOTS_AU_PLUS);
}
