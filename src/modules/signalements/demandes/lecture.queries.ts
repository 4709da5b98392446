/** What a reader opens, written in SQL for lists: the same as `peutLire`. */
import { type RawBuilder, sql } from 'kysely';

/** `lieux`, `coordonnes`: territories; null, everywhere. Null: nothing is closed. */
export type Lecture = { noms: readonly string[]; lieux: readonly string[] | null; coordonnes: readonly string[] } | null;

/** `alias`: of a table with `lecteurs` and `territoire_id`. */
export function lisibleEnSql(lecture: Lecture, alias: 'd' | 'r'): RawBuilder<unknown> {
  if (lecture === null) return sql`true`;
  const [lecteurs, territoire] = [sql.ref(`${alias}.lecteurs`), sql.ref(`${alias}.territoire_id`)];
  const la = lecture.lieux === null ? sql`true` : sql`${territoire} = any(${[...lecture.lieux]}::text[])`;
  return sql`(${lecteurs} is null or (${lecteurs} && ${[...lecture.noms]}::text[] and ${la}) or ${territoire} = any(${[...lecture.coordonnes]}::text[]))`;
}
