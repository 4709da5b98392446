/** Rights on residents' reports. */
import { aRole, type Droit, ROLES_METIER, type Utilisateur } from '../../core/authorize.ts';

export const peutLireSignalements = (u: Utilisateur | null): boolean => aRole(u, ...ROLES_METIER);
/** Loading a file adds thousands of facts to the figures: the central coordination, coordinators and the control room. */
export const peutImporter = (u: Utilisateur | null): boolean => aRole(u, 'coordination', 'coordonnateur', 'operateur', 'teleconseiller');

export const DROITS: readonly Droit[] = [
  { objet: 'Signalements', action: 'lire', permis: (u) => peutLireSignalements(u) },
  { objet: 'Signalements', action: 'importer', permis: (u) => peutImporter(u) },
];
