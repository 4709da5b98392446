/** Meetings and bodies as facts: what the contract's measures on meetings count. */
import type { Db } from '../../core/database.ts';
import { getCatalogue } from '../contrats/index.ts';
import type { SourceDeFaits } from '../indicateurs/index.ts';

/** The kinds are those of the contract, not a list of this programme: their names are read from its catalogue. */
const dimensions: SourceDeFaits['dimensions'] = { type: { libelle: 'Type d’instance', type: 'liste' } };
const libellesAjoutes = async (db: Db, contratId: number): Promise<ReadonlyMap<string, string>> => {
  const { typesInstance } = await getCatalogue(db, contratId);
  return new Map([['type:autre', 'Autre instance'], ...[...typesInstance.values()].map((t) => [`type:${t.id}`, t.nom] as const)]);
};

/**
 * Sessions that met. The figures are public; the list of their days is not: the view also holds restricted bodies and
 * nominative cells, and a day beside a place would tell the public when these met.
 */
export const sourceReunions: SourceDeFaits = {
  nom: 'reunions',
  libelle: 'Réunions des instances',
  vue: 'faits_reunions',
  dimensions,
  quantites: { presents: { libelle: 'Personnes présentes', unite: 'personnes' } },
  cle: 'uuid',
  fin: false,
  publique: false,
  libellesAjoutes,
  lien: (id) => `/seances/${id}`,
};

/** Bodies, from the day they began to the day they ended. Not public for the same reason. */
export const sourceInstances: SourceDeFaits = {
  nom: 'instances',
  libelle: 'Instances',
  vue: 'faits_instances',
  dimensions,
  quantites: {},
  cle: 'uuid',
  fin: true,
  publique: false,
  libellesAjoutes,
  lien: (id) => `/instances/${id}`,
};
