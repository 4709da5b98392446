/** Rights on bodies, their sessions and decisions: one line each. */
import { aRole, type Droit, type Mandat, ROLES_METIER, type Utilisateur } from '../../core/authorize.ts';
import type { Confidentialite, EtatSeance, Qualite } from './instances.rules.ts';

type Personne = Utilisateur | null;
/** Is `territoire` the territory of the mandate or below it? */
export type Contient = (mandat: string, territoire: string) => boolean;

/** What rights on a body depend on. `sieges`: the seats that this person holds today, as member or substitute. */
export interface Cadre {
  confidentialite: Confidentialite;
  territoireId: string;
  sieges: readonly Qualite[];
}
const surPlace = (m: Mandat, territoire: string, contient: Contient) => m.territoireId === null || contient(m.territoireId, territoire);

/** Sees a body, its calendar and what it published. */
export function peutVoirInstance(u: Personne, c: Cadre, contient: Contient): boolean {
  if (c.confidentialite === 'publique') return true;
  if (c.confidentialite === 'partenaires' || c.confidentialite === 'nommee') return aRole(u, ...ROLES_METIER);
  return c.sieges.length > 0 || peutTenir(u, c, contient);
}

/** Reads the agenda, papers and draft minutes of its sessions: members, whoever keeps them, and partners when it is not restricted. */
export const peutLireSeances = (u: Personne, c: Cadre, contient: Contient): boolean => aRole(u, ...ROLES_METIER) && peutVoirInstance(u, c, contient);

/** Creates bodies and their members: the coordination everywhere, the coordonnateur in their mairie. */
export const peutGererInstance = (u: Personne, territoireId: string, contient: Contient): boolean =>
  u?.mandats.some((m) => m.role === 'coordination' || (m.role === 'coordonnateur' && surPlace(m, territoireId, contient))) ?? false;

/** Prepares, convokes, holds and closes sessions; follows decisions. Its secretariat too. */
export const peutTenir = (u: Personne, c: Pick<Cadre, 'territoireId' | 'sieges'>, contient: Contient): boolean =>
  peutGererInstance(u, c.territoireId, contient) || (aRole(u, ...ROLES_METIER) && c.sieges.includes('secretaire'));

/** Approves minutes: who presides, or their substitute. */
export const peutApprouver = (u: Personne, c: Pick<Cadre, 'sieges'>): boolean => u !== null && c.sieges.includes('president');

/** Proposes an agenda item: any member. */
export const peutDemander = (u: Personne, c: Cadre, contient: Contient): boolean => u !== null && (c.sieges.length > 0 || peutTenir(u, c, contient));

/** Proposes a correction of draft minutes: who was there or was represented, while the window is open. */
export const peutAmender = (u: Personne, o: { etat: EtatSeance; present: boolean; ouverteJusqua: string | null; aujourdhui: string }): boolean =>
  u !== null && o.etat === 'relecture' && o.present && o.ouverteJusqua !== null && o.aujourdhui <= o.ouverteJusqua;

/** Tells how a decision goes on: whoever keeps the body, and the organisation in charge. */
export const peutSuivre = (u: Personne, d: { responsableId: string }, c: Cadre, contient: Contient): boolean =>
  peutTenir(u, c, contient) || (u !== null && aRole(u, ...ROLES_METIER) && u.organisationId === d.responsableId && peutVoirInstance(u, c, contient));

const egal: Contient = (mandat, territoire) => mandat === territoire;
const cadre = (s: { territoireId: string }, confidentialite: Confidentialite): Cadre => ({ confidentialite, territoireId: s.territoireId, sieges: [] });
export const DROITS: readonly Droit[] = [
  { objet: 'Instances', action: 'voir une instance ouverte aux partenaires', permis: (u, s) => peutLireSeances(u, cadre(s, 'partenaires'), egal) },
  { objet: 'Instances', action: 'voir une instance restreinte sans en être membre', permis: (u, s) => peutVoirInstance(u, cadre(s, 'restreinte'), egal) },
  { objet: 'Instances', action: 'créer une instance, en tenir les membres', permis: (u, s) => peutGererInstance(u, s.territoireId, egal) },
  { objet: 'Séances', action: 'préparer, tenir, clore', permis: (u, s) => peutTenir(u, cadre(s, 'partenaires'), egal) },
  { objet: 'Séances', action: 'approuver un relevé sans présider', permis: (u, s) => peutApprouver(u, cadre(s, 'partenaires')) },
  {
    objet: 'Décisions',
    action: 'suivre celles confiées à son organisation',
    permis: (u, s) => peutSuivre(u, { responsableId: s.organisationId }, cadre(s, 'partenaires'), egal),
  },
];
