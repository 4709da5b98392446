import { sql } from 'kysely';
import type { Db, Ligne } from '../../../core/base/database.ts';
import { uuid } from '../../../core/base/id.ts';
import type { Contenu } from './contenu.ts';
import type { Rythme } from './points.rules.ts';
import { enJson } from '../../../core/couper.ts';

/** It covers the entries after `duNumero`, up to `auNumero`. */
export type Point = Omit<Ligne<'crisePoints'>, 'contratId' | 'contenu'> & { contenu: Contenu };
const COLONNES = sql`p.id, p.crise_id, p.numero, p.du, p.au, p.du_numero::int as du_numero, p.au_numero::int as au_numero, p.contenu, p.synthese, p.redige_par, p.redige_le, p.signe_par, p.signe_fonction, p.signe_le, p.version`;

export async function getRythme(db: Db, contratId: number, criseId: string): Promise<(Rythme & { par: string }) | undefined> {
  const { rows } = await sql<Rythme & { par: string }>`
    select minutes, le, par from crise_rythmes where contrat_id = ${contratId} and crise_id = ${uuid(criseId)} order by rang desc limit 1`.execute(db);
  return rows[0];
}
export async function addRythme(tx: Db, contratId: number, criseId: string, r: Rythme & { par: string }): Promise<void> {
  await sql`
    insert into crise_rythmes (contrat_id, crise_id, rang, minutes, par, le)
    select ${contratId}, ${criseId}::uuid, coalesce(max(x.rang), 0) + 1, ${r.minutes}, ${r.par}, ${r.le}
    from crise_rythmes x where x.contrat_id = ${contratId} and x.crise_id = ${criseId}::uuid`.execute(tx);
}
export type PointListe = Omit<Point, 'contenu'>;
export async function listPoints(db: Db, contratId: number, criseId: string): Promise<PointListe[]> {
  const { rows } = await sql<PointListe>`
    select p.id, p.crise_id, p.numero, p.du, p.au, p.du_numero::int as du_numero, p.au_numero::int as au_numero, p.synthese, p.redige_par, p.redige_le, p.signe_par, p.signe_fonction, p.signe_le, p.version
    from crise_points p where p.contrat_id = ${contratId} and p.crise_id = ${uuid(criseId)} order by p.numero desc`.execute(db);
  return rows;
}
export async function getPoint(db: Db, contratId: number, criseId: string, id: string, verrou = false): Promise<Point | undefined> {
  const { rows } = await sql<Point>`
    select ${COLONNES} from crise_points p
    where p.contrat_id = ${contratId} and p.crise_id = ${uuid(criseId)} and p.id = ${uuid(id)} ${verrou ? sql`for update` : sql``}`.execute(db);
  return rows[0];
}
/** What the report before that one said; null when it is the first. */
export async function getContenuAvant(db: Db, contratId: number, criseId: string, numero: number): Promise<Contenu | null> {
  const { rows } = await sql<Pick<Point, 'contenu'>>`
    select p.contenu from crise_points p
    where p.contrat_id = ${contratId} and p.crise_id = ${uuid(criseId)} and p.numero < ${numero} order by p.numero desc limit 1`.execute(db);
  return rows[0]?.contenu ?? null;
}
/** The caller holds the crisis. */
export async function addPoint(
  tx: Db,
  contratId: number,
  p: Pick<Point, 'criseId' | 'du' | 'au' | 'duNumero' | 'auNumero' | 'contenu' | 'redigePar'>,
): Promise<Pick<Point, 'id' | 'numero'>> {
  const { rows } = await sql<Pick<Point, 'id' | 'numero'>>`
    insert into crise_points (contrat_id, crise_id, numero, du, au, du_numero, au_numero, contenu, redige_par, redige_le)
    select ${contratId}, ${p.criseId}::uuid, coalesce(max(x.numero), 0) + 1, ${p.du}, ${p.au}, ${p.duNumero}, ${p.auNumero},
      ${enJson(p.contenu)}::jsonb, ${p.redigePar}, ${p.au}
    from crise_points x where x.contrat_id = ${contratId} and x.crise_id = ${p.criseId}::uuid
    returning id, numero`.execute(tx);
  if (!rows[0]) throw new Error('Le point de situation n’a pas été écrit.');
  return rows[0];
}
/** What came since is read again: the draft goes to now. */
export async function refairePoint(tx: Db, contratId: number, id: string, p: Pick<Point, 'au' | 'auNumero' | 'contenu' | 'redigePar'>): Promise<void> {
  await sql`
    update crise_points set au = ${p.au}, au_numero = ${p.auNumero}, contenu = ${enJson(p.contenu)}::jsonb, redige_par = ${p.redigePar}, redige_le = ${p.au}, version = version + 1
    where contrat_id = ${contratId} and id = ${uuid(id)} and signe_le is null`.execute(tx);
}
export async function signerPoint(tx: Db, contratId: number, id: string, s: { synthese: string; par: string; fonction: string; le: Date }): Promise<void> {
  await sql`
    update crise_points set synthese = ${s.synthese}, signe_par = ${s.par}, signe_fonction = ${s.fonction}, signe_le = ${s.le}, version = version + 1
    where contrat_id = ${contratId} and id = ${uuid(id)} and signe_le is null`.execute(tx);
}
