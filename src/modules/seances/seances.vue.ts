/** What a reader may know of sessions, as lists write it in SQL. */
import { type RawBuilder, sql } from 'kysely';
import { visible, type Vue } from '../instances/index.ts';

/**
 * Sessions `s` of bodies `i` that this reader may know of; `v` null: the public, who knows of what was announced or held, never of what is
 * being prepared nor of what was given up before it was announced.
 */
export const seanceVisible = (v: Vue | null): RawBuilder<unknown> => sql`(
  (i.confidentialite = 'publique' and s.confidentialite = 'publique' and s.etat <> 'preparation' and (s.etat <> 'annulee' or s.convoquee_le is not null))
  or ${v ? visible(v, sql`s.confidentialite`) : sql`false`})`;
