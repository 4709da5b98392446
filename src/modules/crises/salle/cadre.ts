/** What pages of crises share. */
import type { Crise } from '../crises.types.ts';

export const travail = { largeur: 'travail', section: 'crises' } as const;
export const FIL = [{ libelle: 'Crises', href: '/crises' }];
/** Title of a page: an exercise says so in every tab and every bookmark. */
export const titreDe = (c: Pick<Crise, 'titre' | 'exercice'>, page = ''): string =>
  `${c.exercice ? 'Exercice : ' : ''}${c.titre}${page === '' ? '' : `, ${page}`}`;
export const filDe = (c: Pick<Crise, 'id' | 'titre'>) => [...FIL, { libelle: c.titre, href: `/crises/${c.id}` }];
