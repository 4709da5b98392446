/** Rights on alerts. */
import { auTravail, type Droit, type Utilisateur } from '../../core/authorize.ts';

/** Whoever works on the contract writes one: the first who sees it. */
export const peutEcrire = (u: Utilisateur | null): boolean => auTravail(u);

export const DROITS: readonly Droit[] = [{ objet: 'Alertes', action: 'écrire', permis: (u) => peutEcrire(u) }];
