/** Files of the database go in and out in pieces: the process never holds more than one of each. */
import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import { sql } from 'kysely';
import type { Db } from './database.ts';

const MORCEAU = 1_048_576;

/**
 * Brings a file of the disk into the database, in the caller's transaction, and gives what stands for its content in the
 * statement that keeps it: `insert … values (${contenu})`. The pieces are rows of the contract, seen by this transaction alone, and are
 * gone when `garder` returns.
 */
export async function verser<T>(tx: Db, chemin: string, garder: (contenu: ReturnType<typeof sql>) => Promise<T>): Promise<T> {
  const id = randomUUID();
  let rang = 0;
  for await (const m of createReadStream(chemin, { highWaterMark: MORCEAU }) as AsyncIterable<Buffer>)
    await sql`insert into morceaux (contrat_id, id, rang, octets) values (concorde_contrat(), ${id}::uuid, ${rang++}, ${m})`.execute(tx);
  const siens = sql`contrat_id = concorde_contrat() and id = ${id}::uuid`;
  const garde = await garder(sql`(select coalesce(string_agg(octets, '' order by rang), '') from morceaux where ${siens})`);
  await sql`delete from morceaux where ${siens}`.execute(tx);
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
