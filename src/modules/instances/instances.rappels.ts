/** Everything that the module reminds people of, in one call: run it as often as one likes, nobody hears twice. */
import type { Db } from '../../core/database.ts';
import type { ServicesInstances } from './instances.services.ts';
import { rappelerSeances } from './preparation/rappels.ts';
import { rappelerDecisions } from './suivi/rappels.ts';

export async function rappeler(db: Db, o: { contratId: number; maintenant: Date; services: Pick<ServicesInstances, 'coffre' | 'adresse'> }): Promise<number> {
  const seances = await rappelerSeances(db, o);
  const decisions = await rappelerDecisions(db, o);
  return seances + decisions.rappels + decisions.escalades;
}
