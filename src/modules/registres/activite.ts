/** Shapes of what the tables hold, shared by queries and pages. */
import type { ErreurDeCellule } from './import/colonnes.rules.ts';
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
}
export type VersionActivite = Omit<Activite, 'id' | 'creeLe' | 'idExterne'>;

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
  brut: Record<string, string>;
  contenu: Contenu | null;
  erreurs: ErreurDeCellule[];
  /** Allowed, and yet surprising: shown beside the row, which is published all the same. */
  avertissements: ErreurDeCellule[];
  activiteId: string | null;
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
  /** The workbook is kept, so that another sheet can be read. */
  relisible: boolean;
}
