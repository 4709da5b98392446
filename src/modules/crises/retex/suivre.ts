import type { Contexte } from '../../../core/http/http.ts';
import { accorder } from '../../echeances/index.ts';
import { sourceRetex } from './retex.dus.ts';

/** To be called when a crisis is closed, and when a time of its lessons is signed: what is owed is brought to it, in the same transaction. */
export const suivreRetex = (c: Pick<Contexte, 'db' | 'contrat' | 'maintenant'>, criseId: string): Promise<number> =>
  accorder(c.db, c.contrat.id, sourceRetex, [criseId], c);
