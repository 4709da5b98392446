/** After places changed: records are attached to those that they are now at, and the figures follow in the same transactions. */
import { sql } from 'kysely';
import { type Db, inTransaction } from '../../../core/base/database.ts';
import type { Tache } from '../../../core/jobs/jobs.ts';
import type { Registres } from '../registres.contexte.ts';

const PAR_LOT = 1000;
export const GENRE_RATTACHEMENT = 'rattachement-lieux';

export interface Rattaches {
  examines: number;
  rattaches: number;
}

/** Looks at every record, in order, a batch in each transaction; writes only those whose places changed. */
export async function rattacherTout(
  db: Db,
  r: Pick<Registres, 'appliquerFaits'>,
  contratId: number,
  suivre: (examines: number) => Promise<void> = async () => {},
): Promise<Rattaches> {
  const bilan: Rattaches = { examines: 0, rattaches: 0 };
  for (let apres: string | null = '00000000-0000-0000-0000-000000000000'; apres !== null; ) {
    const depuis: string = apres;
    apres = await inTransaction(db, { contratId }, async (tx) => {
      const lot = await sql<{ id: string }>`
        select id from activites where contrat_id = ${contratId} and id > ${depuis}::uuid order by id limit ${PAR_LOT}`.execute(tx);
      const ids = lot.rows.map((x) => x.id);
      if (ids.length === 0) return null;
      bilan.examines += ids.length;
      bilan.rattaches += await rattacherLot(tx, r, contratId, ids);
      return ids.at(-1) ?? null;
    });
    if (apres) await suivre(bilan.examines);
  }
  return bilan;
}

async function rattacherLot(tx: Db, r: Pick<Registres, 'appliquerFaits'>, contratId: number, ids: readonly string[]): Promise<number> {
  // Locked before they are compared: what is written at the same moment is waited for.
  const { rows } = await sql<{ id: string; registre: string }>`
    select a.id, a.registre from activites a
    where a.contrat_id = ${contratId} and a.id in (select e.activite_id from ecarts_de_lieux(${contratId}::smallint, ${[...ids]}::uuid[]) e)
    order by a.id for update of a`.execute(tx);
  const parRegistre = new Map<string, string[]>();
  for (const a of rows) parRegistre.set(a.registre, [...(parRegistre.get(a.registre) ?? []), a.id]);
  for (const [registre, siens] of parRegistre) {
    await r.appliquerFaits(tx, contratId, registre, { ids: siens }, -1);
    await sql`select rattacher_activites(${contratId}::smallint, ${siens}::uuid[])`.execute(tx);
    await r.appliquerFaits(tx, contratId, registre, { ids: siens }, 1);
  }
  return rows.length;
}

export const tacheRattachement = (r: Pick<Registres, 'appliquerFaits'>): Tache => ({
  genre: GENRE_RATTACHEMENT,
  executer: async ({ db, contratId, progres }) => ({
    ...(await rattacherTout(db, r, contratId, (n) => progres(n, null, `${n.toLocaleString('fr-FR')} enregistrements examinés`))),
    suite: '/lieux',
  }),
});
