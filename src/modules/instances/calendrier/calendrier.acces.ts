/** Private feeds, as one of the things that act in someone's name and end together with the rest. */
import { pluriel } from '../../../ui/typographie.ts';
import { revokeFluxDuCompte } from './calendrier.queries.ts';

export const accesParCalendrier = {
  dire: (nombre: number): string => pluriel(nombre, 'adresse de calendrier', 'adresses de calendrier'),
  revoquer: revokeFluxDuCompte,
};
