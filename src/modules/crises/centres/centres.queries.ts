import { sql } from 'kysely';
import type { Db, Ligne } from '../../../core/base/database.ts';
import { uuid, uuids } from '../../../core/base/id.ts';
import type { Quoi } from './comptage.rules.ts';
import { enJson } from '../../../core/couper.ts';

export type Centre = Omit<Ligne<'criseCentres'>, 'contratId'>;
const COLONNES = [
  'id',
  'criseId',
  'genre',
  'parentId',
  'nom',
  'adresse',
  'territoireId',
  'lon',
  'lat',
  'capacite',
  'etat',
  'ouvertLe',
  'fermeLe',
  'creePar',
  'creeLe',
] as const;

export const listCentres = (db: Db, contratId: number, criseId: string): Promise<Centre[]> =>
  db
    .selectFrom('criseCentres')
    .select(COLONNES)
    .where('contratId', '=', contratId)
    .where('criseId', '=', uuid(criseId))
    .orderBy('creeLe')
    .orderBy('id')
    .execute();
/** `verrou`: held until commit by whoever opens or closes it; `partage`: open at least until commit, for those who count. */
export async function getCentre(db: Db, contratId: number, criseId: string, id: string, tenu?: 'verrou' | 'partage'): Promise<Centre | undefined> {
  const un = db.selectFrom('criseCentres').select(COLONNES).where('contratId', '=', contratId).where('criseId', '=', uuid(criseId)).where('id', '=', uuid(id));
  return (tenu === 'verrou' ? un.forUpdate() : tenu === 'partage' ? un.forShare() : un).executeTakeFirst();
}
/** All of them, held until commit: nobody counts in one meanwhile. */
export const tenirCentres = (tx: Db, contratId: number, criseId: string): Promise<Centre[]> =>
  tx.selectFrom('criseCentres').select(COLONNES).where('contratId', '=', contratId).where('criseId', '=', uuid(criseId)).orderBy('id').forUpdate().execute();
export async function addCentre(
  tx: Db,
  contratId: number,
  c: Pick<Centre, 'criseId' | 'genre' | 'parentId' | 'nom' | 'adresse' | 'territoireId' | 'lon' | 'lat' | 'capacite' | 'creePar' | 'creeLe'>,
): Promise<string> {
  const { id } = await tx
    .insertInto('criseCentres')
    .values({ contratId, ...c, etat: 'prevu' })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}
/** Opened again, it keeps the hour of its first opening. */
export async function setEtatDeCentre(tx: Db, contratId: number, id: string, etat: 'ouvert' | 'ferme', le: Date): Promise<void> {
  await sql`
    update crise_centres set etat = ${etat}, ouvert_le = coalesce(ouvert_le, ${le}),
      ferme_le = case when ${etat} = 'ferme' then ${le}::timestamptz end
    where contrat_id = ${contratId} and id = ${uuid(id)}`.execute(tx);
}

export type Comptage = Ligne<'criseComptages'>;
type ComptesDeCentre = Pick<Comptage, 'centreId' | 'quoi' | 'code' | 'nombre'>;
/** What each centre of a crisis counts. */
export async function listComptes(db: Db, contratId: number, criseId: string): Promise<ComptesDeCentre[]> {
  const { rows } = await sql<ComptesDeCentre>`
    select k.centre_id, k.quoi, k.code, sum(k.nombre)::int as nombre
    from crise_comptages k join crise_centres c on c.contrat_id = k.contrat_id and c.id = k.centre_id
    where k.contrat_id = ${contratId} and c.crise_id = ${uuid(criseId)}
    group by 1, 2, 3 having sum(k.nombre) <> 0 order by 1, 2, 3`.execute(db);
  return rows;
}
/** The last touches of a desk that still stand: what « undo » takes back. */
export async function listTouches(db: Db, contratId: number, centreId: string, guichet: string, limite: number) {
  const { rows } = await sql<Pick<Comptage, 'id' | 'quoi' | 'code' | 'nombre' | 'ditLe'>>`
    select k.id, k.quoi, k.code, k.nombre, k.dit_le from crise_comptages k
    where k.contrat_id = ${contratId} and k.centre_id = ${uuid(centreId)} and k.guichet = ${guichet} and k.annule is null
      and not exists (select from crise_comptages x where x.contrat_id = k.contrat_id and x.annule = k.id)
    order by k.recu_le desc, k.dit_le desc, k.id desc limit ${limite}`.execute(db);
  return rows;
}
/** Which of these are there, and what they are. */
export async function listConnues(db: Db, contratId: number, ids: readonly string[]) {
  const { rows } = await sql<Pick<Comptage, 'id' | 'centreId' | 'quoi' | 'code' | 'nombre' | 'annule'>>`
    select id, centre_id, quoi, code, nombre, annule from crise_comptages where contrat_id = ${contratId} and id = any(${uuids(ids)})`.execute(db);
  return rows;
}
export interface Ligne1 {
  id: string;
  quoi: Quoi;
  code: string;
  nombre: number;
  annule: string | null;
  ditLe: Date;
}
/** Returns the ids that are new: a line that was there, or whose target is already undone, adds nothing. */
export async function addComptages(
  tx: Db,
  contratId: number,
  o: { centreId: string; guichet: string; parId: string; recuLe: Date },
  lignes: readonly Ligne1[],
): Promise<string[]> {
  if (lignes.length === 0) return [];
  const { rows } = await sql<Pick<Comptage, 'id'>>`
    insert into crise_comptages (contrat_id, id, centre_id, guichet, quoi, code, nombre, annule, dit_le, recu_le, par_id)
    select ${contratId}, v.id, ${o.centreId}::uuid, ${o.guichet}, v.quoi, v.code, v.nombre, v.annule, v.dit, ${o.recuLe}, ${o.parId}::uuid
    from jsonb_to_recordset(${enJson(lignes.map((l) => ({ ...l, dit: l.ditLe })))}::jsonb)
      as v (id uuid, quoi text, code text, nombre smallint, annule uuid, dit timestamptz)
    on conflict do nothing returning id`.execute(tx);
  return rows.map((r) => r.id);
}
