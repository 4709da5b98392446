/** Waves as what is owed of them is told: by what was counted that morning. */
import { sql } from 'kysely';
import type { Db, Ligne } from '../../../core/base/database.ts';
import { uuids } from '../../../core/base/id.ts';
import type { Enquete } from '../definition/definition.schema.ts';

interface Commune extends Pick<Ligne<'enqueteVagues'>, 'id' | 'periode' | 'debiteur' | 'territoireId' | 'debut' | 'fin' | 'closePar'> {
  closeLe: Date | null;
  relevees: number;
}
export interface VagueSuivie extends Commune {
  definition: Enquete;
}
interface Lue extends Commune {
  definition: string;
}
/** `ids` null: every wave of the contract. */
export async function listVaguesSuivies(db: Db, contratId: number, ids: readonly string[] | null): Promise<VagueSuivie[]> {
  const celles = ids === null ? sql`` : sql` and id = any(${uuids(ids)})`;
  const { rows } = await sql<Lue>`
    select id, periode, debiteur, territoire_id as "territoireId", debut::text as debut, fin::text as fin, close_par as "closePar", close_le as "closeLe",
      reponses_relevees as relevees, definition::text as definition
    from enquete_vagues where contrat_id = ${contratId}${celles}
    order by fin desc, id`.execute(db);
  return rows.map((v) => ({ ...v, definition: JSON.parse(v.definition) as Enquete }));
}

/** Whose and where each wave is, and the figures that it gives: what says who holds it. Reads no definition. */
export type VagueTenue = Pick<Ligne<'enqueteVagues'>, 'id' | 'debiteur' | 'territoireId'> & { mesures: string[]; demandeurs: string[] };
export async function listVaguesTenues(db: Db, contratId: number): Promise<VagueTenue[]> {
  const { rows } = await sql<VagueTenue>`
    select id, debiteur, territoire_id as "territoireId", mesures, demandeurs from enquete_vagues where contrat_id = ${contratId} order by id`.execute(db);
  return rows;
}
