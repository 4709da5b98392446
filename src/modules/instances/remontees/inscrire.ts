/** What a session has on its agenda of what other bodies passed, after each change of either. */
import type { Contexte } from '../../../core/http/http.ts';
import { accorder } from '../../echeances/index.ts';
import { sourceRemontees } from './remontees.dus.ts';
import { setRemonteesDeLaSeance } from './remontees.queries.ts';

type Ou = Pick<Contexte, 'db' | 'contrat' | 'maintenant'>;

/** `jour`: told to the body that sent it; null when it may not be. */
export async function inscrireRemontees(c: Ou, s: { instanceId: string; seanceId: string; jour: string | null; ids: readonly string[] }): Promise<void> {
  const changees = await setRemonteesDeLaSeance(c.db, c.contrat.id, s);
  if (changees.length > 0) await accorder(c.db, c.contrat.id, sourceRemontees, changees, c);
}
