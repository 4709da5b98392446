/**
 * What a register is: one declaration from which come its form, list, filters, import, export, API and
 * the dimensions and quantities that measures may use. A new register is one file in `definitions/`, found by its name.
 *
 * Terminology
 * - registre: a kind of activity that partners keep while they work (formations, operations…)
 * - champ: one field of its record; kept in `activites.donnees` under `code`
 * - dimension: a field by which facts may be counted, filtered and broken down (lists and booleans)
 * - lien: a field that holds the id of another record; `activite_liens` finds what hangs on a record
 * - lieu: a dated place (school, station, priority district); `activite_lieux` keeps those that a record is at
 * - etape: planned, done or cancelled; only what is done is a fact
 * - quantite: a whole or decimal number that may be added up (participants, montant…)
 * - liste fermee: the allowed codes of a field; written here when it is the same for everyone (law, logic, states that the code reads), or
 *   named by its key (`liste: 'themes'`) when it belongs to the contract (`contrats/<slug>/listes.yaml`). An administrator may extend
 *   it (`listes_extensions`), never shrink it.
 *
 * Every record also has, whatever its register: jour, (fin), territoire, adresse, lon/lat, organisation (an acteur),
 * titre, commentaire, fiches and lignes d'action it is evidence for. Those are not declared again.
 */
import type { DiffusionDifferee } from '../../core/faits.ts';

export interface OptionListe {
  /** Stable ASCII code, `[a-z0-9-]+`; what imports, filters and measures use. */
  code: string;
  /** French label shown on screen. */
  libelle: string;
  /** No longer offered; records that hold it are still read, filtered and counted. */
  retiree?: true;
}

interface ChampCommun {
  /** ASCII snake_case, unique within the register. */
  code: string;
  libelle: string;
  /** One sentence under the label: what to enter, in the user's words. */
  aide?: string;
  obligatoire?: boolean;
  /** Shown as a column of the list. */
  colonne?: boolean;
  /** Offered as a filter of the list. */
  filtre?: boolean;
  /** May the public see it on the proof of a figure? Never on free text. Default false. */
  public?: boolean;
  /**
   * It changes while the record lasts, and what it was stays true of the past: a change holds from the day of `depuis` (a date field of
   * the register), or from the day it was written.
   */
  date?: true;
  /** What matters first: asked at the top of the form, in the order written. The first one says what it is (its type). */
  essentiel?: true;
  /** The same from one record to the next (one's team): a new form takes it from the last record. */
  stable?: true;
  /** Asked only where the list field `champ` has one of these values. The contract says it of its own lists (`listes.yaml`). */
  pour?: Pertinence;
}
interface Pertinence {
  champ: string;
  valeurs: readonly string[];
}

export interface ChampListe extends ChampCommun {
  type: 'liste';
  options: readonly OptionListe[];
}
interface ChampBooleen extends ChampCommun {
  type: 'booleen';
}
/** A number of persons or things, >= 0. Null means "not known", never zero. */
export interface ChampNombre extends ChampCommun {
  type: 'nombre';
  unite: string;
  entier: boolean;
  max?: number;
}
/** In repeated lines: asked of a line whose list column has this code. */
interface Si {
  colonne: string;
  valeur: string;
}
export interface ChampTexte extends ChampCommun {
  type: 'texte' | 'texte-long';
  si?: Si;
  longueurMax: number;
  /** Not free text: an address of the web (`https://…`), an hour (`18:30`). Anything else is refused. */
  format?: FormatDeTexte;
}
export type FormatDeTexte = 'adresse-web' | 'heure';
/** `fait`: what happened, never after today. `prevu`: what is planned, or may last; it may come after. */
export type SensDeDate = 'fait' | 'prevu';
interface ChampDate extends ChampCommun {
  type: 'date';
  sens: SensDeDate;
  si?: Si;
}
/** A partner of the contract's directory (acteur id); counts as a dimension. */
interface ChampActeur extends ChampCommun {
  type: 'acteur';
}
export type QuantiteDeLignes = { code: string; libelle: string; unite: string } & ({ colonne: string; valeur: string } | { somme: string });
/** Repeated lines inside a record (the recommendations of an audit); never a dimension, its `quantites` are counts by state. */
export interface ChampLignes extends ChampCommun {
  type: 'lignes';
  colonnes: readonly (ChampListe | ChampTexte | ChampDate | ChampNombre)[];
  /** Quantities derived from the lines: how many have this code in a list column, or what a number column adds up to. */
  quantites: readonly QuantiteDeLignes[];
  /**
   * Facts of their own, named `<registre>-<code>`, with the dimensions of the record and, as `ligne_<colonne>`, the lists and numbers of
   * the line. On the day of its column `jour` (a line without it is none yet), else of the record; with `seulement`, the lines whose list
   * column has this code.
   */
  faits?: { libelle: string; jour?: string; seulement?: { colonne: string; valeur: string } };
}

/** Another record, of the register `vers`: what hangs on one is added up on its page. Counts as a dimension. */
export interface ChampLien extends ChampCommun {
  type: 'lien';
  vers: string;
}

/** A dated place of the contract, chosen by its name: `type:code`. Every register has one; what is inside it follows (`lieux/`). */
interface ChampLieu extends ChampCommun {
  type: 'lieu';
}

export type Champ = ChampListe | ChampBooleen | ChampNombre | ChampTexte | ChampDate | ChampActeur | ChampLien | ChampLieu | ChampLignes;

/** An offer with places: which of its fields say how many, and which register keeps the stays of those who come. */
export interface Capacite {
  places: string;
  attente: string;
  registre: string;
  /** Of the stay: its link to the offer, how many people, its first day; `jour` is its last one. */
  lien: string;
  personnes: string;
  debut: string;
  /** Fields by which the whole offer is looked at. */
  axes: readonly string[];
}

export interface DefinitionRegistre {
  /** Folder and URL name, plural, ASCII: `formations`. */
  code: string;
  /** Plural French title: « Formations ». */
  libelle: string;
  /** Singular with article-free noun: « formation ». */
  singulier: string;
  genre: 'm' | 'f';
  /** One sentence: what goes in this register, for the person who records. */
  objet: string;
  /** What `jour` means here (« Date de la session »), and `fin` when the record lasts. */
  jour: string;
  fin?: string;
  sens: { jour: SensDeDate; fin?: SensDeDate };
  /** What `organisation` means here (« Organisme formateur »). */
  organisation: string;
  champs: readonly Champ[];
  /** Its records may be planned, then done or cancelled. Without it, what is recorded is done. */
  etapes?: true;
  capacite?: Capacite;
  /** What is announced to residents before it takes place, under which field, with its hour and where one registers. */
  agenda?: { annonce: string; heure: string; inscription: string };
  /** Documents given to people: which records are one (a list field and its value), and the lines that keep their versions. */
  supports?: { champ: string; valeur: string; versions: string };
  /**
   * May the public read the list behind a figure (jour, titre, territoire, organisation and the fields marked public)?
   * Otherwise it sees counts only.
   */
  publique: boolean;
  /** Measures may count its places: records at one address are one (`lieu_compte`). */
  compteLieux?: true;
  /** When its figures are everyone's; a public register's are at once when it says nothing, any other must say. */
  diffusion?: DiffusionDifferee;
}

/** A list field whose options are those of a list of the contract. */
interface ChampListeDeContrat extends ChampCommun {
  type: 'liste';
  liste: string;
}
/** A list as a file of `definitions/` may write it. */
export type ListeDeclaree = ChampListe | ChampListeDeContrat;
export interface ChampLignesDeclare extends Omit<ChampLignes, 'colonnes'> {
  colonnes: readonly (ListeDeclaree | ChampTexte | ChampDate | ChampNombre)[];
}
export type ChampDeclare = Exclude<Champ, ChampLignes> | ChampListeDeContrat | ChampLignesDeclare;

/** A register before any contract: what depends on one is named, not written. `registres.rules.ts` makes the register of a contract. */
export interface RegistreDeclare extends Omit<DefinitionRegistre, 'champs'> {
  champs: readonly ChampDeclare[];
}

/** Identity with type checking and literal preservation; throws nothing, the checks live in `registres.rules.ts`. */
export function defineRegistre(definition: RegistreDeclare): RegistreDeclare {
  return definition;
}
