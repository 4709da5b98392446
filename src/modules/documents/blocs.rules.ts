/** The smallest pieces of a paper, and how a text gets there. Pure. */
import { estJour } from '../../core/jours.ts';
import { sansControles } from './glyphes.ts';
import { espacer, heure, jour, jourEtHeure } from '../../ui/typographie.ts';
import type { Bloc, Cellule } from './document.modele.ts';
import { lireBlocs } from './texte.rules.ts';

/** Every text of the record goes through here on its way to paper. */
export const typo = (texte: string): string => espacer(sansControles(texte));
export const cellule = (texte: string, precision = ''): Cellule => ({ texte: typo(texte), ...(precision === '' ? {} : { precision: typo(precision) }) });

export const encart = (texte: string): Bloc => ({ type: 'encart', texte: typo(texte) });
export const para = (...lignes: string[]): Bloc => ({ type: 'para', lignes: lignes.map(typo) });
export const discret = (texte: string): Bloc => ({ type: 'para', lignes: [typo(texte)], ton: 'discret' });
export const titre = (niveau: 1 | 2 | 3, texte: string): Bloc => ({ type: 'titre', niveau, texte: typo(texte) });
/** Notes typed by people. */
export const notes = (texte: string): Bloc[] =>
  lireBlocs(texte).map((b) => (b.type === 'para' ? { type: 'para', lignes: b.lignes.map(typo) } : { type: 'liste', puces: b.puces.map(typo) }));

/** A day, a moment (with its zone or on the wall clock), or words as they are. */
export function direMoment(t: string): string {
  if (estJour(t)) return jour(t, { semaine: true });
  const mur = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2})(?::\d{2})?$/.exec(t);
  if (mur) return `${jour(mur[1] ?? '', { semaine: true })} à ${heure(mur[2] ?? '')}`;
  return /^\d{4}-\d{2}-\d{2}T.*(?:Z|[+-]\d{2}:?\d{2})$/.test(t) ? jourEtHeure(t) : t;
}
