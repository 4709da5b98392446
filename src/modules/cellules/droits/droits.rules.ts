/** Rights of the people whose situation is examined (GDPR, articles 15, 16, 17 and 21): what they are called, and when the answer is due. */
import { ajouterMois } from '../../../core/jours.ts';

export const DROITS = {
  acces: { libelle: 'Savoir ce qui est écrit, et qui l’a lu', article: 'RGPD, article 15' },
  rectification: { libelle: 'Faire corriger', article: 'RGPD, article 16' },
  opposition: { libelle: 'S’opposer à l’examen', article: 'RGPD, article 21' },
  effacement: { libelle: 'Faire effacer', article: 'RGPD, article 17' },
} as const;
export type DroitDePersonne = keyof typeof DROITS;
/** Accepted, it is done only once the situation is destroyed. */
export const meneALaFin = (d: { droit: DroitDePersonne; reponse: string | null }): boolean =>
  d.reponse === 'accueillie' && (d.droit === 'opposition' || d.droit === 'effacement');

/** One month from reception (article 12.3). */
export const duLe = (recueLe: string): string => ajouterMois(recueLe, 1);
/** Two further months, said to the person within the first. */
export const prolongeeAu = (recueLe: string): string => ajouterMois(recueLe, 3);
