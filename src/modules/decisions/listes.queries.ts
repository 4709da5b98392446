/** Decisions and actions in lists: only those that their origin shows to the reader, by keyset, with counts by state. */
import { type RawBuilder, sql } from 'kysely';
import type { Db, Ligne } from '../../core/base/database.ts';
import type { Curseur } from '../../core/http/cursors.ts';
import { COLONNES_DECISION, type Decision } from './decisions.queries.ts';
import type { EtatDecision, Nature, RefOrigine } from './decisions.rules.ts';
import { uuid, uuids } from '../../core/base/id.ts';
import { avecOrigines, comptesAvecOrigines, type LecteurDeDecisions, listOrigines, type Origine, ouOrigine, selonOrigine } from './origines.ts';

export interface FiltresDecisions {
  qui?: 'moi' | 'mon-organisation' | undefined;
  ids?: readonly string[] | undefined;
  origine?: RefOrigine | undefined;
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
  /** Name of what made it. */
  origine: string;
  /** Neither it nor the decision is closed to others. */
  citable: boolean;
}

const ETAT_OUVERT = sql`d.etat not in ('fait', 'abandonne')`;
const cleDeTerritoire = (id: string): string => `territoire:${id}`;
const cleDeFiche = (numero: string): string => `fiche:${numero}`;
const cleDeLigne = (id: string): string => `ligne:${id}`;

/** Keys of the kept counts that answer these filters; null when only the decisions themselves can. */
function clesComptees(f: FiltresDecisions): string[] | null {
  if (f.qui || f.responsable || f.nature || f.q) return null;
  const axes = [
    ...(f.territoires ? [[...new Set(f.territoires)].map(cleDeTerritoire)] : []),
    ...(f.fiche ? [[cleDeFiche(f.fiche)]] : []),
    ...(f.ligne ? [[cleDeLigne(f.ligne)]] : []),
  ];
  return axes.length > 1 ? null : (axes[0] ?? ['']);
}

/** What decisions and their counts are chosen by alike. */
function visibles(contratId: number, l: LecteurDeDecisions, f: Pick<FiltresDecisions, 'origine'>, origines: readonly Origine[]): RawBuilder<unknown>[] {
  const et: RawBuilder<unknown>[] = [sql`d.contrat_id = ${contratId}`, ouOrigine(origines, (o) => o.lisibles(l))];
  if (f.origine) et.push(sql`d.origine_genre = ${f.origine.genre} and d.origine_id = ${uuid(f.origine.id)}`);
  return et;
}

function conditions(contratId: number, l: LecteurDeDecisions, f: FiltresDecisions, origines: readonly Origine[]): RawBuilder<unknown> {
  const et = visibles(contratId, l, f, origines);
  const courriel = l.u.courriel.toLowerCase();
  if (f.qui === 'moi') et.push(sql`d.responsable_courriel = ${courriel} and ${courriel} <> ''`);
  if (f.ids) et.push(sql`d.id = any(${uuids(f.ids)})`);
  if (f.qui === 'mon-organisation') et.push(sql`d.responsable_id = ${l.u.organisationId}`);
  if (f.responsable) et.push(sql`d.responsable_id = ${f.responsable}`);
  if (f.fiche) et.push(sql`d.fiche = ${f.fiche}`);
  if (f.ligne) et.push(sql`d.ligne = ${f.ligne}`);
  if (f.territoires) et.push(sql`d.territoire_id = any(${[...f.territoires]}::text[])`);
  if (f.etat === 'ouvertes') et.push(sql`d.close_le is null`);
  else if (f.etat) et.push(sql`d.etat = ${f.etat}`);
  if (f.retard) et.push(sql`d.close_le is null and d.echeance < ${l.aujourdhui}::date`);
  if (f.nature) et.push(sql`d.nature = ${f.nature}`);
  if (f.q) et.push(sql`d.cherche like '%' || sans_accents(${f.q.replace(/[\\%_]/g, '\\$&')}) || '%'`);
  return sql.join(et, sql` and `);
}

/** The latest first; `apres` is the last row already shown. */
export async function listDecisions(
  db: Db,
  contratId: number,
  l: LecteurDeDecisions,
  f: FiltresDecisions,
  apres: Curseur | null,
  limite: number,
): Promise<DecisionDeListe[]> {
  const { rows } = await requeteDesDecisions(contratId, l, f, apres, limite).execute(db);
  return rows;
}

/** `limite` null: all of them, for an export. */
export function requeteDesDecisions(
  contratId: number,
  l: LecteurDeDecisions,
  f: FiltresDecisions,
  apres: Curseur | null,
  limite: number | null,
): RawBuilder<DecisionDeListe> {
  const origines = listOrigines(f.origine?.genre);
  return sql<DecisionDeListe>`
    select ${COLONNES_DECISION}, ${selonOrigine(origines, (o) => o.nom)} as origine, ${comptee(origines)} as citable
    from ${avecOrigines(origines)}
    where ${conditions(contratId, l, f, origines)}
      ${apres ? sql`and (d.cree_le, d.id) < (${apres.cle}::timestamptz, ${apres.id}::uuid)` : sql``}
    order by d.cree_le desc, d.id desc
    limit ${limite}::bigint`;
}

type ComptesParEtat = Record<EtatDecision | 'retard', number>;
const AUCUNE: ComptesParEtat = { a_faire: 0, en_cours: 0, bloque: 0, fait: 0, abandonne: 0, retard: 0 };

/** By state, and those that are late; what the filters say of the state itself is left aside. */
export async function countDecisions(db: Db, contratId: number, l: LecteurDeDecisions, filtres: FiltresDecisions): Promise<ComptesParEtat> {
  const f = { ...filtres, etat: undefined, retard: false };
  const origines = listOrigines(f.origine?.genre);
  const cles = clesComptees(f);
  const parEtat = cles
    ? sql`select d.etat, sum(d.nombre)::int as n from ${comptesAvecOrigines(origines)}
        where ${sql.join([...visibles(contratId, l, f, origines), sql`d.cle = any(${cles}::text[])`], sql` and `)} group by d.etat`
    : sql`select d.etat, count(*)::int as n from ${avecOrigines(origines)} where ${conditions(contratId, l, f, origines)} group by d.etat`;
  const { rows } = await sql<{ comptes: Partial<ComptesParEtat> | null }>`
    select jsonb_object_agg(etat, n) as comptes from (
      ${parEtat}
      union all
      select 'retard', count(*)::int from ${avecOrigines(origines)} where ${conditions(contratId, l, { ...f, retard: true }, origines)}
    ) as c`.execute(db);
  return { ...AUCUNE, ...rows[0]?.comptes };
}

/** Open ones that this person sees, by the id of what made them. */
export async function countDecisionsOuvertes(db: Db, contratId: number, l: LecteurDeDecisions, genre: string): Promise<ReadonlyMap<string, number>> {
  const origines = listOrigines(genre);
  const { rows } = await sql<Pick<Ligne<'decisions'>, 'origineId'> & { n: number }>`
    select d.origine_id, sum(d.nombre)::int as n
    from ${comptesAvecOrigines(origines)}
    where ${sql.join(visibles(contratId, l, {}, origines), sql` and `)} and d.cle = '' and ${ETAT_OUVERT}
    group by d.origine_id having sum(d.nombre) > 0`.execute(db);
  return new Map(rows.map((r) => [r.origineId, r.n]));
}

/** Neither what made it nor the decision is closed to others: what everybody may count. */
export const comptee = (origines: readonly Origine[]): RawBuilder<unknown> =>
  ouOrigine(origines, (o) => sql`'restreinte' not in (${o.confidentialite}, d.confidentialite)`);

interface Avancement {
  ouvertes: number;
  faites: number;
}
/** How many are open and done under each of these keys, restricted ones left out: what everybody may know. */
async function countSousCles(db: Db, contratId: number, cles: readonly string[]): Promise<Map<string, Avancement>> {
  if (cles.length === 0) return new Map();
  const origines = listOrigines();
  const { rows } = await sql<Avancement & { cle: string }>`
    select d.cle, coalesce(sum(d.nombre) filter (where ${ETAT_OUVERT}), 0)::int as ouvertes, coalesce(sum(d.nombre) filter (where d.etat = 'fait'), 0)::int as faites
    from ${comptesAvecOrigines(origines)}
    where d.contrat_id = ${contratId} and d.cle = any(${[...cles]}::text[]) and ${comptee(origines)}
    group by d.cle having sum(d.nombre) > 0`.execute(db);
  return new Map(rows.map((r) => [r.cle, r]));
}

export async function countDecisionsParLigne(db: Db, contratId: number, lignes: readonly string[]): Promise<Map<string, Avancement>> {
  const comptes = await countSousCles(db, contratId, lignes.map(cleDeLigne));
  return new Map(lignes.flatMap((l) => (comptes.has(cleDeLigne(l)) ? [[l, comptes.get(cleDeLigne(l)) ?? { ouvertes: 0, faites: 0 }]] : [])));
}

/** The same for one fiche, whatever the line. */
export const countDecisionsDeFiche = async (db: Db, contratId: number, fiche: string): Promise<Avancement> =>
  (await countSousCles(db, contratId, [cleDeFiche(fiche)])).get(cleDeFiche(fiche)) ?? { ouvertes: 0, faites: 0 };

interface EcheanceLue extends Pick<Ligne<'decisions'>, 'echeance'> {
  n: number;
}
/** The next days on which open ones are due, restricted ones left out: what everybody may know. */
export async function listProchainesEcheances(db: Db, contratId: number, q: { fiche: string; aujourdhui: string; max: number }) {
  const origines = listOrigines();
  const { rows } = await sql<EcheanceLue>`
    select d.echeance, count(*)::int as n
    from ${avecOrigines(origines)}
    where d.contrat_id = ${contratId} and d.fiche = ${q.fiche} and d.close_le is null and d.echeance >= ${q.aujourdhui}::date and ${comptee(origines)}
    group by d.echeance order by d.echeance limit ${q.max}`.execute(db);
  return rows.flatMap(({ echeance, n }) => (echeance === null ? [] : [{ echeance, n }]));
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
