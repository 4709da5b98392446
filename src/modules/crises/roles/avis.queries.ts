import { sql } from 'kysely';
import type { Db, Ligne } from '../../../core/base/database.ts';
import { uuid } from '../../../core/base/id.ts';

const COLONNES = [
  'id',
  'territoireId',
  'apprisLe',
  'canal',
  'objet',
  'confirme',
  'organisationId',
  'auteur',
  'exercice',
  'transmisLe',
  'transmisPar',
  'criseId',
] as const;
export type Avis = Pick<Ligne<'criseAvis'>, (typeof COLONNES)[number]>;

export async function addAvis(
  tx: Db,
  contratId: number,
  a: Pick<Avis, 'territoireId' | 'apprisLe' | 'canal' | 'objet' | 'confirme' | 'organisationId' | 'auteur' | 'exercice'>,
): Promise<string> {
  const { id } = await tx
    .insertInto('criseAvis')
    .values({ contratId, ...a })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}
export async function getAvis(db: Db, contratId: number, id: string, verrou = false): Promise<Avis | undefined> {
  const un = db.selectFrom('criseAvis').select(COLONNES).where('contratId', '=', contratId).where('id', '=', uuid(id));
  return (verrou ? un.forUpdate() : un).executeTakeFirst();
}
/** What the control room has not been told first, the oldest first; then the last ones it was told. */
export const listAvis = (db: Db, contratId: number): Promise<Avis[]> =>
  db
    .selectFrom('criseAvis')
    .select(COLONNES)
    .where('contratId', '=', contratId)
    .orderBy(sql`transmis_le is not null`)
    .orderBy(sql`case when transmis_le is null then appris_le end`)
    .orderBy('apprisLe', 'desc')
    .limit(50)
    .execute();
export async function transmettreAvis(tx: Db, contratId: number, id: string, par: { nom: string; quand: Date }): Promise<void> {
  await tx
    .updateTable('criseAvis')
    .set({ transmisLe: par.quand, transmisPar: par.nom })
    .where('contratId', '=', contratId)
    .where('id', '=', uuid(id))
    .where('transmisLe', 'is', null)
    .execute();
}
export async function lierAvis(tx: Db, contratId: number, id: string, criseId: string): Promise<void> {
  await tx.updateTable('criseAvis').set({ criseId }).where('contratId', '=', contratId).where('id', '=', uuid(id)).where('criseId', 'is', null).execute();
}
