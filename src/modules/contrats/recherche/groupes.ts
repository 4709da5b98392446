/** What each module finds for the one search box, beside the entries of the contract: a few of its objects, and the way to all of them. */
import type { Db } from '../../../core/base/database.ts';
import type { Contexte } from '../../../core/http/http.ts';
import type { Catalogue } from '../catalogue.ts';
import type { Lieu } from '../lieu.ts';

interface Trouvaille {
  titre: string;
  href: string;
  /** « Formations · 12/03/2026 · 18e arrondissement ». */
  detail: string;
}
export interface GroupeTrouve {
  titre: string;
  trouvailles: readonly Trouvaille[];
  /** The list of its module, filtered by the same words; several where it has several lists. */
  toutVoir: readonly { libelle: string; href: string }[];
  /** There are more than those. */
  encore: boolean;
}
interface Question {
  c: Contexte;
  db: Db;
  contratId: number;
  catalogue: Catalogue;
  /** As it was typed. */
  q: string;
  /** For the functions of the database: its words, and those near them where they do not exist. */
  requete: string;
  lieu: Lieu;
}
/** Null when this person may read none of it, or nothing was found. */
export type Chercheur = (q: Question) => Promise<GroupeTrouve | null>;

/** How many are shown in each group. */
export const PAR_GROUPE = 6;
/** In a territory, or among what not everyone may read: how many are looked at, the latest. */
export const CANDIDATS = 300;

declare module '../../../core/module.ts' {
  interface Module {
    /** What it finds for the search box. */
    recherche?: readonly Chercheur[];
  }
}
