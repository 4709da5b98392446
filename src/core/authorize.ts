/**
 * Who acts. The closed list of roles is the list of personas of the product; each module's `*.policy.ts` decides what a
 * role may do, one line per right. An account without mandate may only read what the public reads.
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

/** A role on a scope. `territoireId` null means the whole contract; `fiche` null every fiche; `registre` absent every register. */
export interface Mandat {
  role: Role;
  territoireId: string | null;
  fiche: string | null;
  registre?: string | null;
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
  /** May manage the accounts of the organisation. */
  gestionnaire?: boolean;
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

export const aRole = (u: Utilisateur | null, ...roles: readonly Role[]): boolean => u?.mandats.some((m) => roles.includes(m.role)) ?? false;

/** Who may come in at all; declared on every route, a missing one does not compile. */
export type Acces = { readonly genre: 'public' } | { readonly genre: 'connecte' } | { readonly genre: 'roles'; readonly roles: readonly Role[] };

export const acces = {
  public: { genre: 'public' } as Acces,
  connecte: { genre: 'connecte' } as Acces,
  role: (...roles: readonly Role[]): Acces => ({ genre: 'roles', roles }),
};

/** Every role that works on data: all of them but the technical administrator, who sees no business data. */
export const ROLES_METIER = (Object.keys(ROLES) as Role[]).filter((r) => r !== 'administrateur');
export const accesMetier: Acces = acces.role(...ROLES_METIER);

/** Whose thing it is, and where: what a right may depend on. */
export interface Situation {
  organisationId: string;
  territoireId: string;
  fiche: string;
}
/** One right as the printed matrix asks it; each `*.policy.ts` lists its own, calling the very functions that routes call. */
export interface Droit {
  objet: string;
  action: string;
  permis: (u: Utilisateur, s: Situation) => boolean;
}
