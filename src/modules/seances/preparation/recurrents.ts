/** What comes back at the next session of a body. */
import type { Db } from '../../../core/base/database.ts';
import { getCatalogue } from '../../contrats/index.ts';
import { direRythme, type Instance, listRecurrents, pointsAttendus, revient } from '../../instances/index.ts';
import { type Proposition, VIDE } from './propositions.rules.ts';
import { listClesPassees } from './recurrents.queries.ts';

export async function recurrentsDus(db: Db, contratId: number, instance: Instance): Promise<Proposition[]> {
  const attendus = pointsAttendus(await getCatalogue(db, contratId), instance, await listRecurrents(db, contratId, instance.id));
  if (attendus.length === 0) return [];
  const passees = await listClesPassees(db, contratId, instance.id, Math.max(...attendus.map((p) => p.tousLes)));
  return attendus
    .filter((p) => revient(p, passees))
    .map((p, rang) => ({
      ...VIDE,
      cle: p.cle,
      genre: 'recurrent',
      titre: p.titre,
      raison: `Revient ${direRythme(p.tousLes)}.`,
      minutes: p.minutes,
      rapporteur: p.rapporteur,
      expose: p.expose,
      poids: 1900 - Math.min(99, rang),
    }));
}
