/** Where the headings of an export are: its first line, or under what someone wrote above (`sep=;`, a title). Pure. */
import { invalide } from '../../../core/errors.ts';
import { type Colonne, lireEntete } from './dialecte.rules.ts';

/** Lines among which the headings are looked for. */
export const TITRES_AU_PLUS = 30;

interface TitresTrouves {
  /** Where they begin in the text, and how many lines are above. */
  debut: number;
  avant: number;
  separateur: string;
  largeur: number;
  colonnes: Partial<Record<Colonne, number>>;
}

/** Throws when none of these lines holds them. */
export function trouverTitres(texte: string): TitresTrouves {
  let debut = 0;
  let refus: string[] | null = null;
  for (const [avant, ligne] of texte.split('\n', TITRES_AU_PLUS).entries()) {
    const separateur = [';', '\t', ',', '|'].find((s) => ligne.split(s).length > 3);
    const noms = separateur ? ligne.split(separateur).map((n) => n.trim().replace(/^"|"$/g, '')) : [];
    const { colonnes, manquantes } = lireEntete(noms);
    if (separateur && manquantes.length === 0) return { debut, avant, separateur, largeur: noms.length, colonnes };
    if (ligne.trim() !== '') refus ??= manquantes;
    debut += ligne.length + 1;
  }
  throw invalide(`Ce fichier n’est pas un export Dans Ma Rue : il lui manque la colonne ${(refus ?? []).join(', ')}. Rien n’a été importé.`);
}
