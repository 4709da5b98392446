/** What is asked of a producer, one line for each value, and what comes back by any way in: workbook, pasted rows, letter. */
import type { Mesure } from '../contrats/index.ts';
import type { CleDeVentilation } from '../indicateurs/index.ts';

export interface LigneDemandee {
  mesureId: string;
  titre: string;
  unite: string;
  /** What the figure is (a count, a share, a delay): what may be written in its cell. */
  nature: Mesure['nature'];
  definition: string;
  genre: 'nombre' | 'texte' | 'document';
  periode: string;
  debiteur: string;
  territoireId: string;
  territoire: string;
  ventilation: CleDeVentilation;
  /** Of the breakdown; empty for the whole. */
  libelle: string;
  /** The last value given before this one, and its period, in words. */
  derniere: { periode: string; dit: string } | null;
  /** What is in force for this very period. */
  actuelle: { etat: EtatPropose; nombre: number | null; texte: string } | null;
}

export type EtatPropose = 'valeur' | 'secret' | 'sans_objet';

export interface ValeurProposee {
  ligne: CleDeLigne;
  etat: EtatPropose;
  nombre: number | null;
  texte: string;
  commentaire: string;
}

/** `mesureId|debiteur|territoireId|periode|ventilation`. */
export type CleDeLigne = string;
export const cleDeLigne = (l: Pick<LigneDemandee, 'mesureId' | 'debiteur' | 'territoireId' | 'periode' | 'ventilation'>): CleDeLigne =>
  [l.mesureId, l.debiteur, l.territoireId, l.periode, l.ventilation].join('|');
