/** Minutes as data: one content that the page, the DOCX and the PDF write, that presidents approve and that is frozen. */
import type { GenrePoint, HeuresReelles, Presence } from '../seances.rules.ts';
import type { Qualite } from '../../instances/index.ts';
import type { VoieDonnee } from './qualites.rules.ts';

/** Of what is noted of a presence: who says that it is not so, and why; both empty for the public. */
export interface Contestation {
  par: string;
  motif: string;
  /** By the link of their letter, without account. */
  parLien?: true;
  /** Said by an account whose address is not one to which the seat was convoked. */
  depuis?: true;
  /** Said by who was convoked first to that seat, where another person sits. */
  dabord?: true;
  /** Its author has left: who keeps the body closed it, and why. */
  classee?: { par: string; motif: string };
}
export interface ParticipantEcrit {
  /** Their line in the session; absent from minutes frozen before it was kept. */
  participant?: string;
  qualite: Qualite;
  fonction: string;
  organisation: string;
  /** Empty when the seat alone is known. */
  nom: string;
  presence: Presence | null;
  /** Who sat for them. */
  representePar: string;
  /** Nobody was named for this seat: neither there nor away. */
  vacant?: true;
  contestee?: Contestation;
  /** What its other voices contest. */
  contesteeAussi?: readonly Contestation[];
  /** Whom their answer to the convocation said would stand in, and whether that is what was noted; `note`: by whom the answer was noted, if not theirs. */
  representant?: { dit: string; suivi: boolean; note: string };
}
export interface DecisionEcrite {
  /** « D12 », « A3 ». */
  numero: string;
  nature: 'decision' | 'action';
  libelle: string;
  /** « Nom, Organisation », or the organisation alone. */
  responsable: string;
  /** The organisation in charge, without the person: what the public reads. */
  organisation?: string;
  /** `YYYY-MM-DD`. */
  echeance: string | null;
  fiche: string | null;
  /** Action line of the contract, `1.6-R2.5`. */
  ligne: string | null;
}
export interface VoteEcrit {
  objet: string;
  pour: number;
  contre: number;
  abstention: number;
  resultat: 'adopté' | 'rejeté' | 'partagé';
}
/** What members had under their eyes: the item's sheet as it was frozen at convocation. */
export interface DossierDePoint {
  arreteLe: string;
  /** Sentences, the most useful first. */
  faits: string[];
  /** Figures with their states, as texts that never mix them. */
  chiffres: { id: string; libelle: string; valeur: string; avant: string; evolution: string; href: string }[];
  /** Small map or bars as rows: territory and value. */
  lieux: { nom: string; valeur: number; avant: number | null }[];
  enregistrements: { libelle: string; jour: string; href: string }[];
  source: { libelle: string; href: string } | null;
  /** The record it came from was withdrawn since. */
  retire?: boolean;
  /** For the public: figures that only members read were left out. */
  reserve?: boolean;
}
export interface PointEcrit {
  rang: number;
  titre: string;
  genre: GenrePoint;
  /** A resident's contribution: the organisation that accepted it. */
  acceptePar?: string;
  fiche: string | null;
  rapporteur: string;
  dossier: DossierDePoint | null;
  /** Plain text; an empty line parts paragraphs, a line beginning with « - » is a bullet. */
  notes: string;
  etat: 'traite' | 'reporte' | 'a_venir' | 'en_cours';
  decisions: DecisionEcrite[];
  votes: VoteEcrit[];
}
/** Of an approval that somebody else noted: who, and what the president named said of it since. */
export interface ApprobationNotee {
  /** Nobody noted it: it was given in that quality, and this is what the holder says of it since. */
  donnee?: VoieDonnee;
  /** The person, then their organisation; the public reads the organisation alone. Both empty: noted before this was kept. */
  par: string;
  de: string;
  reponse?: 'confirmee' | 'contestee';
  /** Who said so, for those who read names; absent from minutes frozen before it was written. */
  reponsePar?: string;
  /** In which quality, when it is not who held the chair that day. */
  reponseVoie?: Exclude<VoieDonnee, 'titulaire'>;
  /** An account whose address is not one to which the seat was convoked. */
  reponseDepuis?: true;
  /** They answered by the link of their letter, without account. */
  reponseParLien?: true;
  /** Nobody could be told of it: the seat had no address. */
  sansAdresse?: true;
}
export interface ApprobationEcrite {
  fonction: string;
  par: string;
  piece: string;
  quand: string;
  /** Their seat in the session; absent from minutes frozen before it was kept. */
  participant?: string;
  /** In which quality it was given, when it is not by who held the chair that day. */
  voie?: Exclude<VoieDonnee, 'titulaire'>;
  /** It was given by an account whose address is not one to which the chair was convoked. */
  depuis?: true;
  /** As minutes wrote it before `voie`: their substitute gave it. */
  suppleant?: true;
  /** Absent: the president approved by themselves, or said nothing of what another gave. */
  notee?: ApprobationNotee;
  /**
   * Beside it, and changing nothing of it: who was convoked first to that seat says that it is not so; or (`acte`) what another address of that voice says, or
   * one that was not theirs (`ecartee`). `par`: empty for the public.
   */
  dabord?: readonly { par: string; parLien?: boolean; acte?: 'confirmee' | 'contestee'; depuis?: boolean; ecartee?: boolean }[];
}
/** The letterhead, as it was when the paper was made; the logo is a file that stays. */
export interface EnteteDit {
  nom: string;
  lignes: string[];
  logo: { fichier: string; alt: string } | null;
  /** Where papers are signed. */
  lieu: string;
}
export interface ReleveContenu {
  /** How it is written. Absent: frozen before vacant seats were told apart; its words stay as they were. */
  ecriture?: 2;
  contrat: { titre: string; sigle: string };
  instance: { nom: string; territoire: string; confidentialite: string };
  /** Absent from minutes frozen before papers had one. */
  entete?: EnteteDit;
  seance: {
    titre: string;
    jour: string;
    /** `HH:MM`, on the wall clock. */
    debut: string;
    fin: string;
    lieu: string;
    /** When it really took place, on the contract's wall clock; absent while it was not held. */
    reel?: HeuresReelles;
  };
  /** « CSPDA-18/2026/3 »; null while it is a draft. */
  numero: string | null;
  /** 0: relevé; n: nth rectificatif, with its reason. */
  rectificatif: number;
  motif: string;
  participants: ParticipantEcrit[];
  points: PointEcrit[];
  /** Decisions taken outside of an item. */
  decisions: DecisionEcrite[];
  approbations: ApprobationEcrite[];
  /** The reading period ended before its day (`terme`): when, and by whom. */
  relecture?: { terme: string; le: string; par: string };
  prochaine: string | null;
  demonstration: boolean;
}

export const FORMATS = ['docx', 'pdf', 'html'] as const;
export type FormatReleve = (typeof FORMATS)[number];
/** `releve`: what was decided, one page; `compte-rendu`: everything that was said and shown. */
export const GENRES = { releve: 'Relevé de décisions', 'compte-rendu': 'Compte rendu' } as const;
export type GenreDocument = keyof typeof GENRES;
