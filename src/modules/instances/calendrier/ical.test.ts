/** Each text is read by two independent parsers, which must agree on the moment. */
import ICAL from 'ical.js';
import nodeIcal from 'node-ical';
import { describe, expect, test } from 'vitest';
import { aLHeureDeParis } from '../../../../tests/support/fuseau.ts';
import * as ical from './ical.ts';
import type { Invitation } from './ical.ts';

const buildInvitation = aLHeureDeParis(ical.buildInvitation);
const buildFlux = aLHeureDeParis(ical.buildFlux);

const INVITATION: Invitation = {
  methode: 'REQUEST',
  uid: '6f1a@concorde',
  sequence: 0,
  titre: 'Conseil : séance d’hiver, très longue à dire pour que la ligne se replie bien au-delà de soixante-quinze octets',
  jour: '2027-01-15',
  heure: '14:30',
  dureeMinutes: 120,
  lieu: 'Mairie ; salle des fêtes, 1er étage',
  description: 'Ordre du jour :\n1. Écoles\n2. Été',
  url: 'https://concorde.example/invitations/x',
  organisateur: { nom: 'Conseil', courriel: 'secretariat@exemple.fr' },
  invites: [{ nom: 'Zoé Essai', courriel: 'zoe@exemple.fr', role: 'president', reponse: 'accepte' }],
  confidentielle: false,
  creeLe: new Date('2026-11-23T10:00:00Z'),
};

/** Start and end as both parsers read them. */
function lire(texte: string) {
  const composant = new ICAL.Component(ICAL.parse(texte));
  for (const tz of composant.getAllSubcomponents('vtimezone')) ICAL.TimezoneService.register(tz);
  const evenement = new ICAL.Event(composant.getFirstSubcomponent('vevent') ?? undefined);
  const autre = Object.values(nodeIcal.sync.parseICS(texte)).find((e) => e?.type === 'VEVENT') as nodeIcal.VEvent;
  return {
    un: { debut: evenement.startDate.toJSDate().toISOString(), fin: evenement.endDate.toJSDate().toISOString() },
    deux: { debut: autre.start.toISOString(), fin: autre.end.toISOString() },
    evenement,
    autre,
    methode: composant.getFirstPropertyValue('method'),
  };
}

describe('iCalendar', () => {
  test.each([
    ['en hiver', '2027-01-15', '14:30', 120, '2027-01-15T13:30:00.000Z', '2027-01-15T15:30:00.000Z'],
    ['en été', '2027-07-01', '09:00', 90, '2027-07-01T07:00:00.000Z', '2027-07-01T08:30:00.000Z'],
    ['la veille du passage à l’heure d’été', '2027-03-27', '18:00', 120, '2027-03-27T17:00:00.000Z', '2027-03-27T19:00:00.000Z'],
    ['le jour du passage à l’heure d’été', '2027-03-28', '10:00', 60, '2027-03-28T08:00:00.000Z', '2027-03-28T09:00:00.000Z'],
    ['le jour du retour à l’heure d’hiver', '2027-10-31', '10:00', 60, '2027-10-31T09:00:00.000Z', '2027-10-31T10:00:00.000Z'],
    ['à cheval sur minuit', '2027-06-30', '23:00', 120, '2027-06-30T21:00:00.000Z', '2027-06-30T23:00:00.000Z'],
    ['à cheval sur le passage à l’heure d’été', '2027-03-28', '01:00', 180, '2027-03-28T00:00:00.000Z', '2027-03-28T02:00:00.000Z'],
  ])('%s, les deux lecteurs donnent le même instant', (_, jour, heure, dureeMinutes, debut, fin) => {
    const lu = lire(buildInvitation({ ...INVITATION, jour, heure, dureeMinutes }));
    expect(lu.un).toEqual({ debut, fin });
    expect(lu.deux).toEqual({ debut, fin });
  });

  test('une invitation, son déplacement à travers le changement d’heure, son annulation', () => {
    const premiere = lire(buildInvitation({ ...INVITATION, jour: '2027-03-26', heure: '18:00' }));
    const deplacee = lire(buildInvitation({ ...INVITATION, jour: '2027-03-29', heure: '18:00', sequence: 1 }));
    const annulee = buildInvitation({ ...INVITATION, jour: '2027-03-29', heure: '18:00', sequence: 2, methode: 'CANCEL' });
    expect([premiere.methode, premiere.evenement.sequence, premiere.un.debut]).toEqual(['REQUEST', 0, '2027-03-26T17:00:00.000Z']);
    expect([deplacee.evenement.uid, deplacee.evenement.sequence, deplacee.un.debut]).toEqual([premiere.evenement.uid, 1, '2027-03-29T16:00:00.000Z']);
    expect(lire(annulee).methode).toBe('CANCEL');
    expect(annulee).toContain('STATUS:CANCELLED');
    expect(annulee).not.toContain('RSVP=TRUE');
  });

  test('accents, virgules, retours à la ligne et lignes longues passent intacts, repliés à 75 octets', () => {
    const texte = buildInvitation(INVITATION);
    for (const ligne of texte.split('\r\n')) expect(Buffer.byteLength(ligne)).toBeLessThanOrEqual(75);
    expect(texte.endsWith('END:VCALENDAR\r\n')).toBe(true);
    expect(texte.replaceAll('\r\n', '')).not.toContain('\n');
    const { evenement, autre } = lire(texte);
    expect(evenement.summary).toBe(INVITATION.titre);
    expect(evenement.location).toBe(INVITATION.lieu);
    expect(evenement.description).toBe(INVITATION.description);
    expect(autre.summary).toBe(INVITATION.titre);
    expect(autre.location).toBe(INVITATION.lieu);
    const invite = evenement.attendees[0];
    expect([invite?.getParameter('role'), invite?.getParameter('partstat'), invite?.getParameter('cn')]).toEqual(['CHAIR', 'ACCEPTED', 'Zoé Essai']);
  });

  test('l’heure d’écriture est en temps universel, quels que soient le fuseau de la séance et celui de la machine', () => {
    const avant = process.env.TZ;
    const ecrits = ['Europe/Paris', 'America/New_York'].map((tz) => {
      process.env.TZ = tz;
      return buildInvitation(INVITATION);
    });
    if (avant === undefined) delete process.env.TZ;
    else process.env.TZ = avant;
    expect(new Set(ecrits).size).toBe(1);
    expect(ecrits[0]).toContain('\r\nDTSTAMP:20261123T100000Z\r\n');
  });

  test('un nom qui porte guillemets, virgule ou retour à la ligne n’ajoute ni ligne ni adresse', () => {
    const nom = 'Jean "Jo", dit ; l’\\autre\r\nATTENDEE:mailto:intrus@exemple.fr';
    const texte = buildInvitation({
      ...INVITATION,
      titre: nom,
      organisateur: { nom, courriel: 'o@exemple.fr' },
      invites: INVITATION.invites.slice(0, 1).map((i) => ({ ...i, nom })),
    });
    const { evenement, autre } = lire(texte);
    expect(evenement.attendees.map((a) => a.getFirstValue())).toEqual(['MAILTO:zoe@exemple.fr']);
    expect(evenement.attendees[0]?.getParameter('cn')).toBe('Jean "Jo", dit ; l’ autre ATTENDEE:mailto:intrus@exemple.fr');
    expect(texte.replaceAll('\r\n ', '')).toContain(`CN="Jean ^'Jo^'`);
    expect([autre.attendee].flat()).toHaveLength(1);
    expect(evenement.summary).toBe(nom.replace('\r\n', '\n'));
  });

  test('d’une instance restreinte, on ne lit ni l’objet, ni le lieu, ni l’ordre du jour, ni un nom', () => {
    const texte = buildInvitation({ ...INVITATION, confidentielle: true }).replaceAll('\r\n ', '');
    for (const mot of ['Conseil', 'hiver', 'Mairie', 'Écoles', 'Zoé']) expect(texte).not.toContain(mot);
    expect(texte).toContain('CLASS:CONFIDENTIAL');
    expect(texte).toContain('SUMMARY:Réunion');
  });

  test('un flux se lit en entier : annulée, en préparation, jour seul ; un flux vide aussi se lit', () => {
    const { methode: _, organisateur: __, invites: ___, creeLe: ____, ...seance } = INVITATION;
    const maintenant = new Date('2026-11-23T10:00:00Z');
    const texte = buildFlux({
      nom: 'Mes séances, à venir',
      maintenant,
      seances: [
        { ...seance, etat: 'convoquee' },
        { ...seance, uid: 'b@concorde', jour: '2028-07-01', etat: 'annulee' },
        { ...seance, uid: 'c@concorde', jour: '2027-03-26', etat: 'preparation' },
        { ...seance, uid: 'd@concorde', jour: '2026-10-25', heure: null, etat: 'declaree' },
      ],
    });
    const evenements = Object.values(nodeIcal.sync.parseICS(texte)).filter((e) => e?.type === 'VEVENT') as nodeIcal.VEvent[];
    const date = (e: nodeIcal.VEvent) => (e.datetype === 'date' ? 'jour entier' : e.start.toISOString());
    expect(evenements.map((e) => [e.uid, e.status, date(e)])).toEqual([
      ['6f1a@concorde', 'CONFIRMED', '2027-01-15T13:30:00.000Z'],
      ['b@concorde', 'CANCELLED', '2028-07-01T12:30:00.000Z'],
      ['c@concorde', 'TENTATIVE', '2027-03-26T13:30:00.000Z'],
      ['d@concorde', 'CONFIRMED', 'jour entier'],
    ]);
    const calendrier = new ICAL.Component(ICAL.parse(texte));
    expect(calendrier.getFirstPropertyValue('name')).toBe('Mes séances à venir');
    const lus = calendrier.getAllSubcomponents('vevent').map((v) => new ICAL.Event(v));
    expect(lus.map((e) => e.startDate.toString())).toEqual(['2027-01-15T14:30:00', '2028-07-01T14:30:00', '2027-03-26T14:30:00', '2026-10-25']);
    for (const ligne of texte.split('\r\n').filter((l) => l.startsWith('DTSTAMP'))) expect(ligne).toBe('DTSTAMP:20261123T100000Z');
    const vide = buildFlux({ nom: 'Vide', seances: [], maintenant });
    expect(new ICAL.Component(ICAL.parse(vide)).getAllSubcomponents('vtimezone')).toHaveLength(1);
    expect(Object.values(nodeIcal.sync.parseICS(vide)).filter((e) => e?.type === 'VEVENT')).toEqual([]);
  });

  test.each([
    ['Indian/Reunion', '2026-09-10T10:00:00.000Z', '2027-01-15T10:00:00.000Z'],
    ['America/Guadeloupe', '2026-09-10T18:00:00.000Z', '2027-01-15T18:00:00.000Z'],
    ['America/Miquelon', '2026-09-10T16:00:00.000Z', '2027-01-15T17:00:00.000Z'],
    ['Pacific/Noumea', '2026-09-10T03:00:00.000Z', '2027-01-15T03:00:00.000Z'],
    ['America/New_York', '2026-09-10T18:00:00.000Z', '2027-01-15T19:00:00.000Z'],
  ])('à %s, un agenda qui ne connaît pas ce fuseau trouve sa règle sous le nom que porte la séance', (fuseau, ete, hiver) => {
    for (const [jour, debut] of [
      ['2026-09-10', ete],
      ['2027-01-15', hiver],
    ] as const) {
      const texte = buildInvitation({ ...INVITATION, fuseau, jour, heure: '14:00' });
      const zones = new ICAL.Component(ICAL.parse(texte)).getAllSubcomponents('vtimezone').map((z) => z.getFirstPropertyValue('tzid'));
      expect(zones).toEqual([fuseau]);
      expect(texte).toContain(`DTSTART;TZID=${fuseau}:${jour.replaceAll('-', '')}T140000`);
      expect(lire(texte).un.debut).toBe(debut);
    }
  });
});
