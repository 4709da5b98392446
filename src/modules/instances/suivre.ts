/** What a body makes people owe, brought to the list after each write. */
import type { Contexte } from '../../core/http/http.ts';
import { jourDe } from '../../core/clock.ts';
import type { SuitesDUnDepart } from '../comptes/index.ts';
import { suivreDecisionsDe } from '../decisions/index.ts';
import { accorder } from '../echeances/index.ts';
import { origineInstance } from './instances.origine.ts';
import { reunions } from './reunions.ts';
import { sourceReunionsDues } from './reunions.dus.ts';
import { sourceSieges } from './sieges.dus.ts';
import { listInstancesDeLAdresse } from './sieges.queries.ts';

type Ou = Pick<Contexte, 'db' | 'contrat' | 'maintenant'>;

/** The session that its cadence asks for, and the seats to fill before the next one. */
export async function suivreCadence(c: Ou, instanceId: string): Promise<void> {
  await accorder(c.db, c.contrat.id, sourceReunionsDues, [instanceId], c);
  await accorder(c.db, c.contrat.id, sourceSieges, [instanceId], c);
}

/** The body, with every session and decision of it. */
export async function suivreInstance(c: Ou, instanceId: string): Promise<void> {
  await suivreCadence(c, instanceId);
  await reunions().suivre(c, instanceId);
  await suivreDecisionsDe(c, origineInstance(instanceId));
}

/** Somebody left: whoever keeps the bodies where they sat owes a successor. */
export const suivreUnDepart: SuitesDUnDepart = async (tx, contratId, courriel, maintenant) => {
  const ids = await listInstancesDeLAdresse(tx, contratId, courriel, jourDe(maintenant));
  await accorder(tx, contratId, sourceSieges, ids, { maintenant });
};
