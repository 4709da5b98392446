/** Who reports, reads and handles. A service is also its house: a division of a department answers to it. */
import { auTravail, type Contient, permis, permisPourLaSienne, ROLES_METIER, type Utilisateur } from '../../../core/authorize.ts';
import type { Catalogue } from '../../contrats/index.ts';
import type { Circuit } from '../circuits/circuit.schema.ts';
import type { Demande } from './demandes.queries.ts';

type Personne = Utilisateur | null;
type Acteurs = Pick<Catalogue, 'acteurs'>;

/** The service and the houses above it. */
export function maisonDe(cat: Acteurs, service: string): string[] {
  const maison: string[] = [];
  for (let a = cat.acteurs.get(service); a && !maison.includes(a.id); a = cat.acteurs.get(a.parent ?? '')) maison.push(a.id);
  return maison.length > 0 ? maison : [service];
}
/** Services of which this organisation is the house. */
export const servicesDe = (cat: Acteurs, organisationId: string): string[] =>
  [...cat.acteurs.keys()].filter((id) => maisonDe(cat, id).includes(organisationId));

/** Those who take down what somebody else says: by telephone, at a counter, in the street. */
const A_L_ECOUTE = ['teleconseiller', 'operateur', 'coordonnateur', 'coordination'] as const;
export const peutSaisirPourAutrui = (u: Personne): boolean => u?.mandats.some((m) => A_L_ECOUTE.some((r) => r === m.role) && !m.registre && !m.fiche) ?? false;

/** Is this organisation among those for whom the circuit is made? */
function estDeclarant(c: Circuit, cat: Acteurs, organisationId: string): boolean {
  const maison = maisonDe(cat, organisationId);
  return c.declarants.acteurs.some((a) => maison.includes(a)) || maison.some((a) => c.declarants.types.includes(cat.acteurs.get(a)?.type ?? ''));
}
/** Reports something in this circuit, under their own name. */
export const peutDeclarer = (u: Personne, c: Circuit, cat: Acteurs): boolean =>
  auTravail(u) &&
  u !== null &&
  (c.declarants.partenaires || estDeclarant(c, cat, u.organisationId) || (c.declarants.public && peutSaisirPourAutrui(u)) || permis(u, ['coordination'], {}));

export const peutLire = (u: Personne, d: Pick<Demande, 'lecteurs' | 'territoireId' | 'serviceId'>, cat: Acteurs, contient: Contient): boolean =>
  auTravail(u) &&
  u !== null &&
  (d.lecteurs === null || lecteursDe(cat, d.lecteurs).includes(u.organisationId) || permis(u, ['coordination'], { territoireId: d.territoireId }, contient));
/** The readers named, and their houses. */
const lecteursDe = (cat: Acteurs, lecteurs: readonly string[]): string[] => lecteurs.flatMap((o) => maisonDe(cat, o));
/** Names that open a reserved report to this organisation: its services’ and its own. */
export const nomsDeLecteur = (cat: Acteurs, organisationId: string): string[] => servicesDe(cat, organisationId);

/** Handles it: the service in charge and its house, where they act; the coordination, and the coordinator of the place. */
export const peutTraiter = (u: Personne, d: Pick<Demande, 'lecteurs' | 'territoireId' | 'serviceId'>, cat: Acteurs, contient: Contient): boolean =>
  peutLire(u, d, cat, contient) &&
  (permis(u, ['coordination', 'coordonnateur'], { territoireId: d.territoireId }, contient) ||
    permisPourLaSienne(u, ROLES_METIER, { organisationId: maisonDe(cat, d.serviceId), territoireId: d.territoireId }, contient));

/** Reserved ones that this reader may open, whoever they are for: null where none is closed to them. */
export const ouvreTout = (u: Utilisateur): boolean => u.mandats.some((m) => m.role === 'coordination' && !m.territoireId && !m.fiche && !m.registre) && u.forte;
