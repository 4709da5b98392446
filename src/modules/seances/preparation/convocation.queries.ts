/** Where each seat was convoked, and where else it could be written to that day: kept when the letter leaves, once, and never overwritten. */
import { sql } from 'kysely';
import type { Db } from '../../../core/base/database.ts';
import { enJson } from '../../../core/couper.ts';

export interface Partie {
  participantId: string;
  adresse: string;
  /** It went to the substitute. */
  suppleant: boolean;
  nom: string;
  /** A letter left there; else it is the other address of the seat, that day. */
  partie: boolean;
}
export async function addConvocations(tx: Db, contratId: number, parties: readonly Partie[], quand: Date): Promise<void> {
  if (parties.length === 0) return;
  await sql`
    insert into seance_convocations (contrat_id, participant_id, adresse, suppleant, nom, quand, partie)
    select ${contratId}, v."participantId", lower(v.adresse), v.suppleant, left(v.nom, 200), ${quand}, v.partie
    from jsonb_to_recordset(${enJson(parties)}::jsonb) as v ("participantId" uuid, adresse text, suppleant boolean, nom text, partie boolean)
    on conflict do nothing`.execute(tx);
}
