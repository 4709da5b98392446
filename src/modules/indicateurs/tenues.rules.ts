/** What tells a zero from a silence: in which months each feed holds anything. Pure; months are `YYYY-MM-01`. */
import { ajouterMois } from '../../core/jours.ts';
import { periode } from './periode.rules.ts';

/** Months of silence at the end of a period after which its register is said to have stopped: the rare ones have quiet months. */
const SILENCE_MAX = 3;

/**
 * `periode|feed`: at least one record in that very period (a quarter in which a register was not kept is a silence, whatever the year holds).
 * `periode|feed|depuis`: at least one before its end, which is enough for a stock: nobody came, nobody is there. `periode|feed|commencee`: begun by its
 * first month; `periode|feed|entiere`: and not silent at its end, so that it can be compared.
 * @param mois of each feed, those that hold at least one record, the earliest first
 */
export function direTenues(mois: ReadonlyMap<string, readonly string[]>, periodes: readonly string[]): Set<string> {
  const dites = new Set<string>();
  for (const code of periodes) {
    const { debut, fin } = periode(code);
    const vivante = ajouterMois(fin, -SILENCE_MAX);
    for (const [source, siens] of mois) {
      const dernier = siens[premierApres(siens, fin) - 1];
      if (dernier === undefined) continue;
      const [premier = ''] = siens;
      const cle = `${code}|${source}`;
      dites.add(`${cle}|depuis`);
      if (dernier >= debut) dites.add(cle);
      if (premier > debut) continue;
      dites.add(`${cle}|commencee`);
      if (dernier >= debut && dernier >= vivante) dites.add(`${cle}|entiere`);
    }
  }
  return dites;
}

/** How many of these are before that month. */
function premierApres(siens: readonly string[], fin: string): number {
  let [bas, haut] = [0, siens.length];
  while (bas < haut) {
    const milieu = (bas + haut) >> 1;
    if ((siens[milieu] ?? '') < fin) bas = milieu + 1;
    else haut = milieu;
  }
  return bas;
}
