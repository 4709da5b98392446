/** Periods of counters, and what was given of each; a reading is never changed, another one follows it. */
import { sql } from 'kysely';
import type { Db, Ligne } from '../../../core/base/database.ts';
import { uuid, uuids } from '../../../core/base/id.ts';
import { conflit } from '../../../core/errors.ts';
import type { Nombres } from './compteur.rules.ts';
import { enJson } from '../../../core/couper.ts';

export type Periode = Omit<Ligne<'circuitPeriodes'>, 'contratId'>;
export interface Releve extends Omit<Ligne<'circuitReleves'>, 'contratId' | 'periodeId' | 'nombres' | 'auteurId'> {
  nombres: Nombres;
}
const COLONNES = sql`p.id, p.compteur, p.titre, p.organisation_id, p.debut, p.fin, p.due_le, p.version, p.donnee_le, p.donnee_par`;

type Voulue = Pick<Periode, 'compteur' | 'titre' | 'organisationId' | 'debut' | 'fin' | 'dueLe'>;
/** Ids of those that were not there yet. */
export async function addPeriodes(tx: Db, contratId: number, periodes: readonly Voulue[]): Promise<string[]> {
  const { rows } = await sql<Pick<Periode, 'id'>>`
    insert into circuit_periodes (contrat_id, compteur, titre, organisation_id, debut, fin, due_le)
    select ${contratId}, v.compteur, v.titre, v."organisationId", v.debut, v.fin, v."dueLe"
    from jsonb_to_recordset(${enJson(periodes)}::jsonb) as v (compteur text, titre text, "organisationId" text, debut date, fin date, "dueLe" date)
    on conflict (contrat_id, compteur, organisation_id, debut) do nothing
    returning id`.execute(tx);
  return rows.map((r) => r.id);
}
/** `ids` null: all of them. */
export async function listPeriodes(db: Db, contratId: number, ids: readonly string[] | null): Promise<Periode[]> {
  const { rows } = await sql<Periode>`
    select ${COLONNES} from circuit_periodes p
    where p.contrat_id = ${contratId} ${ids ? sql`and p.id = any(${uuids(ids)})` : sql``} order by p.debut desc, p.organisation_id, p.id`.execute(db);
  return rows;
}
export async function getPeriode(db: Db, contratId: number, id: string, verrou = false): Promise<Periode | null> {
  const { rows } = await sql<Periode>`
    select ${COLONNES} from circuit_periodes p where p.contrat_id = ${contratId} and p.id = ${uuid(id)} ${verrou ? sql`for update` : sql``}`.execute(db);
  return rows[0] ?? null;
}
/** Of each period, what was given last. */
export async function listDernieres(db: Db, contratId: number): Promise<ReadonlyMap<string, Nombres>> {
  const { rows } = await sql<Pick<Ligne<'circuitReleves'>, 'periodeId'> & Pick<Releve, 'nombres'>>`
    select r.periode_id, r.nombres from circuit_releves r
    join circuit_periodes p on p.contrat_id = r.contrat_id and p.id = r.periode_id and p.version = r.version
    where r.contrat_id = ${contratId}`.execute(db);
  return new Map(rows.map((r) => [r.periodeId, r.nombres]));
}
/** The latest first. */
export async function listReleves(db: Db, contratId: number, periodeId: string): Promise<Releve[]> {
  const { rows } = await sql<Releve>`
    select version, nombres, source, auteur, donne_le from circuit_releves
    where contrat_id = ${contratId} and periode_id = ${uuid(periodeId)} order by version desc`.execute(db);
  return rows;
}
/** Throws 409 when another reading was given since `p` was read. */
export async function addReleve(
  tx: Db,
  contratId: number,
  p: Pick<Periode, 'id' | 'version'>,
  r: { nombres: Nombres; source: string; auteur: string; auteurId: string | null; quand: Date },
): Promise<void> {
  const faite = await tx
    .updateTable('circuitPeriodes')
    .set({ version: p.version + 1, donneeLe: r.quand, donneePar: r.auteur })
    .where('contratId', '=', contratId)
    .where('id', '=', p.id)
    .where('version', '=', p.version)
    .executeTakeFirst();
  if (faite.numUpdatedRows === 0n) throw conflit('Une autre personne vient de donner ces nombres. Relisez-les, puis recommencez si besoin.');
  await sql`
    insert into circuit_releves (contrat_id, periode_id, version, nombres, source, auteur, auteur_id, donne_le)
    values (${contratId}, ${uuid(p.id)}, ${p.version + 1}, ${enJson(r.nombres)}::jsonb, ${r.source}, ${r.auteur}, ${r.auteurId}::uuid, ${r.quand})`.execute(tx);
}

/** One more of the blank form of this circuit, that month. */
export async function noterDiffusion(tx: Db, contratId: number, circuit: string, mois: string): Promise<void> {
  await sql`
    insert into formulaire_diffusions (contrat_id, circuit, mois) values (${contratId}, ${circuit}, ${mois}::date)
    on conflict (contrat_id, circuit, mois) do update set nombre = formulaire_diffusions.nombre + 1`.execute(tx);
}
export async function countDiffusions(db: Db, contratId: number): Promise<ReadonlyMap<string, number>> {
  const { rows } = await sql<Pick<Ligne<'formulaireDiffusions'>, 'circuit' | 'nombre'>>`
    select circuit, sum(nombre)::int as nombre from formulaire_diffusions where contrat_id = ${contratId} group by 1`.execute(db);
  return new Map(rows.map((r) => [r.circuit, r.nombre]));
}
