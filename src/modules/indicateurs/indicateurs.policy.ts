/**
 * Rights on figures: one line each. Reading published figures is open to everyone. A collected value is of a fiche and of a
 * territory; a mandate limited to a register enters none.
 */
import {
  auTravail,
  type Contient,
  type Droit,
  limitesDe,
  permis,
  permisDeLire,
  permisPourLaSienne,
  ROLES_METIER,
  type Utilisateur,
} from '../../core/authorize.ts';
import type { SourceDeFaits } from './sources.ts';

type Personne = Utilisateur | null;
/** The value of a measure for one territory; `aupres` owe it. */
export interface ValeurVisee {
  fiche: string;
  territoireId: string;
}

/** Enter a value: whoever owes it (same organisation), the pilot of the fiche, or the central coordination. */
export const peutSaisir = (u: Personne, v: ValeurVisee & { aupres: readonly string[] }, contient: Contient): boolean =>
  permis(u, ['coordination', 'pilote'], v, contient) || permisPourLaSienne(u, ['producteur', 'pilote'], { ...v, organisationId: v.aupres }, contient);

/** Validate a value that someone else entered: the pilot of the fiche, or the central coordination. */
export const peutValider = (u: Personne, v: ValeurVisee, contient: Contient): boolean => permis(u, ['coordination', 'pilote'], v, contient);

/** Open the record itself behind a figure: anyone at work on the contract, or on that register; never the technical administrator. */
export const peutOuvrirFait = (u: Personne, s: Pick<SourceDeFaits, 'nom'>): boolean => permisDeLire(u, ROLES_METIER, { registre: s.nom });

/** Read the list of the records counted: those at work, and the public where the register is public. */
export const peutListerFaits = (u: Personne, s: SourceDeFaits): boolean => s.publique || peutOuvrirFait(u, s);

/** Comments and names of who entered are for partners. */
export const peutVoirSaisie = (u: Personne): boolean => auTravail(u);

/** Fiches that this person follows: those of their mandate of pilot, or of their organisation when it names none. */
export const pilote = (u: Utilisateur, f: { numero: string; pilotes: readonly string[] }): boolean =>
  limitesDe(u, ['pilote']).some((m) => !m.registre && (m.fiche === null ? f.pilotes.includes(u.organisationId) : m.fiche === f.numero));

const egal: Contient = (mandat, territoire) => mandat === territoire;
export const DROITS: readonly Droit[] = [
  { objet: 'Chiffres', action: 'ouvrir l’enregistrement compté', permis: (u, s) => peutOuvrirFait(u, { nom: s.registre }) },
  { objet: 'Chiffres', action: 'lire auteurs et commentaires', permis: (u) => peutVoirSaisie(u) },
  {
    objet: 'Chiffres',
    action: 'saisir une valeur',
    permis: (u, s) => peutSaisir(u, { fiche: s.fiche, territoireId: s.territoireId, aupres: [s.organisationId] }, egal),
  },
  { objet: 'Chiffres', action: 'valider une valeur', permis: (u, s) => peutValider(u, { fiche: s.fiche, territoireId: s.territoireId }, egal) },
];
