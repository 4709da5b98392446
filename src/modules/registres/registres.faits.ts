/** A record just made, as its view of facts will show it (`registres.views.ts`); tests hold one against the other. Pure. */
import type { FaitNouveau } from '../indicateurs/index.ts';
import type { RegistreDeclare } from './definition.ts';
import { CHAMP_LIEU } from './lieux/lieux.rules.ts';
import { type Contenu, quantiteDesLignes } from './registres.rules.ts';

/** Columns that only the database fills: the places of a point or of a known place, and the address that is counted. */
const LIEUX = 'lieux';
const LIEU_COMPTE = 'lieu_compte';

/** What is only planned, or was cancelled, is no fact: null. */
export function faitDe(d: Pick<RegistreDeclare, 'champs'>, id: string, k: Contenu): FaitNouveau | null {
  if (k.etape !== 'realisee') return null;
  const quantites = new Map<string, number | null>();
  for (const c of d.champs) {
    const lignes = k.donnees[c.code];
    if (c.type === 'lignes') for (const q of c.quantites) quantites.set(q.code, quantiteDesLignes(q, Array.isArray(lignes) ? lignes : []));
  }
  return {
    id,
    jour: k.jour,
    fin: k.fin,
    territoireId: k.territoire_id,
    fiches: k.fiches,
    lignes: k.lignes,
    valeur: (colonne) => {
      if (colonne === 'organisation_id') return k.organisation_id;
      return quantites.has(colonne) ? quantites.get(colonne) : k.donnees[colonne];
    },
    ignore: (colonne) => {
      if (colonne === LIEU_COMPTE) return true;
      if (colonne === LIEUX) return k.lon !== null || k.donnees[CHAMP_LIEU] !== undefined;
      // PostgreSQL adds decimals up without losing any.
      return !Number.isSafeInteger(quantites.get(colonne) ?? 0);
    },
  };
}
