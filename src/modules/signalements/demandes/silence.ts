/** Each night: what was done, and of which nobody said within the circuit’s delay whether it is solved, is closed without their word. */
import { sql } from 'kysely';
import type { Coffre } from '../../../core/coffre.ts';
import { type Db, inTransaction } from '../../../core/base/database.ts';
import { ecrireAudit, entree } from '../../../core/trace/audit.ts';
import type { ContratServi } from '../../../core/http/http.ts';
import type { Circuits } from '../circuits/circuits.ts';
import { getDemande } from './demandes.queries.ts';
import { passer } from './ecrire.ts';

const PAR_NUIT = 5000;

export async function cloreSansRetour(
  db: Db,
  o: { contrat: ContratServi; circuits: Circuits; coffre: Coffre; adresse: string; maintenant: Date },
): Promise<number> {
  let closes = 0;
  for (const circuit of o.circuits.values()) {
    const delai = circuit.etats.fait?.delai;
    if (delai === undefined) continue;
    const { rows } = await sql<{ id: string }>`
      select d.id from demandes d
      where d.contrat_id = ${o.contrat.id} and d.circuit = ${circuit.code} and d.etat = 'fait' and d.clos_le is null
        and d.etat_le < ${o.maintenant}::timestamptz - make_interval(days => ${delai})
      order by d.id limit ${PAR_NUIT}`.execute(db);
    // One that fails is told and left: the others are closed.
    for (const { id } of rows)
      closes += await inTransaction(db, { contratId: o.contrat.id }, async (tx) => {
        const d = await getDemande(tx, o.contrat.id, id, true);
        if (d?.etat !== 'fait') return 0;
        const c = { db: tx, contrat: o.contrat, maintenant: o.maintenant, utilisateur: null };
        await passer(c, o, circuit, d, { vers: 'sans-retour', service: '', motif: '', message: '', note: '', jour: null, ailleurs: '' });
        const qui = { utilisateur: null, quand: o.maintenant, adresse: null };
        await ecrireAudit(tx, o.contrat.id, [entree(qui, 'demande.etat', `/signalements/demandes/${id}`, { de: 'fait', vers: 'sans-retour' })]);
        return 1;
      }).catch((e: Error) => {
        process.stderr.write(`demandes sans retour : ${id}, ${e.message}\n`);
        return 0;
      });
  }
  return closes;
}
