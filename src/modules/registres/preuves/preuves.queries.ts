/** Habits of an organisation in a register: what its records were confirmed for. */
import type { Db } from '../../../core/base/database.ts';

const RECENTS = 200;
/** Lines confirmed for its last records in this register, the most used first. */
export async function listLignesUsuelles(db: Db, o: { contratId: number; registre: string; organisationId: string }): Promise<string[]> {
  const rows = await db
    .selectFrom('activites')
    .select('lignes')
    .where('contratId', '=', o.contratId)
    .where('registre', '=', o.registre)
    .where('organisationId', '=', o.organisationId)
    .where('statut', '=', 'publie')
    .orderBy('modifieLe', 'desc')
    .orderBy('id')
    .limit(RECENTS)
    .execute();
  const usages = new Map<string, number>();
  for (const l of rows.flatMap((r) => r.lignes)) usages.set(l, (usages.get(l) ?? 0) + 1);
  return [...usages].sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0])).map(([l]) => l);
}
