/** What is begun on the screen of a session and not added: kept as typed, for each form that someone has open. */
import { sql } from 'kysely';
import type { Db, Ligne } from '../../../core/base/database.ts';
import { uuid } from '../../../core/base/id.ts';
import { getDecision } from '../../decisions/index.ts';
import { enJson } from '../../../core/couper.ts';

/** Drafts of one person in one session: each form that is open has one, and what came after the lifting. */
export const BROUILLONS_MAX = 200;

export interface Brouillon extends Pick<Ligne<'seanceBrouillons'>, 'id' | 'compteId' | 'par' | 'formulaire' | 'quand' | 'ecarteLe' | 'ecartePar'> {
  champs: Readonly<Record<string, string>>;
}

/** Those that wait, the latest first, then those set aside. */
export async function listBrouillons(db: Db, contratId: number, seanceId: string): Promise<Brouillon[]> {
  const { rows } = await sql<Brouillon>`
    select id, compte_id, par, formulaire, champs, quand, ecarte_le, ecarte_par from seance_brouillons
    where contrat_id = ${contratId} and seance_id = ${uuid(seanceId)}
    order by ecarte_le nulls first, quand desc, id`.execute(db);
  return rows;
}

export type ABrouillonner = Omit<Brouillon, 'ecarteLe' | 'ecartePar'> & { seanceId: string };
/**
 * Keeps it as it is now; the caller holds the session's lock. `nouveau`: nobody knew of it. Nothing is kept when its act was done meanwhile (`fait`), when
 * someone else's draft or another session's bears this id (`autre`), or when this person has begun too many (`trop`).
 */
export async function garderBrouillon(tx: Db, contratId: number, b: ABrouillonner): Promise<'nouveau' | 'garde' | 'fait' | 'autre' | 'trop'> {
  const id = uuid(b.id);
  const fait = await sql`
    select 1 from seance_votes where contrat_id = ${contratId} and id = ${id}
    union all select 1 from seance_participants where contrat_id = ${contratId} and id = ${id}
    union all select 1 from seance_points where contrat_id = ${contratId} and id = ${id}
    limit 1`.execute(tx);
  if (fait.rows.length > 0 || (await getDecision(tx, contratId, b.id))) return 'fait';
  const connu = await tx
    .selectFrom('seanceBrouillons')
    .select(['compteId', 'seanceId'])
    .where('contratId', '=', contratId)
    .where('id', '=', id)
    .executeTakeFirst();
  if (connu && (connu.compteId !== b.compteId || connu.seanceId !== b.seanceId)) return 'autre';
  if (!connu && (await compter(tx, contratId, b)) >= BROUILLONS_MAX) return 'trop';
  await sql`
    insert into seance_brouillons (contrat_id, id, seance_id, compte_id, par, formulaire, champs, quand)
    values (${contratId}, ${id}, ${uuid(b.seanceId)}, ${uuid(b.compteId)}, ${b.par}, ${b.formulaire}, ${enJson(b.champs)}::jsonb, ${b.quand})
    on conflict (contrat_id, id) do update
    set champs = excluded.champs, quand = excluded.quand, ecarte_le = null, ecarte_par = ''
    where seance_brouillons.compte_id = excluded.compte_id and seance_brouillons.seance_id = excluded.seance_id`.execute(tx);
  return connu ? 'garde' : 'nouveau';
}

async function compter(tx: Db, contratId: number, b: Pick<ABrouillonner, 'seanceId' | 'compteId'>): Promise<number> {
  const compte = await tx
    .selectFrom('seanceBrouillons')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .where('contratId', '=', contratId)
    .where('seanceId', '=', uuid(b.seanceId))
    .where('compteId', '=', uuid(b.compteId))
    .executeTakeFirst();
  return Number(compte?.n ?? 0);
}

/** The act is done, or the form is empty again: then only its own person's. */
export async function finirBrouillon(tx: Db, contratId: number, seanceId: string, id: string, compteId?: string): Promise<boolean> {
  const { numAffectedRows } = await sql`
    delete from seance_brouillons where contrat_id = ${contratId} and seance_id = ${uuid(seanceId)} and id = ${uuid(id)}
      ${compteId === undefined ? sql`` : sql`and compte_id = ${uuid(compteId)}`}`.execute(tx);
  return Number(numAffectedRows ?? 0) > 0;
}

/** Set aside by someone, or taken back. False when it is already so, or gone. */
export async function ecarterBrouillon(tx: Db, contratId: number, seanceId: string, id: string, par: { nom: string; quand: Date } | null): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update seance_brouillons set ecarte_le = ${par?.quand ?? null}, ecarte_par = ${par?.nom ?? ''}
    where contrat_id = ${contratId} and seance_id = ${uuid(seanceId)} and id = ${uuid(id)} and (ecarte_le is null) = ${par !== null}`.execute(tx);
  return Number(numAffectedRows ?? 0) > 0;
}
