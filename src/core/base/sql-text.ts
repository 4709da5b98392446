/** A statement as text that anybody can run: parameters written in their place, escaped as the driver itself does. */
import type { CompiledQuery } from 'kysely';
import pg from 'pg';

function literal(v: unknown): string {
  if (v === null || v === undefined) return 'null';
  if (typeof v === 'number' || typeof v === 'bigint' || typeof v === 'boolean') return String(v);
  if (v instanceof Date) return pg.escapeLiteral(v.toISOString());
  if (Array.isArray(v)) return `array[${v.map(literal).join(', ')}]`;
  if (typeof v === 'string') return pg.escapeLiteral(v);
  throw new Error(`Paramètre qui ne s’écrit pas : ${typeof v}`);
}

export const inlineParameters = (q: CompiledQuery): string => q.sql.replace(/\$(\d+)/g, (_, n: string) => literal(q.parameters[Number(n) - 1]));
