/** A following figure that is one part of a measure: read in its contributions, typed nowhere else. Pure. */
import type { Mesure } from '../../contrats/index.ts';
import { type Chiffre, figer, manquant, nombre, sansObjet, secret, situer, type ValeurCollectee } from '../chiffres.rules.ts';
import { echeance } from '../periode.rules.ts';
import { cleDe } from '../saisie/grain.rules.ts';
import { estAcquise } from '../saisie/parole.rules.ts';

export type Donnee = Pick<ValeurCollectee, 'debiteur' | 'periode' | 'ventilation' | 'etat' | 'valeur'> & Parameters<typeof estAcquise>[0];
/** Which part: null debtors are all those of the measure. */
interface Part {
  debiteurs: readonly string[] | null;
  ventilation: Readonly<Record<string, string>>;
}
interface Quand {
  annee: string;
  aujourdhui: string;
  /** Has the year of this debtor been locked? Nothing enters it any more. */
  figee: (debiteur: string) => boolean;
}

/** `donnees`: contributions in force. One secret closes the sum; one missing makes it « au moins ». */
export function lirePart(m: Pick<Mesure, 'aupres' | 'unite' | 'delaiJours'>, p: Part, donnees: readonly Donnee[], q: Quand): Chiffre {
  const dus = p.debiteurs ?? m.aupres;
  const cle = cleDe(p.ventilation);
  const lues = dus.flatMap((d) => donnees.find((x) => x.debiteur === d && x.periode === q.annee && cleDe(x.ventilation) === cle) ?? []);
  if (lues.some((x) => x.etat === 'secret')) return secret(m.unite);
  const absents = dus.filter((d) => !lues.some((x) => x.debiteur === d));
  const comptees = lues.flatMap((x) => (x.etat === 'valeur' && x.valeur !== null ? [{ ...x, valeur: x.valeur }] : []));
  if (comptees.length === 0) {
    if (absents.length === 0) return sansObjet(m.unite);
    const du = situer(manquant(m.unite, absents, echeance(q.annee, m.delaiJours)), q.aujourdhui);
    return absents.every(q.figee) ? figer(du) : du;
  }
  return {
    ...nombre(
      comptees.reduce((n, x) => n + x.valeur, 0),
      m.unite,
    ),
    validation: comptees.every(estAcquise) ? 'valide' : 'provisoire',
    ...(absents.length > 0 ? { contributions: { recues: lues.length, attendues: dus.length } } : {}),
  };
}
