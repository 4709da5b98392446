/** Words of the bilan: how a figure, its state and its debt are said. Pure. */
import { sansControles } from '../../documents/index.ts';
import { avecUnite, enumerer, espacer, evolution as ecrireEvolution, jour, nombre } from '../../../ui/typographie.ts';
import type { Chiffre } from '../../indicateurs/index.ts';
import type { ChiffreEcrit, EtatChiffre } from './bilan.modele.ts';

export const MOTS: Record<EtatChiffre, string> = {
  valeur: 'valeur',
  zero: 'zéro',
  manquant: 'manquant',
  secret: 'secret',
  sans_objet: 'sans objet',
};

export const SENS_DES_ETATS: Record<EtatChiffre, string> = {
  valeur: 'Le chiffre est connu. « Au moins » précède une somme dont certains enregistrements ne donnent pas la quantité.',
  zero: 'Un vrai zéro : le registre a été tenu, ou la valeur saisie, et rien n’est à compter.',
  manquant: 'Le chiffre est dû et n’est pas encore connu. Le bilan dit de qui il est attendu. Un chiffre manquant n’est jamais compté pour zéro.',
  secret: 'Le chiffre existe mais sa publication révélerait des situations individuelles. Il n’est ni estimé ni déduit.',
  sans_objet: 'La mesure n’a pas de sens pour ce territoire ou cette année ; rien n’est dû.',
};

export const OBTENTIONS: Record<string, { mot: string; sens: string }> = {
  calcul: { mot: 'calculée', sens: 'comptée dans les registres tenus par les partenaires ; chaque chiffre remonte à ses enregistrements' },
  collecte: { mot: 'collectée', sens: 'saisie par l’organisme qui la détient, avec sa source, et gardée dans toutes ses versions' },
  narratif: { mot: 'récit', sens: 'bilan rédigé, repris tel qu’il a été saisi' },
  enquete: { mot: 'enquête', sens: 'issue d’une enquête ou d’une étude, à la date de celle-ci' },
};

/** « attendu du Rectorat depuis le 31 janvier 2026 », or « pour le » when the day has not come. */
function direDette(c: Chiffre, nommer: (id: string) => string, aujourdhui: string): string {
  if (c.etat !== 'manquant') return '';
  const qui = c.attenduDe.length > 0 ? `attendu de ${enumerer(c.attenduDe.map(nommer))}` : 'attendu';
  if (!c.depuis) return qui;
  return `${qui} ${c.depuis < aujourdhui ? 'depuis' : 'pour'} le ${jour(c.depuis)}`;
}

export function ecrireChiffre(c: Chiffre, nommer: (id: string) => string, aujourdhui: string): ChiffreEcrit {
  return {
    etat: c.etat,
    mot: MOTS[c.etat],
    valeur: c.valeur,
    texte: c.texte,
    court: direCourt(c),
    incomplet: c.incomplet,
    dette: direDette(c, nommer, aujourdhui),
  };
}

function direCourt(c: Chiffre): string {
  if (c.etat !== 'valeur' && c.etat !== 'zero') return MOTS[c.etat];
  if (c.valeur === null) return c.texte === null ? '' : 'récit';
  return `${c.incomplet > 0 ? 'au moins ' : ''}${c.unite === '%' ? avecUnite(c.valeur, '%') : nombre(c.valeur)}`;
}

/** The figure with its unit or its debt, in full words: alternative texts and plain cells. */
export function direChiffre(c: ChiffreEcrit, unite: string): string {
  if (c.etat === 'manquant') return c.dette === '' ? c.mot : `${c.mot}, ${c.dette}`;
  if (c.etat !== 'valeur' && c.etat !== 'zero') return c.mot;
  if (c.valeur === null) return c.texte ?? '';
  return `${c.incomplet > 0 ? 'au moins ' : ''}${avecUnite(c.valeur, unite)}`;
}

export const direEvolution = (e: number | null): string => (e === null ? '–' : ecrireEvolution(e));

/** « favorable », « défavorable » or nothing: a change is only judged where the contract says which way it should go. */
export function jugerEvolution(e: number | null, sens: 'hausse' | 'baisse' | null): 'favorable' | 'défavorable' | '' {
  if (e === null || e === 0 || sens === null) return '';
  return e > 0 === (sens === 'hausse') ? 'favorable' : 'défavorable';
}

export const typographier = (texte: string): string => espacer(sansControles(texte));
