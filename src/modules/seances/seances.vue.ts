/** What a reader may know of sessions, as lists write it in SQL. */
import { type RawBuilder, sql } from 'kysely';
import { siegeParmi, visible, type Vue } from '../instances/index.ts';

/**
 * Sessions `s` of bodies `i` that this reader may know of; `v` null: the public, who knows of what was announced or held, never of what is
 * being prepared nor of what was given up before it was announced. A reserved part: the seats that it names, no one else.
 */
export const seanceVisible = (v: Vue | null): RawBuilder<unknown> => sql`(
  (i.confidentialite = 'publique' and s.confidentialite = 'publique' and s.etat <> 'preparation' and (s.etat <> 'annulee' or s.convoquee_le is not null))
  or ${v ? sql`(${visible(v, sql`s.confidentialite`)} and (s.reserve_a is null or ${siegeParmi(v, sql`s.reserve_a`)}))` : sql`false`})`;

/** A session and its reserved part are one meeting: rhythm and next days are those of the session. */
export const ENTIERE = sql`s.partie_de is null`;
