/** Each night: those who came into the year followed are counted, and a year that ended is written once, as it will always be told. */
import { type Db, inTransaction } from '../../../core/base/database.ts';
import { jourDe } from '../../../core/clock.ts';
import { partenairesDe } from '../charte/charte.rules.ts';
import type { Charte } from '../charte/charte.schema.ts';
import { addNombres, compterSuivies, listAnneesAFiger } from './nombres.queries.ts';
import { nombresDits } from './nombres.rules.ts';

/** Returns how many years of cells were written. */
export async function figerLesNombres(db: Db, o: { contratId: number; charte: Charte; maintenant: Date }): Promise<number> {
  const jour = jourDe(o.maintenant);
  return inTransaction(db, { contratId: o.contratId }, async (tx) => {
    await compterSuivies(tx, o.contratId, { jour, situationId: null });
    const annees = await listAnneesAFiger(tx, o.contratId, jour);
    for (const a of annees)
      await addNombres(tx, o.contratId, {
        celluleId: a.celluleId,
        annee: a.annee,
        dits: nombresDits(
          { compteurs: new Map(Object.entries(a.compteurs)), partenaires: new Map(Object.entries(a.partenaires)) },
          partenairesDe(o.charte, a.genre),
        ),
      });
    return annees.length;
  });
}
