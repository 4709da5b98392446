/** One event and its calendar as iCalendar (RFC 5545), whoever invites: its zone, the right end, and nothing told of what is confidential. Pure. */
import ical, { type ICalCalendar, type ICalCalendarMethod, ICalEventClass, type ICalEventData } from 'ical-generator';
import { DateTime } from 'luxon';
import { tzlib_get_ical_block } from 'timezones-ical-library';
import { fuseauEnVigueur } from './fuseau.ts';

const EDITEUR = { company: 'Concorde', product: 'Concorde', language: 'FR' };

export interface Evenement {
  /** Stable for the life of the session. */
  uid: string;
  sequence: number;
  titre: string;
  /** Wall clock of `fuseau`, that of the contract when left out. */
  jour: string;
  heure: string;
  dureeMinutes: number;
  fuseau?: string;
  lieu: string;
  description: string;
  url: string;
  /** Restricted body: neither subject, nor agenda, nor names. */
  confidentielle: boolean;
}

/**
 * VTIMEZONE of an IANA zone: the rules of its clock, for calendars that do not know it by name. The library gives some zones the rules, and the name, of
 * another one with the same clock: events name theirs.
 */
function buildVtimezone(fuseau: string): string {
  const [bloc] = tzlib_get_ical_block(fuseau);
  if (!bloc?.startsWith('BEGIN:VTIMEZONE')) throw new Error(`Aucune règle connue pour le fuseau « ${fuseau} ».`);
  return bloc.replace(/^(TZID|X-LIC-LOCATION):[^\r\n]+/gm, `$1:${fuseau}`);
}
/**
 * The zone is named by each event and not by the calendar, for which the library would write DTSTAMP without its Z. Only a feed
 * without any event names it, since a calendar needs one component at least.
 */
export function ouvrirCalendrier(fuseau: string, vide: boolean, methode: ICalCalendarMethod): ICalCalendar {
  const timezone = { name: vide ? fuseau : null, generator: buildVtimezone };
  return ical({ prodId: EDITEUR, method: methode, timezone });
}
/** The last line too ends with CRLF. */
export const ecrireCalendrier = (c: ICalCalendar): string => `${c.toString()}\r\n`;

/** Elapsed time is counted on the wall clock: two hours from 18 h end at 20 h, whatever the clocks do that night. */
export function evenement(e: Evenement, quand: Date): ICalEventData {
  const fuseau = e.fuseau ?? fuseauEnVigueur();
  const debut = DateTime.fromISO(`${e.jour}T${e.heure}`, { zone: fuseau });
  const fin = DateTime.fromISO(`${e.jour}T${e.heure}`, { zone: 'utc' }).plus({ minutes: e.dureeMinutes }).setZone(fuseau, { keepLocalTime: true });
  return {
    id: e.uid,
    sequence: e.sequence,
    stamp: quand,
    start: debut,
    // A night when the clocks go back: what the wall clock shows twice is taken the second time.
    end: fin > debut ? fin : debut.plus({ minutes: e.dureeMinutes }),
    timezone: fuseau,
    summary: e.confidentielle ? 'Réunion' : e.titre,
    location: e.confidentielle ? null : e.lieu || null,
    description: e.confidentielle ? null : e.description || null,
    url: e.url,
    class: e.confidentielle ? ICalEventClass.CONFIDENTIAL : ICalEventClass.PUBLIC,
  };
}
