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
} from 'ical-generator';
import { DateTime } from 'luxon';
import type { ReponseConvocation } from '../instances.rules.ts';
import { buildVtimezone } from './fuseau.ts';

const FUSEAU = 'Europe/Paris';
const EDITEUR = { company: 'Concorde', product: 'Concorde', language: 'FR' };

export interface Invite {
  nom: string;
  courriel: string;
  role: 'president' | 'membre' | 'invite';
  reponse: ReponseConvocation | null;
}
export interface Evenement {
  /** Stable for the life of the session. */
  uid: string;
  sequence: number;
  titre: string;
  /** Wall clock of `fuseau`. */
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
export interface SeanceDeFlux extends Evenement {
  annulee: boolean;
}

const ROLES = { president: ICalAttendeeRole.CHAIR, membre: ICalAttendeeRole.REQ, invite: ICalAttendeeRole.OPT } as const;
const REPONSES = { accepte: ICalAttendeeStatus.ACCEPTED, provisoire: ICalAttendeeStatus.TENTATIVE, refuse: ICalAttendeeStatus.DECLINED } as const;

function creer(fuseau: string, annees: readonly number[], methode: ICalCalendarMethod): ICalCalendar {
  const [de, a] = [Math.min(...annees), Math.max(...annees)];
  return ical({ prodId: EDITEUR, method: methode, timezone: { name: fuseau, generator: (nom) => buildVtimezone(nom, de, a) } });
}

/** Elapsed time is counted on the wall clock: two hours from 18 h end at 20 h, whatever the clocks do that night. */
function evenement(e: Evenement, quand: Date): ICalEventData {
  const fuseau = e.fuseau ?? FUSEAU;
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
  const calendrier = creer(i.fuseau ?? FUSEAU, [Number(i.jour.slice(0, 4))], i.methode === 'CANCEL' ? ICalCalendarMethod.CANCEL : ICalCalendarMethod.REQUEST);
  const e = calendrier.createEvent({
    ...evenement(i, i.creeLe),
    status: i.methode === 'CANCEL' ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
    ...(i.organisateur.courriel ? { organizer: { name: i.organisateur.nom || i.organisateur.courriel, email: i.organisateur.courriel } } : {}),
  });
  for (const x of i.invites)
    e.createAttendee({
      name: i.confidentielle ? x.courriel : x.nom || x.courriel,
      email: x.courriel,
      role: ROLES[x.role],
      status: x.reponse ? REPONSES[x.reponse] : ICalAttendeeStatus.NEEDSACTION,
      type: ICalAttendeeType.INDIVIDUAL,
      rsvp: i.methode === 'REQUEST',
    });
  return calendrier.toString();
}

/** A feed that calendars read again and again. `maintenant`: years of the zone when there is no session. */
export function buildFlux(f: { nom: string; seances: readonly SeanceDeFlux[]; maintenant: Date; fuseau?: string }): string {
  const annees = f.seances.length > 0 ? f.seances.map((s) => Number(s.jour.slice(0, 4))) : [f.maintenant.getUTCFullYear()];
  const calendrier = creer(f.fuseau ?? FUSEAU, annees, ICalCalendarMethod.PUBLISH);
  calendrier.name(f.nom).ttl(3600);
  for (const s of f.seances)
    calendrier.createEvent({ ...evenement(s, f.maintenant), status: s.annulee ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED });
  return calendrier.toString();
}
