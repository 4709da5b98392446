/** Rights at the desk of the data protection officer, who answers to nobody for them (GDPR, article 38.3). It has no place, fiche or register. */
import { type Droit, permis, type Utilisateur } from '../../../core/authorize.ts';

const auBureau = (u: Utilisateur | null): boolean => permis(u, ['dpo'], {});

export const peutLireRegistre = auBureau;
export const peutTraiterDemandes = auBureau;
/** Purging is applying a rule written in conservation.ts: nobody chooses what is deleted. */
export const peutPurger = auBureau;

export const DROITS: readonly Droit[] = [
  { objet: 'Protection des données', action: 'lire le registre des traitements et le journal d’audit', permis: (u) => peutLireRegistre(u) },
  { objet: 'Protection des données', action: 'suivre les demandes de droits', permis: (u) => peutTraiterDemandes(u) },
  { objet: 'Protection des données', action: 'purger ce qui a passé sa durée', permis: (u) => peutPurger(u) },
];
