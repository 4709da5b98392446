/**
 * Who acts. The closed list of roles is the list of personas of the product; each module's `*.policy.ts` decides what a
 * role may do, one line per right, through `permis`. An account without mandate may only read what the public reads.
 */
export const ROLES = {
  agent: 'Agent partenaire',
  association: 'Association',
  pilote: 'Pilote de fiche',
  producteur: 'Producteur de mesures',
  coordonnateur: 'Coordonnateur d’arrondissement',
  coordination: 'Coordination centrale',
  signataire: 'Signataire',
  elu: 'Élu',
  membre_cellule: 'Membre de cellule',
  teleconseiller: 'Téléconseiller 3975',
  operateur: 'Opérateur SCOP',
  financement: 'Gestionnaire de financements',
  dpo: 'DPO-auditeur',
  administrateur: 'Administrateur technique',
} as const;

export type Role = keyof typeof ROLES;

/** Within a sentence: « coordination centrale », « DPO-auditeur ». */
export const direRole = (r: Role): string => (/^[A-Z]{2}/.test(ROLES[r]) ? ROLES[r] : ROLES[r].charAt(0).toLowerCase() + ROLES[r].slice(1));

/** A role on a scope, read by `couvre`. `territoireId` null means the whole contract; `fiche` null every fiche; `registre` absent every register. */
export interface Mandat {
  role: Role;
  territoireId: string | null;
  fiche: string | null;
  registre?: string | null;
  /** Last day; null has none. Absent where nobody asks. */
  fin?: string | null;
}

/** Roles that act only in a session opened with two factors. */
export const ROLES_FORTS: readonly Role[] = ['coordination', 'membre_cellule', 'dpo', 'administrateur'];

export interface SessionOuverte {
  id: string;
  /** Two factors were shown. */
  forte: boolean;
  /** Last time the person proved who they are. */
  confirmeeLe: Date;
  moyen: string;
}

export interface Utilisateur {
  id: string;
  nom: string;
  courriel: string;
  /** Acteur of the directory to which the person belongs. */
  organisationId: string;
  fonction: string;
  mandats: readonly Mandat[];
  /** Two factors stand behind what identified the person: an identity always says so, and what says nothing is not one. */
  forte: boolean;
  /** Invented for the demonstration: nobody outside it. */
  fictif?: boolean;
  /** May manage the accounts of the organisation. */
  gestionnaire?: boolean;
  /** Asked for shortcuts of one key: off for everybody else (WCAG 2.1.4). */
  raccourcis?: boolean;
  /** Null for an API token or a feed: what asks for a session refuses them. */
  session?: SessionOuverte | null;
  /** Mandates wait for a second factor. */
  enAttente?: boolean;
}

/** What a token or a feed was made under: it never opens more, whatever its holder is given later. */
export interface Titre {
  compteId: string;
  /** Made in a session opened with two factors. */
  forte: boolean;
  /** Ids of the mandates that were awake when it was made. */
  mandats: readonly string[];
}

/** Who may come in at all; declared on every route, a missing one does not compile. */
export type Acces =
  | { readonly genre: 'public' }
  | { readonly genre: 'connecte' }
  | { readonly genre: 'roles'; readonly roles: readonly Role[] /** A page of the registers. */; readonly registres: boolean };

export const acces = {
  public: { genre: 'public' } as Acces,
  connecte: { genre: 'connecte' } as Acces,
  /** Closed to a mandate limited to one register, whatever its role. */
  role: (...roles: readonly Role[]): Acces => ({ genre: 'roles', roles, registres: false }),
  /** The same door, which a mandate limited to a register also opens for that register (`:registre` of the address). */
  registre: (...roles: readonly Role[]): Acces => ({ genre: 'roles', roles, registres: true }),
};

/** Does a mandate of this person open the door? What they may do behind it is for the module's policy to say. */
export const aRole = (u: Utilisateur, a: Extract<Acces, { genre: 'roles' }>, registre: string | undefined): boolean =>
  u.mandats.some((m) => a.roles.includes(m.role) && (!m.registre || (a.registres && (registre === undefined || registre === m.registre))));

/** Would the door of that page open to this person? Asked before a link to it is drawn. */
export const entre = (u: Utilisateur | null, a: Acces, registre?: string): boolean =>
  a.genre === 'public' || (u !== null && (a.genre === 'connecte' || aRole(u, a, registre)));

/** Every role that works on data: all of them but the technical administrator, who sees no business data. */
export const ROLES_METIER = (Object.keys(ROLES) as Role[]).filter((r) => r !== 'administrateur');
export const accesMetier: Acces = acces.role(...ROLES_METIER);
export const accesRegistres: Acces = acces.registre(...ROLES_METIER);

/**
 * What the thing is about: whose it is, where, for which fiches, in which register. A limit that the thing does not answer
 * (a body without fiche, an account without place) is one that it does not have.
 */
export interface Situation {
  organisationId?: string | readonly string[] | undefined;
  territoireId?: string | undefined;
  fiche?: string | readonly string[] | null | undefined;
  registre?: string | undefined;
}
/** What a mandate is limited to; null is no limit. */
export interface Limites extends Pick<Mandat, 'territoireId' | 'fiche' | 'registre'> {
  /** Set for those who act for their own organisation only. */
  organisationId?: string | null;
}
/** Is `territoire` the territory of the mandate or below it? */
export type Contient = (mandat: string, territoire: string) => boolean;
const memeLieu: Contient = (mandat, territoire) => mandat === territoire;

/**
 * The one reading of a mandate. Each of its four limits opens only what answers to it, and closes everything else:
 * - territory: what lies in it or under it; never what is of the whole contract, nor what has no place (accounts, files to import);
 * - fiche: what is attached to it, be it to others too; never what is attached to none (it serves the whole contract);
 * - register: the records of that register; no body, session, account, report, value or figure;
 * - organisation: what is its own, for roles that act for their organisation only.
 */
export const couvre = (m: Limites, s: Situation, contient: Contient): boolean =>
  admet(m.territoireId, s.territoireId, contient) && admet(m.fiche, s.fiche) && admet(m.registre, s.registre) && admet(m.organisationId, s.organisationId);

const admet = (limite: string | null | undefined, dit: string | readonly string[] | null | undefined, egal: Contient = memeLieu): boolean =>
  !limite || [dit ?? []].flat().some((x) => egal(limite, x));

/** Roles that act for their own organisation only, in every right they have. */
const DE_LEUR_ORGANISATION: readonly Role[] = ['agent', 'association', 'producteur'];

/** What each mandate of these roles is limited to; for lists, which write it in SQL. */
export const limitesDe = (u: Utilisateur, roles: readonly Role[]): Limites[] =>
  u.mandats
    .filter((m) => roles.includes(m.role))
    .map(({ role, territoireId, fiche, registre }) => ({
      territoireId,
      fiche,
      registre: registre ?? null,
      organisationId: DE_LEUR_ORGANISATION.includes(role) ? u.organisationId : null,
    }));

/** Does one mandate of these roles cover the situation? */
export const permis = (u: Utilisateur | null, roles: readonly Role[], s: Situation, contient: Contient = memeLieu): boolean =>
  u !== null && limitesDe(u, roles).some((m) => couvre(m, s, contient));

/** The same for a right that these roles, all of them, have for their own organisation only. */
export const permisPourLaSienne = (u: Utilisateur | null, roles: readonly Role[], s: Situation, contient: Contient = memeLieu): boolean =>
  u !== null && limitesDe(u, roles).some((m) => couvre({ ...m, organisationId: u.organisationId }, s, contient));

/**
 * Reading what partners share: territory, fiche and organisation say where one acts, not what one may know, and close none of
 * it; the register does. What is reserved (restricted bodies, accounts, imports) is asked with `permis`, like a write.
 */
export const permisDeLire = (u: Utilisateur | null, roles: readonly Role[], s: Situation = {}): boolean =>
  u !== null && limitesDe(u, roles).some((m) => couvre({ territoireId: null, fiche: null, registre: m.registre ?? null }, s, memeLieu));

/** Works on the contract: has a mandate in force of a role that works on data, not limited to one register. */
export const auTravail = (u: Utilisateur | null): boolean => permisDeLire(u, ROLES_METIER);

/** The place where this person works, when their mandates name one: what lists and forms begin with. It opens and closes nothing. */
export const territoireDe = (u: Utilisateur | null): string | null => u?.mandats.map((m) => m.territoireId).find((t) => t !== null) ?? null;

/** A situation that answers to every limit: what the printed matrix tries. */
export type Cas = Record<'organisationId' | 'territoireId' | 'fiche' | 'registre', string>;
/** One right as the printed matrix asks it; each `*.policy.ts` lists its own, calling the very functions that routes call. */
export interface Droit {
  objet: string;
  action: string;
  permis: (u: Utilisateur, s: Cas) => boolean;
}
