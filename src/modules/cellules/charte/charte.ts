import { lireDossier } from '../../contrats/index.ts';
import type { Profils } from '../../../core/module.ts';
import { type Charte, charteSchema } from './charte.schema.ts';

/** Null when the contract has no cells. Throws `ErreurContrat`, file and path. */
export const lireCharte = (fichiers: Profils): Charte | null => fichiers.lire('cellules', charteSchema) ?? null;

export const getCharte = async (dossierContrat: string): Promise<Charte | null> => lireCharte((await lireDossier(dossierContrat))(''));
