/** The day of a session for a member's calendar: confidential, in words that say nothing. */
import { ICalCalendarMethod } from 'ical-generator';
import { fuseauEnVigueur } from '../../../core/fuseau.ts';
import { ecrireCalendrier, evenement, ouvrirCalendrier } from '../../../core/ical.ts';

/** A cell says when it meets, not for how long. */
const DUREE_MINUTES = 120;

export function buildIcs(s: { id: string; jour: string; heure: string; adresse: string; maintenant: Date }): string {
  const calendrier = ouvrirCalendrier(fuseauEnVigueur(), false, ICalCalendarMethod.PUBLISH);
  const { jour, heure, adresse: url } = s;
  const muette = { sequence: 0, titre: '', lieu: '', description: '', confidentielle: true };
  calendrier.createEvent(evenement({ ...muette, uid: `${s.id}@concorde`, jour, heure, dureeMinutes: DUREE_MINUTES, url }, s.maintenant));
  return ecrireCalendrier(calendrier);
}
