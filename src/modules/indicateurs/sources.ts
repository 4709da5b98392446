/** The sources of facts of this build, and the names that may enter SQL. */
import type { DimensionDeFaits, SourceDeFaits } from '../../core/faits.ts';

export type { SourceDeFaits } from '../../core/faits.ts';

/** Columns that every view has and that formulas may filter or break down by, besides the declared dimensions. */
const DIMENSIONS_COMMUNES: Readonly<Record<string, DimensionDeFaits>> = {
  organisation_id: { libelle: 'Organisation', type: 'acteur' },
};

export type Sources = ReadonlyMap<string, SourceDeFaits>;

const IDENTIFIANT = /^[a-z][a-z0-9_]{0,62}$/;

/** Builds the set of sources; throws on a name that could not be a column or view, since these enter SQL as identifiers. */
export function buildSources(sources: readonly SourceDeFaits[]): Sources {
  const map = new Map<string, SourceDeFaits>();
  for (const s of sources) {
    const noms = [s.vue, ...(s.vueDatee ? [s.vueDatee] : []), ...Object.keys(s.dimensions), ...Object.keys(s.quantites)];
    const fautif = noms.find((n) => !IDENTIFIANT.test(n));
    if (fautif !== undefined) throw new Error(`Source ${s.nom} : « ${fautif} » n’est pas un nom de colonne valable.`);
    if (map.has(s.nom)) throw new Error(`Deux sources de faits s’appellent « ${s.nom} ».`);
    map.set(s.nom, s);
  }
  return map;
}

export const dimensionDe = (s: SourceDeFaits, code: string): DimensionDeFaits | undefined =>
  Object.hasOwn(s.dimensions, code) ? s.dimensions[code] : Object.hasOwn(DIMENSIONS_COMMUNES, code) ? DIMENSIONS_COMMUNES[code] : undefined;
