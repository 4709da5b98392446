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
/** As exact as the page: a tenth of a percent for a share, a hundredth for a mean. */
const arrondir = (pas: number) => (x: number | null | undefined) => (x === null || x === undefined ? null : Math.round(x * pas) / pas);
const part = arrondir(1000);
const moyenne = arrondir(100);

/** The counts of the page, with the same silences. */
export function csvDeVague(v: Vague, d: Depouille): string {
  const lignes = d.questions.flatMap((q): Cellule[][] => {
    const tete = [q.question.code, q.question.libelle.fr];
    if (q.question.type === 'texte') return [[...tete, ...Array<null>(10).fill(null), 'réponses écrites, non publiées']];
    if (q.tropPeu) return [[...tete, ...Array<null>(10).fill(null), `moins de ${v.definition.seuil} réponses`]];
    const queue = [q.repondu, q.sans, q.pasPosee];
    const m = q.moyenne;
    const dit = q.strateMince ? `non redressé : une strate a moins de ${v.definition.seuil_strate} réponses` : '';
    return [
      ...q.lignes.map((l): Cellule[] => [
        ...tete,
        l.code,
        l.libelle.fr,
        l.nombre,
        part(l.part),
        part(l.redressee),
        part(l.intervalle?.bas),
        part(l.intervalle?.haut),
        ...queue,
        dit,
      ]),
      ...(m
        ? [
            [
              ...tete,
              'moyenne',
              'Moyenne',
              null,
              moyenne(m.valeur),
              moyenne(m.redressee),
              moyenne(m.intervalle?.bas),
              moyenne(m.intervalle?.haut),
              ...queue,
              ['moyenne, et non une part', dit].filter((x) => x !== '').join(' ; '),
            ],
          ]
        : []),
    ];
  });
  return fichierCsv(ENTETE, lignes);
}
