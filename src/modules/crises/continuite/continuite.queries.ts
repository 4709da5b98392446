import { sql } from 'kysely';
import type { Db, Ligne } from '../../../core/base/database.ts';
import { uuid } from '../../../core/base/id.ts';

export type EtatDit = Omit<Ligne<'criseServices'>, 'contratId'>;
const COLONNES = sql`s.id, s.crise_id, s.service, s.lieu, s.territoire_id, s.etat, s.depuis, s.dit_par, s.note, s.par, s.organisation_id, s.le`;

/** The last state said of each service or place. */
export async function listEtats(db: Db, contratId: number, criseId: string): Promise<EtatDit[]> {
  const { rows } = await sql<EtatDit>`
    select distinct on (s.service, s.territoire_id, s.lieu) ${COLONNES} from crise_services s
    where s.contrat_id = ${contratId} and s.crise_id = ${uuid(criseId)}
    order by s.service, s.territoire_id, s.lieu, s.le desc, s.id desc`.execute(db);
  return rows;
}
/** Everything that was said, last first. */
export async function listHistorique(db: Db, contratId: number, criseId: string, limite: number): Promise<EtatDit[]> {
  const { rows } = await sql<EtatDit>`
    select ${COLONNES} from crise_services s
    where s.contrat_id = ${contratId} and s.crise_id = ${uuid(criseId)}
    order by s.le desc, s.id desc limit ${limite}`.execute(db);
  return rows;
}
export async function addEtat(tx: Db, contratId: number, s: Omit<EtatDit, 'id'>): Promise<void> {
  await tx
    .insertInto('criseServices')
    .values({ contratId, ...s })
    .execute();
}
