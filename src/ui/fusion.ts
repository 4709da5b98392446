/**
 * Makes one text of two that were written from the same one. Used by the server and in the browser.
 */
import { diff3Merge } from 'node-diff3';

/** What they share at the beginning and at the end stands once; what differs stands in both wordings, the first text's before. */
export function joindre(un: string, deux: string): string {
  if (contient(un, deux)) return un;
  if (contient(deux, un)) return deux;
  const a = un.split('\n');
  const b = deux.split('\n');
  const court = Math.min(a.length, b.length);
  let debut = 0;
  while (debut < court && a[debut] === b[debut]) debut += 1;
  let fin = 0;
  while (fin < court - debut && a[a.length - 1 - fin] === b[b.length - 1 - fin]) fin += 1;
  return [...a.slice(0, a.length - fin), ...b.slice(debut, b.length - fin), ...a.slice(a.length - fin)].join('\n');
}

/** The same when the text they were written from is known: lines that only one of them changed are taken as changed, or removed. */
export function reunir(base: string | null, un: string, deux: string): string {
  if (base === null) return joindre(un, deux);
  const lignes = diff3Merge(un, base, deux, { stringSeparator: '\n', excludeFalseConflicts: true });
  return lignes.flatMap((l) => l.ok ?? joindre((l.conflict?.a ?? []).join('\n'), (l.conflict?.b ?? []).join('\n')).split('\n')).join('\n');
}

/** By whole lines: « non » is not said by a text that only says « annonce ». */
const contient = (texte: string, autre: string): boolean => autre === '' || `\n${texte}\n`.includes(`\n${autre}\n`);
