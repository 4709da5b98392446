/** Text that is kept or said: cut without leaving half of a character (an emoji is two halves), written as JSON that `jsonb` takes. Pure. */

/** A half alone: UTF-8 has none, and `jsonb` refuses it. */
const MOITIE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;
export const sansMoities = (t: string): string => t.replace(MOITIE, '\ufffd');

/** Its beginning, of `max` at most; a character that does not fit whole is left out. */
export function couper(t: string, max: number): string {
  const debut = t.slice(0, Math.max(0, max));
  return /[\ud800-\udbff]$/.test(debut) ? debut.slice(0, -1) : debut;
}

/** What a write gives as JSON: one text with half of a character would make the whole of it fail, and what others write with it. */
export function enJson(v: unknown): string {
  const dit = JSON.stringify(v);
  return /\\ud[89a-f]/.test(dit) ? JSON.stringify(v, (_, x: unknown) => (typeof x === 'string' ? sansMoities(x) : x)) : dit;
}
