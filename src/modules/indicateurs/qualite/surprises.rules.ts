/** Warnings as a form of one figure shows them: by row, with a field to explain each. Pure. */
import type { CadreDeSaisie } from '../saisie/saisie.cadre.ts';
import { type Avertissement, cleDeCellule } from './qualite.types.ts';
import type { Expliquer } from './reponses.rules.ts';

export interface Surprise {
  suffixe: string;
  libelle: string;
  /** To be explained; what is refused is told with the field of the value. */
  avertissements: readonly Avertissement[];
  /** What was typed, else what was said of the same figure before. */
  dite: string;
}

const EXPLICATION = 'explication';
export const champsExpliques = (champs: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(champs).filter(([nom, dite]) => nom.startsWith(EXPLICATION) && dite.trim() !== ''));

export function expliquerParChamp(k: CadreDeSaisie, champs: Readonly<Record<string, string>>): Expliquer {
  const dites = new Map(k.rangees.map((r) => [cleDeRangee(k, r), champs[`${EXPLICATION}${r.suffixe}`]]));
  return (a) => dites.get(a.cellule);
}
const cleDeRangee = (k: CadreDeSaisie, r: CadreDeSaisie['rangees'][number]) => cleDeCellule({ ...r, mesureId: k.mesure.id, periode: k.periode });

/** Rows that wait for an explanation, and those of which one is typed. */
export function surprendre(k: CadreDeSaisie, avertissements: readonly Avertissement[], champs: Readonly<Record<string, string>>): Surprise[] {
  return k.rangees.flatMap((r) => {
    const siens = avertissements.filter((a) => a.cellule === cleDeRangee(k, r) && a.gravite === 'a_expliquer' && a.explication === null);
    const typee = champs[`${EXPLICATION}${r.suffixe}`];
    if (siens.length === 0 && (typee ?? '').trim() === '') return [];
    return [{ suffixe: r.suffixe, libelle: r.libelle, avertissements: siens, dite: typee ?? siens.flatMap((a) => a.precedente ?? [])[0] ?? '' }];
  });
}
