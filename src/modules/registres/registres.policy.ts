/** Rights on registers: one line each. The technical administrator sees no record; the public sees only proof pages. */
import {
  type Cas,
  type Contient,
  type Droit,
  limitesDe,
  permis,
  permisDeLire,
  permisPourLaSienne,
  ROLES_METIER,
  type Role,
  type Situation,
  type Utilisateur,
} from '../../core/authorize.ts';
import type { DefinitionRegistre } from './definition.ts';

type Personne = Utilisateur | null;
type Registre = Pick<DefinitionRegistre, 'code'>;
/** What rights on a record depend on: whose it is, where, for which fiches. */
export interface Portee {
  organisation_id: string;
  territoire_id: string;
  fiches: readonly string[];
}

/** Those who record the activity of their own organisation. */
const PARTENAIRES: readonly Role[] = ['agent', 'association', 'pilote', 'producteur'];
/** Those who record for everybody in their scope. */
const POUR_TOUS: readonly Role[] = ['coordonnateur', 'coordination'];

export const situationDe = (d: Registre, p: Portee): Situation => ({
  organisationId: p.organisation_id,
  territoireId: p.territoire_id,
  fiche: p.fiches,
  registre: d.code,
});

/** Read this register's lists and records, export them: anyone at work on the contract, or on this register. */
export const peutLire = (u: Personne, d: Registre): boolean => permisDeLire(u, ROLES_METIER, { registre: d.code });

/** Read the proof page of one record, reduced to its public fields. */
export const peutLirePreuve = (u: Personne, d: DefinitionRegistre): boolean => d.publique || peutLire(u, d);

/** See that this register exists and how much it holds; the technical administrator keeps its closed lists. */
export const peutVoirRegistre = (u: Personne, d: Registre): boolean => permisDeLire(u, [...ROLES_METIER, 'administrateur'], { registre: d.code });

/** Offer the form, or the import of a file, at all; each record is then checked by `peutEcrire`. */
export const peutCreer = (u: Personne, d: Registre): boolean => permisDeLire(u, [...PARTENAIRES, ...POUR_TOUS], { registre: d.code });

/** Create, correct or withdraw this record: its own organisation's for partners, everybody's for those who coordinate. */
export const peutEcrire = (u: Personne, s: Situation, contient: Contient): boolean =>
  permis(u, POUR_TOUS, s, contient) || permisPourLaSienne(u, PARTENAIRES, s, contient);

/** Read a batch, publish or undo it: who prepared it, or the coordination of the whole register. Its rows are checked by `peutEcrire`. */
export const peutGererLot = (u: Personne, lot: { creePar: string | null }, d: Registre): boolean =>
  permis(u, ['coordination'], { registre: d.code }) || (u !== null && lot.creePar === u.id && peutCreer(u, d));

/** Add a value to a closed list of the whole contract. */
export const peutEtendre = (u: Personne, d: Registre): boolean => permis(u, ['coordination', 'administrateur'], { registre: d.code });

/** Follow a record into the audit trail. */
export const peutOuvrirJournal = (u: Personne): boolean => permis(u, ['dpo'], {});

/** Organisations offered in the form: one's own, or all (null) for those who record for a territory. */
export const organisationsDe = (u: Personne, d: Registre): readonly string[] | null =>
  permisDeLire(u, POUR_TOUS, { registre: d.code }) ? null : u === null ? [] : [u.organisationId];

/** Territories offered in the form: those of the mandates that write here and what lies in them; all (null) when one has no limit. */
export function territoiresDe(u: Personne, d: Registre, descendants: (territoire: string) => readonly string[]): readonly string[] | null {
  const limites = u === null ? [] : limitesDe(u, [...PARTENAIRES, ...POUR_TOUS]).filter((m) => !m.registre || m.registre === d.code);
  const siens = limites.map((m) => m.territoireId);
  return siens.length === 0 || siens.includes(null) ? null : siens.flatMap((t) => (t === null ? [] : [...descendants(t)]));
}

/** Where and for what a person may write: what waits for them is there. */
export const limitesDEcriture = (u: Utilisateur) => limitesDe(u, [...PARTENAIRES, ...POUR_TOUS]);

/** Fiche that a new record must be of, where every mandate that writes here has the same; empty otherwise. */
export function ficheImposee(u: Personne, d: Registre): string {
  const limites = u === null ? [] : limitesDe(u, [...PARTENAIRES, ...POUR_TOUS]).filter((m) => !m.registre || m.registre === d.code);
  const fiches = [...new Set(limites.map((m) => m.fiche ?? ''))];
  return fiches.length === 1 ? (fiches[0] ?? '') : '';
}

const celui = (s: Cas): Registre => ({ code: s.registre });
export const DROITS: readonly Droit[] = [
  { objet: 'Registres', action: 'lire et exporter', permis: (u, s) => peutLire(u, celui(s)) },
  { objet: 'Registres', action: 'enregistrer, corriger, retirer', permis: (u, s) => peutEcrire(u, s, (mandat, territoire) => mandat === territoire) },
  { objet: 'Registres', action: 'importer un fichier (chaque ligne est ensuite vérifiée)', permis: (u, s) => peutCreer(u, celui(s)) },
  { objet: 'Registres', action: 'lire, publier ou annuler un import d’un autre', permis: (u, s) => peutGererLot(u, { creePar: 'autre' }, celui(s)) },
  { objet: 'Registres', action: 'compléter une liste', permis: (u, s) => peutEtendre(u, celui(s)) },
];
