/** Reading lists of records. Counts are bounded: past the bound a list says « plus de ». */
import { type RawBuilder, sql } from 'kysely';
import { type Db, type Ligne, lireEnsemble } from '../../../core/base/database.ts';
import { COMPTE_MAX, type EtatRegistre, type LigneListe } from '../activite.ts';
import type { DefinitionRegistre } from '../definition.ts';
import type { Repertoire } from '../registres.repertoire.ts';
import { champDe } from '../registres.rules.ts';
import { type Filtres, naturesDe, TOUTE_NATURE, type Tri } from './filtres.schema.ts';
import { uuid } from '../../../core/base/id.ts';
import { enJson } from '../../../core/couper.ts';

interface Ou {
  contratId: number;
  d: DefinitionRegistre;
  rep: Repertoire;
}

function conditions({ contratId, d, rep }: Ou, f: Filtres): RawBuilder<boolean> {
  // The state is a word of the statement, never a parameter: it chooses the index.
  const ou: RawBuilder<unknown>[] = [sql`a.contrat_id = ${contratId}`, sql`a.registre = ${d.code}`, sql`a.statut = ${sql.lit(f.statut)}`];
  if (f.q !== '') ou.push(sql`a.recherche @@ websearch_to_tsquery('concorde_fr', ${f.q})`);
  if (f.du) ou.push(sql`a.jour >= ${f.du}::date`);
  if (f.au) ou.push(sql`a.jour <= ${f.au}::date`);
  if (f.territoire) ou.push(sql`a.territoire_id = any(${[...rep.descendants(f.territoire)]}::text[])`);
  if (f.organisation) ou.push(sql`a.organisation_id = ${f.organisation}`);
  if (f.fiche) ou.push(sql`a.fiches @> ${[f.fiche]}::text[]`);
  if (f.ligne) ou.push(sql`a.lignes @> ${[f.ligne]}::text[]`);
  if (f.lot) ou.push(sql`a.lot_id = ${uuid(f.lot)}`);
  if (f.etape) ou.push(sql`a.etape = ${f.etape}`);
  if (f.serie) ou.push(sql`a.serie_id = ${uuid(f.serie)}`);
  if (f.lieu) {
    const [type = '', code = ''] = f.lieu.split(':');
    const lequel = code === '*' ? sql`` : sql` and l.code = ${code}`;
    ou.push(sql`a.id in (select l.activite_id from activite_lieux l where l.contrat_id = ${contratId} and l.type = ${type}${lequel})`);
  }
  for (const [code, v] of Object.entries(f.champs)) {
    if (champDe(d, code)?.type === 'lien') {
      ou.push(sql`a.id in (select l.activite_id from activite_liens l where l.contrat_id = ${contratId} and l.cible_id = ${uuid(v)} and l.champ = ${code})`);
      continue;
    }
    const c = champDe(d, code);
    if (c?.type === 'lignes') {
      const nature = naturesDe(c);
      ou.push(v === TOUTE_NATURE || !nature ? sql`a.donnees ? ${code}` : sql`a.donnees -> ${code} @> ${enJson([{ [nature.code]: v }])}::jsonb`);
      continue;
    }
    const brut = sql`a.donnees ->> ${code}`;
    const booleen = c?.type === 'booleen';
    ou.push(booleen ? (v === 'oui' ? sql`(${brut})::boolean is true` : sql`(${brut})::boolean is not true`) : sql`${brut} = ${v}`);
  }
  return sql<boolean>`${sql.join(ou, sql` and `)}`;
}

const ORDRES: Readonly<Record<Tri, RawBuilder<unknown>>> = {
  recent: sql`a.jour desc, a.id desc`,
  ancien: sql`a.jour, a.id`,
  titre: sql`a.titre, a.id`,
  saisie: sql`a.modifie_le desc, a.id`,
};
const COLONNES = sql`a.id, activite_contenu(a) as contenu, a.statut, a.version, a.id_externe as "idExterne", a.modifie_le as "modifieLe"`;

/** Up to this many matches of a search are gathered by its index; beyond, the word is common and the date index is faster. */
const PRESELECTION = 5000;

const parIndexInverse = (f: Filtres): boolean => f.q !== '' || Boolean(f.fiche) || Boolean(f.ligne);

/**
 * Filters that an inverted index answers (words, evidence) give few rows or many, and PostgreSQL cannot tell before reading.
 * Few: their ids; many: null, and the ordered scan finds a page quickly.
 */
async function preselectionner(db: Db, ou: Ou, f: Filtres): Promise<RawBuilder<unknown>> {
  if (!parIndexInverse(f)) return sql``;
  const { rows } = await sql<{ id: string }>`
    select a.id from activites a where ${conditions(ou, f)} limit ${PRESELECTION + 1}`.execute(db);
  return rows.length > PRESELECTION ? sql`` : sql` and a.id = any(${rows.map((x) => x.id)}::uuid[])`;
}

interface Page {
  limite: number;
  depuis: number;
}
/** A row of the page, and how many were found; no row of the page has a null id. */
type Trouvee = LigneListe & Pick<Ligne<'activites'>, 'id'> & Pick<PageDeListe, 'total'>;
interface PageDeListe {
  /** At most `COMPTE_MAX` + 1. */
  total: number;
  lignes: LigneListe[];
}

/** A page and the number of records. What an inverted index answers is gathered once for both, unless it is most of a large register. */
export async function listEtCompte(db: Db, ou: Ou, f: Filtres, page: Page): Promise<PageDeListe> {
  if (!parIndexInverse(f)) {
    const [total, lignes] = await lireEnsemble(db, [() => countActivites(db, ou, f), () => listDansLOrdre(db, ou, f, page)]);
    return { total, lignes };
  }
  const { rows } = await sql<Trouvee>`
    with trouvees as materialized (
      select a.id, a.jour, a.titre, a.modifie_le from activites a where ${conditions(ou, f)} limit ${COMPTE_MAX + 1}
    ), compte as (
      select count(*)::int as total from trouvees
    ), page as materialized (
      select a.id, row_number() over (order by ${ORDRES[f.tri]}) as rang
      from trouvees a
      where (select total from compte) <= ${COMPTE_MAX}
      order by ${ORDRES[f.tri]}
      limit ${page.limite} offset ${page.depuis}
    )
    select compte.total, lignes.*
    from compte
    left join (select page.rang, ${COLONNES} from page join activites a on a.contrat_id = ${ou.contratId} and a.id = page.id) lignes on true
    order by lignes.rang`.execute(db);
  const total = rows[0]?.total ?? 0;
  if (total > COMPTE_MAX) return { total, lignes: await listDansLOrdre(db, ou, f, page) };
  // Nothing found: one row says so.
  return { total, lignes: rows.filter((r) => r.id !== null) };
}

/** A page by reading the register in its order: what is common is found quickly. */
async function listDansLOrdre(db: Db, ou: Ou, f: Filtres, page: Page): Promise<LigneListe[]> {
  // The page is chosen first: contents are built for its rows alone.
  const { rows } = await sql<LigneListe>`
    with page as materialized (
      select a.id, row_number() over (order by ${ORDRES[f.tri]}) as rang
      from activites a
      where ${conditions(ou, f)}
      order by ${ORDRES[f.tri]}
      limit ${page.limite} offset ${page.depuis}
    )
    select ${COLONNES}
    from page
    join activites a on a.contrat_id = ${ou.contratId} and a.id = page.id
    order by page.rang`.execute(db);
  return rows;
}

/** The same by key, latest first, whatever the number of rows before: the API, and exports (`limite` null: all of them). */
export async function requeteDesActivites(
  db: Db,
  ou: Ou,
  f: Filtres,
  limite: number | null,
  apres: { jour: string; id: string } | null,
): Promise<RawBuilder<LigneListe>> {
  const choix = await preselectionner(db, ou, f);
  const suite = apres ? sql` and (a.jour, a.id) < (${apres.jour}::date, ${apres.id}::uuid)` : sql``;
  return sql<LigneListe>`
    select ${COLONNES}
    from activites a
    where ${conditions(ou, f)}${suite}${choix}
    order by a.jour desc, a.id desc
    limit ${limite}::bigint`;
}

export async function listActivitesApres(db: Db, ou: Ou, f: Filtres, limite: number, apres: { jour: string; id: string } | null): Promise<LigneListe[]> {
  const { rows } = await (await requeteDesActivites(db, ou, f, limite, apres)).execute(db);
  return rows;
}

/** Number of records, at most `COMPTE_MAX` + 1. */
export async function countActivites(db: Db, ou: Ou, f: Filtres): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n
    from (select 1 from activites a where ${conditions(ou, f)} limit ${COMPTE_MAX + 1}) as bornes`.execute(db);
  return rows[0]?.n ?? 0;
}

/** How each register stands; one round trip. */
export async function listEtats(db: Db, contratId: number, registres: readonly string[]): Promise<Map<string, EtatRegistre>> {
  const { rows } = await sql<EtatRegistre>`
    select r.registre, n.nombre, j.jour as "dernierJour", j.modifie_le as "derniereSaisie"
    from unnest(${[...registres]}::text[]) as r (registre)
    cross join lateral (
      select count(*)::int as nombre
      from (select 1 from activites a where a.contrat_id = ${contratId} and a.registre = r.registre and a.statut = 'publie'
        order by a.jour desc, a.id desc limit ${COMPTE_MAX + 1}) b
    ) n
    left join lateral (
      select a.jour, a.modifie_le from activites a
      where a.contrat_id = ${contratId} and a.registre = r.registre and a.statut = 'publie' and a.etape = 'realisee'
      order by a.jour desc, a.id desc limit 1
    ) j on true`.execute(db);
  return new Map(rows.map((x) => [x.registre, x]));
}

/** What an organisation recorded last, over all registers (« ma journée »); only in these territories when they are given. */
export async function listDernieresSaisies(
  db: Db,
  contratId: number,
  organisationId: string,
  territoires: readonly string[] | undefined,
  limite: number,
): Promise<{ registre: string; id: string; titre: string; jour: string; modifieLe: Date }[]> {
  const { rows } = await sql<{ registre: string; id: string; titre: string; jour: string; modifieLe: Date }>`
    select registre, id, titre, jour, modifie_le as "modifieLe"
    from activites
    where contrat_id = ${contratId} and organisation_id = ${organisationId} and statut = 'publie'
      ${territoires ? sql`and territoire_id = any(${[...territoires]}::text[])` : sql``}
    order by modifie_le desc
    limit ${limite}`.execute(db);
  return rows;
}

export interface Preuve {
  registre: string;
  id: string;
  titre: string;
  jour: string;
  territoireId: string;
  organisationId: string;
}
/** Records that are evidence for one action line, over all registers, the latest first; `total` counts them all. */
export async function listPreuves(
  db: Db,
  contratId: number,
  ou: { ligne: string; annee: string | null; territoires: readonly string[] | null },
  page: { limite: number; depuis: number },
): Promise<{ total: number; preuves: Preuve[] }> {
  const quand = ou.annee ? sql` and jour >= ${`${ou.annee}-01-01`}::date and jour <= ${`${ou.annee}-12-31`}::date` : sql``;
  const lieu = ou.territoires ? sql` and territoire_id = any(${[...ou.territoires]}::text[])` : sql``;
  const conditions = sql`contrat_id = ${contratId} and statut = 'publie' and etape = 'realisee' and lignes @> ${[ou.ligne]}::text[]${quand}${lieu}`;
  const [compte, lues] = await lireEnsemble(db, [
    () => sql<{ n: number }>`select count(*)::int as n from activites where ${conditions}`.execute(db),
    () =>
      sql<Preuve>`
      select registre, id, titre, jour, territoire_id as "territoireId", organisation_id as "organisationId"
      from activites where ${conditions}
      order by jour desc, id desc
      limit ${page.limite} offset ${page.depuis}`.execute(db),
  ]);
  return { total: compte.rows[0]?.n ?? 0, preuves: lues.rows };
}
