/** Rules that hold for every measure by what it is: no contract writes them. One file says their words, their reasons and how they are met. */
import type { Mesure, REGLES_DE_NATURE } from '../../contrats/index.ts';
import { estUnCompte, estUnePart, peutBaisser } from '../saisie/valeur.rules.ts';
import type { Gravite } from './qualite.types.ts';
import { POINTS_MIN, RAPPORT, SEUIL } from './serie.rules.ts';

export type RegleDeNature = (typeof REGLES_DE_NATURE)[number];
export interface MotsDeRegle {
  /** The rule, in a sentence that names nobody and no number of anybody. */
  libelle: string;
  raison: string;
  gravite: Gravite;
}

export const MOTS_DE_NATURE: Readonly<Record<RegleDeNature, MotsDeRegle>> = {
  'nombre-entier': {
    libelle: 'Un compte de personnes, d’actes ou de choses est un nombre entier',
    raison: 'On ne compte pas une demi-plainte.',
    gravite: 'refus',
  },
  'pas-negatif': {
    libelle: 'Un chiffre n’est pas négatif, sauf une évolution',
    raison: 'Ce qui est compté, mesuré ou versé est nul ou plus.',
    gravite: 'refus',
  },
  'cent-au-plus': {
    libelle: 'Une part d’un tout est entre 0 et 100 %',
    raison: 'Une partie ne passe pas le tout dont elle est tirée.',
    gravite: 'refus',
  },
  'dont-au-plus-total': {
    libelle: 'Un « dont » ne dépasse pas le total dont il fait partie',
    raison: 'Ce qui est compté dans le « dont » l’est aussi dans le total.',
    gravite: 'a_expliquer',
  },
  'total-des-parts': {
    libelle: 'Le total donné tel quel est la somme de ses parts',
    raison: 'Les parts d’une ventilation se complètent : leur somme est le total.',
    gravite: 'a_expliquer',
  },
  'somme-des-lieux': {
    libelle: 'La somme des territoires est le total donné pour l’ensemble',
    raison: 'Les territoires couvrent tout le contrat ; ce qui n’est nulle part, ou compté deux fois, se dit.',
    gravite: 'a_expliquer',
  },
  'variation-forte': {
    libelle: `Un chiffre n’est pas d’une période à l’autre ${RAPPORT} fois plus grand ou plus petit`,
    raison: 'Un zéro de trop ou de moins est la faute la plus fréquente ; un vrai changement s’explique.',
    gravite: 'a_expliquer',
  },
  'valeur-atypique': {
    libelle: `Un chiffre n’est pas loin de tous ceux de sa série (${POINTS_MIN} points au moins, écart de ${String(SEUIL).replace('.', ',')} fois l’écart médian)`,
    raison: 'Loin de toute sa série, un chiffre est une erreur ou un événement ; les deux se disent.',
    gravite: 'a_expliquer',
  },
  'zero-inconnu': {
    libelle: 'Un zéro où il n’y en avait jamais est un vrai zéro',
    raison: 'Un zéro dit qu’on a compté et trouvé rien ; ce qui n’est pas connu se laisse vide.',
    gravite: 'a_expliquer',
  },
  'tout-a-zero': {
    libelle: 'Des chiffres donnés d’un coup ne sont pas tous à zéro',
    raison: 'Un formulaire rempli de zéros dit souvent qu’on ne sait pas ; ce qui n’est pas connu se laisse vide.',
    gravite: 'a_expliquer',
  },
};

/** What a number breaks by the nature of its measure alone. */
export function regleDeNatureEnfreinte(m: Pick<Mesure, 'nature' | 'unite'>, n: number): { regle: RegleDeNature; dit: string } | null {
  if (n < 0 && !peutBaisser(m)) return { regle: 'pas-negatif', dit: 'le chiffre ne peut pas être négatif' };
  if (n > 100 && estUnePart(m)) return { regle: 'cent-au-plus', dit: 'une part d’un tout ne dépasse pas 100 %' };
  if (!Number.isInteger(n) && estUnCompte(m)) return { regle: 'nombre-entier', dit: 'un compte est un nombre entier' };
  return null;
}
