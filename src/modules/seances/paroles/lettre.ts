/** What letters about something noted in somebody's name end with: a link of their own. */
import { jourDe } from '../../../core/clock.ts';
import type { Contexte } from '../../../core/http/http.ts';
import { origineDe } from '../../instances/index.ts';
import type { ServicesSeances } from '../seances.services.ts';
import { cheminDeParole, JOURS_DU_LIEN, type Notee, type Siege } from './lien.rules.ts';

export const POUR_VOUS_SEUL = `Ce lien est pour vous seul, pendant ${JOURS_DU_LIEN} jours : ne le transférez pas.`;
/** How one answers from there: without account where they were convoked. */
export const commentRepondre = (x: { convoquee: boolean }): string => (x.convoquee ? 'sans compte' : 'avec le compte de cette adresse');
/** To who was convoked: it also goes elsewhere. */
export const AUSSI_AILLEURS =
  'Cette lettre part aussi à une adresse où ce siège n’a pas été convoqué : il n’y est répondu qu’avec un compte, et le relevé le dira.';
export const lienDeParole = (
  c: Pick<Contexte, 'maintenant'>,
  services: Pick<ServicesSeances, 'adresse' | 'coffre'>,
  siege: Siege,
  notee: Notee,
  adresse: string,
): string => `${origineDe(services)}${cheminDeParole(services.coffre, siege, notee, { adresse, aujourdhui: jourDe(c.maintenant) })}`;
