/** What anybody may know of: what is to come, and what has just changed. Each module says its own in its manifest. */
import type { Db } from './base/database.ts';
import type { Contexte } from './http/http.ts';

/** A day to come that anybody may know of. */
export interface SuiteAVenir {
  jour: string;
  /** « Conseil parisien de sécurité », « une décision à tenir ». */
  libelle: string;
  href: string | null;
}
/** The next days, the nearest first, of what names this fiche or meets in one of these territories; never of a closed body. */
export type SuitesAVenir = (
  c: Contexte,
  q: { fiche?: string | undefined; territoires?: readonly string[] | undefined; aujourdhui: string; max: number },
) => Promise<SuiteAVenir[]>;

/** Something published, that feeds and letters tell. */
export interface Nouvelle {
  /** Stable for ever, within its kind: « rectificatif-<id> ». */
  id: string;
  le: Date;
  titre: string;
  resume: string;
  chemin: string;
}
/** The latest first, of this fiche or of these territories, or of the whole contract; published since `depuis`. */
export type Nouvelles = (
  c: Pick<Contexte, 'db' | 'contrat' | 'maintenant'>,
  q: { fiche?: string | undefined; territoires?: readonly string[] | undefined; depuis: Date; max: number },
) => Promise<Nouvelle[]>;

/** What every public page says first, for as long as it lasts. */
export interface Annonce {
  id: string;
  titre: string;
  /** Who says it, when, until when. */
  source: string;
  /** Who commands, who passes it on. */
  mention: string;
  href: string;
  /** What whoever reads it must know first: that nobody else has confirmed it, say. */
  reserve?: string;
}
/** Read by the account of everyone at each page: nothing that depends on the hour, or no page could be kept. `lieu`: the territory that the page is about. */
export type Annonces = (db: Db, contrat: { id: number }, lieu: string | null) => Promise<Annonce[]>;
