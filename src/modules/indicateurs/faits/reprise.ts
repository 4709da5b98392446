/**
 * Records of before a formula: written for its filter from the latest day back, some thousands in each transaction, while others write.
 * Until a filter is whole, its proof reads the register. A write cannot slip between what a batch reads and what it adds: the batch holds
 * the table, for as long as it takes, and every write of a record touches it before it changes anything.
 */
import { sql } from 'kysely';
import { type Db, inTransaction } from '../../../core/base/database.ts';
import type { Formulaire } from '../calcul/cellules.queries.ts';
import { enUuid, faitsComptesSql, insererFaitsSql } from './faits.sql.ts';
import { type FiltreCompte, filtresParSource } from './filtres.rules.ts';
import type { SourceDeFaits } from '../sources.ts';

/** Records of one transaction: a tenth of a second, for those who wait to write. */
const PAR_LOT = 5000;
const ATTENTES_MAX = 20;

type Suivre = (ecrits: number) => Promise<void>;

/**
 * The filters that the formulas in force ask for: new ones are to be written, those that nothing asks for any more to be taken away. As
 * the owner. A source without any record has nothing to write.
 */
export async function accorderFiltres(owner: Db, f: Formulaire, contratId: number): Promise<number> {
  const voulus = [...filtresParSource(f.formules)].flatMap(([source, filtres]) => filtres.map(({ cle }) => ({ cle, source })));
  const cles = voulus.map((v) => v.cle);
  await sql`
    update filtres_comptes set parti = true, entier_le = null
    where contrat_id = ${contratId} and not parti and not (filtre = any(${cles}::bigint[]))`.execute(owner);
  // Asked for again: whatever is left of it is old.
  await sql`
    update filtres_comptes set parti = false, vide = false, repere_jour = null, repere_fait = null
    where contrat_id = ${contratId} and parti and filtre = any(${cles}::bigint[])`.execute(owner);
  await sql`
    insert into filtres_comptes (contrat_id, filtre, source, entier_le)
    select ${contratId}::smallint, v.cle, v.source, case when exists (
      select from mesure_cellules c where c.contrat_id = ${contratId} and c.mesure_id = '_registre/' || v.source) then null else now() end
    from unnest(${cles}::bigint[], ${voulus.map((v) => v.source)}::text[]) as v (cle, source)
    on conflict (contrat_id, filtre) do nothing`.execute(owner);
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from filtres_comptes where contrat_id = ${contratId} and (entier_le is null or parti)`.execute(owner);
  return rows[0]?.n ?? 0;
}

/** After records were written without the writes of this programme: nothing kept is relied upon until it is written again. */
export async function oublierFaits(owner: Db, contratId: number): Promise<void> {
  await sql`
    update filtres_comptes set vide = false, repere_jour = null, repere_fait = null, entier_le = null
    where contrat_id = ${contratId} and not parti`.execute(owner);
}

/** Writes what is missing; stops after `max` records looked at. Returns false when some is left. */
export async function reprendreFaits(db: Db, f: Formulaire, contratId: number, o: { max?: number; parLot?: number; suivre?: Suivre } = {}): Promise<boolean> {
  await retirerPartis(db, contratId);
  let examines = 0;
  for (const [source, filtres] of filtresParSource(f.formules)) {
    const s = f.sources.get(source);
    if (!s) continue;
    const base = f.sources.get(s.de ?? s.nom) ?? s;
    for (;;) {
      const lot = await lotSuivant(db, contratId, filtres);
      if (lot.length === 0) break;
      if (examines >= (o.max ?? Number.POSITIVE_INFINITY)) return false;
      const n = await ecrireLot(db, contratId, s, base, lot, o.parLot ?? PAR_LOT);
      examines += n;
      await o.suivre?.(examines);
    }
  }
  return true;
}

interface Reprise extends FiltreCompte {
  vide: boolean;
  jour: string | null;
  fait: string | null;
}

/** Filters of one source that are as far as one another, to be written together. */
async function lotSuivant(db: Db, contratId: number, filtres: readonly FiltreCompte[]): Promise<Reprise[]> {
  const { rows } = await sql<{ cle: string; vide: boolean; jour: string | null; fait: string | null }>`
    select filtre::text as cle, vide, repere_jour as jour, repere_fait::text as fait from filtres_comptes
    where contrat_id = ${contratId} and not parti and entier_le is null and filtre = any(${filtres.map((x) => x.cle)}::bigint[])
    order by vide, repere_jour desc nulls first, repere_fait desc nulls first, filtre`.execute(db);
  const [premier] = rows;
  if (!premier) return [];
  const parCle = new Map(filtres.map((x) => [x.cle, x]));
  return rows
    .filter((r) => r.vide === premier.vide && r.jour === premier.jour && r.fait === premier.fait)
    .flatMap((r) => {
      const filtre = parCle.get(r.cle);
      return filtre ? [{ ...filtre, vide: r.vide, jour: r.jour, fait: r.fait }] : [];
    });
}

async function ecrireLot(db: Db, contratId: number, s: SourceDeFaits, base: SourceDeFaits, lot: readonly Reprise[], parLot: number): Promise<number> {
  const cles = lot.map((x) => x.cle);
  const siens = sql`contrat_id = ${contratId} and filtre = any(${cles}::bigint[])`;
  const [premier] = lot;
  if (!premier?.vide) {
    await effacer(db, contratId, cles);
    await inTransaction(db, { contratId }, (tx) => sql`update filtres_comptes set vide = true where ${siens}`.execute(tx));
    return 0;
  }
  return patienter(() =>
    inTransaction(db, { contratId }, async (tx) => {
      await sql`set local lock_timeout = '1s'`.execute(tx);
      await sql`lock table faits_comptes in share row exclusive mode`.execute(tx);
      const apres = premier.jour === null ? sql`` : sql` and (jour, ${enUuid(base.cle, sql`id`)}) < (${premier.jour}::date, ${premier.fait}::uuid)`;
      // The day alone bounds the index where identifiers are not kept as they are compared.
      const borne = premier.jour === null ? sql`` : sql` and jour <= ${premier.jour}::date`;
      const { rows } = await sql<{ id: string; jour: string; fait: string }>`
        select v.id::text as id, v.jour, ${enUuid(base.cle, sql`v.id`)}::text as fait from ${sql.table(base.vue)} as v
        where contrat_id = ${contratId}${borne}${apres} order by v.jour desc, v.id desc limit ${parLot}`.execute(tx);
      const dernier = rows.at(-1);
      if (rows.length > 0) await insererFaitsSql(contratId, faitsComptesSql(s, lot, contratId, { ids: rows.map((r) => r.id) })).execute(tx);
      await (rows.length < parLot
        ? sql`update filtres_comptes set entier_le = now() where ${siens}`
        : sql`update filtres_comptes set repere_jour = ${dernier?.jour ?? null}::date, repere_fait = ${dernier?.fait ?? null}::uuid where ${siens}`
      ).execute(tx);
      return rows.length;
    }),
  );
}

/** Those who write go first: a batch that would make them wait steps aside and comes back. */
async function patienter<T>(fn: () => Promise<T>): Promise<T> {
  for (let essai = 1; ; essai++) {
    try {
      return await fn();
    } catch (e) {
      if (!['55P03', '40P01'].includes((e as { code?: string }).code ?? '') || essai === ATTENTES_MAX) throw e;
      await new Promise((r) => setTimeout(r, 250 * essai));
    }
  }
}

async function effacer(db: Db, contratId: number, cles: readonly string[]): Promise<void> {
  for (;;) {
    const { numAffectedRows } = await inTransaction(db, { contratId }, (tx) =>
      sql`
        delete from faits_comptes where ctid = any (array(
          select ctid from faits_comptes where contrat_id = ${contratId} and filtre = any(${[...cles]}::bigint[]) limit ${PAR_LOT * 4}))`.execute(tx),
    );
    if (!numAffectedRows) return;
  }
}

async function retirerPartis(db: Db, contratId: number): Promise<void> {
  const { rows } = await sql<{ cle: string }>`
    select filtre::text as cle from filtres_comptes where contrat_id = ${contratId} and parti`.execute(db);
  const cles = rows.map((r) => r.cle);
  if (cles.length === 0) return;
  await effacer(db, contratId, cles);
  await inTransaction(db, { contratId }, (tx) =>
    sql`delete from filtres_comptes where contrat_id = ${contratId} and parti and filtre = any(${cles}::bigint[])`.execute(tx),
  );
}
