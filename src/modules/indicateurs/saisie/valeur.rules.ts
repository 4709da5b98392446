/** What a collected figure may be, by what its measure is: a count, a share, a delay, an amount, a change. Pure. */
import { abrege, enAscii, type Lu, refus } from '../../../core/lu.ts';
import { type GenreDeNombre, lireNombre } from '../../../core/nombres.ts';
import type { Mesure } from '../../contrats/index.ts';

type Mesuree = Pick<Mesure, 'nature' | 'unite'>;

/** Units that are measured, not counted, whatever the measure says of itself. */
const SE_MESURE =
  /[%€]|\b(kg|tonnes?|km|m[²³23]|litres?|heures?|jours?|minutes?|euros?|taux|score|indice|moyenne|part|ratio|évolution|répartition)(?![a-zà-ÿ])/i;

/** A count of people, of things or of acts: it has no half. */
export const estUnCompte = (m: Mesuree): boolean => (m.nature === 'compte' || m.nature === 'evolution') && !SE_MESURE.test(m.unite);
/** A part of a whole. A change may be said in % too, and pass 100. */
export const estUnePart = (m: Mesuree): boolean => m.nature === 'pourcentage';
export const peutBaisser = (m: Mesuree): boolean => m.nature === 'evolution';

const genreDe = (m: Mesuree): GenreDeNombre => ({ entier: estUnCompte(m), unite: m.unite });

/** What people write for a number that they do not have: it says nothing of why. */
const NON_DIT = /^(n\.? ?[crds]\.?|n\.? ?a\.?|s\.? ?o\.?|[-.?x*/]+|nsp|inconnue?|non (communiqué|connu|renseigné|disponible)e?s?|sans objet|néant|aucune?)$/i;
/** A number hidden behind a limit, as statistics under secrecy are sent. */
const MASQUE = /^(<|>|≤|≥|moins de|inf(érieur)?e?\.? à|sous) ?=? ?\d+([.,]\d+)?$/i;

export function lireValeur(m: Mesuree, texte: string): Lu<number> {
  const t = enAscii(texte);
  if (NON_DIT.test(t))
    return refus(
      `« ${abrege(texte)} » n’est pas un nombre. Pas connu : laissez vide. Rien à compter : choisissez « sans objet ». Compté, il n’y en a pas : écrivez 0.`,
    );
  if (MASQUE.test(t))
    return refus(
      `« ${abrege(texte)} » cache le nombre. Le contrat ne fixe pas de seuil de secret : écrivez le nombre exact, ou choisissez « secret » s’il ne peut pas être dit.`,
    );
  const l = lireNombre(texte, genreDe(m));
  if (!l.ok || l.valeur === null) return l;
  if (l.valeur < 0 && !peutBaisser(m)) return refus('Le chiffre ne peut pas être négatif.');
  if (l.valeur > 100 && estUnePart(m)) return refus(`« ${texte.trim()} » : une part d’un tout ne dépasse pas 100 %. Vérifiez le chiffre.`);
  return l;
}
