/** A body, as its readers read it. */
import type { Confidentialite, Qualite } from './instances.rules.ts';

export interface Instance {
  id: string;
  /** Kind in the contract's catalogue. */
  type: string | null;
  nom: string;
  territoireId: string;
  porteurId: string;
  objet: string;
  confidentialite: Confidentialite;
  cadenceMois: number | null;
  vote: boolean;
  fiches: string[];
  lieu: string;
  /** `HH:MM` usual hour. */
  heure: string;
  dureeMinutes: number;
  version: number;
  modifiePar: string;
  modifieLe: Date | null;
  /** Day it was created, and day it ended. */
  depuis: string;
  closeLe: string | null;
  /** Seats held today by the person who asks. */
  sieges: Qualite[];
}

export interface Lecteur {
  courriel: string;
  aujourdhui: string;
}
