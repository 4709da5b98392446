/** How a debtor counts a figure, and what the figure does not say: which note holds for which period. Pure. */
import type { Ligne } from '../../../core/base/database.ts';
import { lirePeriode } from '../periode.rules.ts';
import type { Case } from '../saisie/grain.rules.ts';

export const METHODE_MAX = 600;

/** A note as it is in force from a day on. */
export interface Methode extends Pick<Ligne<'methodes'>, 'mesureId' | 'debiteur' | 'territoireId' | 'version' | 'methode' | 'limites' | 'par'> {
  /** First day of the period that it counts first. */
  depuis: string;
  organisationId: string;
  le: Date;
}
export interface Place extends Case {
  mesureId: string;
  periode: string;
}

/** Of a catalogue, all that a note needs. */
interface Lieux {
  racine: { id: string };
  acteurs: ReadonlyMap<string, { local?: unknown }>;
}
/** A debtor found in each place counts there in its own way; any other counts in one. */
export const lieuDeMethode = (c: Lieux, x: Case): string => (c.acteurs.get(x.debiteur)?.local === undefined ? c.racine.id : x.territoireId);

/** First day from which a note written for this period holds. */
export const depuisDe = (periode: string): string => lirePeriode(periode)?.debut ?? `${periode.slice(0, 4)}-01-01`;

/** The note that holds there: the last one that begins at this period or before. One emptied since says nothing. `methodes`: in force, any order. */
export function methodeDe(c: Lieux, methodes: readonly Methode[], x: Place): Methode | null {
  const lieu = lieuDeMethode(c, x);
  const jour = depuisDe(x.periode);
  const siennes = methodes.filter((n) => n.mesureId === x.mesureId && n.debiteur === x.debiteur && n.territoireId === lieu && n.depuis <= jour);
  const [derniere] = siennes.sort((a, b) => b.depuis.localeCompare(a.depuis));
  return derniere && (derniere.methode !== '' || derniere.limites !== '') ? derniere : null;
}

/** On one line, whatever was pasted. */
export const surUneLigne = (dite: string): string => dite.replace(/\s+/g, ' ').trim();

export interface Dite {
  methode: string;
  limites: string;
}
/** What is too long, by field. */
export const fautesDe = (d: Dite, noms: Record<keyof Dite, string>): { champ: string; message: string }[] =>
  (['methode', 'limites'] as const)
    .filter((k) => d[k].length > METHODE_MAX)
    .map((k) => ({
      champ: noms[k],
      message: `${k === 'methode' ? 'Comment c’est compté' : 'Limites'} : ${METHODE_MAX} caractères au plus, il y en a ${d[k].length}.`,
    }));
