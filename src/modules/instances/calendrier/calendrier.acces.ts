/** Private feeds, as one of the things that act in someone's name and end together with the rest. */
import type { Titres } from '../../../core/module.ts';
import { pluriel } from '../../../ui/typographie.ts';
import { revokeFluxDepuis, revokeFluxDuCompte } from './calendrier.queries.ts';

export const accesParCalendrier: Titres = {
  dire: (nombre) => pluriel(nombre, 'adresse de calendrier', 'adresses de calendrier'),
  revoquer: revokeFluxDuCompte,
  revoquerDepuis: async (tx, contratId, depuis, maintenant) => void (await revokeFluxDepuis(tx, contratId, depuis, maintenant)),
};
