/** Decisions and actions in lists: only those of bodies that the reader may see, by keyset, with counts by state. */
import { type RawBuilder, sql } from 'kysely';
import type { Db } from '../../core/database.ts';
import { COLONNES_DECISION, type Decision } from './decisions.queries.ts';
import type { Qualite } from '../instances/instances.rules.ts';
import type { EtatDecision, Nature } from './decisions.rules.ts';
import { uuid } from '../../core/id.ts';

/** What the reader may see, decided from mandates: `peutLireSeances` as lists write it in SQL. */
export interface Vue {
  /** Works on the contract's data: sees bodies that are not restricted, and those where they sit. */
  metier: boolean;
  /** Bodies kept by mandate, restricted or not: of these territories (null: all) and this fiche (null: any). */
  ressorts: readonly { territoires: readonly string[] | null; fiche: string | null }[];
  courriel: string;
  organisationId: string;
  aujourdhui: string;
}
export interface FiltresDecisions {
  qui?: 'moi' | 'mon-organisation' | undefined;
  instance?: string | undefined;
  responsable?: string | undefined;
  fiche?: string | undefined;
  ligne?: string | undefined;
  territoires?: readonly string[] | undefined;
  etat?: EtatDecision | 'ouvertes' | undefined;
  retard?: boolean;
  nature?: Nature | undefined;
  q?: string | undefined;
}
export interface DecisionDeListe extends Decision {
  instance: string;
  instanceTerritoire: string;
}

/** Bodies `i` whose sessions and decisions this reader sees; `tenu` is what one of them was promised. */
export const visible = (v: Vue, tenu: RawBuilder<unknown>): RawBuilder<unknown> =>
  v.metier ? sql`('restreinte' not in (i.confidentialite, ${tenu}) or ${duRessort(v)} or ${siege(v)})` : sql`false`;

/**
 * Sessions `s` of bodies `i` that this reader may know of; `v` null: the public, who knows of what was announced or held, never of what is
 * being prepared nor of what was given up before it was announced.
 */
export const seanceVisible = (v: Vue | null): RawBuilder<unknown> => sql`(
  (i.confidentialite = 'publique' and s.confidentialite = 'publique' and s.etat <> 'preparation' and (s.etat <> 'annulee' or s.convoquee_le is not null))
  or ${v ? visible(v, sql`s.confidentialite`) : sql`false`})`;

/** Bodies `i` that this reader keeps by mandate. */
export const duRessort = (v: Pick<Vue, 'ressorts'>): RawBuilder<unknown> =>
  sql`(${sql.join(
    [
      sql`false`,
      ...v.ressorts.map(
        (r) => sql`(${r.territoires === null ? sql`true` : sql`i.territoire_id = any(${[...r.territoires]}::text[])`}
          and ${r.fiche === null ? sql`true` : sql`${r.fiche} = any(i.fiches)`})`,
      ),
    ],
    sql` or `,
  )})`;

/** Bodies `i` where this person sits today (in this quality), as member or substitute. */
export const siege = (p: Pick<Vue, 'courriel' | 'aujourdhui'>, qualite?: Qualite): RawBuilder<unknown> => sql`exists (
  select 1 from instance_membres m
  where m.contrat_id = i.contrat_id and m.instance_id = i.id and ${p.courriel} <> '' and ${p.courriel} in (m.courriel, m.suppleant_courriel)
    and m.debut <= ${p.aujourdhui}::date and (m.fin is null or m.fin >= ${p.aujourdhui}::date)
    ${qualite ? sql`and m.qualite = ${qualite}` : sql``})`;

const PROMESSE = sql`d.confidentialite`;

function conditions(contratId: number, v: Vue, f: FiltresDecisions): RawBuilder<unknown> {
  const et: RawBuilder<unknown>[] = [sql`d.contrat_id = ${contratId}`, visible(v, PROMESSE)];
  if (f.qui === 'moi') et.push(sql`d.responsable_courriel = ${v.courriel} and ${v.courriel} <> ''`);
  if (f.qui === 'mon-organisation') et.push(sql`d.responsable_id = ${v.organisationId}`);
  if (f.instance) et.push(sql`d.instance_id = ${uuid(f.instance)}`);
  if (f.responsable) et.push(sql`d.responsable_id = ${f.responsable}`);
  if (f.fiche) et.push(sql`d.fiche = ${f.fiche}`);
  if (f.ligne) et.push(sql`d.ligne = ${f.ligne}`);
  if (f.territoires) et.push(sql`d.territoire_id = any(${[...f.territoires]}::text[])`);
  if (f.etat === 'ouvertes') et.push(sql`d.close_le is null`);
  else if (f.etat) et.push(sql`d.etat = ${f.etat}`);
  if (f.retard) et.push(sql`d.close_le is null and d.echeance < ${v.aujourdhui}::date`);
  if (f.nature) et.push(sql`d.nature = ${f.nature}`);
  if (f.q) et.push(sql`sans_accents(d.libelle) like '%' || sans_accents(${f.q.replace(/[\\%_]/g, '\\$&')}) || '%'`);
  return sql.join(et, sql` and `);
}
const SOURCE = sql`decisions d join instances i on i.contrat_id = d.contrat_id and i.id = d.instance_id`;

/** The latest first; `apres` is the last row already shown. */
export async function listDecisions(
  db: Db,
  contratId: number,
  v: Vue,
  f: FiltresDecisions,
  apres: { quand: string; id: string } | null,
  limite: number,
): Promise<DecisionDeListe[]> {
  const { rows } = await requeteDesDecisions(contratId, v, f, apres, limite).execute(db);
  return rows;
}

/** `limite` null: all of them, for an export. */
export const requeteDesDecisions = (
  contratId: number,
  v: Vue,
  f: FiltresDecisions,
  apres: { quand: string; id: string } | null,
  limite: number | null,
): RawBuilder<DecisionDeListe> => sql<DecisionDeListe>`
    select ${COLONNES_DECISION}, i.nom as instance, i.territoire_id as "instanceTerritoire"
    from ${SOURCE}
    where ${conditions(contratId, v, f)}
      ${apres ? sql`and (d.cree_le, d.id) < (${apres.quand}::timestamptz, ${apres.id}::uuid)` : sql``}
    order by d.cree_le desc, d.id desc
    limit ${limite}::bigint`;

export async function countDecisions(db: Db, contratId: number, v: Vue, f: FiltresDecisions): Promise<Record<EtatDecision | 'retard', number>> {
  const { rows } = await sql<Record<EtatDecision | 'retard', number>>`
    select count(*) filter (where d.etat = 'a_faire')::int as a_faire, count(*) filter (where d.etat = 'en_cours')::int as en_cours,
      count(*) filter (where d.etat = 'bloque')::int as bloque, count(*) filter (where d.etat = 'fait')::int as fait,
      count(*) filter (where d.etat = 'abandonne')::int as abandonne,
      count(*) filter (where d.close_le is null and d.echeance < ${v.aujourdhui}::date)::int as retard
    from ${SOURCE}
    where ${conditions(contratId, v, { ...f, etat: undefined, retard: false })}`.execute(db);
  return rows[0] ?? { a_faire: 0, en_cours: 0, bloque: 0, fait: 0, abandonne: 0, retard: 0 };
}

/** How many are open and done by action line, restricted bodies left out: what everybody may know. */
export async function countDecisionsParLigne(db: Db, contratId: number, lignes: readonly string[]): Promise<Map<string, { ouvertes: number; faites: number }>> {
  if (lignes.length === 0) return new Map();
  const { rows } = await sql<{ ligne: string; ouvertes: number; faites: number }>`
    select d.ligne, count(*) filter (where d.close_le is null)::int as ouvertes, count(*) filter (where d.etat = 'fait')::int as faites
    from ${SOURCE}
    where d.contrat_id = ${contratId} and d.ligne = any(${[...lignes]}::text[]) and 'restreinte' not in (i.confidentialite, d.confidentialite)
    group by d.ligne`.execute(db);
  return new Map(rows.map((r) => [r.ligne, r]));
}

/** The same for one fiche, whatever the line. */
export async function countDecisionsDeFiche(db: Db, contratId: number, fiche: string): Promise<{ ouvertes: number; faites: number }> {
  const { rows } = await sql<{ ouvertes: number; faites: number }>`
    select count(*) filter (where d.close_le is null)::int as ouvertes, count(*) filter (where d.etat = 'fait')::int as faites
    from ${SOURCE}
    where d.contrat_id = ${contratId} and d.fiche = ${fiche} and 'restreinte' not in (i.confidentialite, d.confidentialite)`.execute(db);
  return rows[0] ?? { ouvertes: 0, faites: 0 };
}

export interface VersionDecision {
  version: number;
  par: string;
  quand: Date;
  contenu: { etat: EtatDecision; echeance: string | null; condition: string; preuve: string; motif: string; libelle: string; responsable_id: string };
}
/** Superseded versions, the latest first. */
export async function listVersionsDecision(db: Db, contratId: number, id: string): Promise<VersionDecision[]> {
  const { rows } = await sql<VersionDecision>`
    select version, par, quand, contenu from decision_versions
    where contrat_id = ${contratId} and decision_id = ${uuid(id)}
    order by version desc`.execute(db);
  return rows;
}
