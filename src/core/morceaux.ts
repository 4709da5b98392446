/** Files of the database go in and out in pieces: the process never holds more than one of each. */
import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import { sql } from 'kysely';
import type { Db } from './database.ts';

const MORCEAU = 1_048_576;

/**
 * Brings a file of the disk into the database, in the caller's transaction, and gives what stands for its content in the
 * statement that keeps it: `insert … values (${contenu})`. The pieces are gone when `garder` returns.
 */
export async function verser<T>(tx: Db, chemin: string, garder: (contenu: ReturnType<typeof sql>) => Promise<T>): Promise<T> {
  const { rows } = await sql<{ oid: number }>`select lo_create(0) as oid`.execute(tx);
  const oid = rows[0]?.oid ?? 0;
  let depuis = 0;
  for await (const m of createReadStream(chemin, { highWaterMark: MORCEAU }) as AsyncIterable<Buffer>) {
    await sql`select lo_put(${oid}::oid, ${depuis}::bigint, ${m}::bytea)`.execute(tx);
    depuis += m.length;
  }
  const garde = await garder(sql`lo_get(${oid}::oid)`);
  await sql`select lo_unlink(${oid}::oid)`.execute(tx);
  return garde;
}

/** `lire`: the bytes of the kept content from this one on (from 1), so many at most; null once it is there no more. */
export function enMorceaux(octets: number, lire: (depuis: number, longueur: number) => Promise<Buffer | null>): Readable {
  async function* morceaux() {
    for (let depuis = 1; depuis <= octets; depuis += MORCEAU) {
      const m = await lire(depuis, MORCEAU);
      if (!m || m.length === 0) throw new Error('le fichier a été retiré pendant sa lecture');
      yield m;
    }
  }
  return Readable.from(morceaux(), { objectMode: false, highWaterMark: MORCEAU });
}
