/** Who holds today the chairs of who presided. */
import { sql } from 'kysely';
import type { Db, Ligne } from '../../../core/base/database.ts';
import { uuid } from '../../../core/base/id.ts';
import { AVEC_SIEGE } from '../../instances/index.ts';
import { avecTenantDuJour, COURRIEL, COURRIEL_DU_SUPPLEANT } from '../paroles/paroles.queries.ts';

export interface Tenant extends Pick<Ligne<'instanceMembres'>, 'courriel' | 'nom'> {
  /** They are the substitute of who holds it, whom nobody reaches. */
  enSuppleance: boolean;
}
/** By chair: who holds it since, when it is neither who presided that day nor their substitute. */
export async function listTenants(db: Db, contratId: number, seanceId: string, jour: string): Promise<ReadonlyMap<string, Tenant>> {
  const { rows } = await sql<Tenant & Pick<Ligne<'seanceParticipants'>, 'id'>>`
    select p.id, t.courriel, t.nom, t.en_suppleance from seance_participants p
    ${AVEC_SIEGE}
    ${avecTenantDuJour(jour)}
    where p.contrat_id = ${contratId} and p.seance_id = ${uuid(seanceId)} and p.qualite = 'president'
      and t.courriel not in (lower(p.courriel), lower(p.suppleant_courriel), lower(${COURRIEL}), lower(${COURRIEL_DU_SUPPLEANT}))`.execute(db);
  return new Map(rows.map(({ id, ...tenant }) => [id, tenant]));
}
