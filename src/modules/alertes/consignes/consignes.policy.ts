/** Who sends an instruction, who follows it, who acknowledges one. */
import {
  accesMetier,
  auTravail,
  type Contient,
  type Droit,
  permis,
  permisPourLaSienne,
  type Role,
  ROLES_METIER,
  type Utilisateur,
} from '../../../core/authorize.ts';

type Personne = Utilisateur | null;
const COORDINATION: readonly Role[] = ['coordination', 'coordonnateur', 'operateur'];
export const accesConsignes = accesMetier;
/** The authority itself, and who coordinates in its name, each in their place. */
export const peutDiffuser = (u: Personne, autorites: readonly string[], territoireId: string, contient: Contient): boolean =>
  permis(u, COORDINATION, { territoireId }, contient) ||
  (u !== null && autorites.includes(u.organisationId) && permisPourLaSienne(u, ROLES_METIER, { territoireId, organisationId: u.organisationId }, contient));
/** Says « read » for a site of their own organisation. */
export const peutAccuser = (u: Personne, e: { organisationId: string; territoireId: string }, contient: Contient): boolean =>
  auTravail(u) && u !== null && permisPourLaSienne(u, ROLES_METIER, e, contient);

const egal: Contient = (a, b) => a === b;
export const DROITS_DES_CONSIGNES: readonly Droit[] = [
  { objet: 'Consignes', action: 'diffuser, lever', permis: (u, s) => peutDiffuser(u, [], s.territoireId, egal) },
  { objet: 'Consignes', action: 'accuser réception pour son organisme', permis: (u, s) => peutAccuser(u, s, egal) },
];
