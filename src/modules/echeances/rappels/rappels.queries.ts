/** What reminders read and write: entries near their day, what already left, the one letter of a day. */
import { sql } from 'kysely';
import type { Db } from '../../../core/base/database.ts';
import { uuids } from '../../../core/base/id.ts';
import type { Pas } from '../echeances.rules.ts';
import { enJson } from '../../../core/couper.ts';

export type Motif = 'rappel' | 'escalade' | 'demande';
export interface Rappel {
  echeanceId: string;
  destinataire: string;
  motif: Motif;
  base: string;
  pas: number;
}
export const cleDuRappel = (r: Rappel): string => [r.echeanceId, r.destinataire, r.motif, r.base, r.pas].join('|');

export async function listPartis(db: Db, contratId: number, echeances: readonly string[]): Promise<Set<string>> {
  const { rows } = await sql<Rappel>`
    select echeance_id as "echeanceId", destinataire, motif, base, pas from echeance_rappels
    where contrat_id = ${contratId} and echeance_id = any(${uuids(echeances)})`.execute(db);
  return new Set(rows.map(cleDuRappel));
}

export async function listDejaEcrits(db: Db, contratId: number, jour: string): Promise<Set<string>> {
  const { rows } = await sql<{ a: string }>`
    select destinataire as a from echeance_envois where contrat_id = ${contratId} and jour = ${jour}::date`.execute(db);
  return new Set(rows.map((r) => r.a));
}

/** False when this person already had the letter of the day; waits for another process that is writing it. */
export async function prendreLeJour(tx: Db, contratId: number, destinataire: string, jour: string, lignes: number): Promise<boolean> {
  const { rows } = await sql`
    insert into echeance_envois (contrat_id, destinataire, jour, lignes) values (${contratId}, ${destinataire}, ${jour}::date, ${lignes})
    on conflict do nothing returning 1`.execute(tx);
  return rows.length > 0;
}

/** Those that had not left yet, now marked as left. */
export async function addRappels(tx: Db, contratId: number, rappels: readonly Rappel[], quand: Date): Promise<Set<string>> {
  const { rows } = await sql<Rappel>`
    insert into echeance_rappels (contrat_id, echeance_id, destinataire, motif, base, pas, envoye_le)
    select ${contratId}, "echeanceId", destinataire, motif, base, pas, ${quand}
    from jsonb_to_recordset(${enJson(rappels)}::jsonb) as v ("echeanceId" uuid, destinataire text, motif text, base date, pas integer)
    on conflict do nothing
    returning echeance_id as "echeanceId", destinataire, motif, base, pas`.execute(tx);
  return new Set(rows.map(cleDuRappel));
}

export const rappelDe = (echeanceId: string, destinataire: string, motif: Motif, p: Pas): Rappel => ({ echeanceId, destinataire, motif, ...p });
