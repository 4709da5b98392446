/** Invitations and feeds of sessions (RFC 5545, RFC 5546). Pure: the moment of writing is given. */
import {
  ICalAttendeeRole,
  ICalAttendeeStatus,
  ICalAttendeeType,
  ICalCalendarMethod,
  ICalEventClass,
  ICalEventStatus,
  ICalEventTransparency,
} from 'ical-generator';
import { fuseauEnVigueur } from '../../../core/fuseau.ts';
import { ecrireCalendrier, type Evenement, evenement, ouvrirCalendrier } from '../../../core/ical.ts';
import type { EtatSeance } from '../instances.rules.ts';

interface Invite {
  nom: string;
  courriel: string;
  role: 'president' | 'membre' | 'invite';
  reponse: keyof typeof REPONSES | null;
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

/** Readers disagree on how a calendar's name is escaped: it has nothing to escape. */
const nomDeCalendrier = (nom: string): string => nom.replace(/[\\;,\s]+/g, ' ').trim();
/** A parameter has its own way to write a quotation mark (RFC 6868), which the library leaves to us; it holds on one line. */
const nomDePersonne = (nom: string): string =>
  nom
    .replace(/[\\\s\p{Cc}]+/gu, ' ')
    .trim()
    .replaceAll('^', '^^')
    .replaceAll('"', "^'");

/** What a calendar takes as an invitation, its update (next `sequence`) or its cancellation. */
export function buildInvitation(i: Invitation): string {
  const annule = i.methode === 'CANCEL';
  const calendrier = ouvrirCalendrier(i.fuseau ?? fuseauEnVigueur(), false, annule ? ICalCalendarMethod.CANCEL : ICalCalendarMethod.REQUEST);
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
  return ecrireCalendrier(calendrier);
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
  const calendrier = ouvrirCalendrier(f.fuseau ?? fuseauEnVigueur(), vide, ICalCalendarMethod.PUBLISH);
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
  return ecrireCalendrier(calendrier);
}
