import type { MotsPourQuitter } from '../../../core/http/http.ts';

/** The words of the pages of help in one language: nothing of a contract. */
export interface Mots extends MotsPourQuitter {
  /** BCP 47. */
  langue: string;
  /** Its own name, as its speakers look for it. */
  nom: string;
  /** Who reviewed these words, a native speaker (a reader concerned, for easy French); null: nobody yet, and the page says so. */
  relu: string | null;
  /** Neutral: what a history or a tab shows. */
  titrePage: string;
  urgence: string;
  titres: Readonly<Record<'urgence' | 'aide', string>>;
  chapos: Readonly<Record<'urgence' | 'aide', string>>;
  versUrgence: string;
  versAide: string;
  autresLangues: string;
  aRelire: string;
  trace: string;
  appeler: string;
  ecrire: string;
  toujours: string;
  tousLesJours: string;
  horairesInconnus: string;
  prix: Readonly<Record<'gratuit' | 'local' | 'operateur' | 'inconnu', string>>;
  anonyme: string;
  confidentiel: string;
  precisions: string;
  repond: string;
  langues: string;
  languesInconnues: string;
  source: string;
  sansDate: string;
  /** Before a day and an institution. */
  verifie: string;
  nonVerifie: string;
}
