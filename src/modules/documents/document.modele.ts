/** A paper of a session as blocks, the same for the page, the DOCX and the PDF: what one shows, the others show. */
import type { Cellule, Colonne } from './docx.ts';

export type { Cellule, Colonne };

export type Bloc =
  /** 1: part of the document; 2: agenda item; 3: part of an item. */
  | { type: 'titre'; niveau: 1 | 2 | 3; texte: string }
  /** Each line on its own. */
  | { type: 'para'; lignes: string[]; ton?: 'discret' }
  | { type: 'liste'; puces: string[] }
  | { type: 'encart'; texte: string }
  /** `signer`: tall rows, filled in by hand. */
  | { type: 'tableau'; legende: string; colonnes: Colonne[]; lignes: Cellule[][]; signer?: boolean }
  /** Where people sign by hand: « Fait à Paris, le », the day, then a space for each. `date`: empty to be written by hand. */
  | { type: 'signatures'; fait: string; date: string; signataires: { nom: string; fonction: string }[] }
  /** What members had under their eyes. */
  | { type: 'fiche'; titre: string; blocs: Bloc[] };

export type FormatDocument = 'pdf' | 'docx' | 'html';

export interface Logo {
  type: 'png' | 'jpg' | 'svg';
  contenu: Buffer;
  /** What it shows, for who does not see it. */
  alt: string;
}
/** Who the paper comes from. `lignes`: address, telephone, mail. */
export interface Entete {
  nom: string;
  lignes: string[];
  logo: Logo | null;
}
export interface DocumentEcrit {
  entete: Entete;
  /** Of the file: kind, body, day. */
  titre: string;
  /** On the page: « Relevé de décisions ». */
  genre: string;
  instance: string;
  contrat: string;
  /** Of the session; empty on a letter. */
  seance: string;
  motsCles: string[];
  /** Day told by the file, `YYYY-MM-DD`. */
  date: string;
  /** Not final: said on every page. */
  projet: boolean;
  /** One word across every page: what is written there is not of the real world (« Exercice »). */
  filigrane?: string;
  /** Meant to hold on one page: smaller, and less air. */
  serre?: true;
  demonstration: boolean;
  /** At the foot of every page. */
  pied: string;
  /** Lines of an address; empty but on a letter. */
  destinataire: string[];
  reperes: { cle: string; valeur: string }[];
  blocs: Bloc[];
}

/** The word that every page bears; '' for none. */
export const marqueDe = (d: Pick<DocumentEcrit, 'projet' | 'filigrane'>): string => d.filigrane ?? (d.projet ? 'Projet' : '');
