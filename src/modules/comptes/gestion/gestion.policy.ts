/**
 * Rights on accounts: one line each. Nobody gives a right to himself, and nobody gives what he may not give. An account has no
 * territory, fiche or register: a mandate limited to one opens none.
 */
import { type Droit, permis, type Role, ROLES, type Utilisateur } from '../../../core/authorize.ts';

type Personne = Utilisateur | null;

/** What a local manager may give, inside the organisation. */
const LOCAUX: readonly Role[] = ['agent', 'association', 'producteur'];

/** See the accounts of an organisation, invite into it, close its accounts. */
export const peutGerer = (u: Personne, organisationId: string): boolean =>
  permis(u, ['coordination', 'administrateur'], { organisationId }) || (u?.gestionnaire === true && u.organisationId === organisationId);

/** See the accounts of every organisation. */
export const peutToutVoir = (u: Personne): boolean => permis(u, ['coordination', 'administrateur', 'dpo'], {});

/** See whether the platform is in good order: no business data. */
export const peutExploiter = (u: Personne): boolean => permis(u, ['coordination', 'administrateur'], {});

export const peutOuvrirGestion = (u: Personne): boolean => peutToutVoir(u) || u?.gestionnaire === true;

/** Give this role in this organisation. The technical administrator opens no business data: not even to another. */
export function peutAccorder(u: Personne, role: Role, organisationId: string): boolean {
  if (permis(u, ['coordination'], { organisationId })) return role !== 'administrateur';
  if (permis(u, ['administrateur'], { organisationId }) && role === 'administrateur') return true;
  return peutGerer(u, organisationId) && u?.gestionnaire === true && LOCAUX.includes(role);
}
export const rolesAccordables = (u: Personne, organisationId: string): Role[] =>
  (Object.keys(ROLES) as Role[]).filter((r) => peutAccorder(u, r, organisationId));

/** Give or end a right of this account. */
export const peutChangerDroits = (u: Personne, compte: { id: string; organisationId: string }): boolean =>
  u?.id !== compte.id && peutGerer(u, compte.organisationId);

/** Name local managers, and say which SIRET an organisation has. */
export const peutNommerGestionnaire = (u: Personne): boolean => permis(u, ['coordination', 'administrateur'], {});

/** See the mails that wait, send them again. */
export const peutSuivreCourriels = (u: Personne): boolean => permis(u, ['coordination', 'administrateur'], {});

export const DROITS: readonly Droit[] = [
  { objet: 'Exploitation', action: 'voir les vérifications et les travaux', permis: (u) => peutExploiter(u) },
  { objet: 'Comptes', action: 'voir, inviter, fermer', permis: (u, s) => peutGerer(u, s.organisationId) },
  { objet: 'Comptes', action: 'voir ceux de toutes les organisations', permis: (u) => peutToutVoir(u) },
  { objet: 'Comptes', action: 'donner un rôle de terrain (agent, association, producteur)', permis: (u, s) => peutAccorder(u, 'agent', s.organisationId) },
  { objet: 'Comptes', action: 'donner un rôle de pilotage', permis: (u, s) => peutAccorder(u, 'coordonnateur', s.organisationId) },
  { objet: 'Comptes', action: 'donner l’administration technique', permis: (u, s) => peutAccorder(u, 'administrateur', s.organisationId) },
  { objet: 'Comptes', action: 'nommer un gestionnaire, fermer une organisation', permis: (u) => peutNommerGestionnaire(u) },
];
