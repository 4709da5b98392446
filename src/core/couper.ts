/** Text that is kept or said: cut without leaving half of a character (an emoji is two halves), written as JSON that `jsonb` takes. Pure. */

/** A half alone: UTF-8 has none, and `jsonb` refuses it. */
const MOITIE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;
export const sansMoities = (t: string): string => (/[\ud800-\udfff]/.test(t) ? t.replace(MOITIE, '\ufffd') : t);
/** What PostgreSQL can keep of it: U+0000, which nobody sees nor knows how to take out, becomes `nul`. */
export const ecrivable = (t: string, nul = ''): string => sansMoities(t.includes('\0') ? t.replaceAll('\0', nul) : t);
/** The same JSON value, each of its texts as it can be kept. A name says where it was mended: none may become another. */
export function toutEcrivable(v: unknown): unknown {
  if (typeof v === 'string') return ecrivable(v);
  if (typeof v !== 'object' || v === null) return v;
  return Array.isArray(v) ? v.map(toutEcrivable) : Object.fromEntries(Object.entries(v).map(([nom, x]) => [ecrivable(nom, '\ufffd'), toutEcrivable(x)]));
}

const SIGNES = new Intl.Segmenter('fr', { granularity: 'grapheme' });
/** Its beginning, of `max` at most; what is read as one character (an accent written apart, a flag, a family) and does not fit whole is left out. */
export function couper(t: string, max: number): string {
  if (t.length <= max) return t;
  if (max <= 0) return '';
  const entiers = t.slice(0, SIGNES.segment(t).containing(max)?.index ?? max);
  if (entiers !== '') return entiers;
  // One character and all its marks, longer than what is asked.
  const debut = t.slice(0, max);
  return /[\ud800-\udbff]$/.test(debut) ? debut.slice(0, -1) : debut;
}

/** As far as a word goes on: a longer one is cut where it falls. */
const MOT_MAX = 30;
/** What is shown of it, `max` at most: whole, or its first words and « … ». */
export function abreger(t: string, max: number): string {
  if (t.length <= max) return t;
  const debut = couper(t, max - 1);
  const mots = /\s/.test(t.charAt(debut.length)) ? debut : debut.replace(/\s+\S*$/, '');
  return `${(debut.length - mots.length <= MOT_MAX ? mots : debut).trimEnd()}…`;
}

/** The only way to a `jsonb`: one text that it refuses would make the whole of it fail, and what others write with it. */
export function enJson(v: unknown): string {
  const dit = JSON.stringify(v);
  return /\\u(?:0000|d[89a-f])/.test(dit) ? JSON.stringify(toutEcrivable(JSON.parse(dit))) : dit;
}
