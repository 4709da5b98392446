/** Rights on registers: one line each. The technical administrator sees no record; the public sees only proof pages. */
import { aRole, type Droit, ROLES_METIER, type Mandat, type Role, type Utilisateur } from '../../core/authorize.ts';
import type { DefinitionRegistre } from './definition.ts';

type Personne = Utilisateur | null;
/** What rights depend on: whose record, and where. */
export interface Portee {
  organisation_id: string;
  territoire_id: string;
  /** Register of the record; a mandate limited to one register covers no other. */
  registre?: string;
}
/** Is `territoire` the territory of the mandate or below it? */
export type Contient = (mandat: string, territoire: string) => boolean;

/** Those who record the activity of their own organisation. */
const PARTENAIRES: readonly Role[] = ['agent', 'association', 'pilote', 'producteur'];

const couvre = (m: Mandat, p: Portee, contient: Contient) =>
  (m.territoireId === null || contient(m.territoireId, p.territoire_id)) && (!m.registre || m.registre === p.registre);

export const porteeDe = (d: DefinitionRegistre, contenu: Portee): Portee => ({
  organisation_id: contenu.organisation_id,
  territoire_id: contenu.territoire_id,
  registre: d.code,
});

/** Read lists and records, export them: anyone at work on the contract. */
export const peutLire = (u: Personne): boolean => aRole(u, ...ROLES_METIER);

/** Read the proof page of one record, reduced to its public fields. */
export const peutLirePreuve = (u: Personne, d: DefinitionRegistre): boolean => d.publique || peutLire(u);

/** Offer the form at all; the record itself is checked by `peutEcrire`. */
export const peutCreer = (u: Personne): boolean => aRole(u, ...PARTENAIRES, 'coordonnateur', 'coordination');

/** Create, correct or withdraw this record: its own organisation's, those of the coordonnateur's mairie, all for the coordination. */
export const peutEcrire = (u: Personne, p: Portee, contient: Contient): boolean =>
  u?.mandats.some(
    (m) =>
      m.role === 'coordination' ||
      (m.role === 'coordonnateur' && couvre(m, p, contient)) ||
      (PARTENAIRES.includes(m.role) && p.organisation_id === u.organisationId && couvre(m, p, contient)),
  ) ?? false;

/** Import a file; each row is then checked by `peutEcrire`. */
export const peutImporter = peutCreer;

/** Publish or undo a batch: who prepared it, or the coordination. */
export const peutGererLot = (u: Personne, lot: { cree_par: string | null }): boolean =>
  aRole(u, 'coordination') || (u !== null && lot.cree_par === u.id && peutImporter(u));

/** Add a value to a closed list. */
export const peutEtendre = (u: Personne): boolean => aRole(u, 'coordination', 'administrateur');

/** Organisations offered in the form: one's own, or all (null) for those who record for a territory. */
export const organisationsDe = (u: Personne): readonly string[] | null =>
  aRole(u, 'coordination', 'coordonnateur') ? null : u === null ? [] : [u.organisationId];

export const DROITS: readonly Droit[] = [
  { objet: 'Registres', action: 'lire et exporter', permis: (u) => peutLire(u) },
  {
    objet: 'Registres',
    action: 'enregistrer, corriger, retirer',
    permis: (u, s) => peutEcrire(u, { organisation_id: s.organisationId, territoire_id: s.territoireId }, (mandat, territoire) => mandat === territoire),
  },
  { objet: 'Registres', action: 'importer un fichier', permis: (u) => peutImporter(u) },
  { objet: 'Registres', action: 'publier ou annuler un import d’un autre', permis: (u) => peutGererLot(u, { cree_par: 'autre' }) },
  { objet: 'Registres', action: 'compléter une liste', permis: (u) => peutEtendre(u) },
];
