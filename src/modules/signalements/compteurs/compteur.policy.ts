/** Who gives the numbers of a circuit: who holds it, and its house, by a mandate of the whole contract. */
import { auTravail, permisPourLaSienne, ROLES_METIER, type Utilisateur } from '../../../core/authorize.ts';
import type { Catalogue } from '../../contrats/index.ts';
import { maisonDe } from '../demandes/demandes.policy.ts';

const QUI_DONNENT = ROLES_METIER.filter((r) => r !== 'elu');
/** Gives those of their own organisation, if it holds any. */
export const donne = (u: Utilisateur | null): boolean =>
  auTravail(u) && u !== null && permisPourLaSienne(u, QUI_DONNENT, { organisationId: u.organisationId, territoireId: undefined });
export const donnePour = (u: Utilisateur | null, organisationId: string, cat: Pick<Catalogue, 'acteurs'>): boolean =>
  auTravail(u) && u !== null && permisPourLaSienne(u, QUI_DONNENT, { organisationId: maisonDe(cat, organisationId), territoireId: undefined });
