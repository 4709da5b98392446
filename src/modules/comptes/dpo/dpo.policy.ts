/** Rights at the desk of the data protection officer, who answers to nobody for them (GDPR, article 38.3). */
import { aRole, type Droit, type Utilisateur } from '../../../core/authorize.ts';

export const peutLireRegistre = (u: Utilisateur | null): boolean => aRole(u, 'dpo');
export const peutTraiterDemandes = (u: Utilisateur | null): boolean => aRole(u, 'dpo');
/** Purging is applying a rule written in conservation.ts: nobody chooses what is deleted. */
export const peutPurger = (u: Utilisateur | null): boolean => aRole(u, 'dpo');

export const DROITS: readonly Droit[] = [
  { objet: 'Protection des données', action: 'lire le registre des traitements et le journal d’audit', permis: (u) => peutLireRegistre(u) },
  { objet: 'Protection des données', action: 'suivre les demandes de droits', permis: (u) => peutTraiterDemandes(u) },
  { objet: 'Protection des données', action: 'purger ce qui a passé sa durée', permis: (u) => peutPurger(u) },
];
