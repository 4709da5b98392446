/** The list in PostgreSQL: what a reader may open, filtered, by keyset; counts by state. */
import { type RawBuilder, sql } from 'kysely';
import type { Db } from '../../core/base/database.ts';
import { uuid, uuids } from '../../core/base/id.ts';
import { requete } from '../../core/base/requete.ts';
import type { Curseur } from '../../core/http/cursors.ts';
import { AVANT_JOURS } from './echeances.rules.ts';
import type { Avancement } from './avancement.rules.ts';
import type { Echeance, Etat, Lecteur, Source } from './echeances.types.ts';
import { listSources } from './genres.ts';

const COLONNES = sql`e.id, e.genre, e.sujet, e.objet_id as "objetId", e.titre, e.chemin, e.organisation_id as "organisationId", e.personne, e.courriel,
  e.periode, e.territoire_id as "territoireId", e.fiche, e.ouverte_le as "ouverteLe", e.due_le as "dueLe", e.suspendue_le as "suspendueLe",
  e.soldee_le as "soldeeLe", e.soldee_par as "soldeePar", e.solde_chemin as "soldeChemin", e.solde_etat as "soldeEtat", e.sans_objet_le as "sansObjetLe",
  e.sans_objet_motif as "sansObjetMotif"`;
const OUVERTE = sql`e.soldee_le is null and e.sans_objet_le is null`;

/**
 * All entries of these kinds and subjects, whatever their state: for the writer and the check, which are nobody's eyes. `verrou` holds them
 * until the end of the transaction: two writers of one subject wait for each other, and the second reads what the first wrote.
 */
export async function listTenues(db: Db, contratId: number, genres: readonly string[], sujets: readonly string[] | null, verrou = false): Promise<Echeance[]> {
  const { rows } = await sql<Echeance>`
    select ${COLONNES} from echeances e
    where e.contrat_id = ${contratId} and e.genre = any(${[...genres]}::text[])
      ${sujets ? sql`and e.sujet = any(${[...sujets]}::text[])` : sql``}
    ${verrou ? sql`order by e.id for update` : sql``}`.execute(db);
  return rows;
}

/** A page of their subjects, in order. */
export async function listSujetsTenus(db: Db, genres: readonly string[], o: { contratId: number; apres: string | null; limite: number }): Promise<string[]> {
  const { rows } = await sql<Pick<Echeance, 'sujet'>>`
    select distinct sujet from unnest(${[...genres]}::text[]) as g (code)
    cross join lateral (
      select distinct e.sujet from echeances e
      where e.contrat_id = ${o.contratId} and e.genre = g.code and e.sujet > ${o.apres ?? ''}
      order by e.sujet limit ${o.limite}) as s
    order by sujet limit ${o.limite}`.execute(db);
  return rows.map((r) => r.sujet);
}

/** Holds those of these subjects until the end of the transaction. */
export async function tenir(tx: Db, contratId: number, genres: readonly string[], sujets: readonly string[]): Promise<void> {
  await sql`
    select count(*) from (
      select from echeances e
      where e.contrat_id = ${contratId} and e.genre = any(${[...genres]}::text[]) and e.sujet = any(${[...sujets]}::text[])
      order by e.id for update) as tenues`.execute(tx);
}

/** Open ones for which a reminder may be due: at most `avant` days to go, late, or blocked. For the letters, which ask each reader's right. */
export async function listApprochees(db: Db, contratId: number, aujourdhui: string, avant: number): Promise<Echeance[]> {
  const { rows } = await sql<Echeance>`
    select ${COLONNES} from echeances e
    where e.contrat_id = ${contratId} and ${OUVERTE} and (e.ordre <= ${aujourdhui}::date + ${avant}::int or e.suspendue_le is not null)
    order by e.ordre, e.id`.execute(db);
  return rows;
}

export interface FiltresEcheances {
  /** Only what waits for this reader, and that they may do. */
  moi?: boolean;
  organisation?: string | undefined;
  territoires?: readonly string[] | undefined;
  fiche?: string | undefined;
  genre?: string | undefined;
  genres?: readonly string[];
  /** Open ones where left out. */
  etat?: Etat | 'toutes' | undefined;
  /** Due from that day to that one, both included. */
  du?: string | undefined;
  au?: string | undefined;
  ids?: readonly string[] | undefined;
  /** Where it stands; goes with `etat: 'toutes'`. */
  avancement?: Avancement | undefined;
  /** Of that very place. */
  lieu?: string | undefined;
  /** That period, or those of that year. */
  periode?: string | undefined;
}

const codesDe = (s: Source, public_: boolean): string[] => s.genres.filter((g) => !public_ || g.publique).map((g) => g.code);

/** Of these kinds, those of which there is an entry. */
const lireTenus = requete<Pick<Echeance, 'genre'>, { contratId: number; codes: readonly string[] }>(
  (v) => sql`
    select g.code as genre from unnest(${v.codes}::text[]) as g (code)
    where exists (select from echeances e where e.contrat_id = ${v.contratId} and e.genre = g.code)`,
);

async function listGenresDe(db: Db, contratId: number, ids: readonly string[]): Promise<Pick<Echeance, 'genre'>[]> {
  const { rows } = await sql<Pick<Echeance, 'genre'>>`
    select distinct e.genre from echeances e where e.contrat_id = ${contratId} and e.id = any(${uuids(ids)})`.execute(db);
  return rows;
}

/**
 * Entries whose object this reader may open, kind by kind. Every reader of the list goes through here. Each kind has a condition of its own
 * and planning all of them takes PostgreSQL a tenth of a second: only those are said that are asked and that something is of.
 */
async function lisibles(db: Db, l: Lecteur, f: Pick<FiltresEcheances, 'moi' | 'genre' | 'genres' | 'ids'>): Promise<RawBuilder<unknown>> {
  const demande = (code: string) => (!f.genre || f.genre === code) && (f.genres?.includes(code) ?? true);
  const demandees = listSources().map((s) => ({ s, codes: codesDe(s, l.u === null).filter(demande) }));
  const la = f.ids ? await listGenresDe(db, l.contratId, f.ids) : await lireTenus(db, { contratId: l.contratId, codes: demandees.flatMap((x) => x.codes) });
  const tenus = new Set(la.map((e) => e.genre));
  const parts: RawBuilder<unknown>[] = [sql`false`];
  for (const { s, codes } of demandees) {
    const tenues = codes.filter((code) => tenus.has(code));
    if (tenues.length === 0) continue;
    const { u } = l;
    const siennes = f.moi ? (u ? await s.miennes(db, { ...l, u }) : sql`false`) : sql`true`;
    parts.push(sql`(e.genre = any(${tenues}::text[]) and ${siennes} and ${await s.lisibles(db, l)})`);
  }
  return sql`(${sql.join(parts, sql` or `)})`;
}

function parEtat(etat: Etat | 'toutes' | undefined, aujourdhui: string): RawBuilder<unknown> {
  const bientot = sql`${aujourdhui}::date + ${AVANT_JOURS}::int`;
  switch (etat) {
    case 'a_venir':
      return sql`${OUVERTE} and (e.due_le is null or e.due_le > ${bientot})`;
    case 'due':
      return sql`${OUVERTE} and e.due_le >= ${aujourdhui}::date and e.due_le <= ${bientot}`;
    case 'en_retard':
      return sql`${OUVERTE} and e.due_le < ${aujourdhui}::date`;
    case 'soldee':
      return sql`e.soldee_le is not null`;
    case 'sans_objet':
      return sql`e.sans_objet_le is not null`;
    case 'toutes':
      return sql`true`;
    case undefined:
      return OUVERTE;
  }
}

/** As `avancementDe`. */
export const avancementSql = (aujourdhui: string): RawBuilder<Avancement> => sql<Avancement>`case
  when e.sans_objet_le is not null then 'sans_objet'
  when e.soldee_le is not null then coalesce(nullif(e.solde_etat, ''), 'valide')
  when e.due_le < ${aujourdhui}::date then 'en_retard' else 'attendu' end`;

export async function conditions(db: Db, l: Lecteur, f: FiltresEcheances): Promise<RawBuilder<unknown>> {
  const et: RawBuilder<unknown>[] = [sql`e.contrat_id = ${l.contratId}`, parEtat(f.etat, l.aujourdhui)];
  if (f.organisation) et.push(sql`e.organisation_id = ${f.organisation}`);
  if (f.territoires) et.push(sql`e.territoire_id = any(${[...f.territoires]}::text[])`);
  if (f.fiche) et.push(sql`e.fiche = ${f.fiche}`);
  if (f.genre) et.push(sql`e.genre = ${f.genre}`);
  if (f.genres) et.push(sql`e.genre = any(${[...f.genres]}::text[])`);
  if (f.du) et.push(sql`e.due_le >= ${f.du}::date`);
  if (f.au) et.push(sql`e.due_le <= ${f.au}::date`);
  if (f.ids) et.push(sql`e.id = any(${uuids(f.ids)})`);
  if (f.avancement) et.push(sql`${avancementSql(l.aujourdhui)} = ${f.avancement}`);
  if (f.lieu) et.push(sql`e.territoire_id = ${f.lieu}`);
  if (f.periode) et.push(f.periode.length === 4 ? sql`left(e.periode, 4) = ${f.periode}` : sql`e.periode = ${f.periode}`);
  et.push(await lisibles(db, l, f));
  return sql.join(et, sql` and `);
}

/** The last row already shown. */
export type Apres = Curseur;
const estClose = (f: FiltresEcheances): boolean => f.etat === 'soldee' || f.etat === 'sans_objet';
const CLOSE_LE = sql`coalesce(e.soldee_le, e.sans_objet_le)`;

/** Open ones by due day, closed ones the latest first. `limite` null: all of them, for an export. */
export async function requeteDesEcheances(db: Db, l: Lecteur, f: FiltresEcheances, apres: Apres | null, limite: number | null): Promise<RawBuilder<Echeance>> {
  const suite = estClose(f)
    ? sql`and (${CLOSE_LE}, e.id) < (${apres?.cle}::timestamptz, ${uuid(apres?.id ?? null)})`
    : sql`and (e.ordre, e.id) > (${apres?.cle}::date, ${uuid(apres?.id ?? null)})`;
  return sql<Echeance>`
    select ${COLONNES} from echeances e
    where ${await conditions(db, l, f)} ${apres ? suite : sql``}
    order by ${estClose(f) ? sql`${CLOSE_LE} desc, e.id desc` : sql`e.ordre, e.id`}
    limit ${limite}::bigint`;
}
export async function listEcheances(db: Db, l: Lecteur, f: FiltresEcheances, apres: Apres | null, limite: number | null): Promise<Echeance[]> {
  const { rows } = await (await requeteDesEcheances(db, l, f, apres, limite)).execute(db);
  return rows;
}
/** Where the list goes on after this row. */
export const apresDe = (e: Echeance): Apres => ({ cle: (e.soldeeLe ?? e.sansObjetLe)?.toISOString() ?? e.dueLe ?? 'infinity', id: e.id });

export type Comptes = Record<Etat, number>;
export async function countEcheances(db: Db, l: Lecteur, f: FiltresEcheances): Promise<Comptes> {
  const n = (etat: Etat) => sql`count(*) filter (where ${parEtat(etat, l.aujourdhui)})::int`;
  const { rows } = await sql<{ aVenir: number; due: number; enRetard: number; soldee: number; sansObjet: number }>`
    select ${n('a_venir')} as "aVenir", ${n('due')} as due, ${n('en_retard')} as "enRetard", ${n('soldee')} as soldee, ${n('sans_objet')} as "sansObjet"
    from echeances e
    where ${await conditions(db, l, { ...f, etat: 'toutes' })}`.execute(db);
  const [c] = rows;
  return { a_venir: c?.aVenir ?? 0, due: c?.due ?? 0, en_retard: c?.enRetard ?? 0, soldee: c?.soldee ?? 0, sans_objet: c?.sansObjet ?? 0 };
}
