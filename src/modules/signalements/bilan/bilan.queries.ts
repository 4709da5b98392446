/** « Vous avez signalé, nous avons fait »: what became of reports, by month of reception and place, as the write keeps it. */
import { sql } from 'kysely';
import type { Db, Ligne } from '../../../core/base/database.ts';

/** `mois`: first day of the month of reception. */
export interface Compte
  extends Pick<
    Ligne<'demandeMois'>,
    'mois' | 'territoireId' | 'circuit' | 'recus' | 'repondus' | 'faits' | 'resolus' | 'contestes' | 'notes' | 'totalDesNotes'
  > {
  /** From reception to the first answer, of all those answered. */
  minutes: number;
}
export async function listMois(
  db: Db,
  contratId: number,
  q: { circuits: readonly string[]; territoires: readonly string[] | undefined; du: string; au: string },
): Promise<Compte[]> {
  const { rows } = await sql<Compte>`
    select mois, territoire_id, circuit, sum(recus)::int as recus, sum(repondus)::int as repondus, sum(faits)::int as faits, sum(resolus)::int as resolus,
      sum(contestes)::int as contestes, sum(minutes_de_reponse)::float8 as minutes, sum(notes)::int as notes,
      sum(total_des_notes)::int as "totalDesNotes"
    from demande_mois
    where contrat_id = ${contratId} and circuit = any(${[...q.circuits]}::text[]) and mois between ${q.du}::date and ${q.au}::date
      ${q.territoires ? sql`and territoire_id = any(${[...q.territoires]}::text[])` : sql``}
    group by mois, territoire_id, circuit having sum(recus) > 0`.execute(db);
  return rows;
}
