/** What letters about something noted in somebody's name end with: a link of their own. */
import { jourDe } from '../../../core/clock.ts';
import type { Contexte } from '../../../core/http/http.ts';
import { origineDe } from '../../instances/index.ts';
import type { ServicesSeances } from '../seances.services.ts';
import { cheminDeParole, JOURS_DU_LIEN, type Notee, type Siege } from './lien.rules.ts';

export const POUR_VOUS_SEUL = `Ce lien est pour vous seul, pendant ${JOURS_DU_LIEN} jours : ne le transférez pas.`;
export const lienDeParole = (
  c: Pick<Contexte, 'maintenant'>,
  services: Pick<ServicesSeances, 'adresse' | 'coffre'>,
  siege: Siege,
  notee: Notee,
  adresse: string,
): string => `${origineDe(services)}${cheminDeParole(services.coffre, siege, notee, { adresse, aujourdhui: jourDe(c.maintenant) })}`;
