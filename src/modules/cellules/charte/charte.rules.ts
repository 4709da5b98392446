/** What the charter says for one cell: its text, whose digest is signed, and its closed lists. */
import { createHash } from 'node:crypto';
import { jour } from '../../../ui/typographie.ts';
import type { Acceleree, Charte, Genre, Groupe, Titre } from './charte.schema.ts';

export interface Durees {
  sansSuiteMois: number;
  suiviMois: number;
  apresSuiviMois: number;
}

/** The règlement intérieur in force: what the text says of it. */
export interface ReglementDit {
  reference: string;
  adopteLe: string;
  empreinte: string;
}

type Listes = 'origines' | 'difficultes' | 'apports' | 'orientations' | 'issues' | 'differes';
/** Those of this list that this kind of cell uses. */
export const choixDe = <L extends Listes>(c: Charte, liste: L, genre: string): Charte[L] =>
  (c[liste] as readonly { genres?: string[] | undefined }[]).filter((x) => !x.genres || x.genres.includes(genre)) as Charte[L];
/** A code that left the charter says itself. */
export const direCode = (c: Charte, liste: Listes, code: string): string => c[liste].find((x) => x.code === code)?.libelle ?? code;
export const articleDe = (c: Charte, groupe: Groupe): number => c.groupes.find((g) => g.code === groupe)?.article ?? 1;

export const direMotif = (c: Charte, code: string): string =>
  [...c.secours.motifs, ...c.archive.motifs, ...c.refus].find((m) => m.code === code)?.libelle ?? code;
export const direTitre = (c: Charte, code: Titre): string => c.titres.find((t) => t.code === code)?.libelle ?? code;
/** The groups that this right opens: what is not there is not even deciphered. */
export const groupesPour = (c: Charte, titre: Titre): ReadonlySet<Groupe> => new Set(c.groupes.filter((g) => g.lisent.includes(titre)).map((g) => g.code));

/** Kinds of partners that bring situations to this kind of cell, as figures name them. */
export const partenairesDe = (c: Charte, genre: string): string[] => [
  ...new Set(choixDe(c, 'origines', genre).flatMap((o) => (o.partenaire ? [o.partenaire] : []))),
];
/** The kind of partner that this origin is; none for a family. */
export const partenaireDe = (c: Charte, origine: string): string | undefined => c.origines.find((o) => o.code === origine)?.partenaire;
/** Who must know that a situation of this kind of cell is examined. */
export const aInformer = (g: Genre): 'personne' | 'parents' => (g.mineurs ? 'parents' : 'personne');

/** The accelerated way, where this kind of cell has one. */
export const accelereeDe = (c: Charte, genre: string): Acceleree | null => (c.acceleree?.genres.includes(genre) ? c.acceleree : null);
/** Groups of fields that this kind of cell writes. */
export const groupesDe = (c: Charte, g: Genre) => c.groupes.filter((x) => !(g.sans_identite && x.code === 'identite'));

/** The sections of the text, in order: what the page and the paper show, and what is signed. `pour`: whom a change there concerns. */
export interface Section {
  titre: string;
  pour: string;
  lignes: readonly string[];
}
const TOUS = 'chaque membre, et la personne dont on parle';
const MEMBRES = 'chaque membre';
/** In a sentence; an acronym stays as it is. */
const bas = (s: string): string => (/^\p{Lu}\p{Lu}/u.test(s) ? s : s.charAt(0).toLowerCase() + s.slice(1));
/** A digest in groups, so that it is read and breaks anywhere. */
const enGroupes = (empreinte: string): string => empreinte.replace(/.{8}(?=.)/g, '$& ');
export function texteDe(c: Charte, g: Genre, durees: Durees | null, reglement: ReglementDit | null): Section[] {
  const mois = (n: number): string => `${n} mois`;
  const minutes = (n: number): string => `${n} minutes`;
  return [
    { titre: 'Cette cellule', pour: TOUS, lignes: [`${g.libelle} : ${bas(g.sens)}.`, `Fondement : ${g.fondement}.`] },
    {
      titre: 'Règlement intérieur',
      pour: TOUS,
      lignes: reglement
        ? [`${reglement.reference}, adopté le ${jour(reglement.adopteLe)}.`, `Empreinte de ce texte (SHA-256) : ${enGroupes(reglement.empreinte)}.`]
        : ['Aucun n’est encore joint : aucune situation n’entre avant.'],
    },
    { titre: 'Finalités', pour: TOUS, lignes: g.finalites },
    ...c.articles.map((a, i) => ({ titre: `Article ${i + 1}. ${a.titre}`, pour: TOUS, lignes: [a.texte] })),
    {
      titre: 'Ce qui est écrit, et nulle part ailleurs',
      pour: TOUS,
      lignes: groupesDe(c, g).map((x) => `${x.libelle} (article ${x.article}) : ${x.champs.join(', ')}.`),
    },
    {
      titre: 'Les réponses possibles',
      pour: MEMBRES,
      lignes: (
        [
          ['origines', 'Origine'],
          ['difficultes', 'Difficulté'],
          ['apports', 'Apport'],
          ['orientations', 'Orientation'],
          ['issues', 'Issue'],
        ] as const
      ).map(
        ([liste, nom]) =>
          `${nom} : ${choixDe(c, liste, g.code)
            .map((x) => bas(x.libelle))
            .join(' ; ')}.`,
      ),
    },
    ...c.titres.map((t) => ({
      titre: `Qui lit : ${bas(t.libelle)}`,
      pour: bas(t.libelle),
      lignes: [
        `${t.sens}.`,
        `Lit : ${groupesDe(c, g)
          .filter((x) => x.lisent.includes(t.code))
          .map((x) => bas(x.libelle))
          .join(', ')}.`,
      ],
    })),
    {
      titre: 'Lire en urgence, ou ce qui est clos',
      pour: MEMBRES,
      lignes: [
        `En urgence : ${minutes(c.secours.minutes)} au plus, avec l’accord d’un membre d’une autre institution ; revu sous ${c.secours.revue_heures} heures.`,
        `Motifs d’urgence : ${c.secours.motifs.map((m) => bas(m.libelle)).join(' ; ')}.`,
        `Ce qui est clos : ${minutes(c.archive.minutes)} au plus, avec un motif.`,
        `Motifs : ${c.archive.motifs.map((m) => bas(m.libelle)).join(' ; ')}.`,
      ],
    },
    {
      titre: 'Informer',
      pour: TOUS,
      lignes: [
        `${g.mineurs ? 'Les parents sont informés' : 'La personne est informée'} dans les ${c.information.jours} jours de l’entrée, sauf motif de la liste.`,
      ],
    },
    ...accelereeEcrite(accelereeDe(c, g.code)),
    {
      titre: 'Durées',
      pour: TOUS,
      lignes: [
        ...(durees
          ? [
              `Sans suivi décidé : ${mois(durees.sansSuiteMois)} au plus.`,
              `Suivi : ${mois(durees.suiviMois)} au plus.`,
              `Après la fin du suivi : ${mois(durees.apresSuiviMois)} au plus, et jamais après la date fixée quand le suivi a commencé.`,
            ]
          : ['Le délégué à la protection des données ne les a pas encore fixées : aucune situation n’entre avant.']),
        ...(g.age ? [`Jamais au-delà de ${g.age.limite} ans et ${mois(g.age.apres_mois)}, quand le mois de naissance est donné.`] : []),
      ],
    },
  ];
}

const accelereeEcrite = (a: Acceleree | null): Section[] =>
  a === null
    ? []
    : [
        {
          titre: 'Délais du recours accéléré',
          pour: MEMBRES,
          lignes: [
            `Ouvert par une alerte grave, pendant ${a.jours} jours (article ${a.article}) ; une séance se tient sous ${a.seance_jours} jours.`,
            `Une situation entrée ainsi est recevable aussitôt, et examinée sous ${a.examen_jours} jours.`,
            `Une orientation attend son accusé sous ${a.accuse_jours} jours et son issue sous ${a.issue_jours}, ou plus tôt.`,
          ],
        },
      ];

interface Changement {
  titre: string;
  pour: string;
  ajoutees: readonly string[];
  retirees: readonly string[];
}
/** What is said now and was not, or no longer is, section by section, in the order of the text in force. */
export function changementsEntre(avant: readonly Section[], apres: readonly Section[]): Changement[] {
  // An article that only changes place changes nothing for anybody.
  const cle = (s: Section): string => s.titre.replace(/^Article \d+\. /, '');
  const anciennes = new Map(avant.map((s) => [cle(s), s]));
  const nouvelles = new Set(apres.map(cle));
  const sans = (a: readonly string[], b: readonly string[] = []): string[] => a.filter((l) => !b.includes(l));
  return [
    ...apres.map((s) => ({ ...s, ajoutees: sans(s.lignes, anciennes.get(cle(s))?.lignes), retirees: sans(anciennes.get(cle(s))?.lignes ?? [], s.lignes) })),
    ...avant.filter((s) => !nouvelles.has(cle(s))).map((s) => ({ ...s, ajoutees: [], retirees: s.lignes })),
  ]
    .filter((x) => x.ajoutees.length + x.retirees.length > 0)
    .map(({ titre, pour, ajoutees, retirees }) => ({ titre, pour, ajoutees, retirees }));
}

/** SHA-256 of the text as it was shown; another digest is another charter, to be signed again. */
export const empreinteDuTexte = (version: string, sections: readonly Section[]): string =>
  createHash('sha256')
    .update(JSON.stringify([version, sections]))
    .digest('hex');
