/** Rights on residents' reports. */
import { auTravail, type Droit, limitesDe, permis, type Role, ROLES_METIER, type Utilisateur } from '../../core/authorize.ts';

export const peutLireSignalements = (u: Utilisateur | null): boolean => auTravail(u);
/**
 * Loading a file adds thousands of facts to the figures of the whole contract: the central coordination, coordinators and the
 * control room, by a mandate without limit.
 */
export const peutImporter = (u: Utilisateur | null): boolean => permis(u, ['coordination', 'coordonnateur', 'operateur', 'teleconseiller'], {});

/** Where they act for their house; for lists, which write it in SQL. */
export const limitesDAction = (u: Utilisateur, roles: readonly Role[] = ROLES_METIER) => limitesDe(u, roles).filter((m) => !m.registre && !m.fiche);

export const DROITS: readonly Droit[] = [
  { objet: 'Signalements', action: 'lire', permis: (u) => peutLireSignalements(u) },
  { objet: 'Signalements', action: 'importer', permis: (u) => peutImporter(u) },
];
