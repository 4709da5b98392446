/**
 * Facts: the only bridge from what modules keep to what figures count. A module that keeps records declares one source for each of
 * its views `faits_<nom>`; measures may only count what a declared source has. Every view has the columns contrat_id, id, jour, fin,
 * territoire_id, organisation_id, lot_id, titre, fiches, lignes, then one column for each dimension and quantity.
 */
import type { Db } from './base/database.ts';

export interface DimensionDeFaits {
  libelle: string;
  type: 'liste' | 'booleen' | 'acteur' | 'texte';
  options?: readonly { code: string; libelle: string }[];
  /** Not a column of the view: what its column `colonne`, an object, has under `cle`; of a boolean, whether it has it. */
  dans?: { colonne: string; cle: string };
}

/** A value of a closed list. */
export interface ValeurDeListe {
  code: string;
  libelle: string;
  /** No longer offered; records that hold it are still read, filtered and counted. */
  retiree?: true;
}
/** The words of one contract: its closed lists, and what it calls the fields of registers (by `registre.champ`). */
export interface Lexique {
  listes: ReadonlyMap<string, readonly ValeurDeListe[]>;
  champs: ReadonlyMap<
    string,
    { libelle?: string | undefined; aide?: string | undefined; absent?: true | undefined; pour?: { champ: string; valeurs: readonly string[] } | undefined }
  >;
}

/**
 * How figures that count these facts reach whoever may not read them live (the public first of all). What nobody may learn at the instant
 * of the act is told later; small numbers are told in whole packets or not at all (`indicateurs/diffusion`).
 */
export interface DiffusionDifferee {
  /** A month is read so many whole months after its end; one at least. */
  recul: number;
  /** A number from 1 to below it is hidden, and what would give it back with it; 0 hides none. */
  seuil: number;
  /** Finest territories told: the whole contract alone, its first level, or all. */
  grain: 'contrat' | 'premier-niveau' | 'tous';
  /** Dimensions by which it is told, of those that a measure keeps. */
  dimensions: readonly string[] | 'toutes';
  /** What an earlier or finer number would give away, and to whom. */
  pourquoi: string;
}
/** `immediate`: everyone's as soon as it is written; only for what `publique` already opens line by line. */
type Diffusion = 'immediate' | DiffusionDifferee;

export interface SourceDeFaits {
  nom: string;
  libelle: string;
  vue: string;
  dimensions: Readonly<Record<string, DimensionDeFaits>>;
  quantites: Readonly<Record<string, { libelle: string; unite: string }>>;
  /** Type of the view's `id`, so that a write finds its records by their index. */
  cle: 'uuid' | 'bigint';
  /** Records last: `fin` may be filled, so that stock measures (`presents`) have a meaning. */
  fin: boolean;
  /**
   * The same records cut where a dated field changed: one row for each interval (`jour` to `fin`) during which they stayed the same. What
   * is present is counted there, so that the state of today says nothing of past years.
   */
  vueDatee?: string;
  /** Dimensions that tell who or what feeds it: when one is silent, another does not speak for it (`['canal']`). */
  flux?: readonly string[];
  /** Another way by which what that source counts arrives: where both are added up, what one alone tells is « au moins », and never a zero. */
  voieDe?: string;
  /** Drawn from the records of another source, whose writes move it (the lines of an audit). */
  de?: string;
  /** With `de`: those records are kept whole without saying any of it, so that their silence here is not a zero. */
  aPart?: true;
  /** May the public read day, title, territory and organisation of the records behind a figure? */
  publique: boolean;
  /** When and how finely its figures are everyone's. */
  diffusion: Diffusion;
  /** Words for the values that a contract added to a closed list since: « dimension:code » -> label. */
  libellesAjoutes?(db: Db, contratId: number): Promise<ReadonlyMap<string, string>>;
  /** Path of one record's page. */
  lien(id: string): string;
}

/** A source as a module declares it, once for the process: what depends on a contract is built when one asks. */
export interface SourceDeclaree {
  nom: string;
  /** Keys of the contract's lists that it needs. */
  listes: readonly string[];
  /** Those that it reads where the contract has them. */
  listesPossibles?: readonly string[];
  pour(lexique: Lexique): SourceDeFaits;
}

/** What gives a collected figure by itself: how many reports of a circuit reached a step, for who owes it. */
export interface Prevu {
  circuit?: Record<'code' | 'etape' | 'debiteur', string> | undefined;
}
