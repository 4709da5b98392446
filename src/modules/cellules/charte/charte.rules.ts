/** What the charter says for one cell: its text, whose digest is signed, and its closed lists. */
import { createHash } from 'node:crypto';
import type { Charte, Genre, Groupe } from './charte.schema.ts';

export interface Durees {
  sansSuiteMois: number;
  suiviMois: number;
  apresSuiviMois: number;
}

type Listes = 'origines' | 'difficultes' | 'apports' | 'orientations' | 'issues' | 'differes';
/** Those of this list that this kind of cell uses. */
export const choixDe = <L extends Listes>(c: Charte, liste: L, genre: string): Charte[L] =>
  (c[liste] as readonly { genres?: string[] | undefined }[]).filter((x) => !x.genres || x.genres.includes(genre)) as Charte[L];
/** A code that left the charter says itself. */
export const direCode = (c: Charte, liste: Listes, code: string): string => c[liste].find((x) => x.code === code)?.libelle ?? code;
export const articleDe = (c: Charte, groupe: Groupe): number => c.groupes.find((g) => g.code === groupe)?.article ?? 1;

/** The sections of the text, in order: what the page shows, and what is signed. */
export interface Section {
  titre: string;
  lignes: readonly string[];
}
export function texteDe(c: Charte, g: Genre, durees: Durees | null): Section[] {
  const mois = (n: number): string => `${n} mois`;
  return [
    { titre: 'Cette cellule', lignes: [`${g.libelle} : ${g.sens.charAt(0).toLowerCase()}${g.sens.slice(1)}.`, `Fondement : ${g.fondement}.`] },
    { titre: 'Finalités', lignes: g.finalites },
    ...c.articles.map((a, i) => ({ titre: `Article ${i + 1}. ${a.titre}`, lignes: [a.texte] })),
    { titre: 'Ce qui est écrit, et nulle part ailleurs', lignes: c.groupes.map((x) => `${x.libelle} (article ${x.article}) : ${x.champs.join(', ')}.`) },
    {
      titre: 'Durées',
      lignes: [
        ...(durees
          ? [
              `Sans suivi décidé : ${mois(durees.sansSuiteMois)}.`,
              `Suivi : ${mois(durees.suiviMois)} au plus.`,
              `Après la fin du suivi : ${mois(durees.apresSuiviMois)}.`,
            ]
          : ['Le délégué à la protection des données ne les a pas encore fixées : aucune situation n’entre avant.']),
        ...(g.age ? [`Jamais au-delà de ${g.age.limite} ans et ${mois(g.age.apres_mois)}, quand le mois de naissance est donné.`] : []),
      ],
    },
  ];
}

/** SHA-256 of the text as it was shown; another digest is another charter, to be signed again. */
export const empreinteDuTexte = (version: string, sections: readonly Section[]): string =>
  createHash('sha256')
    .update(JSON.stringify([version, sections]))
    .digest('hex');
