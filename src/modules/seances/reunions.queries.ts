/** Sessions as their body knows them: declared after the fact, left by a seat that ends, closed with it. */
import { sql } from 'kysely';
import { type Confidentialite, OUVERTURE } from '../instances/index.ts';
import type { Db } from '../../core/database.ts';
import { setPromesseDesSeances } from '../decisions/index.ts';
import { appliquerFaits } from '../indicateurs/index.ts';

/** A meeting entered after the fact: it counts at once. */
export async function declareSeance(
  tx: Db,
  contratId: number,
  i: { id: string; nom: string; heure: string },
  d: { jour: string; presents: number },
  par: { compteId: string },
): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    insert into seances (contrat_id, instance_id, titre, jour, heure, etat, presents, cree_par)
    values (${contratId}, ${i.id}::uuid, ${i.nom}, ${d.jour}::date, ${i.heure}::time, 'declaree', ${d.presents}, ${par.compteId}::uuid)
    returning id`.execute(tx);
  const id = rows[0]?.id ?? '';
  await appliquerFaits(tx, contratId, 'reunions', { ids: [id] }, 1);
  return id;
}

/** Those convoked to a session still to come and who no longer sit there by then: told so, and no longer expected. */
export async function retirerDesSeances(tx: Db, contratId: number, membreId: string, fin: string, quand: Date): Promise<string[]> {
  const { rows } = await sql<{ seanceId: string }>`
    update seance_participants p set retire_le = ${quand}
    from seances s
    where p.contrat_id = ${contratId} and p.membre_id = ${membreId}::uuid and p.retire_le is null
      and s.contrat_id = p.contrat_id and s.id = p.seance_id and s.etat in ('preparation', 'convoquee') and (s.jour is null or s.jour > ${fin}::date)
    returning p.seance_id as "seanceId"`.execute(tx);
  return rows.map((r) => r.seanceId);
}

const rang = (c: unknown) => sql`array_position(${[...OUVERTURE]}::text[], ${c})`;

/** A body that closes: its sessions that are not finished are held under the new promise. */
export async function resserrerSeances(tx: Db, contratId: number, instanceId: string, c: Confidentialite): Promise<void> {
  const { rows } = await sql<{ id: string }>`
    update seances s set confidentialite = ${c}
    where s.contrat_id = ${contratId} and s.instance_id = ${instanceId}::uuid and s.etat not in ('figee', 'annulee', 'declaree')
      and ${rang(sql`s.confidentialite`)} > ${rang(c)}
    returning s.id`.execute(tx);
  await setPromesseDesSeances(
    tx,
    contratId,
    rows.map((r) => r.id),
    c,
  );
}

/** Held under a stricter promise than `c`. */
export async function countPlusFermees(db: Db, contratId: number, instanceId: string, c: Confidentialite): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from seances s
    where s.contrat_id = ${contratId} and s.instance_id = ${instanceId}::uuid and ${rang(sql`s.confidentialite`)} < ${rang(c)}`.execute(db);
  return rows[0]?.n ?? 0;
}

export async function listIdsDeLInstance(db: Db, contratId: number, instanceId: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`select id from seances where contrat_id = ${contratId} and instance_id = ${instanceId}::uuid`.execute(db);
  return rows.map((r) => r.id);
}
