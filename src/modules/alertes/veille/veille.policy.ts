/** Who writes in the thread, and who reads it: those who act in the place, by need. */
import { acces, type Contient, type Droit, permis, permisPourLaSienne, type Role, type Utilisateur } from '../../../core/authorize.ts';
import type { Catalogue } from '../../contrats/index.ts';
import { maisonDe } from '../../signalements/index.ts';
import type { Veille } from './veille.schema.ts';

type Personne = Utilisateur | null;
type Acteurs = Pick<Catalogue, 'acteurs'>;
type Partenaires = Pick<Veille, 'partenaires'>;
const COORDINATION: readonly Role[] = ['coordination', 'coordonnateur'];
/** Those who are on the ground, or answer for those who are. */
const TERRAIN: readonly Role[] = ['agent', 'association', 'pilote', 'producteur', 'operateur'];
export const accesVeille = acces.role(...COORDINATION, ...TERRAIN);

/** Is this organisation, or a house of it, among the partners that the contract names? */
function estPartenaire(v: Partenaires, cat: Acteurs, organisationId: string): boolean {
  const maison = maisonDe(cat, organisationId);
  return maison.some((a) => v.partenaires.acteurs.includes(a) || v.partenaires.types.includes(cat.acteurs.get(a)?.type ?? ''));
}
/** Reads what is said of that place: the coordination, its coordonnateur, partners whose mandate holds it. */
export const peutLireLeFil = (u: Personne, v: Partenaires, cat: Acteurs, territoireId: string, contient: Contient): boolean =>
  permis(u, COORDINATION, { territoireId }, contient) ||
  (u !== null && estPartenaire(v, cat, u.organisationId) && permisPourLaSienne(u, TERRAIN, { territoireId, organisationId: u.organisationId }, contient));
/** Writes there: the same. Who sees says. */
export const peutEcrireTension: typeof peutLireLeFil = (...o) => peutLireLeFil(...o);
/** Withdraws one: whose it is, and who coordinates there. */
export const peutRetirer = (u: Personne, v: Partenaires, cat: Acteurs, t: { territoireId: string; organisationId: string }, contient: Contient): boolean =>
  permis(u, COORDINATION, { territoireId: t.territoireId }, contient) ||
  (peutEcrireTension(u, v, cat, t.territoireId, contient) && u?.organisationId === t.organisationId);
/** Says what becomes of a proposal. */
export const peutDecider = (u: Personne, territoireId: string, contient: Contient): boolean => permis(u, COORDINATION, { territoireId }, contient);

/** Places of which this person reads the thread. */
export const lieuxLisibles = (u: Personne, v: Partenaires, cat: Catalogue): string[] =>
  [...cat.territoires.keys()].filter((t) => peutLireLeFil(u, v, cat, t, cat.contient));

const egal: Contient = (a, b) => a === b;
/** The printed matrix tries someone whose organisation is one of the partners. */
const chezUnPartenaire = (u: Utilisateur, s: { territoireId: string; organisationId: string }): boolean => {
  const v = { partenaires: { acteurs: [u.organisationId], types: [] } };
  return peutLireLeFil(u, v, { acteurs: new Map([[u.organisationId, { id: u.organisationId, nom: '', type: '' }]]) }, s.territoireId, egal);
};
export const DROITS_DE_LA_VEILLE: readonly Droit[] = [
  { objet: 'Fil des tensions', action: 'lire et écrire, chez un partenaire de la veille', permis: chezUnPartenaire },
  { objet: 'Fil des tensions', action: 'décider d’une alerte proposée', permis: (u, s) => peutDecider(u, s.territoireId, egal) },
];
