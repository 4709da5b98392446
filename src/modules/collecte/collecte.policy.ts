/** Rights on collection: one line each. */
import { auTravail, type Cas, type Droit, permis, type Utilisateur } from '../../core/authorize.ts';

type Personne = Utilisateur | null;

/** Opens a campaign, adds who answers, writes again, closes: the central coordination. */
export const peutMener = (u: Personne): boolean => permis(u, ['coordination'], {});

/** What was asked of which institution, and what arrived: anyone at work on the contract. */
export const peutSuivreCampagnes = (u: Personne): boolean => auTravail(u);

/** Who was written to, and when they read: those who lead it, and their own institution. */
export const peutVoirLesAcces = (u: Personne, organisationId: string): boolean => peutMener(u) || (auTravail(u) && u?.organisationId === organisationId);

export const DROITS: readonly Droit[] = [
  { objet: 'Collecte', action: 'ouvrir et mener une campagne', permis: (u) => peutMener(u) },
  { objet: 'Collecte', action: 'suivre les campagnes', permis: (u) => peutSuivreCampagnes(u) },
  { objet: 'Collecte', action: 'voir qui répond pour un organisme', permis: (u, s: Cas) => peutVoirLesAcces(u, s.organisationId) },
];
