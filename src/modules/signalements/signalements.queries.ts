/** Reading reports: lists by keyset (day, id), never by offset; totals from the cells. */
import { type RawBuilder, sql } from 'kysely';
import type { Db, Ligne } from '../../core/base/database.ts';
import type { BilanImport } from './import/dans-ma-rue.ts';
import type { Couverture, Portee } from './import/couverture.rules.ts';
import { numero } from '../../core/base/id.ts';

const COLONNES = ['id', 'canal', 'idExterne', 'jour', 'type', 'sousType', 'service', 'perimetre', 'theme', 'territoireId', 'adresse'] as const;
/** `etat`: the last word of who publishes it; null when no file said one. */
export type Signalement = Pick<Ligne<'signalements'>, (typeof COLONNES)[number]> & Record<'etat', string | null>;
const ETAT = sql<string | null>`(
  select e.etat from signalement_etats e
  where e.contrat_id = signalements.contrat_id and e.signalement_id = signalements.id order by e.lu_le desc limit 1)`;
export interface Filtres {
  canal?: string | undefined;
  type?: string | undefined;
  perimetre?: string | undefined;
  theme?: string | undefined;
  territoires?: readonly string[] | undefined;
  debut?: string | undefined;
  fin?: string | undefined;
}

/** `apres` is the last row already shown: the page after it, the latest first. */
export async function listSignalements(
  db: Db,
  contratId: number,
  f: Filtres,
  apres: { jour: string; id: number } | null,
  limite: number,
): Promise<Signalement[]> {
  const { rows } = await requeteDesSignalements(contratId, f, apres, limite).execute(db);
  return rows;
}

/** `limite` null: all of them, for an export. */
export function requeteDesSignalements(
  contratId: number,
  f: Filtres,
  apres: { jour: string; id: number } | null,
  limite: number | null,
): RawBuilder<Signalement> {
  const egal = (['canal', 'type', 'perimetre', 'theme'] as const).flatMap((c) => (f[c] ? [sql` and ${sql.ref(c)} = ${f[c]}`] : []));
  return sql<Signalement>`
    select ${sql.join(COLONNES.map((c) => sql.ref(c)))}, ${ETAT} as etat
    from signalements
    where contrat_id = ${contratId}${sql.join(egal, sql``)}
      ${f.territoires ? sql`and territoire_id = any(${[...f.territoires]}::text[])` : sql``}
      ${f.debut ? sql`and jour >= ${f.debut}::date` : sql``}
      ${f.fin ? sql`and jour <= ${f.fin}::date` : sql``}
      ${apres ? sql`and (jour, id) < (${apres.jour}::date, ${apres.id}::bigint)` : sql``}
    order by jour desc, id desc
    limit ${limite}::bigint`;
}

export async function getSignalement(db: Db, contratId: number, id: string): Promise<Signalement | null> {
  const lu = await db
    .selectFrom('signalements')
    .select(COLONNES)
    .select(ETAT.as('etat'))
    .where('contratId', '=', contratId)
    .where('id', '=', sql<number>`${numero(id)}`)
    .executeTakeFirst();
  return lu ?? null;
}

/** Labels of the codes met in the files, by genre then code. */
export async function getLibelles(db: Db, contratId: number): Promise<{ type: Map<string, string>; service: Map<string, string> }> {
  const rows = await db.selectFrom('signalementLibelles').select(['genre', 'code', 'libelle']).where('contratId', '=', contratId).orderBy('libelle').execute();
  const de = (g: string) => new Map(rows.filter((r) => r.genre === g).map((r) => [r.code, r.libelle]));
  return { type: de('type'), service: de('service') };
}

export interface LotSignalements extends Omit<BilanImport, 'avis'>, Pick<Ligne<'signalementLots'>, 'id' | 'fichier' | 'importeLe' | 'importePar'>, Couverture {
  /** Null: imported before it was asked. */
  portee: Portee | null;
}
export async function listLots(db: Db, contratId: number): Promise<LotSignalements[]> {
  const { rows } = await sql<LotSignalements>`
    select id, fichier, lus, nouveaux, connus, avertis, rejetes, motifs, importe_le, importe_par, portee,
      (select coalesce(json_agg(json_build_object('du', lower(e), 'au', upper(e) - 1) order by e), '[]') from unnest(couvre) as e) as couvre,
      (select coalesce(json_agg(lower(e) order by e), '[]') from unnest(derniers) as e) as derniers
    from signalement_lots where contrat_id = ${contratId} and source = 'dans-ma-rue' order by importe_le desc`.execute(db);
  return rows;
}

export type EtatPublie = Pick<Ligne<'signalementEtats'>, 'etat' | 'luLe'>;
/** What its publisher said of it, file after file. */
export const listEtatsPublies = (db: Db, contratId: number, id: number): Promise<EtatPublie[]> =>
  db
    .selectFrom('signalementEtats')
    .select(['etat', 'luLe'])
    .where('contratId', '=', contratId)
    .where('signalementId', '=', id)
    .orderBy('luLe', 'desc')
    .execute();
