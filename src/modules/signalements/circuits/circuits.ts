/** Circuits of a contract: one file each, read at start. */
import { basename } from 'node:path';
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
export async function listCircuits(dossierContrat: string): Promise<Circuits> {
  const lus = circuitsDe(await lireDossier(dossierContrat));
  connus.set(basename(dossierContrat), lus);
  return lus;
}

const connus = new Map<string, Circuits>();
/** Those that this process has read for the contract of this name: the words of a figure's filter need no more. */
export const circuitsConnus = (slug: string): Circuits | undefined => connus.get(slug);
