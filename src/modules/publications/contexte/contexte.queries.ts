import { sql } from 'kysely';
import type { Db, Ligne } from '../../../core/base/database.ts';
import type { Motif, Point } from './lecture.ts';
import { enJson } from '../../../core/couper.ts';

interface Version {
  points: readonly Point[];
  fichiers: string;
  par: string;
  compte: { lus: number; rejetes: number; motifs: readonly Motif[] };
}
/** The caller holds the lock of the series. Returns the version and how many points it changed. */
export async function saveVersion(tx: Db, contratId: number, serie: string, v: Version): Promise<{ version: number; nouveaux: number }> {
  const { rows } = await sql<Pick<Ligne<'contexteImports'>, 'version' | 'nouveaux'>>`
    with suivante as (
      select coalesce(max(version), 0) + 1 as version from contexte_imports where contrat_id = ${contratId} and serie = ${serie}
    ), ecrites as (
      insert into series_contexte (contrat_id, serie, indicateur, unite, territoire_id, annee, etat, valeur, taux, denominateur, version)
      select ${contratId}, ${serie}, p.indicateur, p.unite, p.territoire, p.annee, p.etat, p.valeur, p.taux, p.denominateur, suivante.version
      from suivante, jsonb_to_recordset(${enJson(v.points)}::jsonb) as p (indicateur text, unite text, territoire text, annee int,
        etat text, valeur numeric, taux numeric, denominateur text)
      left join lateral (
        select s.etat, s.valeur, s.taux, s.unite from series_contexte s
        where s.contrat_id = ${contratId} and s.serie = ${serie} and s.indicateur = p.indicateur and s.territoire_id = p.territoire and s.annee = p.annee
        order by s.version desc limit 1
      ) avant on true
      where avant.etat is null or (p.etat, p.valeur, p.taux, p.unite) is distinct from (avant.etat, avant.valeur, avant.taux, avant.unite)
      returning 1
    ), nombre as (select count(*)::int as n from ecrites)
    insert into contexte_imports (contrat_id, serie, version, fichiers, lus, nouveaux, connus, rejetes, motifs, par, le)
    select ${contratId}, ${serie}, suivante.version, ${v.fichiers}, ${v.compte.lus}, nombre.n, ${v.points.length} - nombre.n, ${v.compte.rejetes},
      ${enJson(v.compte.motifs)}::jsonb, ${v.par}, now()
    from suivante, nombre
    returning version, nouveaux`.execute(tx);
  const [fait] = rows;
  if (!fait) throw new Error(`La version de « ${serie} » n’a pas été écrite.`);
  return fait;
}

type ImportLu = Omit<Ligne<'contexteImports'>, 'contratId' | 'motifs'> & { motifs: Motif[] };
export async function listImports(db: Db, contratId: number): Promise<ImportLu[]> {
  const { rows } = await sql<ImportLu>`
    select serie, version, fichiers, lus, nouveaux, connus, rejetes, motifs, par, le
    from contexte_imports where contrat_id = ${contratId} order by le desc, serie`.execute(db);
  return rows;
}

export type PointSerie = Pick<Ligne<'seriesContexte'>, 'territoireId' | 'annee' | 'etat'> & { etat: Point['etat']; valeur: number | null; taux: number | null };
export type IndicateurContexte = Pick<Ligne<'seriesContexte'>, 'serie' | 'indicateur' | 'unite' | 'denominateur'>;

/** The last word on each. */
export async function listIndicateursContexte(db: Db, contratId: number): Promise<IndicateurContexte[]> {
  const { rows } = await sql<IndicateurContexte>`
    select distinct on (serie, indicateur) serie, indicateur, unite, denominateur
    from series_contexte where contrat_id = ${contratId} order by serie, indicateur, version desc`.execute(db);
  return rows;
}

/** One indicator at a time: units of different indicators are never added. */
export async function getSerie(db: Db, contratId: number, serie: string, indicateur: string): Promise<PointSerie[]> {
  const { rows } = await sql<PointSerie>`
    select distinct on (annee, territoire_id) territoire_id, annee, etat, valeur::float8 as valeur, taux::float8 as taux
    from series_contexte
    where contrat_id = ${contratId} and serie = ${serie} and indicateur = ${indicateur}
    order by annee, territoire_id, version desc`.execute(db);
  return rows;
}

interface DateDeSerie extends Pick<Ligne<'seriesContexte'>, 'serie' | 'version'> {
  le: Date;
}
/** When each series was last changed, and by which version. */
export async function listDates(db: Db, contratId: number): Promise<ReadonlyMap<string, { le: Date; version: number }>> {
  const { rows } = await sql<DateDeSerie>`
    select serie, max(importe_le) as le, max(version) as version from series_contexte where contrat_id = ${contratId} group by serie`.execute(db);
  return new Map(rows.map((r) => [r.serie, r]));
}

export type PointDIndicateur = PointSerie & Pick<Ligne<'seriesContexte'>, 'serie' | 'indicateur' | 'unite'>;
/** Points of the last year of each indicator of these series. */
export async function listDerniers(db: Db, contratId: number, series: readonly string[]): Promise<PointDIndicateur[]> {
  const { rows } = await sql<PointDIndicateur>`
    select distinct on (s.serie, s.indicateur, s.territoire_id) s.serie, s.indicateur, s.unite, s.territoire_id, s.annee, s.etat,
      s.valeur::float8 as valeur, s.taux::float8 as taux
    from series_contexte s
    join (
      select serie, indicateur, max(annee) as annee from series_contexte
      where contrat_id = ${contratId} and serie = any(${[...series]}::text[]) group by serie, indicateur
    ) d using (serie, indicateur, annee)
    where s.contrat_id = ${contratId}
    order by s.serie, s.indicateur, s.territoire_id, s.version desc`.execute(db);
  return rows;
}

type PointEntier = PointDIndicateur & Pick<Ligne<'seriesContexte'>, 'importeLe' | 'version'>;
export async function listSerieEntiere(db: Db, contratId: number, serie: string): Promise<PointEntier[]> {
  const { rows } = await sql<PointEntier>`
    select distinct on (indicateur, annee, territoire_id) serie, indicateur, unite, territoire_id, annee, etat, valeur::float8 as valeur,
      taux::float8 as taux, importe_le, version
    from series_contexte where contrat_id = ${contratId} and serie = ${serie}
    order by indicateur, annee, territoire_id, version desc`.execute(db);
  return rows;
}
