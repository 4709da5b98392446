/** Words of the bilan: how a figure, its state and its debt are said. Pure. */
import { lireBlocs, sansControles } from '../../documents/index.ts';
import {
  avecUnite,
  de,
  direComparaison,
  enumerer,
  espacer,
  estUnChangement,
  evolution as direVariation,
  jour,
  mois,
  nombre,
  pourcents,
} from '../../../ui/typographie.ts';
import { MOTS_DES_ETATS } from '../../../ui/types.ts';
import { type Chiffre, type Comparaison, direContributions, direValidation, estAValider } from '../../indicateurs/index.ts';
import type { ChiffreEcrit, EtatDesChiffres, MesureBilan, MotDEtat, TexteBilan } from './bilan.modele.ts';

export const SENS_DES_ETATS: Record<MotDEtat, string> = {
  valeur: 'Le chiffre est connu. « Au moins » précède une somme dont certains enregistrements ne donnent pas la quantité, ou certaines contributions manquent.',
  zéro: 'Un vrai zéro : le registre a été tenu, ou la valeur saisie, et rien n’est à compter.',
  manquant:
    'Le chiffre n’est pas connu. Il est en retard, et le bilan dit de qui il est attendu ; ou la période a été figée sans lui, et plus personne ne le doit. Il n’est jamais compté pour zéro.',
  'à valider': 'Le chiffre a été donné, et personne d’autre que son auteur ne l’a encore validé : il n’est pas publié, et il n’est pas en retard.',
  'à paraître': 'Le chiffre est compté, et se publie avec retard, au jour indiqué : avant, il dirait ce qui vient de se passer.',
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

const FIGE = 'non donné quand la période a été figée';
/** « attendu du Rectorat, en retard depuis le 31 janvier 2026 », or « pour le » when the day has not come. */
function direDette(c: Chiffre, nommer: (id: string) => string): string {
  if ((c.etat !== 'manquant' && c.etat !== 'attendu') || estAValider(c)) return '';
  if (c.fige) return FIGE;
  if (c.pasEncorePublic) return c.depuis ? `à paraître le ${jour(c.depuis)}` : 'à paraître';
  const qui = ['attendu', enumerer(c.attenduDe.map((id) => de(nommer(id))))].filter(Boolean).join(' ');
  if (!c.depuis) return qui;
  return c.etat === 'manquant' ? `${qui}, en retard depuis le ${jour(c.depuis)}` : `${qui} pour le ${jour(c.depuis)}`;
}

export function ecrireChiffre(c: Chiffre, nommer: (id: string) => string): ChiffreEcrit {
  const mot = c.pasEncorePublic ? 'à paraître' : estAValider(c) ? 'à valider' : (MOTS_DES_ETATS[c.etat] as MotDEtat);
  return {
    fige: c.fige === true,
    etat: c.etat,
    mot,
    valeur: c.valeur,
    texte: c.texte === null ? null : typographier(c.texte),
    court: direCourt(c, mot),
    incomplet: c.incomplet,
    contributions: direContributions(c),
    validation: direValidation(c),
    dette: typographier(direDette(c, nommer)),
    jusqua: direJusqua(c),
  };
}

/** « jusqu’à septembre 2026 », of what is told later to this reader. */
export const direJusqua = (c: Pick<Chiffre, 'jusqua'>): string => (c.jusqua ? `jusqu’à ${mois(c.jusqua)}` : '');

function direCourt(c: Chiffre, mot: MotDEtat): string {
  if (c.etat !== 'valeur' && c.etat !== 'zero') return mot;
  if (c.valeur === null) return c.texte === null ? '' : 'récit';
  return `${c.incomplet > 0 || c.contributions ? 'au moins ' : ''}${c.unite === '%' ? avecUnite(c.valeur, '%') : nombre(c.valeur)}${c.jusqua ? ` ${direJusqua(c)}` : ''}`;
}

/** The figure with its unit or its debt, in full words: alternative texts and plain cells. */
export function direChiffre(c: ChiffreEcrit, unite: string): string {
  if (c.mot === 'à valider') return c.mot;
  if (c.etat === 'attendu') return c.dette || c.mot;
  if (c.etat === 'manquant') return [c.mot, c.dette].filter(Boolean).join(', ');
  if (c.etat !== 'valeur' && c.etat !== 'zero') return c.mot;
  if (c.valeur === null) return c.texte ?? '';
  return `${c.incomplet > 0 || c.contributions ? 'au moins ' : ''}${avecUnite(c.valeur, unite)}${c.jusqua ? ` ${c.jusqua}` : ''}`;
}

/** A change over complete months, judged only where quoted words say which way it should go. */
export function direEvolution(
  v: Comparaison | undefined,
  montree: string,
  direction: { sens: 'hausse' | 'baisse'; source: string } | null,
): Pick<MesureBilan, 'evolution' | 'jugement' | 'sens'> {
  if (!v) return { evolution: '', jugement: '', sens: '' };
  const evolution = typographier(v.periode === montree ? direVariation(v) : direComparaison(v, montree));
  if (!direction || !estUnChangement(v)) return { evolution, jugement: '', sens: '' };
  return { evolution, jugement: v.apres > v.avant === (direction.sens === 'hausse') ? 'favorable' : 'défavorable', sens: typographier(direction.source) };
}
/** « favorable : « baisse du nombre de vols » ». */
export const direJugement = (m: Pick<MesureBilan, 'jugement' | 'sens'>): string => (m.jugement === '' ? '' : `${m.jugement} : ${m.sens}`);
/** Title of the column of changes: a year that is not over stands beside the same months. */
export const titreEvolution = (c: { enCours: boolean }): string => (c.enCours ? 'Mêmes mois, un an avant' : 'Évolution');

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
  if (!o.habitants) return `${pourcents((ici.valeur / tout.valeur) * 100, 1)} du total`;
  const pour = (base: number) => [(ici.valeur ?? 0) / (o.habitants?.ici ?? 1), (tout.valeur ?? 0) / (o.habitants?.tout ?? 1)].map((x) => x * base);
  const base = Math.max(...pour(10_000)) < 1 ? 100_000 : 10_000;
  const [a = 0, b = 0] = pour(base);
  return `${nombre(a)} pour ${nombre(base)} hab. ; ${o.ensemble} : ${nombre(b)}`;
}

export function compterEtats(chiffres: readonly ChiffreEcrit[]): EtatDesChiffres {
  const n = (...mots: MotDEtat[]) => chiffres.filter((c) => mots.includes(c.mot)).length;
  return {
    // What this reader is told later is not among what could be known.
    attendus: chiffres.length - n('sans objet', 'non ventilé', 'à paraître'),
    connus: n('valeur', 'zéro'),
    secrets: n('secret'),
    enRetard: chiffres.filter((c) => c.mot === 'manquant' && !c.fige).length,
    aValider: n('à valider'),
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
