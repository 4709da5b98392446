/** Bodies as facts: what the contract's measures count. */
import type { Db } from '../../core/base/database.ts';
import { getCatalogue } from '../contrats/index.ts';
import type { SourceDeFaits } from '../indicateurs/index.ts';

/** The kinds are those of the contract, not a list of this programme: their names are read from its catalogue. */
export const dimensions: SourceDeFaits['dimensions'] = { type: { libelle: 'Type d’instance', type: 'liste' } };
export const libellesAjoutes = async (db: Db, contratId: number): Promise<ReadonlyMap<string, string>> => {
  const { typesInstance } = await getCatalogue(db, contratId);
  return new Map([['type:autre', 'Autre instance'], ...[...typesInstance.values()].map((t) => [`type:${t.id}`, t.nom] as const)]);
};

/** Bodies, from the day they began to the day they ended. Not public: the view also holds restricted bodies and nominative cells. */
export const sourceInstances: SourceDeFaits = {
  nom: 'instances',
  libelle: 'Instances',
  vue: 'faits_instances',
  dimensions,
  quantites: {},
  cle: 'uuid',
  fin: true,
  publique: false,
  // That a body exists is no secret once it works; that a cell was just opened in an arrondissement is its members'. Numbers of bodies name nobody.
  diffusion: { recul: 1, seuil: 0, grain: 'premier-niveau', dimensions: ['type'], pourquoi: 'L’ouverture d’une cellule ne se lit pas le jour même.' },
  libellesAjoutes,
  lien: (id) => `/instances/${id}`,
};
