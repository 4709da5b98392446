/** The words and the tables of a package of data. Pure. */
import { fichierCsv } from '../../../core/csv.ts';
import { jour, pluriel } from '../../../ui/typographie.ts';
import { SENS_DES_ETATS } from '../bilan/bilan.rules.ts';
import type { DonneesDeFiche } from './donnees.modele.ts';

/** Name of the package, and of the folder in it. */
export const nomDuDossier = (d: DonneesDeFiche): string => `fiche-${d.numero}-${d.annees[0]}-${d.annees.at(-1)}`;

/** How to quote them: who, what, where, when, under which licence. */
export const direCitation = (d: DonneesDeFiche): string =>
  `${d.auteurs}, ${d.contrat}, fiche ${d.numero} « ${d.titre} », données du ${jour(d.editeLe)}, ${d.adresse}, ${d.licence.nom}.`;

const COLONNES: readonly [string, string][] = [
  ['mesure', 'Identifiant de la mesure ; le dictionnaire (mesures.csv) la décrit.'],
  ['indicateur', 'Indicateur du contrat dont elle fait partie.'],
  ['nom', 'Nom court de la mesure.'],
  ['territoire_id', 'Identifiant du territoire, stable d’un fichier à l’autre.'],
  ['territoire', 'Nom du territoire. L’ensemble du contrat est un territoire comme un autre.'],
  ['annee', 'Année civile. La dernière peut n’être pas terminée : ne la comparez pas à une année entière.'],
  ['etat', 'Ce que l’on sait du chiffre ; une cellule de valeur vide n’est jamais un zéro.'],
  ['valeur', 'Nombre, dans l’unité indiquée. Vide quand le chiffre n’est pas un nombre connu.'],
  ['unite', 'Ce qui est compté.'],
  ['texte', 'Pour les mesures qui se racontent : le bilan lui-même.'],
  ['sans_quantite', 'Nombre d’enregistrements comptés dont la quantité n’est pas connue : la valeur est alors « au moins ».'],
  [
    'validation',
    'Pour un chiffre donné par une institution : « validé » par quelqu’un d’autre que son auteur, « validé, une valeur plus récente attend », « provisoire » quand une partie au moins attend d’être confirmée par qui la doit ou est contestée, ou « en attente de validation » (il n’est alors pas montré). Vide pour ce qui est compté.',
  ],
  ['contributions', 'Combien de contributions sont reçues sur combien, quand il en manque : la valeur est alors « au moins ».'],
  [
    'reserve',
    'De qui le chiffre est attendu, pour quand ou en retard depuis quand ; jusqu’où va une année en cours, qui ne se compare pas à une année entière.',
  ],
];

export const csvDesDonnees = (d: DonneesDeFiche): string =>
  fichierCsv(
    COLONNES.map(([nom]) => nom),
    d.lignes.map((l) => [
      l.mesure,
      l.indicateur,
      l.nom,
      l.territoireId,
      l.territoire,
      l.annee,
      l.etat,
      l.valeur,
      l.unite,
      l.texte,
      l.sansQuantite,
      l.validation,
      l.contributions,
      l.reserve,
    ]),
  );

export const csvDesMesures = (d: DonneesDeFiche): string =>
  fichierCsv(
    ['mesure', 'nom', 'dans_le_contrat', 'indicateur', 'unite', 'obtention', 'source'],
    d.mesures.map((m) => [m.id, m.nom, m.libelle, m.indicateur, m.unite, m.obtention, m.source]),
  );

export const csvDuDictionnaire = (): string =>
  fichierCsv(
    ['fichier', 'colonne_ou_valeur', 'sens'],
    [...COLONNES.map(([nom, sens]) => ['donnees.csv', nom, sens]), ...Object.entries(SENS_DES_ETATS).map(([mot, sens]) => ['donnees.csv, etat', mot, sens])],
  );

/** The first file that one opens. */
export function lisezMoi(d: DonneesDeFiche): string {
  const parties = [
    `${d.contrat}\nFiche ${d.numero} · ${d.titre}\nAnnées ${d.annees[0]} à ${d.annees.at(-1)}, état au ${jour(d.editeLe)}`,
    ...(d.demonstration ? ['DONNÉES FICTIVES : elles ont été inventées pour montrer le fonctionnement de l’outil.'] : []),
    [
      'CE QUE CONTIENT CE DOSSIER',
      `- donnees.csv : ${pluriel(d.lignes.length, 'ligne')}, une par mesure, territoire et année (UTF-8, séparateur point-virgule)`,
      `- mesures.csv : ${pluriel(d.mesures.length, 'mesure')}, ce que chacune compte, d’où elle vient, et ses mots dans le contrat`,
      '- dictionnaire.csv : le sens de chaque colonne et de chaque état',
      ...(d.graphiques.length > 0 ? [`- graphiques/ : ${pluriel(d.graphiques.length, 'graphique')} de l’ensemble du contrat, en SVG et en PNG`] : []),
    ].join('\n'),
    [
      'COMMENT LES LIRE',
      '- Les chiffres calculés sont comptés dans les registres des partenaires ; les autres sont donnés par qui les détient. La page de chaque chiffre le prouve.',
      '- Le contrat ne fixe pas de cible chiffrée : aucun taux d’avancement n’est donné.',
      '- Une mesure qui n’existe pas pour un territoire n’y a pas de ligne : elle n’y manque pas.',
    ].join('\n'),
    ...(d.limites.length > 0 ? [['À SAVOIR SUR LE DOCUMENT D’ORIGINE', ...d.limites.map((l) => `- ${l}`)].join('\n')] : []),
    `LICENCE\n${d.licence.nom}\n${d.licence.adresse}`,
    `POUR CITER\n${direCitation(d)}`,
  ];
  return `${parties.join('\n\n')}\n`;
}
