/** Rights on the directory: one line each. What a card says to the public is everyone's; who keeps it, and referents' lines, are not. */
import { auTravail, type Cas, type Contient, type Droit, permis, permisPourLaSienne, type Role, ROLES_METIER, type Utilisateur } from '../../core/authorize.ts';
import { type Catalogue, maisonDe } from '../contrats/index.ts';

type Personne = Utilisateur | null;
interface Tenue {
  organisationId: string;
  territoireId: string;
}
const DE_L_ORGANISME: readonly Role[] = ['agent', 'association', 'producteur', 'pilote'];
const memeLieu: Contient = (a, b) => a === b;

/** Writes a card: the organisation that answers for it, the coordination, that of the arrondissement where it is. */
export const peutTenir = (u: Personne, s: Tenue, contient: Contient): boolean =>
  permis(u, ['coordination', 'coordonnateur'], { territoireId: s.territoireId }, contient) ||
  (s.organisationId !== '' && permisPourLaSienne(u, DE_L_ORGANISME, s, contient));
/** Says that one may take refuge there: who answers for places of the contract, never the place itself. */
export const peutReconnaitreUnRefuge = (u: Personne, s: Pick<Tenue, 'territoireId'>, contient: Contient): boolean =>
  permis(u, ['coordination', 'coordonnateur'], { territoireId: s.territoireId }, contient);
/** May write at least one card: the button is shown, the place decides. */
export const peutEcrireQuelquePart = (u: Personne): boolean =>
  (u?.mandats ?? []).some((m) => !m.registre && (['coordination', 'coordonnateur', ...DE_L_ORGANISME] as Role[]).includes(m.role));
/** Everything at once: a file, cards that are one. */
export const peutImporter = (u: Personne): boolean => permis(u, ['coordination'], {});
export const peutVoirLaTenue = (u: Personne): boolean => auTravail(u);

/**
 * Names a referent, and says who, where and from when: the coordination, that of the place, never an organisation for itself. Reports that others do not
 * read come to a referent, and bodies seat one.
 */
export const peutDesigner = (u: Personne, s: Pick<Tenue, 'territoireId'>, contient: Contient): boolean =>
  permis(u, ['coordination', 'coordonnateur'], { territoireId: s.territoireId }, contient);
/** May name one somewhere: the button is shown, the place decides. */
export const peutDesignerQuelquePart = (u: Personne): boolean =>
  (u?.mandats ?? []).some((m) => !m.registre && (['coordination', 'coordonnateur'] as Role[]).includes(m.role));
/** Is told first that one is to be named: who coordinates the place, and the organisation whose referent it was. */
export const attendUnReferent = (u: Personne, s: Tenue, contient: Contient): boolean =>
  permis(u, ['coordonnateur'], { territoireId: s.territoireId }, contient) || (u?.organisationId === s.organisationId && peutTenir(u, s, contient));
/** Corrects its lines (function, telephone, substitute's telephone, absence, an earlier end): its organisation too. */
export const peutCorrigerUnReferent = (u: Personne, s: Tenue, contient: Contient): boolean => peutDesigner(u, s, contient) || peutTenir(u, s, contient);
const QUI_AGISSENT = ROLES_METIER.filter((r) => r !== 'elu' && r !== 'financement');
/** Acts there for the organisation of a referent: somebody of its house, by a mandate that covers the place. Where nobody does, what its role receives has no hands. */
export const agitPourUnReferent = (u: Personne, s: Tenue, cat: Pick<Catalogue, 'acteurs' | 'contient'>): boolean =>
  permisPourLaSienne(u, QUI_AGISSENT, { organisationId: maisonDe(cat, s.organisationId), territoireId: s.territoireId }, cat.contient);
/** Lines of a referent: partners; of a reserved role, its organisation and those who name it alone. */
export const peutJoindre = (u: Personne, r: Tenue & { reserve: boolean }, contient: Contient): boolean =>
  r.reserve ? peutCorrigerUnReferent(u, r, contient) : auTravail(u);

export const DROITS: readonly Droit[] = [
  { objet: 'Annuaire', action: 'créer et corriger un lieu', permis: (u, s: Cas) => peutTenir(u, s, memeLieu) },
  { objet: 'Annuaire', action: 'dire qu’on peut se réfugier dans un lieu', permis: (u, s: Cas) => peutReconnaitreUnRefuge(u, s, memeLieu) },
  { objet: 'Annuaire', action: 'importer et réunir des lieux', permis: (u) => peutImporter(u) },
  { objet: 'Annuaire', action: 'voir qui tient un lieu à jour', permis: (u) => peutVoirLaTenue(u) },
  { objet: 'Référents', action: 'désigner un référent', permis: (u, s: Cas) => peutDesigner(u, s, memeLieu) },
  { objet: 'Référents', action: 'corriger la fonction, le téléphone et l’absence', permis: (u, s: Cas) => peutCorrigerUnReferent(u, s, memeLieu) },
  { objet: 'Référents', action: 'joindre un référent', permis: (u, s: Cas) => peutJoindre(u, { ...s, reserve: false }, memeLieu) },
  { objet: 'Référents', action: 'joindre un référent réservé', permis: (u, s: Cas) => peutJoindre(u, { ...s, reserve: true }, memeLieu) },
];
