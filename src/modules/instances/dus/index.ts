/** What sessions and bodies make people owe, brought to the list after each write. */
import { sql } from 'kysely';
import type { Contexte } from '../../../core/http.ts';
import { accorder, type Source } from '../../echeances/index.ts';
import { suivreDecisionsDe } from '../../decisions/index.ts';
import { origineInstance } from '../instances.origine.ts';
import { sourceReunionsDues } from '../../seances/reunions.dus.ts';
import { sourceSeances } from '../../seances/seances.dus.ts';

export const sourcesDEcheances: readonly Source[] = [sourceSeances, sourceReunionsDues];

type Ou = Pick<Contexte, 'db' | 'contrat' | 'maintenant'>;

export async function suivreSeance(c: Ou, s: { id: string; instanceId: string }): Promise<void> {
  await accorder(c.db, c.contrat.id, sourceSeances, [s.id], c);
  await accorder(c.db, c.contrat.id, sourceReunionsDues, [s.instanceId], c);
}

/** The body, with every session and decision of it. */
export async function suivreInstance(c: Ou, instanceId: string): Promise<void> {
  const { rows } = await sql<{ id: string }>`select id from seances where contrat_id = ${c.contrat.id} and instance_id = ${instanceId}::uuid`.execute(c.db);
  const seances = rows.map((r) => r.id);
  await accorder(c.db, c.contrat.id, sourceReunionsDues, [instanceId], c);
  await accorder(c.db, c.contrat.id, sourceSeances, seances, c);
  await suivreDecisionsDe(c, origineInstance(instanceId));
}
