/** What a start brought up to date for a contract, by a digest of what decides it. As the owner. */
import { sql } from 'kysely';
import type { Db, Ligne } from '../../core/base/database.ts';

/** Digest of the contract as it is loaded; digest noted by the last start that brought everything up to date. */
export async function getMiseAJour(owner: Db, contratId: number): Promise<Pick<Ligne<'contratChargements'>, 'empreinte' | 'misAJour'>> {
  const { rows } = await sql<Pick<Ligne<'contratChargements'>, 'empreinte' | 'misAJour'>>`
    select empreinte, mis_a_jour from contrat_chargements where contrat_id = ${contratId}`.execute(owner);
  return rows[0] ?? { empreinte: '', misAJour: null };
}

/** Null: the next start brings everything up to date. */
export async function saveMiseAJour(owner: Db, contratId: number, empreinte: string | null): Promise<void> {
  await sql`update contrat_chargements set mis_a_jour = ${empreinte} where contrat_id = ${contratId} and mis_a_jour is distinct from ${empreinte}`.execute(
    owner,
  );
}
