/** Places are those of the whole contract: who keeps its lists keeps them. */
import { acces, permis, type Droit, type Utilisateur } from '../../../core/authorize.ts';

export const accesDesImports = acces.role('coordination', 'administrateur');
export const peutImporterDesLieux = (u: Utilisateur | null): boolean => permis(u, ['coordination', 'administrateur'], {});
export const DROITS_DES_LIEUX: readonly Droit[] = [{ objet: 'Lieux', action: 'importer, changer, fermer', permis: (u) => peutImporterDesLieux(u) }];
