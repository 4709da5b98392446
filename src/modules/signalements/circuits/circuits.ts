/** Circuits of a contract: one file each, read at start. */
import type { Profils } from '../../../core/module.ts';
import { lireDossier } from '../../contrats/index.ts';
import { type Circuit, circuitSchema } from './circuit.schema.ts';

export const DOSSIER = 'circuits';

export const lireCircuits = (fichiers: Profils): Circuit[] =>
  fichiers.noms.flatMap((code) => {
    const lu = fichiers.lire(code, circuitSchema);
    return lu ? [{ ...lu, code }] : [];
  });

export type Circuits = ReadonlyMap<string, Circuit>;

/** By code. */
export const circuitsDe = (fichiers: (sous: string) => Profils): Circuits => new Map(lireCircuits(fichiers(DOSSIER)).map((c) => [c.code, c]));
export const listCircuits = async (dossierContrat: string): Promise<Circuits> => circuitsDe(await lireDossier(dossierContrat));
