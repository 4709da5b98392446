/** Browsers that asked to be told, and the pair of keys that signs what they are told. */
import { sql } from 'kysely';
import type { Db, Ligne } from '../../../core/base/database.ts';
import { uuid } from '../../../core/base/id.ts';

type Navigateur = Ligne<'alerteNavigateurs'>;
type Cles = Ligne<'alerteCles'>;

export async function addNavigateur(tx: Db, contratId: number, n: { compteId: string; empreinte: string; ferme: Buffer; quand: Date }): Promise<void> {
  // Signed in as somebody else since: told what this one is told.
  await sql`delete from alerte_navigateurs where contrat_id = ${contratId} and empreinte = ${n.empreinte}`.execute(tx);
  await sql`
    insert into alerte_navigateurs (contrat_id, compte_id, empreinte, ferme, cree_le)
    values (${contratId}, ${n.compteId}::uuid, ${n.empreinte}, ${n.ferme}, ${n.quand})`.execute(tx);
}
/** How many were stopped. */
export async function removeNavigateurs(tx: Db, contratId: number, compteId: string): Promise<number> {
  const { rows } = await sql<Pick<Navigateur, 'id'>>`
    delete from alerte_navigateurs where contrat_id = ${contratId} and compte_id = ${uuid(compteId)} returning id`.execute(tx);
  return rows.length;
}
/** Those that asked since, whoever asked. */
export const removeNavigateursDepuis = (tx: Db, contratId: number, depuis: Date) =>
  sql`delete from alerte_navigateurs where contrat_id = ${contratId} and cree_le >= ${depuis}`.execute(tx);
export async function oublierNavigateur(tx: Db, contratId: number, id: string): Promise<void> {
  await sql`delete from alerte_navigateurs where contrat_id = ${contratId} and id = ${id}::uuid`.execute(tx);
}
export async function getNavigateur(db: Db, contratId: number, id: string): Promise<Navigateur | null> {
  const { rows } = await sql<Navigateur>`select * from alerte_navigateurs where contrat_id = ${contratId} and id = ${uuid(id)}`.execute(db);
  return rows[0] ?? null;
}
export async function countNavigateurs(db: Db, contratId: number, compteId: string): Promise<number> {
  const { n } = await db
    .selectFrom('alerteNavigateurs')
    .select(sql<number>`count(*)::int`.as('n'))
    .where('contratId', '=', contratId)
    .where('compteId', '=', uuid(compteId))
    .executeTakeFirstOrThrow();
  return n;
}

export async function getClesGardees(db: Db, contratId: number): Promise<Cles | null> {
  const { rows } = await sql<Cles>`select * from alerte_cles where contrat_id = ${contratId}`.execute(db);
  return rows[0] ?? null;
}
/** The first pair stays. */
export async function addCles(tx: Db, contratId: number, c: { publique: string; ferme: Buffer; quand: Date }): Promise<void> {
  await sql`
    insert into alerte_cles (contrat_id, publique, ferme, creee_le) values (${contratId}, ${c.publique}, ${c.ferme}, ${c.quand})
    on conflict (contrat_id) do nothing`.execute(tx);
}
