/** What a collected figure may be, by what its measure is: a count, a share, a delay, an amount, a change. Pure. */
import { type Lu, refus } from '../../../core/lu.ts';
import { type GenreDeNombre, lireNombre, nombreEcrit } from '../../../core/nombres.ts';
import type { Mesure } from '../../contrats/index.ts';

type Mesuree = Pick<Mesure, 'nature' | 'unite'>;

/** Units that are measured, not counted, whatever the measure says of itself. */
const SE_MESURE =
  /[%€]|\b(kg|tonnes?|km|m[²³23]|litres?|heures?|jours?|minutes?|euros?|taux|score|indice|moyenne|part|ratio|évolution|répartition)(?![a-zà-ÿ])/i;

/** A count of people, of things or of acts: it has no half. */
const estUnCompte = (m: Mesuree): boolean => (m.nature === 'compte' || m.nature === 'evolution') && !SE_MESURE.test(m.unite);
/** A part of a whole. A change may be said in % too, and pass 100. */
const estUnePart = (m: Mesuree): boolean => m.nature === 'pourcentage';
const peutBaisser = (m: Mesuree): boolean => m.nature === 'evolution';

const genreDe = (m: Mesuree): GenreDeNombre => ({ entier: estUnCompte(m), unite: m.unite });

export function lireValeur(m: Mesuree, texte: string): Lu<number> {
  const l = lireNombre(texte, genreDe(m));
  if (!l.ok || l.valeur === null) return l;
  if (l.valeur < 0 && !peutBaisser(m)) return refus('Le chiffre ne peut pas être négatif.');
  if (l.valeur > 100 && estUnePart(m)) return refus(`« ${texte.trim()} » : une part d’un tout ne dépasse pas 100 %. Vérifiez le chiffre.`);
  return l;
}

/** Under this, ten times more is chance. */
const PETIT = 20;

/** Ten times the figure before it, or a tenth: a zero too many or too few is the likeliest. Null when nothing is surprising. */
export function direEcart(valeur: number, derniere: number | null): string | null {
  if (derniere === null) return null;
  const [a, b] = [Math.abs(valeur), Math.abs(derniere)];
  if (Math.max(a, b) < PETIT || b === 0) return null;
  if (a >= b * 10) return `${nombreEcrit(valeur)} est au moins dix fois la dernière valeur, ${nombreEcrit(derniere)}`;
  if (a * 10 <= b) return `${nombreEcrit(valeur)} est au plus le dixième de la dernière valeur, ${nombreEcrit(derniere)}`;
  return null;
}
