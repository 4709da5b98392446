/** Items that come back at the sessions of a body. */
import type { Db, Ligne } from '../../../core/base/database.ts';
import { uuid } from '../../../core/base/id.ts';
import { conflit } from '../../../core/errors.ts';
import type { SaisieRecurrent } from './recurrents.schema.ts';

const COLONNES = ['id', 'titre', 'expose', 'minutes', 'rapporteur', 'tousLes', 'arrete', 'version', 'modifiePar', 'modifieLe'] as const;
export type Recurrent = Pick<Ligne<'pointsRecurrents'>, (typeof COLONNES)[number]>;

/** Those that still come back first. */
export async function listRecurrents(db: Db, contratId: number, instanceId: string): Promise<Recurrent[]> {
  return db
    .selectFrom('pointsRecurrents')
    .select(COLONNES)
    .where('contratId', '=', contratId)
    .where('instanceId', '=', uuid(instanceId))
    .orderBy('arrete')
    .orderBy('titre')
    .orderBy('id')
    .execute();
}
interface Par {
  nom: string;
  quand: Date;
}
const colonnesDe = (s: SaisieRecurrent, par: Par) => {
  const { titre, expose, minutes, rapporteur, arrete } = s;
  return { titre, expose, minutes, rapporteur, arrete, tousLes: s.tous_les, modifiePar: par.nom, modifieLe: par.quand };
};
export async function addRecurrent(tx: Db, contratId: number, instanceId: string, s: SaisieRecurrent, par: Par): Promise<string> {
  const cree = await tx
    .insertInto('pointsRecurrents')
    .values({ ...colonnesDe(s, par), contratId, instanceId })
    .returning('id')
    .executeTakeFirstOrThrow();
  return cree.id;
}
/** Throws 409 when someone else changed it since `version` was read. */
export async function updateRecurrent(
  tx: Db,
  ou: { contratId: number; instanceId: string; id: string; version: number },
  s: SaisieRecurrent,
  par: Par,
): Promise<void> {
  const faite = await tx
    .updateTable('pointsRecurrents')
    .set((eb) => ({ ...colonnesDe(s, par), version: eb('version', '+', 1) }))
    .where('contratId', '=', ou.contratId)
    .where('instanceId', '=', ou.instanceId)
    .where('id', '=', ou.id)
    .where('version', '=', ou.version)
    .executeTakeFirst();
  if (faite.numUpdatedRows === 0n) throw conflit('Une autre personne vient de modifier ce point. Rechargez la page.');
}
