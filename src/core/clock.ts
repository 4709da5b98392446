/** Where the time comes from, so that tests and rules can be given another one. */
import { DateTime } from 'luxon';

export type Horloge = () => Date;
export const horloge: Horloge = () => new Date();

const formats = new Map<string, Intl.DateTimeFormat>();
function formatDe(fuseau: string): Intl.DateTimeFormat {
  const connu = formats.get(fuseau);
  if (connu) return connu;
  const f = new Intl.DateTimeFormat('fr-CA', { timeZone: fuseau, year: 'numeric', month: '2-digit', day: '2-digit' });
  formats.set(fuseau, f);
  return f;
}

/** Calendar day in the contract's time zone, `YYYY-MM-DD`. */
export const jourDe = (d: Date, fuseau = 'Europe/Paris'): string => formatDe(fuseau).format(d);

/** The moment at which a wall clock of the contract's time zone shows this day and hour; null when the change of hour skips it. */
export function instantDe(jour: string, heure: string, fuseau = 'Europe/Paris'): Date | null {
  const t = DateTime.fromISO(`${jour}T${heure}`, { zone: fuseau });
  return t.isValid && t.toFormat('yyyy-MM-dd HH:mm') === `${jour} ${heure}` ? t.toJSDate() : null;
}
