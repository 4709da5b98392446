/** Each minute: what has come to its end, and who is told that nobody confirmed it. */
import { type Db, inTransaction } from '../../../core/base/database.ts';
import { getCatalogue } from '../../contrats/index.ts';
import { annoncerMessage } from './lettres.ts';
import { expirerMessages } from './relais.queries.ts';

export const expirer = (db: Db, contratId: number, adresse: string, maintenant: Date): Promise<number> =>
  inTransaction(db, { contratId }, async (tx) => {
    const finis = await expirerMessages(tx, contratId, maintenant);
    const laches = finis.filter((m) => m.fin === 'non-confirme');
    const catalogue = laches.length > 0 ? await getCatalogue(tx, contratId) : null;
    if (catalogue) for (const m of laches) await annoncerMessage({ db: tx, contratId, maintenant, adresse, catalogue }, m, 'fini', null);
    return finis.length;
  });
