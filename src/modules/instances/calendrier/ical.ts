/** Invitations and feeds as iCalendar (RFC 5545, RFC 5546). Pure: the moment of writing is given. */
import ical, {
  ICalAttendeeRole,
  ICalAttendeeStatus,
  ICalAttendeeType,
  type ICalCalendar,
  ICalCalendarMethod,
  ICalEventClass,
  type ICalEventData,
  ICalEventStatus,
  ICalEventTransparency,
} from 'ical-generator';
import { DateTime } from 'luxon';
import { fuseauEnVigueur } from '../../../core/fuseau.ts';
import type { EtatSeance } from '../instances.rules.ts';
import { buildVtimezone } from './vtimezone.ts';

const EDITEUR = { company: 'Concorde', product: 'Concorde', language: 'FR' };

interface Invite {
  nom: string;
  courriel: string;
  role: 'president' | 'membre' | 'invite';
  reponse: keyof typeof REPONSES | null;
}
interface Evenement {
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
export interface Invitation extends Evenement {
  methode: 'REQUEST' | 'CANCEL';
  organisateur: { nom: string; courriel: string };
  invites: readonly Invite[];
  creeLe: Date;
}
export interface SeanceDeFlux extends Omit<Evenement, 'heure'> {
  /** Null when only the day is known: shown over the whole day, which stays free. */
  heure: string | null;
  etat: EtatSeance;
}

const ROLES = { president: ICalAttendeeRole.CHAIR, membre: ICalAttendeeRole.REQ, invite: ICalAttendeeRole.OPT } as const;
const REPONSES = { accepte: ICalAttendeeStatus.ACCEPTED, provisoire: ICalAttendeeStatus.TENTATIVE, refuse: ICalAttendeeStatus.DECLINED } as const;

/**
 * The zone is named by each event and not by the calendar, for which the library would write DTSTAMP without its Z. Only a feed
 * without any event names it, since a calendar needs one component at least.
 */
function creer(fuseau: string, vide: boolean, methode: ICalCalendarMethod): ICalCalendar {
  const timezone = { name: vide ? fuseau : null, generator: buildVtimezone };
  return ical({ prodId: EDITEUR, method: methode, timezone });
}
/** The last line too ends with CRLF. */
const ecrire = (c: ICalCalendar): string => `${c.toString()}\r\n`;
/** Readers disagree on how a calendar's name is escaped: it has nothing to escape. */
const nomDeCalendrier = (nom: string): string => nom.replace(/[\\;,\s]+/g, ' ').trim();
/** A parameter has its own way to write a quotation mark (RFC 6868), which the library leaves to us; it holds on one line. */
const nomDePersonne = (nom: string): string =>
  nom
    .replace(/[\\\s\p{Cc}]+/gu, ' ')
    .trim()
    .replaceAll('^', '^^')
    .replaceAll('"', "^'");

/** Elapsed time is counted on the wall clock: two hours from 18 h end at 20 h, whatever the clocks do that night. */
function evenement(e: Evenement, quand: Date): ICalEventData {
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

/** What a calendar takes as an invitation, its update (next `sequence`) or its cancellation. */
export function buildInvitation(i: Invitation): string {
  const annule = i.methode === 'CANCEL';
  const calendrier = creer(i.fuseau ?? fuseauEnVigueur(), false, annule ? ICalCalendarMethod.CANCEL : ICalCalendarMethod.REQUEST);
  const { nom, courriel } = i.organisateur;
  const e = calendrier.createEvent({
    ...evenement(i, i.creeLe),
    status: annule ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
    ...(courriel ? { organizer: { name: i.confidentielle ? 'Secrétariat' : nomDePersonne(nom) || courriel, email: courriel } } : {}),
  });
  for (const x of i.invites)
    e.createAttendee({
      name: i.confidentielle ? x.courriel : nomDePersonne(x.nom) || x.courriel,
      email: x.courriel,
      role: ROLES[x.role],
      status: x.reponse ? REPONSES[x.reponse] : ICalAttendeeStatus.NEEDSACTION,
      type: ICalAttendeeType.INDIVIDUAL,
      rsvp: !annule,
    });
  return ecrire(calendrier);
}

const statutDe = (e: EtatSeance): ICalEventStatus =>
  e === 'annulee' ? ICalEventStatus.CANCELLED : e === 'preparation' ? ICalEventStatus.TENTATIVE : ICalEventStatus.CONFIRMED;

/** What someone owes by that day. */
export type EcheanceDeFlux = Pick<Evenement, 'uid' | 'titre' | 'jour' | 'url' | 'confidentielle'>;

/** A feed that calendars read again and again. `maintenant`: moment of writing. */
export function buildFlux(f: {
  nom: string;
  seances: readonly SeanceDeFlux[];
  echeances?: readonly EcheanceDeFlux[];
  maintenant: Date;
  fuseau?: string;
}): string {
  const vide = f.seances.length === 0 && (f.echeances ?? []).length === 0;
  const calendrier = creer(f.fuseau ?? fuseauEnVigueur(), vide, ICalCalendarMethod.PUBLISH);
  calendrier.name(nomDeCalendrier(f.nom)).ttl(3600);
  for (const s of f.seances) {
    const e = calendrier.createEvent({ ...evenement({ ...s, heure: s.heure ?? '00:00' }, f.maintenant), status: statutDe(s.etat) });
    if (s.heure === null) e.end(null).allDay(true).transparency(ICalEventTransparency.TRANSPARENT);
  }
  for (const { confidentielle, ...x } of f.echeances ?? []) {
    const due = { ...x, sequence: 0, heure: '00:00', dureeMinutes: 0, lieu: '', description: '', confidentielle: false };
    const e = calendrier.createEvent({ ...evenement(due, f.maintenant), class: confidentielle ? ICalEventClass.CONFIDENTIAL : ICalEventClass.PRIVATE });
    e.end(null).allDay(true).transparency(ICalEventTransparency.TRANSPARENT);
  }
  return ecrire(calendrier);
}
