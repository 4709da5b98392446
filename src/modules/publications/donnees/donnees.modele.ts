/** All the figures of one fiche, as they are handed to whoever wants to use them again. */
import type { SerieBilan } from '../bilan/bilan.modele.ts';

/** One figure: one measure, one territory, one year. The state stands apart from the value. */
export interface LigneDeDonnees {
  mesure: string;
  indicateur: string;
  nom: string;
  territoireId: string;
  territoire: string;
  annee: string;
  etat: string;
  valeur: number | null;
  unite: string;
  texte: string | null;
  /** Records counted whose quantity is unknown: the value is « au moins ». */
  sansQuantite: number | null;
  /** Of a collected figure: validated by somebody else than its author, or waiting. */
  validation: string;
  /** « 12 sur 17 »: the value is « au moins ». */
  contributions: string;
  /** What remains to be known of it: who owes it, since when or for when; what it leaves out. */
  reserve: string;
}

export interface MesureDecrite {
  id: string;
  nom: string;
  libelle: string;
  indicateur: string;
  unite: string;
  obtention: string;
  /** How it is counted, or who gives it. */
  source: string;
}

export interface DonneesDeFiche {
  contrat: string;
  numero: string;
  titre: string;
  annees: readonly string[];
  auteurs: string;
  editeLe: string;
  /** Public address of the page that these data come from. */
  adresse: string;
  licence: { nom: string; adresse: string };
  demonstration: boolean;
  lignes: readonly LigneDeDonnees[];
  mesures: readonly MesureDecrite[];
  limites: readonly string[];
  graphiques: readonly { mesure: string; serie: SerieBilan }[];
}
