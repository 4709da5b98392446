/**
 * Rights on accounts. Every act that gives or takes a right is judged here, and only here: `seul` (the person may), `a-deux` (the
 * person may propose it, someone else confirms), `non` and why. Nobody changes his own rights, nobody gives more than he holds or
 * outside his perimeter, nobody acts alone on an account that weighs as much as his own, and the technical administrator gives no
 * right on data to anyone.
 */
import { type Cas, type Contient, direRole, type Droit, type Mandat, permis, type Role, ROLES, type Utilisateur } from '../../../core/authorize.ts';
import {
  A_DEUX,
  couvreMandat,
  estProtege,
  estSensible,
  incompatibilite,
  LOCAUX,
  rangDe,
  rangDuRole,
  type RoleSensible,
  SANS_GESTION,
} from './separation.rules.ts';

type Personne = Utilisateur | null;

/** An account as acts meet it: its mandates in force or to come. */
export interface Cible {
  id: string;
  organisationId: string;
  gestionnaire: boolean;
  mandats: readonly Mandat[];
}
export type Acte =
  | { genre: 'inviter'; organisationId: string; mandat: Mandat | null }
  | { genre: 'accorder'; cible: Cible; mandat: Mandat }
  | { genre: 'finir'; cible: Cible; mandat: Mandat }
  | { genre: 'fermer'; cible: Cible }
  | { genre: 'gestionnaire'; cible: Cible; oui: boolean }
  /** One's own mandate, lent to a colleague. */
  | { genre: 'deleguer'; cible: Cible; mandat: Mandat };
export type ActeSurCompte = Exclude<Acte, { genre: 'inviter' }>;

export type Jugement = { issue: 'seul' | 'a-deux' } | { issue: 'non'; pourquoi: string };
const SEUL: Jugement = { issue: 'seul' };
const A_PLUSIEURS: Jugement = { issue: 'a-deux' };
const non = (pourquoi: string): Jugement => ({ issue: 'non', pourquoi });

/** An account has no territory, fiche or register: a mandate limited to one opens no list of accounts. */
const surTout = (u: Personne, ...roles: readonly Role[]): boolean => permis(u, roles, {});

/** See the accounts of an organisation, and open new ones there. */
export const peutGerer = (u: Personne, organisationId: string): boolean =>
  surTout(u, 'coordination', 'administrateur') || (u?.gestionnaire === true && u.organisationId === organisationId);

/** See the accounts of every organisation. */
export const peutToutVoir = (u: Personne): boolean => surTout(u, 'coordination', 'administrateur', 'dpo');

export const peutOuvrirGestion = (u: Personne): boolean => peutToutVoir(u) || u?.gestionnaire === true;

/** Technical acts, that open nothing: say which SIRET an organisation has, send again what mail is stuck, see whether all is in good order. */
export const peutTenirTechnique = (u: Personne): boolean => surTout(u, 'coordination', 'administrateur');

/** See what waits for a second pair of eyes. */
export const peutVoirPropositions = (u: Personne): boolean => surTout(u, 'coordination', 'dpo', 'administrateur');

/** Acts on the whole contract: name managers, close organisations. */
export const coordonneTout = (u: Personne): boolean => surTout(u, 'coordination');

/** Roles for which the act needs a second person; none when it needs none. */
function rolesEnJeu(acte: ActeSurCompte): RoleSensible[] {
  const donne = acte.genre === 'accorder' || acte.genre === 'deleguer';
  if (donne && estSensible(acte.mandat.role)) return [acte.mandat.role];
  if (acte.genre === 'deleguer' || acte.genre === 'gestionnaire') return [];
  if (acte.genre === 'finir' && estProtege(acte.mandat.role)) return [acte.mandat.role].filter(estSensible);
  return acte.cible.mandats.flatMap((m) => (estProtege(m.role) && estSensible(m.role) ? [m.role] : []));
}
/** What the act gives or takes: the perimeter that whoever acts must hold. */
const mandatsEnJeu = (acte: ActeSurCompte): readonly Mandat[] =>
  acte.genre === 'fermer' ? acte.cible.mandats : acte.genre === 'gestionnaire' ? [] : [acte.mandat];

const tient = (u: Utilisateur, roles: readonly Role[], sien: Mandat, contient: Contient): boolean =>
  u.mandats.some((m) => roles.includes(m.role) && couvreMandat(m, sien, contient));

/** Asked of a right without dates (which roles to offer), the answer is yes: dates are judged when they are known. */
const neDurePasPlus = (sien: Mandat, mien: Mandat): boolean => !mien.fin || sien.fin === undefined || (sien.fin !== null && sien.fin <= mien.fin);

/** Gives this right alone. Sensitive roles are never given alone. */
function peutDonner(u: Utilisateur, m: Mandat, organisationId: string, contient: Contient): boolean {
  if (estSensible(m.role)) return false;
  if (tient(u, ['coordination'], m, contient)) return true;
  return (
    u.gestionnaire === true &&
    u.organisationId === organisationId &&
    u.mandats.some((x) => LOCAUX[x.role]?.includes(m.role) && couvreMandat(x, m, contient) && neDurePasPlus(m, x))
  );
}

function peutOter(u: Utilisateur, m: Mandat, organisationId: string, contient: Contient): boolean {
  if (tient(u, ['coordination'], m, contient)) return true;
  return u.gestionnaire === true && u.organisationId === organisationId && rangDuRole(m.role) < rangDe({ gestionnaire: true, mandats: [] });
}

/** Why this account may not hold this role besides what it holds; null when it may. */
const conflitDeRoles = (cible: Pick<Cible, 'mandats' | 'gestionnaire'>, role: Role): string | null => {
  for (const m of cible.mandats) {
    const pourquoi = incompatibilite(m.role, role);
    if (pourquoi) return `${ROLES[role]} et ${direRole(m.role)} ne se cumulent pas. ${pourquoi}`;
  }
  if (cible.gestionnaire && SANS_GESTION.includes(role))
    return `${ROLES[role]} et gestionnaire des comptes ne se cumulent pas : un gestionnaire donne des rôles de terrain.`;
  return null;
};

/**
 * End what acts in somebody's name (sessions, tokens, feeds): it takes no right away, and is told to them; but done again and again it keeps
 * somebody out, so it stops at one's own rank like the rest.
 */
export const peutCouper = (u: Personne, cible: Cible): boolean =>
  u !== null && u.id !== cible.id && peutGerer(u, cible.organisationId) && rangDe(cible) < rangDe(u);

const DEMANDEZ = 'Demandez à la coordination.';

/** Whoever gives or takes a right asks here first. `contient`: how territories of the contract stand in each other. */
export function juger(u: Personne, acte: Acte, contient: Contient): Jugement {
  if (!u) return non('Connectez-vous.');
  if (acte.genre === 'inviter') return jugerInvitation(u, acte, contient);
  if (acte.cible.id === u.id) return non('Personne ne change ses propres droits.');
  const donne = acte.genre === 'accorder' || acte.genre === 'deleguer';
  const conflit = donne ? conflitDeRoles(acte.cible, acte.mandat.role) : null;
  if (conflit) return non(conflit);
  if (acte.genre === 'gestionnaire') return jugerGestionnaire(u, acte);
  const roles = rolesEnJeu(acte);
  if (acte.genre !== 'deleguer' && !peutGerer(u, acte.cible.organisationId)) return non(`Vous ne gérez pas les comptes de cette organisation. ${DEMANDEZ}`);
  if (acte.genre === 'deleguer') {
    if (!tient(u, [acte.mandat.role], acte.mandat, contient)) return non('Choisissez un de vos mandats en vigueur.');
    if (acte.cible.organisationId !== u.organisationId) return non('Un mandat se délègue dans l’organisation.');
    return roles.length > 0 ? A_PLUSIEURS : SEUL;
  }
  if (roles.length > 0) {
    const propose = mandatsEnJeu(acte).every((m) => roles.every((r) => tient(u, A_DEUX[r].propose, m, contient)));
    return propose ? A_PLUSIEURS : non(`Ce compte ou ce rôle ne se change qu’à deux, sur proposition : ${direRoles(roles.flatMap((r) => A_DEUX[r].propose))}.`);
  }
  if (rangDe(acte.cible) >= rangDe(u)) return non(`Cette personne a un rang égal ou supérieur au vôtre. ${DEMANDEZ}`);
  if (acte.genre === 'accorder')
    return peutDonner(u, acte.mandat, acte.cible.organisationId, contient)
      ? SEUL
      : non(
          `Vous ne pouvez pas donner ce rôle, ou pas sur ce périmètre : personne ne donne plus qu’il ne tient, ni au-delà de la fin de son propre mandat. ${DEMANDEZ}`,
        );
  const ote = mandatsEnJeu(acte).every((m) => peutOter(u, m, acte.cible.organisationId, contient));
  if (!ote) return non(`Ce que tient cette personne n’est pas de votre périmètre. ${DEMANDEZ}`);
  if (acte.genre === 'fermer' && acte.cible.gestionnaire)
    return coordonneTout(u) ? SEUL : non(`Cette personne gère les comptes de son organisation. ${DEMANDEZ}`);
  return SEUL;
}

function jugerInvitation(u: Utilisateur, acte: Extract<Acte, { genre: 'inviter' }>, contient: Contient): Jugement {
  if (!peutGerer(u, acte.organisationId)) return non('Vous ne gérez pas les comptes de cette organisation.');
  if (!acte.mandat) return SEUL;
  if (estSensible(acte.mandat.role))
    return non('Ce rôle se donne à deux : invitez la personne sans mandat, puis proposez-le depuis la page de son compte quand elle l’aura ouvert.');
  return peutDonner(u, acte.mandat, acte.organisationId, contient)
    ? SEUL
    : non(
        `Vous ne pouvez pas donner ce rôle, ou pas sur ce périmètre : personne ne donne plus qu’il ne tient, ni au-delà de la fin de son propre mandat. ${DEMANDEZ}`,
      );
}

function jugerGestionnaire(u: Utilisateur, acte: Extract<Acte, { genre: 'gestionnaire' }>): Jugement {
  if (!coordonneTout(u)) return non('Seule la coordination centrale confie ou retire la gestion des comptes.');
  if (rangDe(acte.cible) >= rangDe(u)) return non('Cette personne a un rang égal au vôtre : la gestion des comptes ne lui ajoute rien.');
  return SEUL;
}

/** Someone entitled, of another account than whoever proposed; the person who would gain never confirms, the one who would leave may. */
export function peutConfirmer(u: Personne, p: { acte: ActeSurCompte; proposePar: string }, contient: Contient): boolean {
  if (!u || u.id === p.proposePar) return false;
  const gagne = p.acte.genre === 'accorder' || p.acte.genre === 'deleguer';
  if (gagne && u.id === p.acte.cible.id) return false;
  const roles = rolesEnJeu(p.acte);
  return roles.length > 0 && mandatsEnJeu(p.acte).every((m) => roles.every((r) => tient(u, A_DEUX[r].confirme, m, contient)));
}

/** May be asked to confirm something at all: holds one of the roles that do. */
export const peutEtreAppele = (u: Personne): u is Utilisateur => u?.mandats.some((m) => estSensible(m.role)) === true;

/** Who may confirm it, in words. */
export const direConfirmants = (acte: ActeSurCompte): string => direRoles(rolesEnJeu(acte).flatMap((r) => A_DEUX[r].confirme));
const direRoles = (roles: readonly Role[]): string => [...new Set(roles)].map(direRole).join(' ou ');

/** Roles that the person may give to someone of this organisation, alone or by proposing; on some perimeter at least. */
export function rolesAccordables(u: Personne, organisationId: string, cible: Cible | null): Role[] {
  if (!u) return [];
  const perimetres = [{ territoireId: null, fiche: null, registre: null }, ...u.mandats];
  const visee = cible ?? { id: '', organisationId, gestionnaire: false, mandats: [] };
  const memes: Contient = (a, b) => a === b;
  return (Object.keys(ROLES) as Role[]).filter((role) =>
    perimetres.some(({ territoireId, fiche, registre }) => {
      const mandat: Mandat = { role, territoireId, fiche, registre: registre ?? null };
      return juger(u, cible ? { genre: 'accorder', cible: visee, mandat } : { genre: 'inviter', organisationId, mandat }, memes).issue !== 'non';
    }),
  );
}

const memes: Contient = (a, b) => a === b;
const cibleDe = (organisationId: string, mandats: readonly Mandat[]): Cible => ({ id: 'autre', organisationId, gestionnaire: false, mandats });
const surPerimetre = (role: Role, s: Cas): Mandat => ({ role, territoireId: s.territoireId, fiche: s.fiche });
const donne = (u: Utilisateur, role: Role, s: Cas, issue: Jugement['issue']): boolean =>
  juger(u, { genre: 'accorder', cible: cibleDe(s.organisationId, []), mandat: surPerimetre(role, s) }, memes).issue === issue;

export const DROITS: readonly Droit[] = [
  { objet: 'Exploitation', action: 'voir les vérifications et les travaux', permis: (u) => peutTenirTechnique(u) },
  { objet: 'Comptes', action: 'voir ceux de toutes les organisations', permis: (u) => peutToutVoir(u) },
  { objet: 'Comptes', action: 'ouvrir un compte sans mandat, fermer un compte qui n’en a pas', permis: (u, s) => peutGerer(u, s.organisationId) },
  { objet: 'Comptes', action: 'donner un rôle de terrain (agent, association)', permis: (u, s) => donne(u, 'agent', s, 'seul') },
  { objet: 'Comptes', action: 'donner un rôle de pilotage', permis: (u, s) => donne(u, 'coordonnateur', s, 'seul') },
  {
    objet: 'Comptes',
    action: 'mettre fin à un rôle de terrain ou de pilotage',
    permis: (u, s) => {
      const mandat = surPerimetre('coordonnateur', s);
      return juger(u, { genre: 'finir', cible: cibleDe(s.organisationId, [mandat]), mandat }, memes).issue === 'seul';
    },
  },
  ...(['coordination', 'dpo', 'administrateur', 'membre_cellule'] as const).flatMap((role): Droit[] => [
    { objet: 'Comptes, à deux', action: `proposer le rôle « ${direRole(role)} »`, permis: (u, s) => donne(u, role, s, 'a-deux') },
    {
      objet: 'Comptes, à deux',
      action: `confirmer le rôle « ${direRole(role)} »${estProtege(role) ? ', ou sa fin' : ''}`,
      permis: (u, s) =>
        peutConfirmer(u, { acte: { genre: 'accorder', cible: cibleDe(s.organisationId, []), mandat: surPerimetre(role, s) }, proposePar: '' }, memes),
    },
  ]),
  { objet: 'Comptes', action: 'confier la gestion des comptes, fermer une organisation', permis: (u) => coordonneTout(u) },
  { objet: 'Comptes', action: 'relancer les courriels, noter un SIRET', permis: (u) => peutTenirTechnique(u) },
];
