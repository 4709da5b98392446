/** Rights on figures: one line each. Reading published figures is open to everyone. */
import { aRole, type Droit, ROLES_METIER, type Utilisateur } from '../../core/authorize.ts';
import type { SourceDeFaits } from './sources.ts';

type Personne = Utilisateur | null;

/** Enter a value: whoever owes it (same organisation), the pilot of the fiche, or the central coordination. */
export const peutSaisir = (u: Personne, m: { fiche: string; aupres: readonly string[] }): boolean =>
  aRole(u, 'coordination') || (aRole(u, 'producteur', 'pilote') && (m.aupres.includes(u?.organisationId ?? '') || estPilote(u, m.fiche)));

/** Validate a value that someone else entered: the pilot of the fiche, or the central coordination. */
export const peutValider = (u: Personne, m: { fiche: string }): boolean => aRole(u, 'coordination') || estPilote(u, m.fiche);

/** Open the record itself behind a figure: anyone at work on the contract; never the technical administrator. */
export const peutOuvrirFait = (u: Personne): boolean => aRole(u, ...ROLES_METIER);

/** Read the list of the records counted: those at work, and the public where the register is public. */
export const peutListerFaits = (u: Personne, s: SourceDeFaits): boolean => s.publique || peutOuvrirFait(u);

/** Comments and names of who entered are for partners. */
export const peutVoirSaisie = (u: Personne): boolean => peutOuvrirFait(u);

const estPilote = (u: Personne, fiche: string): boolean => u?.mandats.some((m) => m.role === 'pilote' && (m.fiche === null || m.fiche === fiche)) ?? false;

export const DROITS: readonly Droit[] = [
  { objet: 'Chiffres', action: 'ouvrir l’enregistrement compté', permis: (u) => peutOuvrirFait(u) },
  { objet: 'Chiffres', action: 'lire auteurs et commentaires', permis: (u) => peutVoirSaisie(u) },
  { objet: 'Chiffres', action: 'saisir une valeur', permis: (u, s) => peutSaisir(u, { fiche: s.fiche, aupres: [s.organisationId] }) },
  { objet: 'Chiffres', action: 'valider une valeur', permis: (u, s) => peutValider(u, { fiche: s.fiche }) },
];
