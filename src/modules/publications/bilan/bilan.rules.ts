/** Words of the bilan: how a figure, its state and its debt are said. Pure. */
import { lireBlocs, sansControles } from '../../documents/index.ts';
import { avecUnite, de, enumerer, espacer, evolution as direVariation, jour, nombre, type Variation } from '../../../ui/typographie.ts';
import { type Chiffre, evolution } from '../../indicateurs/index.ts';
import type { ChiffreEcrit, EtatDesChiffres, MesureBilan, MotDEtat, TexteBilan } from './bilan.modele.ts';

export const SENS_DES_ETATS: Record<MotDEtat, string> = {
  valeur: 'Le chiffre est connu. « Au moins » précède une somme dont certains enregistrements ne donnent pas la quantité.',
  zéro: 'Un vrai zéro : le registre a été tenu, ou la valeur saisie, et rien n’est à compter.',
  manquant: 'Le chiffre est dû, le jour est passé et il n’est pas connu. Le bilan dit de qui il est attendu. Il n’est jamais compté pour zéro.',
  attendu: 'Le chiffre sera dû à la date indiquée ; il n’est pas en retard.',
  secret: 'Le chiffre existe mais sa publication révélerait des situations individuelles. Il n’est ni estimé ni déduit.',
  'sans objet': 'La mesure n’a pas de sens pour ce territoire ou cette année ; rien n’est dû.',
  'non ventilé': 'La mesure n’existe que pour l’ensemble du contrat : personne ne la doit à l’échelle d’une partie, elle n’y manque donc pas.',
};

export const OBTENTIONS: Record<string, { mot: string; sens: string }> = {
  calcul: { mot: 'calculée', sens: 'comptée dans les registres tenus par les partenaires ; chaque chiffre remonte à ses enregistrements' },
  collecte: { mot: 'collectée', sens: 'saisie par l’organisme qui la détient, avec sa source, et gardée dans toutes ses versions' },
  narratif: { mot: 'récit', sens: 'bilan rédigé, repris tel qu’il a été saisi' },
  enquete: { mot: 'enquête', sens: 'issue d’une enquête ou d’une étude, à la date de celle-ci' },
};

const enRetard = (c: Chiffre, aujourdhui: string): boolean => c.depuis === null || c.depuis < aujourdhui;

function motDe(c: Chiffre, aujourdhui: string): MotDEtat {
  if (c.etat === 'manquant') return enRetard(c, aujourdhui) ? 'manquant' : 'attendu';
  if (c.etat === 'sans_objet') return c.nonVentile ? 'non ventilé' : 'sans objet';
  return c.etat === 'zero' ? 'zéro' : c.etat;
}

/** « attendu du Rectorat depuis le 31 janvier 2026 », or « pour le » when the day has not come. */
function direDette(c: Chiffre, nommer: (id: string) => string, aujourdhui: string): string {
  if (c.etat !== 'manquant') return '';
  const qui = c.attenduDe.length > 0 ? `attendu ${enumerer(c.attenduDe.map((id) => de(nommer(id))))}` : 'attendu';
  return c.depuis ? `${qui} ${enRetard(c, aujourdhui) ? 'depuis' : 'pour'} le ${jour(c.depuis)}` : qui;
}

export function ecrireChiffre(c: Chiffre, nommer: (id: string) => string, aujourdhui: string): ChiffreEcrit {
  const mot = motDe(c, aujourdhui);
  return {
    etat: c.etat,
    mot,
    valeur: c.valeur,
    texte: c.texte === null ? null : typographier(c.texte),
    court: direCourt(c, mot),
    incomplet: c.incomplet,
    dette: typographier(direDette(c, nommer, aujourdhui)),
  };
}

function direCourt(c: Chiffre, mot: MotDEtat): string {
  if (c.etat !== 'valeur' && c.etat !== 'zero') return mot;
  if (c.valeur === null) return c.texte === null ? '' : 'récit';
  return `${c.incomplet > 0 ? 'au moins ' : ''}${c.unite === '%' ? avecUnite(c.valeur, '%') : nombre(c.valeur)}`;
}

/** The figure with its unit or its debt, in full words: alternative texts and plain cells. */
export function direChiffre(c: ChiffreEcrit, unite: string): string {
  if (c.etat === 'manquant') return c.mot === 'attendu' || c.dette === '' ? c.dette || c.mot : `${c.mot}, ${c.dette}`;
  if (c.etat !== 'valeur' && c.etat !== 'zero') return c.mot;
  if (c.valeur === null) return c.texte ?? '';
  return `${c.incomplet > 0 ? 'au moins ' : ''}${avecUnite(c.valeur, unite)}`;
}

/** « favorable », « défavorable » or nothing: a change is only judged where the contract says which way it should go. */
function juger(v: Variation | null, sens: 'hausse' | 'baisse' | null): MesureBilan['jugement'] {
  if (v === null || v.apres === v.avant || sens === null) return '';
  return v.apres > v.avant === (sens === 'hausse') ? 'favorable' : 'défavorable';
}

/** A year that is not over is not compared with a full one. */
export function direEvolution(
  annee: Chiffre,
  avant: Chiffre | null,
  sens: 'hausse' | 'baisse' | null,
  entiere: boolean,
): Pick<MesureBilan, 'evolution' | 'jugement'> {
  const v = avant === null || !entiere ? null : evolution(annee, avant);
  return { evolution: v === null ? '' : direVariation(v), jugement: juger(v, sens) };
}

/** Under that many acts, no rate by inhabitant. */
const TAUX_MIN = 20;

/** `habitants`: here and in the whole; a number of acts is compared per inhabitant, a share or a length of time as it is. */
export function comparer(
  ici: Chiffre,
  tout: Chiffre | undefined,
  o: { nature: string; ensemble: string; habitants: { ici: number; tout: number } | null },
): string {
  if (!tout || ici.valeur === null || tout.valeur === null) return '';
  if (o.nature !== 'compte' || ici.unite === '%') return `${o.ensemble} : ${avecUnite(tout.valeur, ici.unite)}`;
  if (tout.valeur === 0) return '';
  // A rate made of a handful of acts says nothing: the whole stands beside.
  if (ici.valeur < TAUX_MIN) return `${o.ensemble} : ${nombre(tout.valeur)}`;
  if (!o.habitants) return `${nombre((ici.valeur / tout.valeur) * 100)} % du total`;
  const pour = (base: number) => [(ici.valeur ?? 0) / (o.habitants?.ici ?? 1), (tout.valeur ?? 0) / (o.habitants?.tout ?? 1)].map((x) => x * base);
  const base = Math.max(...pour(10_000)) < 1 ? 100_000 : 10_000;
  const [a = 0, b = 0] = pour(base);
  return `${nombre(a)} pour ${nombre(base)} hab. ; ${o.ensemble} : ${nombre(b)}`;
}

export function compterEtats(chiffres: readonly ChiffreEcrit[]): EtatDesChiffres {
  const n = (...mots: MotDEtat[]) => chiffres.filter((c) => mots.includes(c.mot)).length;
  return {
    attendus: chiffres.length - n('sans objet', 'non ventilé'),
    connus: n('valeur', 'zéro'),
    secrets: n('secret'),
    enRetard: n('manquant'),
    aVenir: n('attendu'),
    sansObjet: n('sans objet'),
    nonVentiles: n('non ventilé'),
  };
}

export const typographier = (texte: string): string => espacer(sansControles(texte));

/** A text as typed: paragraphs and bullets, signed by a function and a day; for partners, by a name too. */
export const ecrireTexte = (t: { texte: string; auteur: string; fonction: string; le: string }, nommer: boolean): TexteBilan => ({
  blocs: lireBlocs(t.texte).map((b) =>
    b.type === 'para' ? { type: 'para', lignes: b.lignes.map(typographier) } : { type: 'liste', puces: b.puces.map(typographier) },
  ),
  signature: typographier([nommer ? t.auteur : '', t.fonction, jour(t.le)].filter(Boolean).join(', ')),
});
