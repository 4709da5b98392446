/**
 * Facts: the only bridge from what modules keep to what figures count. A module that keeps records declares one source for each of
 * its views `faits_<nom>`; measures may only count what a declared source has. Every view has the columns contrat_id, id, jour, fin,
 * territoire_id, organisation_id, lot_id, titre, fiches, lignes, then one column for each dimension and quantity.
 */
import type { Db } from './database.ts';

export interface DimensionDeFaits {
  libelle: string;
  type: 'liste' | 'booleen' | 'acteur' | 'texte';
  options?: readonly { code: string; libelle: string }[];
}

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
  /** May the public read day, title, territory and organisation of the records behind a figure? */
  publique: boolean;
  /** Words for the values that a contract added to a closed list since: « dimension:code » -> label. */
  libellesAjoutes?(db: Db, contratId: number): Promise<ReadonlyMap<string, string>>;
  /** Path of one record's page. */
  lien(id: string): string;
}
