/** The columns of the workbook: written and read by the same names. Pure. */
import { cleTexte } from '../../../core/mots.ts';
import type { EtatPropose } from '../ligne.ts';

export const COLONNES = {
  chiffre: 'Chiffre',
  territoire: 'Territoire',
  detail: 'Détail',
  periode: 'Période',
  unite: 'Unité',
  derniere: 'Dernière valeur',
  reponse: 'Votre réponse',
  etat: 'État',
  commentaire: 'Commentaire',
} as const;
export type Colonne = keyof typeof COLONNES;
export const ORDRE = Object.keys(COLONNES) as Colonne[];

export const FEUILLE = 'À remplir';
export const AIDE = 'Mode d’emploi';
export const DEFINITIONS = 'Définitions';

/** In place of an answer that no cell can hold. */
export const A_DEPOSER = 'À déposer sur votre page';

export const ETATS: Readonly<Record<EtatPropose, string>> = { valeur: 'Connu', secret: 'Secret statistique', sans_objet: 'Sans objet' };
const MOTS_D_ETAT: Readonly<Record<string, EtatPropose>> = {
  '': 'valeur',
  connu: 'valeur',
  connue: 'valeur',
  valeur: 'valeur',
  'secret statistique': 'secret',
  secret: 'secret',
  'sans objet': 'sans_objet',
  so: 'sans_objet',
  's o': 'sans_objet',
};
/** Null for a word that is none of the list. */
export const lireEtat = (t: string): EtatPropose | null => MOTS_D_ETAT[cleTexte(t)] ?? (t.trim() === '' ? 'valeur' : null);

/**
 * What says of a file which template it is: the heading of the hidden column of line keys. There and not in a hidden sheet, which a CSV, an
 * .ods or a sheet copied elsewhere would lose.
 */
export interface Timbre {
  version: number;
  campagne: string;
  institution: string;
}
export const VERSION = 1;
const DEBUT = 'concorde-collecte';
export const ecrireTimbre = (t: Timbre): string => [DEBUT, t.version, encodeURIComponent(t.campagne), encodeURIComponent(t.institution)].join(' ');
/** Null for any other heading. */
export function lireTimbre(titre: string): Timbre | null {
  const [debut, version, campagne, institution, ...reste] = titre.trim().split(/\s+/);
  if (debut !== DEBUT || reste.length > 0 || !/^\d{1,4}$/.test(version ?? '')) return null;
  try {
    return { version: Number(version), campagne: decodeURIComponent(campagne ?? ''), institution: decodeURIComponent(institution ?? '') };
  } catch {
    return null;
  }
}

/** `C12`: how spreadsheets name a cell. `colonne` from 0, `ligne` from 1. */
export function nomDeCellule(colonne: number, ligne: number): string {
  let nom = '';
  for (let c = colonne + 1; c > 0; c = Math.floor((c - 1) / 26)) nom = String.fromCharCode(65 + ((c - 1) % 26)) + nom;
  return `${nom}${ligne}`;
}
