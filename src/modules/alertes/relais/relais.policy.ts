/** Who passes on an official message, and where. Nobody writes one here: the authority does. */
import { acces, type Contient, type Droit, permis, type Role, type Utilisateur } from '../../../core/authorize.ts';

const ROLES_DU_RELAIS: readonly Role[] = ['coordination', 'coordonnateur', 'operateur'];
export const accesRelais = acces.role(...ROLES_DU_RELAIS);
export const peutRelayer = (u: Utilisateur | null, territoireId: string, contient: Contient): boolean => permis(u, ROLES_DU_RELAIS, { territoireId }, contient);
/** Told of what is said to the public there, and able to withdraw it. */
export const peutCoordonner = (u: Utilisateur, territoireId: string, contient: Contient): boolean =>
  permis(u, ['coordination', 'coordonnateur'], { territoireId }, contient);
export const DROITS_DU_RELAIS: readonly Droit[] = [
  {
    objet: 'Messages officiels',
    action: 'relayer, confirmer (une autre personne), retirer',
    permis: (u, s) => peutRelayer(u, s.territoireId, (a, b) => a === b),
  },
];
