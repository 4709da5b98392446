/** Private feeds, known by the digest of their address. */
import { JOUR_MS } from '../../../core/jours.ts';
import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { Titre } from '../../../core/authorize.ts';
import type { Db } from '../../../core/base/database.ts';
import { uuid } from '../../../core/base/id.ts';

const empreinteDe = (jeton: string): Buffer => createHash('sha256').update(jeton).digest();

/** Days for which a feed lives after its holder last looked at the page of their feeds. */
const FLUX_JOURS = 400;
const finDe = (quand: Date): Date => new Date(quand.getTime() + FLUX_JOURS * JOUR_MS);

export interface Flux {
  id: string;
  creeLe: Date;
  vuLe: Date | null;
  expireLe: Date;
  forte: boolean;
}
export async function listFlux(db: Db, contratId: number, compteId: string, quand: Date): Promise<Flux[]> {
  const { rows } = await sql<Flux>`
    select id, cree_le, vu_le, expire_le, forte from calendrier_flux
    where contrat_id = ${contratId} and compte_id = ${compteId}::uuid and revoque_le is null and expire_le > ${quand}
    order by cree_le desc`.execute(db);
  return rows;
}
export async function addFlux(tx: Db, contratId: number, t: Titre, jeton: string, quand: Date): Promise<void> {
  await sql`
    insert into calendrier_flux (contrat_id, compte_id, empreinte, forte, mandats, cree_le, expire_le)
    values (${contratId}, ${t.compteId}::uuid, ${empreinteDe(jeton)}, ${t.forte}, ${[...t.mandats]}::uuid[], ${quand}, ${finDe(quand)})`.execute(tx);
}
/** Their holder is here: they live on. One made in a stronger session than this one waits for such a session; written once a day at most. */
export async function renewFlux(db: Db, contratId: number, u: { id: string; forte: boolean }, quand: Date): Promise<void> {
  await sql`
    update calendrier_flux set expire_le = ${finDe(quand)}
    where contrat_id = ${contratId} and compte_id = ${u.id}::uuid and revoque_le is null and expire_le > ${quand} and (${u.forte} or not forte)
      and expire_le < ${finDe(new Date(quand.getTime() - JOUR_MS))}`.execute(db);
}
/** Every feed of the account, with everything else that acts in its name; returns how many. */
export async function revokeFluxDuCompte(tx: Db, contratId: number, compteId: string, quand: Date): Promise<number> {
  const { rows } = await sql`
    update calendrier_flux set revoque_le = ${quand}
    where contrat_id = ${contratId} and compte_id = ${compteId}::uuid and revoque_le is null and expire_le > ${quand}
    returning 1`.execute(tx);
  return rows.length;
}
export async function revokeFlux(tx: Db, contratId: number, compteId: string, id: string, quand: Date): Promise<boolean> {
  const { rows } = await sql`
    update calendrier_flux set revoque_le = ${quand}
    where contrat_id = ${contratId} and compte_id = ${compteId}::uuid and id = ${uuid(id)} and revoque_le is null
    returning 1`.execute(tx);
  return rows.length > 0;
}
/** Feeds made since then, whoever made them: how many ended. */
export async function revokeFluxDepuis(tx: Db, contratId: number, depuis: Date, quand: Date): Promise<number> {
  const { rows } = await sql`
    update calendrier_flux set revoque_le = ${quand}
    where contrat_id = ${contratId} and revoque_le is null and cree_le >= ${depuis} returning 1`.execute(tx);
  return rows.length;
}
/** Whose feed this is and what it was made under; its last use is written once an hour at most. */
export async function getTitreDeFlux(db: Db, contratId: number, jeton: string, quand: Date): Promise<(Titre & { id: string }) | null> {
  const { rows } = await sql<Titre & { id: string; vuLe: Date | null }>`
    select id, compte_id, forte, mandats, vu_le from calendrier_flux
    where contrat_id = ${contratId} and empreinte = ${empreinteDe(jeton)} and revoque_le is null and expire_le > ${quand}`.execute(db);
  const f = rows[0];
  if (!f) return null;
  if (f.vuLe === null || quand.getTime() - f.vuLe.getTime() > 3_600_000)
    await sql`update calendrier_flux set vu_le = ${quand} where contrat_id = ${contratId} and id = ${f.id}::uuid`.execute(db);
  return f;
}
