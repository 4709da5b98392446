/** Where an operation for several reports takes place: the finest place that holds them all. Pure. */
import type { Catalogue } from '../../contrats/index.ts';

export function lieuCommun(cat: Pick<Catalogue, 'ascendants' | 'contient' | 'racine'>, demandes: readonly { territoireId: string }[]): string {
  const [premiere, ...autres] = demandes;
  if (!premiere) return cat.racine.id;
  // From the place itself up to the whole contract.
  const candidats = [premiere.territoireId, ...[...cat.ascendants(premiere.territoireId)].map((t) => t.id)];
  return (
    candidats.filter((t) => autres.every((d) => cat.contient(t, d.territoireId))).sort((a, b) => cat.ascendants(b).length - cat.ascendants(a).length)[0] ??
    cat.racine.id
  );
}
