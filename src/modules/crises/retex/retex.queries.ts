import { sql } from 'kysely';
import type { Db, Ligne } from '../../../core/base/database.ts';
import { uuid, uuids } from '../../../core/base/id.ts';
import type { Temps } from './retex.rules.ts';

export type Retex = Omit<Ligne<'criseRetex'>, 'contratId'>;
export type Constat = Omit<Ligne<'retexConstats'>, 'contratId'>;

export const listRetex = (db: Db, contratId: number, criseId: string): Promise<Retex[]> =>
  db
    .selectFrom('criseRetex')
    .select(['criseId', 'temps', 'synthese', 'participants', 'tenuLe', 'signePar', 'signeLe'])
    .where('contratId', '=', contratId)
    .where('criseId', '=', uuid(criseId))
    .orderBy('temps')
    .execute();
/** False when that time is signed already. */
export async function addRetex(tx: Db, contratId: number, r: Retex): Promise<boolean> {
  const fait = await tx
    .insertInto('criseRetex')
    .values({ contratId, ...r })
    .onConflict((o) => o.doNothing())
    .executeTakeFirst();
  return fait.numInsertedOrUpdatedRows === 1n;
}
export const listConstats = (db: Db, contratId: number, criseId: string): Promise<Constat[]> =>
  db
    .selectFrom('retexConstats')
    .select(['id', 'criseId', 'temps', 'nature', 'texte', 'decisionId', 'par', 'organisationId', 'le'])
    .where('contratId', '=', contratId)
    .where('criseId', '=', uuid(criseId))
    .orderBy('le')
    .orderBy('id')
    .execute();
export async function addConstat(tx: Db, contratId: number, k: Omit<Constat, 'id'>): Promise<void> {
  await tx
    .insertInto('retexConstats')
    .values({ contratId, ...k })
    .execute();
}

export interface CriseClose extends Pick<Ligne<'crises'>, 'id' | 'titre' | 'exercice' | 'territoireId' | 'etat'> {
  closeLe: Date;
  ouvertePar: string | null;
  /** Organisation that was first in the room. */
  organisationId: string | null;
  signes: readonly { temps: Temps; le: Date; par: string }[];
}
/** Closed ones, with what is signed of their lessons; `ids` null: all those that are not archived, whose lessons are signed. */
export async function listCloses(db: Db, contratId: number, ids: readonly string[] | null): Promise<CriseClose[]> {
  const { rows } = await sql<Omit<CriseClose, 'signes'> & { signes: { temps: Temps; le: string; par: string }[] }>`
    select c.id, c.titre, c.exercice, c.territoire_id, c.etat, c.close_le, c.ouverte_par,
      (select a.organisation_id from crise_acteurs a where a.contrat_id = c.contrat_id and a.crise_id = c.id
        order by a.entree_le, a.organisation_id limit 1) as organisation_id,
      coalesce((select jsonb_agg(jsonb_build_object('temps', r.temps, 'le', r.signe_le, 'par', r.signe_par)) from crise_retex r
        where r.contrat_id = c.contrat_id and r.crise_id = c.id), '[]') as signes
    from crises c
    where c.contrat_id = ${contratId} and c.close_le is not null and c.jointe_a is null ${ids ? sql`and c.id = any(${uuids(ids)})` : sql`and c.etat <> 'archivee'`}`.execute(
    db,
  );
  return rows.map((c) => ({ ...c, signes: c.signes.map((s) => ({ ...s, le: new Date(s.le) })) }));
}
/** Accounts that opened these. */
export async function listOuvreurs(db: Db, contratId: number, ids: readonly string[]): Promise<Pick<Ligne<'crises'>, 'id' | 'ouvertePar'>[]> {
  const { rows } = await sql<Pick<Ligne<'crises'>, 'id' | 'ouvertePar'>>`
    select id, ouverte_par from crises where contrat_id = ${contratId} and id = any(${uuids(ids)}) and ouverte_par is not null`.execute(db);
  return rows;
}
