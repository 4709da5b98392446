/**
 * The annual bilan as data: one content model that every format writes. Nothing in it is markup; a format never reads the
 * database, and no format computes a figure.
 */
import type { Chiffre, Completude } from '../../indicateurs/index.ts';

export type EtatChiffre = Chiffre['etat'];

export const FORMATS = ['pdf', 'docx', 'xlsx', 'html', 'csv'] as const;
export type Format = (typeof FORMATS)[number];

/** A figure as it is written: the state apart from the value, so that no format can mix them. */
export interface ChiffreEcrit {
  etat: EtatChiffre;
  /** The state in one word: « valeur », « zéro », « manquant », « secret », « sans objet ». */
  mot: string;
  /** Null in every state but `valeur` and `zero`. */
  valeur: number | null;
  /** Narrative measures: the text is the value. */
  texte: string | null;
  /** What a cell of a table shows: « 1 284 », « 0 », « manquant »… without the unit. */
  court: string;
  /** Records counted whose quantity is unknown: the value is « au moins ». */
  incomplet: number;
  /** « attendu du Rectorat depuis le 31 janvier 2026 »; empty when nothing is owed. */
  dette: string;
}

export interface MesureBilan {
  id: string;
  libelle: string;
  unite: string;
  obtention: string;
  annee: ChiffreEcrit;
  avant: ChiffreEcrit | null;
  /** Change in per cent between the two years; null when it would not be honest to show one. */
  evolution: number | null;
  sens: 'hausse' | 'baisse' | null;
}

export interface SerieBilan {
  titre: string;
  unite: string;
  points: { x: string; chiffre: ChiffreEcrit }[];
}

interface TuileBilan {
  id: string;
  court: string;
  nom: string;
  x: number;
  y: number;
  chiffre: ChiffreEcrit;
  /** The territory of this bilan, among its neighbours. */
  ici: boolean;
}

export interface CarteBilan {
  titre: string;
  unite: string;
  tuiles: TuileBilan[];
}

export interface ActionBilan {
  id: string;
  libelle: string;
  type: 'rubrique' | 'action' | 'contexte';
  lignes: { id: string; libelle: string; niveau: number; preuves: number }[];
}

export interface FicheBilan {
  numero: string;
  axe: number;
  titre: string;
  resume: string;
  public: string;
  pilotes: string[];
  partenaires: string[];
  note: string | null;
  completude: Completude;
  mesures: MesureBilan[];
  series: SerieBilan[];
  carte: CarteBilan | null;
  actions: ActionBilan[];
  preuves: number;
  recits: { id: string; libelle: string; texte: string }[];
}

export interface LigneAnnexe {
  fiche: string;
  id: string;
  libelle: string;
  unite: string;
  obtention: string;
  chiffre: ChiffreEcrit;
  source: string;
  attenduDe: string;
}

export interface BilanContenu {
  contrat: { titre: string; sigle: string; resume: string; debut: string; fin: string; signataires: string[] };
  territoire: { id: string; nom: string; contratEntier: boolean };
  annee: number;
  /** The year is not over: figures stop at the day of edition. */
  enCours: boolean;
  demonstration: boolean;
  /** Day of edition, `YYYY-MM-DD`. */
  editeLe: string;
  synthese: {
    completude: Completude;
    comptes: { fiches: number; indicateurs: number; mesures: number; lignes: number; lignesServies: number; preuves: number };
    parAxe: { numero: number; titre: string; resume: string; fiches: number; completude: Completude; preuves: number }[];
    /** Who owes most figures, the most first. */
    attendus: { acteur: string; nombre: number }[];
  };
  methode: { paragraphes: string[]; etats: { etat: EtatChiffre; mot: string; sens: string }[]; obtentions: { mot: string; sens: string; nombre: number }[] };
  fiches: FicheBilan[];
  annexe: LigneAnnexe[];
}

export const TYPES: Record<Format, { type: string; libelle: string; usage: string }> = {
  pdf: { type: 'application/pdf', libelle: 'PDF', usage: 'à lire, imprimer et transmettre' },
  docx: { type: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document', libelle: 'Word', usage: 'à compléter et annoter' },
  xlsx: { type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', libelle: 'Excel', usage: 'une feuille par fiche' },
  html: { type: 'text/html; charset=utf-8', libelle: 'Page web', usage: 'un seul fichier, sans connexion' },
  csv: { type: 'text/csv; charset=utf-8', libelle: 'CSV', usage: 'toutes les mesures, une par ligne' },
};

export const titreBilan = (c: Pick<BilanContenu, 'annee' | 'territoire'>): string => `Bilan ${c.annee} · ${c.territoire.nom}`;

/** `bilan-2026-mairie-18.pdf` */
export const nomFichier = (annee: number, territoireId: string, format: Format): string =>
  `bilan-${annee}-${territoireId.replace(/[^A-Za-z0-9-]/g, '')}.${format}`;
