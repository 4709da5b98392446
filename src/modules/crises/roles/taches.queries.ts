import type { Db, Ligne } from '../../../core/base/database.ts';
import { uuid } from '../../../core/base/id.ts';

export interface TachePointee extends Pick<Ligne<'criseTaches'>, 'entite' | 'tache' | 'faiteLe' | 'par' | 'organisationId'> {
  numero: number;
}
export async function listTaches(db: Db, contratId: number, criseId: string): Promise<TachePointee[]> {
  const lues = await db
    .selectFrom('criseTaches')
    .select(['entite', 'tache', 'faiteLe', 'par', 'organisationId', 'numero'])
    .where('contratId', '=', contratId)
    .where('criseId', '=', uuid(criseId))
    .execute();
  return lues.map((t) => ({ ...t, numero: Number(t.numero) }));
}
/** `faiteLe` null: struck out. */
export async function setTache(
  tx: Db,
  contratId: number,
  criseId: string,
  t: { entite: string; tache: string; faiteLe: Date | null; par: string; organisationId: string; numero: number },
): Promise<void> {
  const { faiteLe, par, organisationId, numero } = t;
  await tx
    .insertInto('criseTaches')
    .values({ contratId, criseId, ...t })
    .onConflict((c) => c.columns(['contratId', 'criseId', 'entite', 'tache']).doUpdateSet({ faiteLe, par, organisationId, numero }))
    .execute();
}

export type Correspondant = Pick<Ligne<'criseCorrespondants'>, 'nom' | 'fonction' | 'joignable' | 'designeLe' | 'designePar'>;
export const getCorrespondant = (db: Db, contratId: number, criseId: string): Promise<Correspondant | undefined> =>
  db
    .selectFrom('criseCorrespondants')
    .select(['nom', 'fonction', 'joignable', 'designeLe', 'designePar'])
    .where('contratId', '=', contratId)
    .where('criseId', '=', uuid(criseId))
    .executeTakeFirst();
/** One for each crisis: a new one takes the place of the other. */
export async function setCorrespondant(
  tx: Db,
  contratId: number,
  criseId: string,
  r: Pick<Correspondant, 'nom' | 'fonction' | 'joignable' | 'designePar'>,
  quand: Date,
): Promise<void> {
  await tx
    .insertInto('criseCorrespondants')
    .values({ contratId, criseId, ...r, designeLe: quand })
    .onConflict((c) => c.columns(['contratId', 'criseId']).doUpdateSet({ ...r, designeLe: quand }))
    .execute();
}
export async function deleteCorrespondant(tx: Db, contratId: number, criseId: string): Promise<void> {
  await tx.deleteFrom('criseCorrespondants').where('contratId', '=', contratId).where('criseId', '=', uuid(criseId)).execute();
}
