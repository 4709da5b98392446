/** Rights on the conduct of a crisis, beside those of its room (`crises.policy.ts`). */
import type { Contient, Droit, Utilisateur } from '../../core/authorize.ts';
import { peutConduire, peutEcrire, peutPointer, type Salle } from './crises.policy.ts';
import type { Entite } from './crises.schema.ts';
import type { Moyen, Soutien } from './soutien.schema.ts';

type Personne = Utilisateur | null;
interface Acteur {
  organisationId: string;
  territoireId: string;
  entite: string;
}
export interface SalleNommee extends Salle {
  acteurs: readonly Acteur[];
}

/** Grants, sends and takes back: who leads, the keeper of the means, and the organisation through which it is asked. */
export const peutTenirMoyen = (u: Personne, s: SalleNommee, m: Moyen, contient: Contient): boolean =>
  peutConduire(u, s, contient) || (peutEcrire(u, s, contient) && u !== null && [m.tenu_par, m.par].includes(u.organisationId));

/** Opens and closes a centre: who leads, and who is named under an entity that opens them. */
export const peutOuvrirUnCentre = (u: Personne, s: SalleNommee, soutien: Pick<Soutien, 'ouvrent_un_centre'>, contient: Contient): boolean =>
  peutPointer(
    u,
    s,
    s.acteurs.filter((a) => soutien.ouvrent_un_centre.includes(a.entite)),
    contient,
  );

/** An inject is of who it is sent to, and of those who lead the exercise. */
export const peutTraiter = (u: Personne, s: SalleNommee, destinataireId: string, contient: Contient): boolean =>
  peutConduire(u, s, contient) || (peutEcrire(u, s, contient) && u?.organisationId === destinataireId);

/** Entities whose tasks are those of a centre. */
export const entitesDuCentre = (entites: readonly Entite[], soutien: Pick<Soutien, 'dans_un_centre'>): Entite[] =>
  entites.filter((e) => soutien.dans_un_centre.includes(e.code));

const egal: Contient = (a, b) => a === b;
export const DROITS_DE_CONDUITE: readonly Droit[] = [
  {
    objet: 'Crises',
    action: 'demander un moyen, compter au guichet, dire l’état d’un service, son organisation étant nommée',
    permis: (u, s) => peutEcrire(u, { ...s, acteurs: [s] }, egal),
  },
  {
    objet: 'Crises',
    action: 'accorder un moyen, signer un point de situation, mener un exercice, signer un retour d’expérience',
    permis: (u, s) => peutConduire(u, { ...s, acteurs: [s] }, egal),
  },
];
