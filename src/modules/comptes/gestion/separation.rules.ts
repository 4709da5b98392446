/**
 * Separation of duties, as data: which rights nobody holds together, what each role weighs, what takes two people. Pure; the
 * policy beside it decides with these, the database refuses the same pairs (`roles_incompatibles`, compared by a test).
 */
import { type Contient, couvre, type Mandat, ROLES, type Role } from '../../../core/authorize.ts';

const TOUS = Object.keys(ROLES) as Role[];

export interface Incompatibilite {
  role: Role;
  avec: readonly Role[];
  pourquoi: string;
}
export const INCOMPATIBLES: readonly Incompatibilite[] = [
  {
    role: 'administrateur',
    avec: TOUS.filter((r) => r !== 'administrateur'),
    pourquoi: 'Qui tient la plateforme en marche ne travaille pas sur ses données.',
  },
  { role: 'dpo', avec: TOUS.filter((r) => r !== 'dpo'), pourquoi: 'Qui contrôle ne fait rien d’autre : il ne se contrôle pas lui-même.' },
  { role: 'financement', avec: ['association'], pourquoi: 'Qui instruit les subventions n’en demande pas.' },
  { role: 'financement', avec: ['membre_cellule'], pourquoi: 'Qui finance ne connaît pas les situations individuelles.' },
];
/** Who may not manage the accounts of an organisation, since a manager gives business roles. */
export const SANS_GESTION: readonly Role[] = ['administrateur', 'dpo'];

/** Why the two may not belong to one account; null when they may. */
export const incompatibilite = (a: Role, b: Role): string | null =>
  INCOMPATIBLES.find((i) => (i.role === a && i.avec.includes(b)) || (i.role === b && i.avec.includes(a)))?.pourquoi ?? null;

/** What a role weighs when two accounts are compared: nobody acts alone on one who weighs as much. */
const RANGS: Record<Role, number> = {
  dpo: 3,
  coordination: 3,
  administrateur: 3,
  coordonnateur: 2,
  pilote: 2,
  signataire: 2,
  elu: 2,
  membre_cellule: 2,
  financement: 2,
  agent: 1,
  association: 1,
  producteur: 1,
  teleconseiller: 1,
  operateur: 1,
};
const RANG_GESTIONNAIRE = 2;

export const rangDuRole = (r: Role): number => RANGS[r];
export const rangDe = (x: { gestionnaire?: boolean | undefined; mandats: readonly Pick<Mandat, 'role'>[] }): number =>
  Math.max(0, x.gestionnaire ? RANG_GESTIONNAIRE : 0, ...x.mandats.map((m) => RANGS[m.role]));

/** Giving one of these takes two people. */
export const SENSIBLES = ['coordination', 'dpo', 'administrateur', 'membre_cellule'] as const satisfies readonly Role[];
/** Ending one of these, or closing the account that holds it, takes two people. */
const PROTEGES = ['coordination', 'dpo', 'administrateur'] as const satisfies readonly Role[];
export type RoleSensible = (typeof SENSIBLES)[number];
export const estSensible = (r: Role): r is RoleSensible => (SENSIBLES as readonly Role[]).includes(r);
export const estProtege = (r: Role): boolean => (PROTEGES as readonly Role[]).includes(r);

/**
 * Who proposes and who confirms, for each of them. Whoever stands here holds a sensitive role himself: nobody makes his own second
 * pair of eyes alone (the search over compositions checks it).
 */
export const A_DEUX: Record<RoleSensible, { propose: readonly RoleSensible[]; confirme: readonly RoleSensible[] }> = {
  coordination: { propose: ['coordination'], confirme: ['coordination', 'dpo'] },
  dpo: { propose: ['coordination'], confirme: ['coordination', 'dpo'] },
  administrateur: { propose: ['administrateur', 'coordination'], confirme: ['administrateur', 'coordination', 'dpo'] },
  membre_cellule: { propose: ['coordination'], confirme: ['coordination', 'dpo'] },
};

/** Days during which a proposal may be confirmed. */
export const DELAI_JOURS = 7;

/** What a local manager may give for what he holds himself: never a right that is not his. */
export const LOCAUX: Partial<Record<Role, readonly Role[]>> = {
  agent: ['agent', 'association'],
  association: ['association'],
  producteur: ['producteur'],
  pilote: ['agent', 'association', 'producteur'],
  coordonnateur: ['agent', 'association'],
};

/** Everything that `sien` opens stands within what `mien` opens, whatever their roles. */
export const couvreMandat = (mien: Mandat, sien: Mandat, contient: Contient): boolean =>
  couvre(mien, { territoireId: sien.territoireId ?? undefined, fiche: sien.fiche, registre: sien.registre ?? undefined }, contient);
