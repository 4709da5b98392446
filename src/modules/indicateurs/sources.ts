import type { Db } from '../../core/database.ts';
import type { Lexique } from '../contrats/index.ts';

/**
 * Where facts come from. A module that keeps records registers one source for each of its views `faits_<nom>`; measures may
 * only count what a registered source declares. Every view has the columns contrat_id, id, jour, fin, territoire_id,
 * organisation_id, lot_id, titre, fiches, lignes, then one column for each dimension and quantity.
 */
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

/** Columns that every view has and that formulas may filter or break down by, besides the declared dimensions. */
const DIMENSIONS_COMMUNES: Readonly<Record<string, DimensionDeFaits>> = {
  organisation_id: { libelle: 'Organisation', type: 'acteur' },
};

/** A source as a module declares it, once for the process: what depends on a contract is built when one asks. */
export interface SourceDeclaree {
  nom: string;
  /** Keys of the contract's lists that it needs. */
  listes: readonly string[];
  pour(lexique: Lexique): SourceDeFaits;
}

export type Sources = ReadonlyMap<string, SourceDeFaits>;

const IDENTIFIANT = /^[a-z][a-z0-9_]{0,62}$/;

/** Builds the set of sources; throws on a name that could not be a column or view, since these enter SQL as identifiers. */
export function buildSources(sources: readonly SourceDeFaits[]): Sources {
  const map = new Map<string, SourceDeFaits>();
  for (const s of sources) {
    const noms = [s.vue, ...Object.keys(s.dimensions), ...Object.keys(s.quantites)];
    const fautif = noms.find((n) => !IDENTIFIANT.test(n));
    if (fautif !== undefined) throw new Error(`Source ${s.nom} : « ${fautif} » n’est pas un nom de colonne valable.`);
    if (map.has(s.nom)) throw new Error(`Deux sources de faits s’appellent « ${s.nom} ».`);
    map.set(s.nom, s);
  }
  return map;
}

export const dimensionDe = (s: SourceDeFaits, code: string): DimensionDeFaits | undefined =>
  Object.hasOwn(s.dimensions, code) ? s.dimensions[code] : Object.hasOwn(DIMENSIONS_COMMUNES, code) ? DIMENSIONS_COMMUNES[code] : undefined;
