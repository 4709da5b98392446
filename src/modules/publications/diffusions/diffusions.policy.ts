/** Who sends a document, who follows it. Reading one is for those of its list. */
import { type Droit, permis, permisPourLaSienne, type Role, type Utilisateur } from '../../../core/authorize.ts';

type Personne = Utilisateur | null;
const DIFFUSENT: readonly Role[] = ['coordination', 'coordonnateur', 'pilote', 'producteur'];
/** In the name of their own organisation. */
export const peutDiffuserUnDocument = (u: Personne): boolean => u !== null && permisPourLaSienne(u, DIFFUSENT, { organisationId: u.organisationId });
/** Sees who has read it, withdraws and replaces it: the organisation that sent it, and the central coordination. */
export const peutSuivreUnDocument = (u: Personne, d: { organisationId: string }): boolean =>
  permis(u, ['coordination'], {}) || (u !== null && permisPourLaSienne(u, DIFFUSENT, { organisationId: d.organisationId }));

export const DROITS_DES_DIFFUSIONS: readonly Droit[] = [
  { objet: 'Documents diffusés', action: 'en diffuser un à une liste', permis: (u) => peutDiffuserUnDocument(u) },
  { objet: 'Documents diffusés', action: 'suivre, retirer, remplacer celui de son organisme', permis: (u, s) => peutSuivreUnDocument(u, s) },
];
