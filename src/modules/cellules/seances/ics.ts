/** The day of a session for a member's calendar: confidential, in words that say nothing. */
import ical, { ICalCalendarMethod, ICalEventClass } from 'ical-generator';
import { DateTime } from 'luxon';
import { fuseauEnVigueur } from '../../../core/fuseau.ts';

const DUREE_MINUTES = 120;

export function buildIcs(s: { id: string; jour: string; heure: string; adresse: string; maintenant: Date }): string {
  const calendrier = ical({ prodId: { company: 'Concorde', product: 'Concorde', language: 'FR' }, method: ICalCalendarMethod.PUBLISH });
  const debut = DateTime.fromISO(`${s.jour}T${s.heure}`, { zone: fuseauEnVigueur() }).toUTC();
  calendrier.createEvent({
    id: `${s.id}@concorde`,
    stamp: s.maintenant,
    start: debut,
    end: debut.plus({ minutes: DUREE_MINUTES }),
    summary: 'Réunion',
    url: s.adresse,
    class: ICalEventClass.CONFIDENTIAL,
  });
  return `${calendrier.toString()}\r\n`;
}
