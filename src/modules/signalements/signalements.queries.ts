/** Reading reports: lists by keyset (day, id), never by offset; totals from the cells. */
import { type RawBuilder, sql } from 'kysely';
import type { Db } from '../../core/database.ts';
import type { BilanImport } from './import/dans-ma-rue.ts';
import { numero } from '../../core/id.ts';

export interface Signalement {
  id: number;
  canal: string;
  idExterne: string;
  jour: string;
  type: string;
  sousType: string;
  service: string;
  perimetre: string;
  theme: string;
  territoireId: string;
  adresse: string | null;
}
export interface Filtres {
  canal?: string | undefined;
  type?: string | undefined;
  perimetre?: string | undefined;
  theme?: string | undefined;
  territoires?: readonly string[] | undefined;
  debut?: string | undefined;
  fin?: string | undefined;
}
const colonnes = sql`id, canal, id_externe as "idExterne", jour, type, sous_type as "sousType", service, perimetre, theme,
  territoire_id as "territoireId", adresse`;

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
    select ${colonnes}
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
  const { rows } = await sql<Signalement>`
    select ${colonnes} from signalements where contrat_id = ${contratId} and id = ${numero(id)}`.execute(db);
  return rows[0] ?? null;
}

/** Labels of the codes met in the files, by genre then code. */
export async function getLibelles(db: Db, contratId: number): Promise<{ type: Map<string, string>; service: Map<string, string> }> {
  const { rows } = await sql<{ genre: 'type' | 'service'; code: string; libelle: string }>`
    select genre, code, libelle from signalement_libelles where contrat_id = ${contratId} order by libelle`.execute(db);
  const de = (g: string) => new Map(rows.filter((r) => r.genre === g).map((r) => [r.code, r.libelle]));
  return { type: de('type'), service: de('service') };
}

export interface LotSignalements extends BilanImport {
  id: string;
  fichier: string;
  importeLe: Date;
  importePar: string;
}
export async function listLots(db: Db, contratId: number): Promise<LotSignalements[]> {
  const { rows } = await sql<LotSignalements>`
    select id, fichier, lus, nouveaux, connus, avertis, rejetes, motifs, importe_le as "importeLe", importe_par as "importePar"
    from signalement_lots where contrat_id = ${contratId} order by importe_le desc limit 50`.execute(db);
  return rows;
}
