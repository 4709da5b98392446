/**
 * Identifiers in SQL, compared in the type of their column: `id = ${uuid(id)}` uses the primary key, `id::text = …` reads
 * the whole table. What is not an identifier matches no row: the caller answers « introuvable ».
 */
import { type RawBuilder, sql } from 'kysely';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export const estUuid = (id: string): boolean => UUID.test(id);

export const uuid = (id: string | null): RawBuilder<string | null> => sql`${id !== null && estUuid(id) ? id : null}::uuid`;

/** Those that are identifiers, in order. */
export const uuids = (ids: readonly string[]): RawBuilder<string[]> => sql`${ids.filter(estUuid)}::uuid[]`;

/** A row number (bigint): digits only, within what the column holds. */
export const numero = (id: string): RawBuilder<string | null> => sql`${/^\d{1,18}$/.test(id) ? id : null}::bigint`;
