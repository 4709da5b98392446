/** Rights on acts: one line each. What partners read is every act; everybody reads those that the coordination published. */
import { auTravail, type Cas, type Contient, type Droit, permis, permisPourLaSienne, type Role, type Utilisateur } from '../../core/authorize.ts';
import { type Nature, sOuvre } from './conventions.rules.ts';
import { compte, type EtatDeParole, type GenreDeParole, vautPartout } from './paroles.rules.ts';

type Personne = Utilisateur | null;
/** What the right to an act is asked on. `territoires`: where it holds, the whole contract said by its own territory. */
export interface Tenu {
  porteurId: string;
  territoires: readonly string[];
  fiches: readonly string[];
}
const DE_L_ORGANISME: readonly Role[] = ['agent', 'association', 'producteur', 'pilote'];
const memeLieu: Contient = (a, b) => a === b;

export const peutLire = (u: Personne, a: { publique: boolean }): boolean => a.publique || auTravail(u);
/** Writes it: the organisation that keeps it, the coordination, that of every place where it holds, whoever steers one of its fiches there. */
export const peutTenir = (u: Personne, a: Tenu, contient: Contient): boolean =>
  a.territoires.every((territoireId) => {
    const s = { organisationId: a.porteurId, territoireId, fiche: a.fiches };
    return permis(u, ['coordination', 'coordonnateur'], s, contient) || permisPourLaSienne(u, DE_L_ORGANISME, s, contient);
  });
const parleAu =
  (u: Personne, a: Tenu, organisationId: string | null, contient: Contient) =>
  (territoireId: string): boolean =>
    organisationId !== null &&
    permisPourLaSienne(u, [...DE_L_ORGANISME, 'signataire', 'coordination'], { organisationId, territoireId, fiche: a.fiches }, contient);
/** Says that a signature is that of their own organisation, or is not: nobody else may. */
export const peutConfirmer = (u: Personne, a: Tenu, organisationId: string | null, contient: Contient): boolean =>
  a.territoires.some(parleAu(u, a, organisationId, contient));
/** Says it for every place where the act holds: that it is left, that it ends, that its dates change. */
const peutEngager = (u: Personne, a: Tenu, organisationId: string | null, contient: Contient): boolean =>
  a.territoires.every(parleAu(u, a, organisationId, contient));
/** Is what they say of that kind the word of their organisation? Contesting binds nobody: one place is enough (`peutConfirmer`). */
export const parlePourElle = (u: Personne, a: Tenu, genre: GenreDeParole, organisationId: string | null, contient: Contient): boolean =>
  (vautPartout(genre) ? peutEngager : peutConfirmer)(u, a, organisationId, contient);
/** Denounces it for itself, everywhere it holds: a party that stays and whose signature counts. Of what opens one leaves, and ends it for nobody else. */
export const denonceElleMeme = (
  s: { acte: { nature: Nature }; tenu: Tenu; catalogue: { contient: Contient } },
  p: { organisationId: string | null; retireeLe: string | null; etat: EtatDeParole | null },
  u: Personne,
): boolean => !sOuvre(s.acte.nature) && p.retireeLe === null && compte('signature', p.etat) && peutEngager(u, s.tenu, p.organisationId, s.catalogue.contient);
/** Notes or corrects for a party that it signed, left, did what it owes: the party itself, or whoever keeps the act. */
export const peutRepondre = (u: Personne, a: Tenu, organisationId: string | null, contient: Contient): boolean =>
  peutTenir(u, a, contient) || peutConfirmer(u, a, organisationId, contient);
/** May keep at least one: the button is shown, the act decides. */
export const peutEcrireQuelquePart = (u: Personne): boolean =>
  (u?.mandats ?? []).some((m) => !m.registre && (['coordination', 'coordonnateur', ...DE_L_ORGANISME] as Role[]).includes(m.role));
/** Its text to everybody; many at once from a file. */
export const peutPublier = (u: Personne): boolean => permis(u, ['coordination'], {});
export const peutImporter = (u: Personne): boolean => permis(u, ['coordination'], {});

const duCas = (s: Cas): Tenu => ({ porteurId: s.organisationId, territoires: [s.territoireId], fiches: [s.fiche] });
export const DROITS: readonly Droit[] = [
  { objet: 'Conventions et actes', action: 'lire', permis: (u) => peutLire(u, { publique: false }) },
  { objet: 'Conventions et actes', action: 'écrire un acte, ses textes, ses revues', permis: (u, s) => peutTenir(u, duCas(s), memeLieu) },
  {
    objet: 'Conventions et actes',
    action: 'noter ou corriger une signature, dire un engagement tenu',
    permis: (u, s) => peutRepondre(u, duCas(s), s.organisationId, memeLieu),
  },
  {
    objet: 'Conventions et actes',
    action: 'confirmer ou contester ce qui est dit en son nom, dénoncer un acte que l’on a signé',
    permis: (u, s) => peutConfirmer(u, duCas(s), s.organisationId, memeLieu),
  },
  { objet: 'Conventions et actes', action: 'publier, importer', permis: (u) => peutPublier(u) },
];
