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

/** Its beginning, of `max` at most; a character that does not fit whole is left out. */
export function couper(t: string, max: number): string {
  const debut = t.slice(0, Math.max(0, max));
  return /[\ud800-\udbff]$/.test(debut) ? debut.slice(0, -1) : debut;
}

/** The only way to a `jsonb`: one text that it refuses would make the whole of it fail, and what others write with it. */
export function enJson(v: unknown): string {
  const dit = JSON.stringify(v);
  return /\\u(?:0000|d[89a-f])/.test(dit) ? JSON.stringify(toutEcrivable(JSON.parse(dit))) : dit;
}
