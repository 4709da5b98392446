import { sql } from 'kysely';
import type { Db, Ligne } from '../../../core/base/database.ts';
import { uuid } from '../../../core/base/id.ts';
import type { Section } from './charte.rules.ts';
import { enJson } from '../../../core/couper.ts';

export interface TexteGarde extends Pick<Ligne<'nominatif.celluleChartes'>, 'empreinte' | 'version' | 'le'> {
  texte: Section[];
}
/** Texts that somebody signed in this cell, the last first. */
export async function listTextes(db: Db, contratId: number, celluleId: string): Promise<TexteGarde[]> {
  const { rows } = await sql<TexteGarde>`
    select empreinte, version, le, texte from nominatif.cellule_chartes where contrat_id = ${contratId} and cellule_id = ${uuid(celluleId)}
    order by le desc`.execute(db);
  return rows;
}
export async function garderTexte(
  db: Db,
  contratId: number,
  o: { celluleId: string; empreinte: string; version: string; texte: readonly Section[] },
  quand: Date,
): Promise<void> {
  await sql`
    insert into nominatif.cellule_chartes (contrat_id, cellule_id, empreinte, version, texte, le)
    values (${contratId}, ${o.celluleId}, ${o.empreinte}, ${o.version}, ${enJson(o.texte)}::jsonb, ${quand})
    on conflict do nothing`.execute(db);
}
