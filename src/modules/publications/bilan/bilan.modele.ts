/**
 * The annual bilan as data: one content model that every format writes. Nothing in it is markup; a format never reads the
 * database, and no format computes a figure.
 */
import type { Licence } from '../../contrats/index.ts';
import type { EtatDecision } from '../../decisions/index.ts';
import type { Chiffre } from '../../indicateurs/index.ts';

type EtatChiffre = Chiffre['etat'];
/** Who will read it: wording of decisions is for partners, everyone reads the rest. */
export const LECTEURS = ['partenaires', 'public'] as const;
export type Lecteur = (typeof LECTEURS)[number];

export const FORMATS = ['pdf', 'docx', 'xlsx', 'html', 'csv'] as const;
export type Format = (typeof FORMATS)[number];

/** A missing figure is late or awaited, or given and *à valider*; one that exists for the whole contract only is *non ventilé*. */
export type MotDEtat = 'valeur' | 'zéro' | 'manquant' | 'à valider' | 'attendu' | 'à paraître' | 'secret' | 'sans objet' | 'non ventilé';

/** A figure as it is written: the state apart from the value, so that no format can mix them. */
export interface ChiffreEcrit {
  /** Missing for good: its period was locked without it. */
  fige: boolean;
  etat: EtatChiffre;
  /** The state in words. */
  mot: MotDEtat;
  /** Null in every state but `valeur` and `zero`. */
  valeur: number | null;
  /** Narrative measures: the text is the value. */
  texte: string | null;
  /** What a cell of a table shows: « 1 284 », « 0 », « manquant »… without the unit. */
  court: string;
  /** Records counted whose quantity is unknown: the value is « au moins ». */
  incomplet: number;
  /** « 12 sur 17 » contributions: the value is « au moins »; empty when none is missing. */
  contributions: string;
  /** « validé », « en attente de validation »; empty for what is counted. */
  validation: string;
  /** « attendu du Rectorat depuis le 31 janvier 2026 »; empty when nothing is owed. */
  dette: string;
  /** « jusqu’à septembre 2026 »: where the value stops for this reader; empty when it is of the whole period. */
  jusqua: string;
}

export interface MesureBilan {
  id: string;
  libelle: string;
  unite: string;
  obtention: string;
  annee: ChiffreEcrit;
  /** The whole year before; null while this one is not over. */
  avant: ChiffreEcrit | null;
  /** « +12 % », « 2 puis 23 », « janvier à octobre : 34, contre 36 »; empty when it would not be honest to tell one. */
  evolution: string;
  jugement: 'favorable' | 'défavorable' | '';
  /** The words that say which way is wished, where a change is judged. */
  sens: string;
  /** Beside the whole contract: « 1,8 pour 10 000 habitants, 1,2 à Paris ». Empty for the whole contract itself. */
  comparaison: string;
}

export interface SerieBilan {
  titre: string;
  unite: string;
  /** `enCours`: that year is not over. */
  points: { x: string; chiffre: ChiffreEcrit; enCours: boolean }[];
}

interface TuileBilan {
  id: string;
  court: string;
  nom: string;
  x: number;
  y: number;
  /** The count. */
  chiffre: ChiffreEcrit;
  /** For `par` inhabitants. */
  taux: number;
  /** Shade, 1 to 5: no finer than the noise. */
  teinte: number;
  /** The territory of this bilan, among its neighbours. */
  ici: boolean;
}

export interface CarteBilan {
  titre: string;
  unite: string;
  par: number;
  tuiles: TuileBilan[];
}

export interface ActionBilan {
  id: string;
  libelle: string;
  type: 'rubrique' | 'action' | 'contexte';
  /** `comptePar`: measures that count records for what the line speaks of. */
  lignes: { id: string; libelle: string; niveau: number; preuves: number; comptePar: readonly string[] }[];
}

type BlocDeTexte = { type: 'para'; lignes: string[] } | { type: 'liste'; puces: string[] };
/** Words of a person, as typed. */
export interface TexteBilan {
  blocs: BlocDeTexte[];
  /** « Coordonnatrice du 18e arrondissement, 12 novembre 2026 ». */
  signature: string;
}

/** Figures by what they are: `attendus` is the sum of all that could be known here. */
export interface EtatDesChiffres {
  attendus: number;
  connus: number;
  secrets: number;
  enRetard: number;
  aValider: number;
  aVenir: number;
  sansObjet: number;
  nonVentiles: number;
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
  commentaire: TexteBilan | null;
  etat: EtatDesChiffres;
  /** Those that exist at this level. */
  mesures: MesureBilan[];
  series: SerieBilan[];
  carte: CarteBilan | null;
  actions: ActionBilan[];
  preuves: number;
  /** `signature`: « signé le …, par … », or that it is not. */
  recits: { id: string; libelle: string; texte: string; signature: string }[];
}

export interface LigneAnnexe {
  fiche: string;
  id: string;
  libelle: string;
  unite: string;
  obtention: string;
  chiffre: ChiffreEcrit;
  source: string;
  /** How what was given is counted, and what it does not say; empty when nobody said it, or not to the public. */
  methode: string;
  limites: string;
  attenduDe: string;
  /** The target that a decision set, with its gap and the decision; null without one. */
  cible: { dite: string; ecart: string; decision: string } | null;
}

/** Sessions of one body, with its days. */
export interface SeancesBilan {
  instance: string;
  jours: string[];
  /** Decisions and actions that they took; null where the reader may not know. */
  decisions: number | null;
}
export interface DecisionBilan {
  numero: string;
  libelle: string;
  instance: string;
  jour: string;
  qui: string;
  echeance: string | null;
  etat: EtatDecision;
  /** Its date is past and it is open, whatever its state. */
  enRetard: boolean;
  /** « bloquée, en retard ». */
  etatDit: string;
  /** The evidence, what would unblock it, or why it was given up: said for what it is. */
  suite: string;
}
export interface DecisionsBilan {
  /** By state: each is counted once. */
  comptes: Record<EtatDecision, number>;
  /** Of the open ones, those whose date is past, and those of them that are blocked. */
  enRetard: number;
  retardsBloques: number;
  /** Late and blocked ones first; empty for the public. */
  liste: DecisionBilan[];
}

/** A figure corrected in the year after it was signed off. */
interface RectificatifBilan {
  jour: string;
  mesure: string;
  /** Period, place, part, and who gives it. */
  ou: string;
  avant: string;
  apres: string;
  motif: string;
  par: string;
}

export interface RepereBilan extends MesureBilan {
  fiche: string;
}

export interface BilanContenu {
  contrat: { titre: string; sigle: string; resume: string; debut: string; fin: string; signataires: string[]; licence: Licence };
  /** `de`: « du 18e arrondissement ». */
  territoire: { id: string; nom: string; de: string; contratEntier: boolean };
  /** Name of the whole contract’s territory, with which this one is compared. */
  ensemble: string;
  annee: number;
  /** The year is not over: figures stop at the day of edition. */
  enCours: boolean;
  demonstration: boolean;
  pour: Lecteur;
  /** Complete: all measures, method, every line of action. */
  annexes: boolean;
  /** Day of edition, `YYYY-MM-DD`. */
  editeLe: string;
  essentiel: TexteBilan | null;
  reperes: RepereBilan[];
  seances: SeancesBilan[];
  decisions: DecisionsBilan;
  /** Of the whole contract: what the bodies of its parts did, told in their own bilans. Null for a part. */
  ailleurs: { instances: number; seances: number; decisions: number } | null;
  /** The latest first; `total`: how many there are, shown or not. */
  rectificatifs: { liste: RectificatifBilan[]; total: number };
  synthese: {
    phrase: string;
    etat: EtatDesChiffres;
    comptes: { fiches: number; indicateurs: number; mesures: number; lignes: number; lignesServies: number; preuves: number };
    parAxe: { numero: number; titre: string; resume: string; fiches: number; etat: EtatDesChiffres; preuves: number }[];
    /** Who owes figures, the most first; `pour`: the day, for those that are not due yet. */
    enRetard: { acteur: string; nombre: number }[];
    aVenir: { acteur: string; nombre: number; pour: string }[];
  };
  methode: { paragraphes: string[]; etats: { mot: MotDEtat; sens: string }[]; obtentions: { mot: string; sens: string; nombre: number }[] };
  fiches: FicheBilan[];
  annexe: LigneAnnexe[];
}

export const TYPES: Record<Format, { type: string; libelle: string; usage: string }> = {
  pdf: { type: 'application/pdf', libelle: 'PDF', usage: 'à lire, imprimer et transmettre' },
  docx: { type: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document', libelle: 'Word', usage: 'à compléter et annoter' },
  xlsx: { type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', libelle: 'Excel', usage: 'une feuille par fiche, toutes les mesures' },
  html: { type: 'text/html; charset=utf-8', libelle: 'Page web', usage: 'un seul fichier, sans connexion' },
  csv: { type: 'text/csv; charset=utf-8', libelle: 'CSV', usage: 'toutes les mesures, une par ligne' },
};

export const titreBilan = (c: Pick<BilanContenu, 'annee' | 'territoire'>): string => `Bilan ${c.annee} · ${c.territoire.nom}`;
/** « du 18e arrondissement », « de Paris ». */
export const duTerritoire = (c: Pick<BilanContenu, 'territoire'>): string => c.territoire.de;

/** What a fiche has to say here: the others are named together. */
export const parle = (f: FicheBilan): boolean =>
  f.commentaire !== null || f.preuves > 0 || f.mesures.some((m) => m.annee.etat !== 'zero') || f.recits.length > 0;

/** `bilan-2026-mairie-18.pdf` */
export const nomFichier = (annee: number, territoireId: string, format: Format): string =>
  `bilan-${annee}-${territoireId.replace(/[^A-Za-z0-9-]/g, '')}.${format}`;
