import { type Cellule, fichierCsv } from '../../../core/csv.ts';
import type { Vague } from '../vagues/vagues.queries.ts';
import type { Depouille } from './resultats.rules.ts';

const ENTETE = [
  'question',
  'libelle',
  'reponse',
  'libelle_reponse',
  'nombre',
  'part',
  'part_redressee',
  'marge_bas',
  'marge_haut',
  'repondu',
  'sans_reponse',
  'non_posee',
  'dit',
];
const arrondi = (x: number | null | undefined): number | null => (x === null || x === undefined ? null : Math.round(x * 10_000) / 10_000);

/** The counts of the page, with the same silences. */
export function csvDeVague(v: Vague, d: Depouille): string {
  const lignes = d.questions.flatMap((q): Cellule[][] => {
    const tete = [q.question.code, q.question.libelle.fr];
    if (q.question.type === 'texte') return [[...tete, ...Array<null>(10).fill(null), 'réponses écrites, non publiées']];
    if (q.tropPeu) return [[...tete, ...Array<null>(10).fill(null), `moins de ${v.definition.seuil} réponses`]];
    const queue = [q.repondu, q.sans, q.pasPosee];
    const m = q.moyenne;
    return [
      ...q.lignes.map((l): Cellule[] => [
        ...tete,
        l.code,
        l.libelle.fr,
        l.nombre,
        arrondi(l.part),
        arrondi(l.redressee),
        arrondi(l.intervalle?.bas),
        arrondi(l.intervalle?.haut),
        ...queue,
        '',
      ]),
      ...(m
        ? [
            [
              ...tete,
              'moyenne',
              'Moyenne',
              null,
              arrondi(m.valeur),
              arrondi(m.redressee),
              arrondi(m.intervalle?.bas),
              arrondi(m.intervalle?.haut),
              ...queue,
              'moyenne, et non une part',
            ],
          ]
        : []),
    ];
  });
  return fichierCsv(ENTETE, lignes);
}
