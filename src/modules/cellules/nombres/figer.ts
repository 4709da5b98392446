/** Each night: those who came into the year followed are counted, and a year that ended is written once, as it will always be told. */
import { type Db, inTransaction } from '../../../core/base/database.ts';
import { jourDe } from '../../../core/clock.ts';
import { partenairesDe } from '../charte/charte.rules.ts';
import type { Charte } from '../charte/charte.schema.ts';
import { addNombres, compterSuivies, listAnneesAFiger } from './nombres.queries.ts';
import { nombresDits } from './nombres.rules.ts';

interface Moment {
  contratId: number;
  charte: Charte;
  jour: string;
}
/** Returns how many years of cells were written. */
export async function figerCeJour(tx: Db, o: Moment): Promise<number> {
  await compterSuivies(tx, o.contratId, { jour: o.jour, situationId: null });
  const annees = await listAnneesAFiger(tx, o.contratId, o.jour);
  for (const a of annees) {
    const compte = { compteurs: new Map(Object.entries(a.compteurs)), partenaires: new Map(Object.entries(a.partenaires)) };
    await addNombres(tx, o.contratId, { celluleId: a.celluleId, annee: a.annee, dits: nombresDits(compte, partenairesDe(o.charte, a.genre)) });
  }
  return annees.length;
}
export const figerLesNombres = (db: Db, o: { contratId: number; charte: Charte; maintenant: Date }): Promise<number> =>
  inTransaction(db, { contratId: o.contratId }, (tx) => figerCeJour(tx, { ...o, jour: jourDe(o.maintenant) }));
