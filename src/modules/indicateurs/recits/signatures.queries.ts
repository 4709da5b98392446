/** Acts of signature: of one version, once. */
import { sql } from 'kysely';
import type { Db, Ligne } from '../../../core/base/database.ts';
import type { Utilisateur } from '../../../core/authorize.ts';
import { uuid, uuids } from '../../../core/base/id.ts';

export interface Signature extends Pick<Ligne<'valeurSignatures'>, 'valeurId' | 'fonction' | 'par' | 'parId' | 'organisationId'> {
  le: Date;
}
export async function listSignatures(db: Db, contratId: number, valeurs: readonly string[]): Promise<Signature[]> {
  if (valeurs.length === 0) return [];
  const { rows } = await sql<Signature>`
    select valeur_id as "valeurId", fonction, par, par_id as "parId", organisation_id as "organisationId", le
    from valeur_signatures
    where contrat_id = ${contratId} and valeur_id = any(${uuids(valeurs)})`.execute(db);
  return rows;
}

/** False when somebody signed it before. */
export async function addSignature(tx: Db, contratId: number, s: { valeurId: string; fonction: string }, u: Utilisateur, quand: Date): Promise<boolean> {
  const { rows } = await sql`
    insert into valeur_signatures (contrat_id, valeur_id, fonction, par, par_id, organisation_id, le)
    values (${contratId}, ${uuid(s.valeurId)}, ${s.fonction}, ${u.nom}, ${u.id}::uuid, ${u.organisationId}, ${quand})
    on conflict do nothing returning valeur_id`.execute(tx);
  return rows.length === 1;
}
