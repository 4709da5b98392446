/**
 * Rights on bodies and their sessions: one line each. A seat opens its body to whoever works on the contract: it
 * falls asleep with the last mandate. A body that serves no fiche in particular serves the whole contract.
 */
import {
  auTravail,
  type Contient,
  type Droit,
  limitesDe,
  couvre,
  permis,
  permisDeLire,
  permisPourLaSienne,
  type Role,
  ROLES_METIER,
  type Situation,
  type Utilisateur,
} from '../../core/authorize.ts';
import type { Confidentialite, Qualite } from './instances.rules.ts';

type Personne = Utilisateur | null;

/** Where a body is and what it serves. */
export interface Ressort {
  territoireId: string;
  fiches: readonly string[];
}
/** What rights on a body depend on. `sieges`: the seats that this person holds today, as member or substitute. */
export interface Cadre extends Ressort {
  confidentialite: Confidentialite;
  sieges: readonly Qualite[];
  /** A reserved part of a session: `sieges` are those that it names, and nothing else opens it, no mandate either. */
  reservee?: true | undefined;
}
/** Those who keep every body of their scope. */
export const ROLES_INSTANCES: readonly Role[] = ['coordonnateur', 'coordination'];
const situationDe = (r: Ressort): Situation => ({ territoireId: r.territoireId, fiche: r.fiches });
export const siegeDans = (u: Personne, c: Pick<Cadre, 'sieges'>, qualite?: Qualite): boolean =>
  auTravail(u) && (qualite === undefined ? c.sieges.length > 0 : c.sieges.includes(qualite));

/** Sees a body, its calendar and what it published. */
export function peutVoirInstance(u: Personne, c: Cadre, contient: Contient): boolean {
  if (c.reservee) return siegeDans(u, c);
  if (c.confidentialite === 'publique') return true;
  if (c.confidentialite === 'partenaires' || c.confidentialite === 'nommee') return auTravail(u);
  return siegeDans(u, c) || peutTenir(u, c, contient);
}

/** Reads the agenda, papers and draft minutes of its sessions: members, whoever keeps them, and partners when it is not restricted. */
export const peutLireSeances = (u: Personne, c: Cadre, contient: Contient): boolean => auTravail(u) && peutVoirInstance(u, c, contient);

/** Creates bodies and their members: the coordination and the coordonnateur, each in their scope. */
export const peutGererInstance = (u: Personne, r: Ressort, contient: Contient): boolean => permis(u, ROLES_INSTANCES, situationDe(r), contient);

/** Offer to create one at all; where, and for which fiches, is checked by `peutGererInstance`. */
export const peutProposerCreation = (u: Personne): boolean => permisDeLire(u, ROLES_INSTANCES);

/** Prepares, convokes, holds and closes sessions; keeps its decisions. Its secretariat too. */
export const peutTenir = (u: Personne, c: Omit<Cadre, 'confidentialite'>, contient: Contient): boolean =>
  c.reservee
    ? siegeDans(u, c, 'secretaire') || siegeDans(u, c, 'president') || (siegeDans(u, c) && peutGererInstance(u, c, contient))
    : peutGererInstance(u, c, contient) || siegeDans(u, c, 'secretaire');

/** Proposes an agenda item: any member. */
export const peutDemander = (u: Personne, c: Cadre, contient: Contient): boolean => siegeDans(u, c) || peutTenir(u, c, contient);

/** Speaks for the body: passes something to another, answers what another passed to it. Who keeps it, and who presides. */
export const peutParlerPour = (u: Personne, c: Cadre, contient: Contient): boolean => siegeDans(u, c, 'president') || peutTenir(u, c, contient);

/** Comes first for this person: they sit there, or it is of the place that is theirs to coordinate. */
export const estSienne = (u: Personne, c: Pick<Cadre, 'sieges'> & Ressort, contient: Contient): boolean =>
  siegeDans(u, c) || (u !== null && limitesDe(u, ['coordonnateur']).some((m) => m.territoireId !== null && couvre(m, situationDe(c), contient)));

/** Keeps the letterhead of an organisation in a territory: who manages the organisation there, the coordonnateur of the place, the coordination. */
export const peutTenirEntete = (u: Personne, s: { organisationId: string; territoireId: string }, contient: Contient): boolean =>
  permis(u, ROLES_INSTANCES, s, contient) || (u?.gestionnaire === true && permisPourLaSienne(u, ROLES_METIER, s, contient));

export const egal: Contient = (mandat, territoire) => mandat === territoire;
/** A body of that place and fiche, without any seat: what the printed matrix tries. */
export const cadreEssaye = (s: { territoireId: string; fiche: string }, confidentialite: Confidentialite): Cadre => ({
  confidentialite,
  territoireId: s.territoireId,
  fiches: [s.fiche],
  sieges: [],
});
export const DROITS: readonly Droit[] = [
  { objet: 'Instances', action: 'voir une instance ouverte aux partenaires', permis: (u, s) => peutLireSeances(u, cadreEssaye(s, 'partenaires'), egal) },
  { objet: 'Instances', action: 'voir une instance restreinte sans en être membre', permis: (u, s) => peutVoirInstance(u, cadreEssaye(s, 'restreinte'), egal) },
  { objet: 'Instances', action: 'créer une instance, en tenir les membres', permis: (u, s) => peutGererInstance(u, cadreEssaye(s, 'partenaires'), egal) },
  { objet: 'Instances', action: 'transmettre à une autre, lui répondre', permis: (u, s) => peutParlerPour(u, cadreEssaye(s, 'partenaires'), egal) },
  { objet: 'Papiers', action: 'changer l’en-tête d’une organisation', permis: (u, s) => peutTenirEntete(u, s, egal) },
  { objet: 'Décisions', action: 'écrire et tenir celles d’une instance', permis: (u, s) => peutTenir(u, cadreEssaye(s, 'partenaires'), egal) },
];
