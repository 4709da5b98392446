/** Who reports, reads and handles. A service is also its house: a division of a department answers to it. */
import {
  auTravail,
  type Contient,
  type Droit,
  permis,
  permisPourLaSienne,
  type Role,
  ROLES_METIER,
  territoireDe,
  type Utilisateur,
} from '../../../core/authorize.ts';
import { type Catalogue, maisonDe } from '../../contrats/index.ts';
import type { Circuit } from '../circuits/circuit.schema.ts';
import { limitesDAction } from '../signalements.policy.ts';
import type { Demande } from './demandes.queries.ts';
import type { Lecture, LectureEntiere } from './lecture.queries.ts';

type Personne = Utilisateur | null;
type Acteurs = Pick<Catalogue, 'acteurs'>;

export { maisonDe };
/** Services of which this organisation is the house. */
export const servicesDe = (cat: Acteurs, organisationId: string): string[] =>
  [...cat.acteurs.keys()].filter((id) => maisonDe(cat, id).includes(organisationId));

/** Those who take down what somebody else says: by telephone, at a counter, in the street. */
const A_L_ECOUTE = ['teleconseiller', 'operateur', 'coordonnateur', 'coordination'] as const;
export const peutSaisirPourAutrui = (u: Personne): boolean => permis(u, A_L_ECOUTE, { territoireId: territoireDe(u) ?? undefined });
/** Whose work it is before any other. */
export const estALEcoute = (u: Personne): boolean => permis(u, ['teleconseiller', 'operateur'], { territoireId: territoireDe(u) ?? undefined });

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

/** An elected person, or who holds the money, reads what everybody at work does; what is reserved is neither's to read nor to handle. */
const QUI_TRAITENT = ROLES_METIER.filter((r) => r !== 'elu' && r !== 'financement');
/** Open to everybody at work; reserved, to the readers named where their mandate acts, as a write is. */
export const peutLire = (u: Personne, d: Pick<Demande, 'lecteurs' | 'territoireId' | 'serviceId'>, cat: Acteurs, contient: Contient): boolean =>
  auTravail(u) &&
  u !== null &&
  (d.lecteurs === null ||
    permisPourLaSienne(u, QUI_TRAITENT, { organisationId: lecteursDe(cat, d.lecteurs), territoireId: d.territoireId }, contient) ||
    permis(u, ['coordination'], { territoireId: d.territoireId }, contient));
/** The readers named, and their houses. */
const lecteursDe = (cat: Acteurs, lecteurs: readonly string[]): string[] => lecteurs.flatMap((o) => maisonDe(cat, o));
/** Names that open a reserved report to this organisation: its services’ and its own. */
export const nomsDeLecteur = (cat: Acteurs, organisationId: string): string[] => servicesDe(cat, organisationId);

/** Handles those of their service, somewhere. */
export const traite = (u: Utilisateur): boolean =>
  permisPourLaSienne(u, QUI_TRAITENT, { organisationId: u.organisationId, territoireId: territoireDe(u) ?? undefined });
/** Handles it: the service in charge and its house, where they act; the coordination, and the coordinator of the place. */
export const peutTraiter = (u: Personne, d: Pick<Demande, 'lecteurs' | 'territoireId' | 'serviceId'>, cat: Acteurs, contient: Contient): boolean =>
  peutLire(u, d, cat, contient) &&
  (permis(u, ['coordination', 'coordonnateur'], { territoireId: d.territoireId }, contient) ||
    permisPourLaSienne(u, QUI_TRAITENT, { organisationId: maisonDe(cat, d.serviceId), territoireId: d.territoireId }, contient));

/** Reads the words as they were written, and the exact place: who handles it, and the organisation that asked. */
export const litEntier = (
  u: Personne,
  d: Pick<Demande, 'lecteurs' | 'territoireId' | 'serviceId' | 'auteurOrganisation'>,
  cat: Acteurs,
  contient: Contient,
): boolean => peutTraiter(u, d, cat, contient) || (auTravail(u) && u !== null && d.auteurOrganisation === u.organisationId);
type Situee = Pick<Demande, 'lecteurs' | 'territoireId' | 'serviceId' | 'auteurOrganisation' | 'adresse' | 'textePublic'> &
  Partial<Pick<Demande, 'texte' | 'lon' | 'lat' | 'reponses'>> & { metres?: number | null };
/** The same as this person may read it: for others than its service, the quartier, and the words without what tells who somebody is; no answer to a question. */
export const pourLecteur = <D extends Situee>(u: Personne, d: D, cat: Acteurs, contient: Contient): D =>
  litEntier(u, d, cat, contient)
    ? d
    : {
        ...d,
        texte: d.textePublic,
        adresse: '',
        ...('lon' in d ? { lon: null, lat: null } : {}),
        ...('metres' in d ? { metres: null } : {}),
        ...('reponses' in d ? { reponses: {} } : {}),
      };

/** No reserved one is closed to this reader. */
export const ouvreTout = (u: Utilisateur): boolean => permis(u, ['coordination'], {});
/** Territories where mandates of these roles act; null, everywhere. */
function lieuxDAction(u: Utilisateur, roles: readonly Role[], cat: Pick<Catalogue, 'descendants'>): string[] | null {
  const lieux = limitesDAction(u, roles).map((m) => m.territoireId);
  return lieux.includes(null) ? null : lieux.flatMap((t) => (t ? [...cat.descendants(t)] : []));
}
/** What `peutLire` opens, for lists that write it in SQL. */
export function lectureDe(u: Utilisateur | null, cat: Acteurs & Pick<Catalogue, 'descendants'>): Lecture {
  if (u && ouvreTout(u)) return null;
  return {
    noms: u ? nomsDeLecteur(cat, u.organisationId) : [],
    lieux: u ? lieuxDAction(u, QUI_TRAITENT, cat) : [],
    coordonnes: (u && lieuxDAction(u, ['coordination'], cat)) ?? [],
  };
}
/** What `litEntier` opens, and what they made themselves. */
export const lectureEntiereDe = (u: Utilisateur, cat: Acteurs & Pick<Catalogue, 'descendants'>): LectureEntiere => ({
  compteId: u.id,
  organisation: auTravail(u) ? u.organisationId : null,
  lecture: lectureDe(u, cat),
  coordonnes: lieuxDAction(u, ['coordination', 'coordonnateur'], cat),
  services: servicesDe(cat, u.organisationId),
  lieux: lieuxDAction(u, QUI_TRAITENT, cat),
});
export const coordonneLa = (u: Utilisateur, territoireId: string | null, contient: Contient): boolean =>
  permis(u, ['coordonnateur'], { territoireId: territoireId ?? undefined }, contient);
/** Says whether it is done: the organisation that asked, not whoever took it down for somebody else. */
export const peutDire = (u: Personne, d: Pick<Demande, 'auteurOrganisation' | 'territoireId'>, contient: Contient): boolean =>
  d.auteurOrganisation !== null && permisPourLaSienne(u, QUI_TRAITENT, { organisationId: d.auteurOrganisation, territoireId: d.territoireId }, contient);

const egal: Contient = (mandat, territoire) => mandat === territoire;
const chezSoi = (organisationId: string): Acteurs => ({ acteurs: new Map([[organisationId, { id: organisationId, nom: organisationId, type: '' }]]) });
export const DROITS_DES_DEMANDES: readonly Droit[] = [
  {
    objet: 'Demandes à traiter',
    action: 'lire celles qui sont ouvertes aux partenaires',
    permis: (u, s) => peutLire(u, { lecteurs: null, territoireId: s.territoireId, serviceId: s.organisationId }, chezSoi(s.organisationId), egal),
  },
  {
    objet: 'Demandes à traiter',
    action: 'dire où en sont celles de son service',
    permis: (u, s) => peutTraiter(u, { lecteurs: null, territoireId: s.territoireId, serviceId: s.organisationId }, chezSoi(s.organisationId), egal),
  },
  { objet: 'Demandes à traiter', action: 'saisir pour quelqu’un d’autre', permis: (u) => peutSaisirPourAutrui(u) },
];
