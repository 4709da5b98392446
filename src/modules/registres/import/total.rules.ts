/** The sums that people write under a table: they are no record, and adding them would count everything twice. Pure. */
import { cleTexte } from '../valeurs.rules.ts';
import { abreger } from '../../../core/couper.ts';

const TOTAL = /^(sous )?(totaux|total|somme|ensemble|moyenne|cumul)\b/;
/** What says which record a row is. */
const QUI = ['jour', 'territoire_id', 'organisation_id'];

/** A sentence when the row looks like a sum: it says « total » somewhere, and nothing of when, where or who. Null otherwise. */
export function direTotal(cles: readonly (string | null)[], cellules: readonly string[]): string | null {
  const mot = cellules.find((c) => TOTAL.test(cleTexte(c)));
  if (mot === undefined) return null;
  const remplies = cles.filter((cle, i) => cle !== null && QUI.includes(cle) && (cellules[i] ?? '').trim() !== '' && cellules[i] !== mot);
  if (remplies.length > 0) return null;
  return `« ${abreger(mot.trim(), 40)} » : est-ce le total des lignes au-dessus ? Il n’est pas importé. Si c’est un enregistrement, écrivez sa date, son lieu et son organisme.`;
}
