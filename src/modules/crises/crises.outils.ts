import type { Services } from '../../core/module.ts';
import type { Cadre } from './crises.schema.ts';

export type ServicesDeCrise = Pick<Services, 'coffre' | 'direct' | 'adresse' | 'dossierContrat'>;
/** What each part of the room is given: the services, and what the contract says of crises. */
export type Outils = ServicesDeCrise & { cadre: Cadre };
