import type { Contexte } from '../../../core/http/http.ts';
import { conflit } from '../../../core/errors.ts';
import { enumerer } from '../../../ui/typographie.ts';
import { accorder } from '../../echeances/index.ts';
import { sourceRetex } from './retex.dus.ts';
import { listRetex } from './retex.queries.ts';
import { ceQuiManque } from './retex.rules.ts';

/** To be called when a crisis is closed, and when a time of its lessons is signed: what is owed is brought to it, in the same transaction. */
export const suivreRetex = (c: Pick<Contexte, 'db' | 'contrat' | 'maintenant'>, criseId: string): Promise<number> =>
  accorder(c.db, c.contrat.id, sourceRetex, [criseId], c);

/** To be called before a crisis or an exercise is archived. Throws 409 while a time of its lessons is not signed. */
export async function exigerRetex(c: Pick<Contexte, 'db' | 'contrat'>, criseId: string): Promise<void> {
  const manque = ceQuiManque((await listRetex(c.db, c.contrat.id, criseId)).map((r) => r.temps));
  if (manque.length > 0) throw conflit(`Avant l’archivage, il manque ${enumerer(manque)}. Rien n’a été changé.`);
}
