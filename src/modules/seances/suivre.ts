/** What a session makes people owe, brought to the list after each write. */
import type { Contexte } from '../../core/http/http.ts';
import { accorder } from '../echeances/index.ts';
import { suivreCadence } from '../instances/index.ts';
import { sourceSeances } from './seances.dus.ts';

type Ou = Pick<Contexte, 'db' | 'contrat' | 'maintenant'>;

export const suivreSeances = (c: Ou, ids: readonly string[]): Promise<number> => accorder(c.db, c.contrat.id, sourceSeances, ids, c);

export async function suivreSeance(c: Ou, s: { id: string; instanceId: string }): Promise<void> {
  await suivreSeances(c, [s.id]);
  await suivreCadence(c, s.instanceId);
}
