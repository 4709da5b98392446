/** Which days a file covers: what a quarter waits for before it is told. Pure. */
import { joursEntre } from '../../../core/jours.ts';

/** First and last day. */
export interface Etendue {
  du: string;
  au: string;
}
/** Days from one row to the next. Further apart, the file says nothing of what is between: one row with a wrong date covers its own day alone. */
const ECART_MAX = 7;

/** `jours`: on which the file has a row. */
export function etenduesDe(jours: Iterable<string>): Etendue[] {
  const etendues: Etendue[] = [];
  for (const jour of [...jours].sort()) {
    const derniere = etendues.at(-1);
    if (derniere && joursEntre(derniere.au, jour) <= ECART_MAX) derniere.au = jour;
    else etendues.push({ du: jour, au: jour });
  }
  return etendues;
}
