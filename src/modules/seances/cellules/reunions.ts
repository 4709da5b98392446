/** Sessions held in confidential cells are meetings: each night, the numbers that those tell of finished months become the facts that figures count. */
import { type Db, inTransaction } from '../../../core/base/database.ts';
import { appliquerFaits } from '../../indicateurs/index.ts';
import { sourceReunionsDeCellules } from '../seances.sources.ts';
import { addReunionsDeCellules, listReunionsDeCellules, lireSeancesDesCellules, oterReunionsDeCellules, type ReunionsDeCellule } from './reunions.queries.ts';

const cleDe = (r: ReunionsDeCellule): string => `${r.genre}|${r.territoireId}|${r.mois}|${r.nombre}`;
/** Returns how many months of cells changed; a correction takes away what was counted before. */
export async function compterReunionsDesCellules(db: Db, contratId: number): Promise<number> {
  return inTransaction(db, { contratId }, async (tx) => {
    const [dites, comptees] = [await lireSeancesDesCellules(tx), await listReunionsDeCellules(tx, contratId)];
    const [voulues, tenues] = [new Set(dites.map(cleDe)), new Set(comptees.map(cleDe))];
    const departs = comptees.filter((r) => !voulues.has(cleDe(r))).map((r) => r.id);
    const arrivees = dites.filter((r) => !tenues.has(cleDe(r)));
    if (departs.length > 0) {
      await appliquerFaits(tx, contratId, sourceReunionsDeCellules.nom, { ids: departs }, -1);
      await oterReunionsDeCellules(tx, contratId, departs);
    }
    if (arrivees.length > 0)
      await appliquerFaits(tx, contratId, sourceReunionsDeCellules.nom, { ids: await addReunionsDeCellules(tx, contratId, arrivees) }, 1);
    return departs.length + arrivees.length;
  });
}
