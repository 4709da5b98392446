import { sql } from 'kysely';
import type { Db } from '../../../core/base/database.ts';
import { uuid } from '../../../core/base/id.ts';

export async function addCrise(
  tx: Db,
  contratId: number,
  c: { type: string; titre: string; territoireId: string; lieu: string; fiche: string; exercice: boolean; commandement: string },
  par: { id: string; quand: Date },
): Promise<string> {
  const { id } = await tx
    .insertInto('crises')
    .values({ contratId, ...c, commandementLe: par.quand, ouverteLe: par.quand, ouvertePar: par.id })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}
/** False when it was named there already. */
export async function addActeur(
  tx: Db,
  contratId: number,
  criseId: string,
  a: { organisationId: string; territoireId: string; entite: string },
  par: { nom: string; quand: Date },
): Promise<boolean> {
  const fait = await tx
    .insertInto('criseActeurs')
    .values({ contratId, criseId, ...a, entreeLe: par.quand, entreePar: par.nom })
    .onConflict((c) => c.doNothing())
    .executeTakeFirst();
  return (fait.numInsertedOrUpdatedRows ?? 0n) > 0n;
}
export async function setCommandement(tx: Db, contratId: number, criseId: string, entite: string, quand: Date): Promise<void> {
  await tx
    .updateTable('crises')
    .set((eb) => ({ commandement: entite, commandementLe: quand, version: eb('version', '+', 1) }))
    .where('contratId', '=', contratId)
    .where('id', '=', uuid(criseId))
    .execute();
}
export async function setEtat(tx: Db, contratId: number, criseId: string, etat: 'close' | 'archivee', quand: Date): Promise<void> {
  await tx
    .updateTable('crises')
    .set((eb) => ({ etat, ...(etat === 'close' ? { closeLe: quand } : { archiveeLe: quand }), version: eb('version', '+', 1) }))
    .where('contratId', '=', contratId)
    .where('id', '=', uuid(criseId))
    .execute();
}
/** It is closed, and was the same event as the other; what was joined to it follows. */
export async function setJointe(tx: Db, contratId: number, criseId: string, vers: string): Promise<void> {
  await sql`
    update crises set jointe_a = ${uuid(vers)}, version = version + 1
    where contrat_id = ${contratId} and (id = ${uuid(criseId)} or jointe_a = ${uuid(criseId)})`.execute(tx);
}
export async function setPourLeConseil(tx: Db, contratId: number, criseId: string, texte: string): Promise<void> {
  await tx
    .updateTable('crises')
    .set((eb) => ({ pourLeConseil: texte, version: eb('version', '+', 1) }))
    .where('contratId', '=', contratId)
    .where('id', '=', uuid(criseId))
    .execute();
}
