import { lireDossier } from '../../contrats/index.ts';
import type { Profils } from '../../../core/module.ts';
import { type Enquete, enqueteSchema } from './definition.schema.ts';

export const DOSSIER = 'enquetes';

export const lireDefinitions = (fichiers: Profils): Enquete[] =>
  fichiers.noms.flatMap((code) => {
    const lue = fichiers.lire(code, enqueteSchema);
    return lue ? [{ ...lue, code }] : [];
  });

/** Surveys of a contract, by code. */
export async function listEnquetes(dossierContrat: string): Promise<ReadonlyMap<string, Enquete>> {
  const fichiers = await lireDossier(dossierContrat);
  return new Map(lireDefinitions(fichiers(DOSSIER)).map((e) => [e.code, e]));
}
