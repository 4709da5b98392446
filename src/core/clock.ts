/** Where the time comes from, so that tests and rules can be given another one. */
import { DateTime } from 'luxon';

export type Horloge = () => Date;
export const horloge: Horloge = () => new Date();

/** Zone of the contract's wall clock, where none is given. */
export const FUSEAU = 'Europe/Paris';

const formats = new Map<string, Intl.DateTimeFormat>();
function formatDe(fuseau: string): Intl.DateTimeFormat {
  const connu = formats.get(fuseau);
  if (connu) return connu;
  const f = new Intl.DateTimeFormat('fr-CA', { timeZone: fuseau, year: 'numeric', month: '2-digit', day: '2-digit' });
  formats.set(fuseau, f);
  return f;
}

/** Calendar day in the contract's time zone, `YYYY-MM-DD`. */
export const jourDe = (d: Date, fuseau = FUSEAU): string => formatDe(fuseau).format(d);

/** The moment at which this day ends: midnight, in the contract's time zone. */
export const finDuJour = (jour: string, fuseau = FUSEAU): Date => DateTime.fromISO(jour, { zone: fuseau }).plus({ days: 1 }).toJSDate();

/**
 * The moment at which a wall clock of the contract's time zone shows this day and hour; null when the change of hour skips it,
 * the first moment when the change shows it twice (as RFC 5545 reads it).
 */
export function instantDe(jour: string, heure: string, fuseau = FUSEAU): Date | null {
  const t = DateTime.fromISO(`${jour}T${heure}`, { zone: fuseau });
  if (!t.isValid || t.toFormat('yyyy-MM-dd HH:mm') !== `${jour} ${heure}`) return null;
  return new Date(Math.min(...t.getPossibleOffsets().map((x) => x.toMillis())));
}
