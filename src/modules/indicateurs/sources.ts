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
    const refus = refusDeDiffusion(s);
    if (refus) throw new Error(`Source ${s.nom} : ${refus}`);
    map.set(s.nom, s);
  }
  return map;
}

/** What is wrong in how a source says that its figures become public; null when nothing is. */
export function refusDeDiffusion({ diffusion: d, publique, dimensions }: Pick<SourceDeFaits, 'diffusion' | 'publique' | 'dimensions'>): string | null {
  // A module of plain JavaScript, or a cast, may have left it out.
  if (!d) return 'elle ne dit pas sa diffusion.';
  if (d === 'immediate') return publique ? null : 'sa liste n’est pas publique, ses chiffres ne le sont pas à l’instant : dites son recul.';
  if (!Number.isInteger(d.recul) || d.recul < 1) return 'un recul est d’un mois entier au moins.';
  if (!Number.isInteger(d.seuil) || d.seuil < 0) return 'un seuil est un nombre entier.';
  if (d.pourquoi.trim() === '') return 'elle ne dit pas pourquoi.';
  const inconnue = d.dimensions === 'toutes' ? undefined : d.dimensions.find((x) => !Object.hasOwn(dimensions, x));
  return inconnue === undefined ? null : `« ${inconnue} » n’est pas une de ses dimensions.`;
}

export const dimensionDe = (s: SourceDeFaits, code: string): DimensionDeFaits | undefined =>
  Object.hasOwn(s.dimensions, code) ? s.dimensions[code] : Object.hasOwn(DIMENSIONS_COMMUNES, code) ? DIMENSIONS_COMMUNES[code] : undefined;
