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

/** Who reads the words as they were written, in SQL: the same as `litEntier`, and who made it. */
export interface LectureEntiere {
  compteId: string;
  /** Theirs, when they work on the contract. */
  organisation: string | null;
  lecture: Lecture;
  /** Where they coordinate; null, everywhere. */
  coordonnes: readonly string[] | null;
  /** Those that they handle, and where; null, everywhere. */
  services: readonly string[];
  lieux: readonly string[] | null;
}
export function entiereEnSql(l: LectureEntiere): RawBuilder<unknown> {
  const dans = (lieux: readonly string[] | null) => (lieux === null ? sql`true` : sql`d.territoire_id = any(${[...lieux]}::text[])`);
  return sql`(d.auteur_id = ${l.compteId}::uuid or d.auteur_organisation = ${l.organisation}::text
    or (${lisibleEnSql(l.lecture, 'd')} and (${dans(l.coordonnes)} or (d.service_id = any(${[...l.services]}::text[]) and ${dans(l.lieux)}))))`;
}
