/** Shapes of what the tables hold, shared by queries and pages. */
import type { ErreurDeCellule } from './import/colonnes.rules.ts';
import type { Entete } from './import/entetes.rules.ts';
import type { Contenu } from './registres.rules.ts';

/** Lists count up to this, then say « plus de ». */
export const COMPTE_MAX = 10_000;

export interface Auteur {
  id: string | null;
  nom: string;
}
export type Acte = 'creation' | 'correction' | 'retrait' | 'retablissement' | 'import' | 'annulation' | 'demonstration';

export interface Activite {
  id: string;
  contenu: Contenu;
  statut: 'publie' | 'retire';
  version: number;
  acte: Acte;
  motif: string;
  auteur: string;
  modifieLe: Date;
  creeLe: Date;
  lotId: string | null;
  idExterne: string | null;
  /** Made at once with others, every week or every month. */
  serieId: string | null;
}
export type VersionActivite = Omit<Activite, 'id' | 'creeLe' | 'idExterne' | 'serieId'>;

export interface LigneListe {
  id: string;
  contenu: Contenu;
  statut: 'publie' | 'retire';
  version: number;
  idExterne: string | null;
  modifieLe: Date;
}
export interface EtatRegistre {
  registre: string;
  /** Bounded by `COMPTE_MAX` + 1. */
  nombre: number;
  dernierJour: string | null;
  derniereSaisie: Date | null;
}

export type EtatLigne = 'nouvelle' | 'corrigee' | 'connue' | 'erreur';
export interface LigneDeLot {
  numero: number;
  etat: EtatLigne;
  idExterne: string | null;
  /** As in the file, or as mended since, in the order of the columns. */
  cellules: string[];
  contenu: Contenu | null;
  erreurs: ErreurDeCellule[];
  avertissements: ErreurDeCellule[];
  activiteId: string | null;
  revision: number;
  revuePar: string;
  revueLe: Date | null;
  /** What the record that it would change says today. */
  avant: Contenu | null;
}
export interface Lot {
  id: string;
  registre: string;
  fichier: string;
  empreinte: string;
  etat: 'prepare' | 'publie' | 'annule';
  lues: number;
  nouvelles: number;
  corrigees: number;
  connues: number;
  enErreur: number;
  remarques: string[];
  creePar: string | null;
  auteur: string;
  creeLe: Date;
  publiePar: string | null;
  publieLe: Date | null;
  annulePar: string | null;
  annuleLe: Date | null;
  retablies: number;
  gardees: number;
  /** Sheet of the workbook that was read, and those that may be; none for a CSV. */
  feuille: string | null;
  feuilles: string[];
  /** The file is kept, so that another sheet, or its columns, can be read otherwise. */
  relisible: boolean;
  entetes: Entete[];
  constantes: Record<string, string>;
  encodage: string | null;
  separateur: string | null;
  /** Row of the headings; 0 when there are none. */
  ligneTitres: number | null;
  /** No row is read yet: the headings are to be paired. */
  aApparier: boolean;
  /** The import whose pairing was followed. */
  colonnesDe: { fichier: string; le: string } | null;
}

/** Sums of the quantities of a register, in the order of `quantitesDe`; null where no record says how many. */
export interface Totaux {
  /** Years of the rows to publish. */
  du: number | null;
  au: number | null;
  lignes: number;
  sommes: (number | null)[];
  sansValeur: number[];
  /** What the records that would be corrected count for today. */
  remplacees: number;
  anciennes: (number | null)[];
  /** The register over those years, as it stands. */
  enregistrees: number;
  deja: (number | null)[];
}
