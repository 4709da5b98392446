/**
 * Rights on figures: one line each. Reading published figures is open to everyone. A collected value is of a fiche and of a
 * territory; a mandate limited to a register enters none.
 */
import {
  auTravail,
  type Cas,
  type Contient,
  couvre,
  type Droit,
  limitesDe,
  permis,
  permisDeLire,
  permisPourLaSienne,
  ROLES_METIER,
  type Utilisateur,
} from '../../core/authorize.ts';
import type { Contestation } from './chiffres.rules.ts';
import { AU_PUBLIC, type EnDirect } from './diffusion/diffusion.rules.ts';
import type { SourceDeFaits } from './sources.ts';

type Personne = Utilisateur | null;
/** A value of a fiche for one territory. */
export interface ValeurVisee {
  fiche: string;
  territoireId: string;
}
/** One contribution: its place, and the acteurs who answer for its debtor there. */
export interface ContributionVisee extends ValeurVisee {
  repondants: readonly string[];
  /** The debtor is found in each place (a mairie): whoever acts for the place in the same house answers for it. */
  locale: boolean;
  memeMaison: (organisationId: string) => boolean;
}

/** Answer for a debtor: its organisation, or for an acteur of the place the coordonnateur and the élus of that very place. */
export const repondPour = (u: Personne, v: ContributionVisee, contient: Contient): boolean =>
  u !== null &&
  (permisPourLaSienne(u, ['producteur', 'pilote'], { ...v, organisationId: v.repondants }, contient) ||
    (v.locale &&
      v.memeMaison(u.organisationId) &&
      limitesDe(u, ['coordonnateur', 'elu']).some((m) => m.territoireId !== null && couvre({ ...m, organisationId: null }, v, contient))));

/** Enter a value: whoever answers for its debtor, the pilot of the fiche, or the central coordination. */
export const peutSaisir = (u: Personne, v: ContributionVisee, contient: Contient): boolean =>
  permis(u, ['coordination', 'pilote'], v, contient) || repondPour(u, v, contient);

/** Sign a narrative for the institution that gives it: who answers for it there, or signs for that institution. */
export const peutSigner = (u: Personne, v: ContributionVisee, contient: Contient): boolean =>
  repondPour(u, v, contient) || (u !== null && permisPourLaSienne(u, ['signataire'], { ...v, organisationId: v.repondants }, contient));

/** Validate a value: the pilot of the fiche, then the central coordination. */
export const peutValider = (u: Personne, v: ValeurVisee, contient: Contient): boolean => permis(u, ['coordination', 'pilote'], v, contient);

/** Nobody validates what they typed themselves, nor what they entrusted to somebody or prepared for them. */
export const autreQueLAuteur = (
  u: Utilisateur,
  a: { saisiParId: string | null; saisiPar: string; saisiParOrganisation: string; preparePar?: readonly string[] },
): boolean =>
  !a.preparePar?.includes(u.id) && (a.saisiParId === null ? a.saisiPar !== u.nom || a.saisiParOrganisation !== u.organisationId : a.saisiParId !== u.id);

/** Say that what another gave in the debtor's name is so: whoever answers for it, and did not type it. */
export const peutConfirmer = (
  u: Personne,
  v: ContributionVisee & { saisiParId: string | null; saisiPar: string; saisiParOrganisation: string },
  contient: Contient,
): boolean => u !== null && repondPour(u, v, contient) && autreQueLAuteur(u, v);

/** Contest a value, with a reason: whoever owes the figure, the pilot of the fiche, or the central coordination. */
export const peutContester = (u: Personne, v: ValeurVisee & { aupres: readonly string[] }, contient: Contient): boolean =>
  permis(u, ['coordination', 'pilote'], v, contient) ||
  (u !== null && permisPourLaSienne(u, ['producteur', 'pilote'], { fiche: v.fiche, territoireId: v.territoireId, organisationId: v.aupres }, contient));

/** Take back what one's organisation contested: who would contest it in its name, and always the very account that said it for that organisation. */
export const peutRetirerContestation = (
  u: Personne,
  v: ContributionVisee & { contesteePar: readonly string[]; paroles: readonly Pick<Contestation, 'parId' | 'organisationId'>[] },
  contient: Contient,
): boolean =>
  u !== null &&
  v.contesteePar.includes(u.organisationId) &&
  (v.paroles.some((x) => x.parId === u.id && x.organisationId === u.organisationId) ||
    repondPour(u, v, contient) ||
    peutContester(u, { ...v, aupres: [u.organisationId] }, contient));

/** Settle what several debtors say differently: the pilot of the fiche, or the central coordination. */
export const peutTrancher = (u: Personne, v: ValeurVisee, contient: Contient): boolean => permis(u, ['coordination', 'pilote'], v, contient);

/**
 * Propose another value than the one given: who does not answer for it and is concerned. Whoever answers for it corrects it; a mairie knows what
 * happens in its place; an institution that pilots the fiche or is its partner counts the same facts from elsewhere. Nobody else has a figure of
 * their own to set beside it.
 */
export const peutProposer = (u: Personne, v: ContributionVisee, concernes: readonly string[], contient: Contient): boolean =>
  u !== null &&
  !repondPour(u, v, contient) &&
  (limitesDe(u, ['coordonnateur', 'elu']).some((m) => m.territoireId !== null && couvre({ ...m, organisationId: null }, v, contient)) ||
    permisPourLaSienne(u, ['producteur', 'pilote', 'agent', 'association', 'signataire'], { ...v, organisationId: concernes }, contient));

/** Lock a period, unlock it, open an exception: the central coordination; for every fiche, one whose mandate is limited to none. */
export const peutFiger = (u: Personne, v: { fiche: string | null; territoireId: string }, contient: Contient): boolean =>
  permis(u, ['coordination'], v, contient);

/** Open the record itself behind a figure: anyone at work on the contract, or on that register; never the technical administrator. */
export const peutOuvrirFait = (u: Personne, s: Pick<SourceDeFaits, 'nom'>): boolean => permisDeLire(u, ROLES_METIER, { registre: s.nom });

/** See the figures of a source as they are written, at any grain: whoever may open its records. Others read them as it says (`diffusion`). */
export const enDirectDe = (u: Personne): EnDirect => (u === null ? AU_PUBLIC : (s) => peutOuvrirFait(u, s));

/** Read the list of the records counted: those at work, and the public where the register is public. */
export const peutListerFaits = (u: Personne, s: SourceDeFaits): boolean => s.publique || peutOuvrirFait(u, s);

/** Comments and names of who entered are for partners. */
export const peutVoirSaisie = (u: Personne): boolean => auTravail(u);

/** Fiches that this person follows: those of their mandate of pilot, or of their organisation when it names none. */
export const pilote = (u: Utilisateur, f: { numero: string; pilotes: readonly string[] }): boolean =>
  limitesDe(u, ['pilote']).some((m) => !m.registre && (m.fiche === null ? f.pilotes.includes(u.organisationId) : m.fiche === f.numero));

const egal: Contient = (mandat, territoire) => mandat === territoire;
const viseeDe = (s: Cas, locale: boolean): ContributionVisee => ({
  fiche: s.fiche,
  territoireId: s.territoireId,
  repondants: [s.organisationId],
  locale,
  memeMaison: () => true,
});
export const DROITS: readonly Droit[] = [
  { objet: 'Chiffres', action: 'ouvrir l’enregistrement compté', permis: (u, s) => peutOuvrirFait(u, { nom: s.registre }) },
  { objet: 'Chiffres', action: 'lire sans recul ni secret les chiffres d’un registre', permis: (u, s) => peutOuvrirFait(u, { nom: s.registre }) },
  { objet: 'Chiffres', action: 'lire auteurs et commentaires', permis: (u) => peutVoirSaisie(u) },
  { objet: 'Chiffres', action: 'saisir une valeur', permis: (u, s) => peutSaisir(u, viseeDe(s, false), egal) },
  { objet: 'Chiffres', action: 'saisir pour la mairie de son territoire', permis: (u, s) => peutSaisir(u, viseeDe(s, true), egal) },
  { objet: 'Chiffres', action: 'signer un bilan pour son institution', permis: (u, s) => peutSigner(u, viseeDe(s, false), egal) },
  { objet: 'Chiffres', action: 'valider une valeur d’autrui', permis: (u, s) => peutValider(u, { fiche: s.fiche, territoireId: s.territoireId }, egal) },
  {
    objet: 'Chiffres',
    action: 'confirmer une valeur donnée en son nom',
    permis: (u, s) => peutConfirmer(u, { ...viseeDe(s, false), saisiParId: null, saisiPar: '', saisiParOrganisation: '' }, egal),
  },
  {
    objet: 'Chiffres',
    action: 'contester une valeur',
    permis: (u, s) => peutContester(u, { fiche: s.fiche, territoireId: s.territoireId, aupres: [s.organisationId] }, egal),
  },
  {
    objet: 'Chiffres',
    action: 'retirer la contestation de son organisme',
    permis: (u, s) => peutRetirerContestation(u, { ...viseeDe(s, false), contesteePar: [s.organisationId], paroles: [] }, egal),
  },
  {
    objet: 'Chiffres',
    action: 'figer une période, ouvrir une exception',
    permis: (u, s) => peutFiger(u, { fiche: s.fiche, territoireId: s.territoireId }, egal),
  },
  { objet: 'Chiffres', action: 'trancher un écart', permis: (u, s) => peutTrancher(u, { fiche: s.fiche, territoireId: s.territoireId }, egal) },
];
