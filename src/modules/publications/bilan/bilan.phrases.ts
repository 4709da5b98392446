/** Sentences of the bilan, the same in every format. Pure. */
import { accorder, de, enumerer, jour, jourCourt, nombre, pluriel, surTotal } from '../../../ui/typographie.ts';
import {
  type BilanContenu,
  type CarteBilan,
  type DecisionBilan,
  type DecisionsBilan,
  duTerritoire,
  type EtatDesChiffres,
  type FicheBilan,
  type LigneAnnexe,
  type MesureBilan,
  parle,
  type SeancesBilan,
  titreBilan,
} from './bilan.modele.ts';

export const SANS_ESSENTIEL = 'Aucun texte n’a encore été rédigé pour ce bilan.';
export const PHRASE_ACTIONS =
  'Le nombre après chaque ligne compte les enregistrements de l’année qui lui sont rattachés : il dit une activité, pas un résultat.';

export const auteurs = (c: BilanContenu): string => enumerer(c.contrat.signataires) || c.contrat.titre;
export const piedDe = (c: BilanContenu): string => `${titreBilan(c)}${c.pour === 'partenaires' ? ' · pour les partenaires du contrat' : ''}`;
const edition = (c: BilanContenu): string => `Édité le ${jour(c.editeLe)}${c.enCours ? ', avant la fin de l’année' : ''}`;
export const mentions = (c: BilanContenu): string[] => [
  edition(c),
  ...(c.pour === 'partenaires' ? ['Pour les partenaires du contrat : les décisions y sont écrites en entier. Une version à publier existe.'] : []),
  ...(c.contrat.signataires.length > 0 ? [`Contrat signé par ${enumerer(c.contrat.signataires)}`] : []),
  `Chiffres réutilisables sous ${c.contrat.licence.nom} : ${c.contrat.licence.adresse}`,
];

export const nomDAxe = (a: { numero: number; titre: string }): string => `Axe ${a.numero} · ${a.titre}`;
export const connusSur = (e: EtatDesChiffres): string => surTotal(e.connus, e.attendus);

export function tuiles(c: BilanContenu): { valeur: string; libelle: string }[] {
  const { etat, comptes } = c.synthese;
  const d = c.decisions.comptes;
  const seances = c.seances.reduce((n, s) => n + s.jours.length, 0);
  const prises = Object.values(d).reduce((a, b) => a + b, 0);
  const deTout = c.ailleurs ? ' de tout le contrat' : '';
  return [
    { valeur: nombre(seances), libelle: `${accorder(seances, 'séance tenue')} par ${pluriel(c.seances.length, 'instance')}${deTout}` },
    {
      valeur: surTotal(d.fait, prises),
      libelle: `${accorder(d.fait, 'décision suivie', 'décisions suivies')}${deTout && ` par les instances${deTout}`} ${accorder(d.fait, 'est faite', 'sont faites')}`,
    },
    {
      valeur: nombre(comptes.preuves),
      libelle: `enregistrements comptés pour les fiches ; ${surTotal(comptes.lignesServies, comptes.lignes)} lignes d’action servies`,
    },
    { valeur: connusSur(etat), libelle: `chiffres connus ; ${pluriel(etat.enRetard, 'en retard', 'en retard')}` },
  ];
}

export const phraseReperes = (c: BilanContenu): string =>
  `Un chiffre par fiche, parmi ceux que comptent les registres${c.enCours ? ` ; année en cours, arrêtée au ${jour(c.editeLe)}` : ''}.`;

export function phraseRetards(c: BilanContenu): string {
  const dus = c.synthese.enRetard.map((a) => `${de(a.acteur)} (${nombre(a.nombre)})`);
  return dus.length === 0 ? '' : `Leur date est passée. Ils sont attendus ${enumerer(dus)}.`;
}
export function phraseAVenir(c: BilanContenu): string {
  const jours = [...new Set(c.synthese.aVenir.map((a) => a.pour))].sort();
  return jours
    .map((j) => {
      const siens = c.synthese.aVenir.filter((a) => a.pour === j).map((a) => `${de(a.acteur)} (${nombre(a.nombre)})`);
      return `Pour le ${jour(j)} : ${enumerer(siens)}.`;
    })
    .join(' ');
}

/** « 14 janv., 11 févr. »: short dates of one year. */
export const direJours = (jours: readonly string[]): string => jours.map((j) => jourCourt(j).slice(0, 5)).join(', ');

const SEANCES_MAX = 14;
export function seancesMontrees(c: BilanContenu): { liste: readonly SeancesBilan[]; reste: string } {
  if (c.annexes || c.seances.length <= SEANCES_MAX) return { liste: c.seances, reste: '' };
  const autres = c.seances.slice(SEANCES_MAX);
  const n = autres.reduce((t, s) => t + s.jours.length, 0);
  return {
    liste: c.seances.slice(0, SEANCES_MAX),
    reste: `${pluriel(autres.length, 'autre instance')} : ${pluriel(n, 'séance')} (liste complète avec les annexes).`,
  };
}
const CHACUN = 'chacun a son bilan';
export function phraseSeances(c: BilanContenu): string {
  const n = c.seances.reduce((t, s) => t + s.jours.length, 0);
  const public_ = c.pour === 'public' ? ' Seules les instances publiques figurent ici.' : '';
  const siennes = c.ailleurs ? ' de tout le contrat' : '';
  const ici =
    n === 0
      ? `Aucune séance${siennes ? ' d’une instance de tout le contrat' : ''} n’est enregistrée en ${c.annee}.`
      : `${pluriel(c.seances.length, 'instance')}${siennes} ${accorder(c.seances.length, 's’est réunie', 'se sont réunies')} ${pluriel(n, 'fois', 'fois')} en ${c.annee}.`;
  const x = c.ailleurs;
  const la =
    x && x.seances > 0
      ? ` Dans ses territoires, ${pluriel(x.instances, 'autre')} ${accorder(x.instances, 's’est réunie', 'se sont réunies')} ${pluriel(x.seances, 'fois', 'fois')} : ${CHACUN}.`
      : '';
  return `${ici}${la}${public_}`;
}

export function phraseDecisions(c: BilanContenu): string {
  const d = c.decisions.comptes;
  const total = Object.values(d).reduce((a, b) => a + b, 0);
  const autres = c.ailleurs?.decisions ?? 0;
  const la = autres > 0 ? ` Dans les territoires, ${pluriel(autres, 'autre était à suivre', 'autres étaient à suivre')} : ${CHACUN}.` : '';
  const desInstances = c.ailleurs ? ' des instances de tout le contrat' : '';
  if (total === 0) return `Aucune décision${desInstances} n’était à suivre en ${c.annee}.${la}`;
  const parts = [
    d.fait > 0 ? pluriel(d.fait, 'est faite', 'sont faites') : '',
    d.en_cours > 0 ? pluriel(d.en_cours, 'est en cours', 'sont en cours') : '',
    d.a_faire > 0 ? pluriel(d.a_faire, 'est à faire', 'sont à faire') : '',
    d.bloque > 0 ? pluriel(d.bloque, 'est bloquée', 'sont bloquées') : '',
    d.abandonne > 0 ? pluriel(d.abandonne, 'est abandonnée', 'sont abandonnées') : '',
  ].filter(Boolean);
  const sujet = c.ailleurs
    ? pluriel(
        total,
        'décision ou action des instances de tout le contrat était à suivre',
        'décisions et actions des instances de tout le contrat étaient à suivre',
      )
    : pluriel(total, 'décision ou action était à suivre', 'décisions et actions étaient à suivre');
  return `${sujet} en ${c.annee} : ${enumerer(parts)}.${direRetards(c.decisions)}${la}`;
}
/** « De celles qui restent ouvertes, 14 sont en retard, dont 5 bloquées. » */
function direRetards({ enRetard, retardsBloques }: Pick<DecisionsBilan, 'enRetard' | 'retardsBloques'>): string {
  if (enRetard === 0) return '';
  const bloquees = retardsBloques === 0 ? '' : `, dont ${nombre(retardsBloques)} ${accorder(retardsBloques, 'bloquée')}`;
  return ` De celles qui restent ouvertes, ${pluriel(enRetard, 'est en retard', 'sont en retard')}${bloquees}.`;
}
const DECISIONS_MAX = 30;
export function decisionsMontrees(c: BilanContenu): { liste: readonly DecisionBilan[]; reste: string } {
  const { liste } = c.decisions;
  if (c.annexes || liste.length <= DECISIONS_MAX) return { liste, reste: '' };
  const tues = liste.slice(DECISIONS_MAX).filter((x) => x.enRetard).length;
  return {
    liste: liste.slice(0, DECISIONS_MAX),
    reste: `${pluriel(liste.length - DECISIONS_MAX, 'autre')}${tues > 0 ? `, dont ${nombre(tues)} en retard` : ''} (liste complète avec les annexes).`,
  };
}
export const precisionDe = (x: DecisionBilan): string => `${x.instance}, ${jour(x.jour)}`;
export const direEcheance = (x: DecisionBilan): string => (x.echeance === null ? 'sans date' : jourCourt(x.echeance));

/** Labels after a colon: « personnes reçues ; journées ». */
const aLaSuite = (mesures: readonly MesureBilan[]): string => mesures.map((m) => `${m.libelle.charAt(0).toLowerCase()}${m.libelle.slice(1)}`).join(' ; ');

/** What is owed, by whom and since when, in one sentence for all that the same people owe. */
function direDettes(dues: readonly MesureBilan[]): { texte: string; enRetard: boolean }[] {
  return [...new Set(dues.map((m) => m.annee.dette))].map((dette) => {
    const siennes = dues.filter((m) => m.annee.dette === dette);
    return {
      texte: `${dette.replace(/^attendu/, siennes.length > 1 ? 'Attendus' : 'Attendu').replace(/^non donné/, siennes.length > 1 ? 'Non donnés' : 'Non donné')} : ${aLaSuite(siennes)}.`,
      enRetard: siennes.some((m) => m.annee.etat === 'manquant' && !m.annee.fige),
    };
  });
}

/** Zeros are true figures, and what is owed is named; told in sentences, both leave the table to what is known. */
export function trierMesures(f: FicheBilan): {
  montrees: readonly MesureBilan[];
  phraseZeros: string;
  dettes: readonly { texte: string; enRetard: boolean }[];
} {
  const nulle = (m: MesureBilan) => m.annee.etat === 'zero' && (m.avant === null || m.avant.etat !== 'valeur');
  const racontee = (m: MesureBilan) => m.annee.texte !== null && m.annee.texte !== '';
  // A year before that is known stays in the table, beside the one that is owed.
  const due = (m: MesureBilan) => m.annee.dette !== '' && m.evolution === '' && m.avant?.etat !== 'valeur' && m.avant?.etat !== 'zero';
  const zeros = f.mesures.filter(nulle);
  return {
    montrees: f.mesures.filter((m) => !nulle(m) && !racontee(m) && !due(m)),
    phraseZeros: zeros.length === 0 ? '' : `À zéro : ${aLaSuite(zeros)}.`,
    dettes: direDettes(f.mesures.filter(due)),
  };
}

/** The unit, unless the label says it. */
export const precisionDUnite = (m: Pick<MesureBilan, 'unite' | 'libelle'>): string =>
  m.unite === '' || m.unite === 'nombre' || m.libelle.toLowerCase().includes(m.unite.toLowerCase()) ? '' : `(${m.unite})`;

export const chapoDe = (f: FicheBilan): string =>
  [
    f.etat.attendus > 0 ? `${pluriel(f.etat.connus, 'chiffre connu', 'chiffres connus')} sur ${nombre(f.etat.attendus)}` : '',
    f.etat.nonVentiles > 0 ? `${pluriel(f.etat.nonVentiles, 'mesure n’existe', 'mesures n’existent')} que pour l’ensemble du contrat` : '',
    `pilotes : ${enumerer(f.pilotes) || 'aucun désigné'}`,
  ]
    .filter(Boolean)
    .join(' · ');

const lignesDe = (f: FicheBilan) => f.actions.flatMap((a) => a.lignes);
export function phraseLignes(f: FicheBilan): string {
  const total = lignesDe(f).length;
  if (total === 0) return '';
  if (f.preuves === 0) return 'Aucun enregistrement de l’année ne compte pour cette fiche.';
  const servies = lignesDe(f).filter((l) => l.preuves > 0).length;
  const compte = `${pluriel(f.preuves, 'enregistrement compte', 'enregistrements comptent')} pour cette fiche`;
  return servies === 0
    ? `${compte} ; aucun n’est encore rattaché à une de ses lignes d’action.`
    : `${compte} ; ${servies} de ses ${pluriel(total, 'ligne')} d’action ${accorder(servies, 'est appuyée', 'sont appuyées')} :`;
}
/** Beside a line: what was confirmed for it, or which figure counts it; « aucun » only when neither. */
export const direAppui = (l: { preuves: number; comptePar: readonly string[] }): string => {
  if (l.preuves > 0) return pluriel(l.preuves, 'enregistrement');
  return l.comptePar.length > 0 ? `compté par ${enumerer([...l.comptePar])}` : 'aucun enregistrement';
};
/** Lines that something supports, the most first. */
export const lignesServies = (f: FicheBilan): string[] =>
  lignesDe(f)
    .filter((l) => l.preuves > 0)
    .sort((a, b) => b.preuves - a.preuves)
    .slice(0, 6)
    .map((l) => `${l.libelle} : ${nombre(l.preuves)}`);

/** Fiches that have nothing to say here, named together. */
export function phraseMuettes(c: BilanContenu, axe: number): string {
  const muettes = c.fiches.filter((f) => f.axe === axe && !parle(f));
  if (muettes.length === 0) return '';
  return `Rien n’est enregistré ${c.territoire.contratEntier ? '' : `à l’échelle ${duTerritoire(c)} `}en ${c.annee} pour ${enumerer(muettes.map((f) => `la fiche ${f.numero} (${f.titre})`))}.`;
}

export const TITRES_RECTIFICATIFS = ['Publié le', 'Chiffre', 'Avant', 'Après', 'Pourquoi, et par qui'] as const;
export function phraseRectificatifs({ annee, rectificatifs: { liste, total } }: BilanContenu): string {
  const dits = `${pluriel(total, 'chiffre a été corrigé', 'chiffres ont été corrigés')} en ${annee} après avoir été figé${total > 1 ? 's' : ''}.`;
  return total > liste.length ? `${dits} Voici les ${nombre(liste.length)} derniers ; tous sont sur la page des rectificatifs.` : dits;
}

export const mesuresDIci = (c: BilanContenu): LigneAnnexe[] => c.annexe.filter((l) => l.chiffre.mot !== 'non ventilé');
export const nonVentilees = (c: BilanContenu): LigneAnnexe[] => c.annexe.filter((l) => l.chiffre.mot === 'non ventilé');
export const titreNonVentilees = (c: BilanContenu): string =>
  `${pluriel(nonVentilees(c).length, 'mesure qui n’existe', 'mesures qui n’existent')} que pour l’ensemble du contrat (${c.ensemble})`;
export const phraseAnnexe = (c: BilanContenu): string =>
  `${pluriel(mesuresDIci(c).length, 'mesure')} à l’échelle ${duTerritoire(c)} en ${c.annee}. La valeur et son état sont dans deux colonnes : seul l’état « zéro » veut dire zéro.`;
export const sourceOuDette = (l: LigneAnnexe): string =>
  l.chiffre.dette !== ''
    ? l.chiffre.dette
    : [l.chiffre.texte !== null ? `${l.chiffre.texte} (${l.source})` : l.source, l.methode, l.limites === '' ? '' : `Limites : ${l.limites}`]
        .filter(Boolean)
        .map((t) => (/[.!?)]$/.test(t) ? t : `${t}.`))
        .join(' ');

/** Beside a map: what it counts, and how its shades are made. */
export const uniteDeCarte = (c: CarteBilan): string => `${c.unite}, pour ${nombre(c.par)} habitants`;
export const REGLE_DE_CARTE = 'Deux territoires n’ont des teintes différentes que si leur écart dépasse ce que le hasard donnerait.';
