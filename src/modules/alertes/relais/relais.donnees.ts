/** Who alerts and who passes on, read at start; null where the contract says nothing of it. */
import { basename } from 'node:path';
import type { ContratLu, Profils } from '../../../core/module.ts';
import { lireDossier } from '../../contrats/index.ts';
import { type Relais, relaisSchema } from './relais.schema.ts';

const lireRelais = (fichiers: Profils): Relais | null => fichiers.lire('relais', relaisSchema) ?? null;
/** By contract, for feeds, which know the contract alone. */
const servis = new Map<string, Relais | null>();
export async function getRelais(dossierContrat: string): Promise<Relais | null> {
  const r = lireRelais((await lireDossier(dossierContrat))(''));
  servis.set(basename(dossierContrat), r);
  return r;
}
export const relaisServi = (slug: string): Relais | null => servis.get(slug) ?? null;
export const genreDit = (r: Relais, code: string): string => r.genres.find((g) => g.code === code)?.libelle ?? code;

export function verifierRelais(fichiers: Profils, c: ContratLu): string[] {
  const r = lireRelais(fichiers);
  if (!r) return [];
  return [
    ...r.origines.filter((o) => !c.acteurs.has(o)).map((o) => `relais.yaml : l’acteur « ${o} » n’existe pas`),
    ...Object.keys(r.sites)
      .filter((o) => !r.origines.includes(o))
      .map((o) => `relais.yaml : des sites sont donnés pour « ${o} », qui n’est pas une origine`),
    ...r.fiches.filter((f) => !c.fiches.has(f)).map((f) => `relais.yaml : la fiche « ${f} » n’existe pas`),
    ...(r.duree.proposee > r.duree.max ? ['relais.yaml : la durée proposée dépasse la plus longue'] : []),
  ];
}
