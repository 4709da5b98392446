/** Shapes shared by the components. */
import type { ReactNode } from 'react';

export interface Lien {
  libelle: string;
  href: string;
}

/** A wrong field of a form: `champ` is the field's name. */
export interface ErreurDeChamp {
  champ: string;
  message: string;
}

/** One example of a component, shown in the gallery and rendered by the tests. */
export interface Example {
  nom: string;
  rendu: ReactNode;
}

/** `attendu`: not due yet; `manquant`: late; `non_ventile`: does not exist for this part, owed by nobody. */
type EtatChiffre = 'valeur' | 'zero' | 'attendu' | 'manquant' | 'non_ventile' | 'secret' | 'sans_objet';
/** As it is drawn; `donne`: given, and waiting for its validation: neither awaited nor late. */
export type EtatDessine = EtatChiffre | 'donne';
/** Every state in a word: pages, tables and files say the same. */
export const MOTS_DES_ETATS: Readonly<Record<EtatDessine, string>> = {
  valeur: 'valeur',
  zero: 'zéro',
  attendu: 'attendu',
  manquant: 'manquant',
  non_ventile: 'non ventilé',
  secret: 'secret',
  sans_objet: 'sans objet',
  donne: 'à valider',
};

/** A figure as charts and maps take it. `valeur` is null in every state but `valeur` and `zero`. */
export interface Mesure {
  etat: EtatDessine;
  valeur: number | null;
}

export const erreurDe = (erreurs: readonly ErreurDeChamp[] | undefined, champ: string): string | undefined => erreurs?.find((e) => e.champ === champ)?.message;

/** Joins class names, leaving out what is not set. */
export const cx = (...noms: readonly (string | false | null | undefined)[]): string => noms.filter(Boolean).join(' ');

/** The words that a table has for a code which came by an address; null for any other text, `__proto__` and its like included. */
export const motDe = (table: Readonly<Record<string, string>>, code: string): string | null => (Object.hasOwn(table, code) ? (table[code] ?? null) : null);
