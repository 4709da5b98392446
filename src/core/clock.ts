/** Where the time comes from, so that tests and rules can be given another one; days and hours are those of the zone in force. */
import { DateTime } from 'luxon';
import { fuseauEnVigueur } from './fuseau.ts';

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

const derniers = new Map<string, { minute: number; jour: string }>();
/** Calendar day of this moment on the contract's wall clock, `YYYY-MM-DD`. All of a minute is of one day: the last one asked is kept. */
export function jourDe(d: Date, fuseau = fuseauEnVigueur()): string {
  const minute = Math.floor(d.getTime() / 60_000);
  const dernier = derniers.get(fuseau);
  if (dernier?.minute === minute) return dernier.jour;
  const jour = formatDe(fuseau).format(d);
  derniers.set(fuseau, { minute, jour });
  return jour;
}

/** The moment at which this day ends: midnight, on the contract's wall clock. */
export const finDuJour = (jour: string, fuseau = fuseauEnVigueur()): Date => DateTime.fromISO(jour, { zone: fuseau }).plus({ days: 1 }).toJSDate();

/**
 * The moment at which the contract's wall clock shows this day and hour; null when the change of hour skips it,
 * the first moment when the change shows it twice (as RFC 5545 reads it).
 */
export function instantDe(jour: string, heure: string, fuseau = fuseauEnVigueur()): Date | null {
  const t = DateTime.fromISO(`${jour}T${heure}`, { zone: fuseau });
  if (!t.isValid || t.toFormat('yyyy-MM-dd HH:mm') !== `${jour} ${heure}`) return null;
  return new Date(Math.min(...t.getPossibleOffsets().map((x) => x.toMillis())));
}
