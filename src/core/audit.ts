/** The audit trail: one row for each act, written in the transaction of what it tells. */
import { sql } from 'kysely';
import type { Utilisateur } from './authorize.ts';
import type { Db } from './database.ts';

export type Auditer = (action: string, objet: string, details?: Record<string, unknown>) => Promise<void>;

/** `action` is `noun.verb` (`activite.corrigee`), `objet` the path of the thing; details never hold a person's name. */
export function createAudit(db: Db, contratId: number, u: Utilisateur | null, quand: Date, adresse: string): Auditer {
  return async (action, objet, details = {}) => {
    await sql`
      insert into audit (contrat_id, quand, compte_id, organisation_id, action, objet, details, adresse)
      values (${contratId}, ${quand}, ${u?.id ?? null}, ${u?.organisationId ?? null}, ${action}, ${objet},
        ${JSON.stringify(details)}::jsonb, ${adresse})`.execute(db);
  };
}
