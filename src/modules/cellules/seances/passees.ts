/**
 * Each night, a session that was opened and that nobody closed: its day is over, it was held, and its open item was examined. Counted in the month of its
 * day. One that nobody opened was not held.
 */
import { type Db, inTransaction } from '../../../core/base/database.ts';
import { jourDe } from '../../../core/clock.ts';
import { ecrireAudit, entree } from '../../../core/trace/audit.ts';
import { code } from '../../../core/trace/details.ts';
import { compter } from '../cellule/cellule.queries.ts';
import { clorePoints, cloreSeance, examiner, listPasseesOuvertes } from './seances.queries.ts';

/** Returns how many were closed. */
export async function cloreLesPassees(db: Db, o: { contratId: number; maintenant: Date }): Promise<number> {
  return inTransaction(db, { contratId: o.contratId }, async (tx) => {
    const passees = await listPasseesOuvertes(tx, o.contratId, jourDe(o.maintenant));
    const dits: ReturnType<typeof entree>[] = [];
    const dire = (acte: string, chemin: string, seance: string) =>
      dits.push(entree({ utilisateur: null, quand: o.maintenant, adresse: null }, acte, chemin, { seance: code(seance), d_office: true }));
    for (const s of passees) {
      for (const p of await clorePoints(tx, o.contratId, s.id, o.maintenant)) {
        if (await examiner(tx, o.contratId, p.situationId, s.jour)) await compter(tx, o.contratId, s.celluleId, 'examinees', s.jour);
        dire('cellule.point_clos', `/cellules/${s.celluleId}/situations/${p.situationId}`, s.id);
      }
      await cloreSeance(tx, o.contratId, s.id, o.maintenant);
      await compter(tx, o.contratId, s.celluleId, 'seances', s.jour);
      dire('cellule.seance_close', `/cellules/${s.celluleId}`, s.id);
    }
    if (dits.length > 0) await ecrireAudit(tx, o.contratId, dits);
    return passees.length;
  });
}
