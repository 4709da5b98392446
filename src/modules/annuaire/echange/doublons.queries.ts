/** Two cards that may be one: found by what they share, joined, told apart again. Joining deletes nothing. */
import { sql } from 'kysely';
import type { Db, Ligne } from '../../../core/base/database.ts';
import { uuid, uuids } from '../../../core/base/id.ts';
import type { Auteur } from '../structures/ecrire.ts';

/** How alike two names are (trigrams) to be taken for one. */
const NOM_PROCHE = 0.6;
/** More cards than that at one address or number is a building or a switchboard: it tells nothing. */
const PARTAGE_MAX = 20;
/** What two cards may share, and the column, each with an index, that tells it. */
const CLES = [
  ['siret', 'siret'],
  ['adresse', 'cle_adresse'],
  ['telephone', 'cle_telephone'],
  ['nom', 'cle_nom'],
] as const;
const VIVANTE = (alias: 's' | 't') => sql`${sql.ref(`${alias}.etat`)} = 'publiee' and ${sql.ref(`${alias}.jointe_a`)} is null`;

type D = Ligne<'structureDoublons'>;
export interface Doublon extends Pick<D, 'id' | 'raisons' | 'etat'> {
  gardeId: string;
  doubleId: string;
  garde: string;
  gardeAdresse: string;
  double: string;
  doubleAdresse: string;
  decidePar: string;
  decideLe: Date | null;
}

interface DoublonListe extends Doublon {
  total: number;
}
/** `certain`: joined at once. */
interface Trouve extends Pick<D, 'id'> {
  certain: boolean;
}
/** The card that shows both, and the other. */
export type Paire = Pick<Ligne<'structureDoublons'>, 'gardeId' | 'doubleId'>;

/**
 * Pairs that these cards make with others, by SIRET, address, telephone, name. Two reasons: proposed. A SIRET or a telephone with the same
 * address and the same name: joined at once, and shown as such. What was told apart is never proposed again.
 */
export async function chercherDoublons(
  tx: Db,
  contratId: number,
  ids: readonly string[],
  a: Auteur,
): Promise<{ proposes: number; joints: number /** Cards joined here. */; ids: string[] }> {
  if (ids.length === 0) return { proposes: 0, joints: 0, ids: [] };
  const { rows } = await sql<Trouve>`
    with paires as (
      select least(t.id, o.id) as a, greatest(t.id, o.id) as b, array_agg(distinct o.raison) as raisons
      from unnest(${uuids(ids)}) as k (id)
      join structures t on t.contrat_id = ${contratId} and t.id = k.id and ${VIVANTE('t')}
      cross join lateral (
        ${sql.join(
          CLES.map(([raison, colonne]) => {
            const [sien, autre] = [sql.ref(`t.${colonne}`), sql.ref(`s.${colonne}`)];
            return sql`(select s.id, ${sql.lit(raison)} as raison from structures s
          where s.contrat_id = ${contratId} and ${autre} = ${sien} and ${autre} <> '' and s.id <> t.id and ${VIVANTE('s')} limit ${PARTAGE_MAX})`;
          }),
          sql` union all `,
        )}) o
      group by 1, 2),
    jugees as (
      select
        -- the card written here is kept rather than an imported one
        case when x.source = '' or y.source <> '' then x.id else y.id end as garde,
        case when x.source = '' or y.source <> '' then y.id else x.id end as double,
        case when not ('nom' = any(p.raisons)) and similarity(x.cle_nom, y.cle_nom) >= ${NOM_PROCHE} then p.raisons || 'nom proche'::text else p.raisons end as raisons
      from paires p
      join structures x on x.contrat_id = ${contratId} and x.id = p.a
      join structures y on y.contrat_id = ${contratId} and y.id = p.b
      where x.parente_id is distinct from y.id and y.parente_id is distinct from x.id)
    insert into structure_doublons (contrat_id, garde_id, double_id, raisons, trouve_le)
    select ${contratId}, j.garde, j.double, j.raisons, ${a.quand}
    from jugees j
    where cardinality(j.raisons) >= 2
      and not exists (
        select from structure_doublons d
        where d.contrat_id = ${contratId} and ((d.garde_id, d.double_id) = (j.garde, j.double) or (d.garde_id, d.double_id) = (j.double, j.garde)))
    returning id, 'adresse' = any(raisons) and ('nom' = any(raisons) or 'nom proche' = any(raisons)) and ('siret' = any(raisons) or 'telephone' = any(raisons)) as certain`.execute(
    tx,
  );
  const jointes: string[] = [];
  let joints = 0;
  for (const r of rows.filter((x) => x.certain)) {
    const p = await joindre(tx, contratId, r.id, { par: `${a.par} (à l’import)`, quand: a.quand });
    if (!p) continue;
    joints++;
    jointes.push(p.gardeId, p.doubleId);
  }
  return { proposes: rows.length - joints, joints, ids: jointes };
}

/** Null when one of the two is joined elsewhere already. */
export async function joindre(tx: Db, contratId: number, id: string, a: { par: string; quand: Date }): Promise<Paire | null> {
  const { rows } = await sql<Paire>`
    select d.garde_id, d.double_id from structure_doublons d
    join structures g on g.contrat_id = d.contrat_id and g.id = d.garde_id and g.jointe_a is null
    join structures s on s.contrat_id = d.contrat_id and s.id = d.double_id and s.jointe_a is null
    where d.contrat_id = ${contratId} and d.id = ${uuid(id)} for update of g, s`.execute(tx);
  const [p] = rows;
  if (!p) return null;
  // What was joined to it follows.
  await sql`update structures set jointe_a = ${p.gardeId}::uuid where contrat_id = ${contratId} and (id = ${p.doubleId}::uuid or jointe_a = ${p.doubleId}::uuid)`.execute(
    tx,
  );
  await sql`update structure_services set carte_id = ${p.gardeId}::uuid where contrat_id = ${contratId} and carte_id = ${p.doubleId}::uuid`.execute(tx);
  await sql`
    update structure_doublons set etat = 'joint', decide_par = ${a.par}, decide_le = ${a.quand} where contrat_id = ${contratId} and id = ${uuid(id)}`.execute(
    tx,
  );
  return p;
}
/** Two cards again, each with its own services; or never to be proposed again. */
export async function separer(tx: Db, contratId: number, id: string, a: { par: string; quand: Date }): Promise<Paire | null> {
  const { rows } = await sql<Paire>`
    update structure_doublons set etat = 'separe', decide_par = ${a.par}, decide_le = ${a.quand}
    where contrat_id = ${contratId} and id = ${uuid(id)} returning garde_id, double_id`.execute(tx);
  const [p] = rows;
  if (!p) return null;
  await sql`update structures set jointe_a = null where contrat_id = ${contratId} and id = ${p.doubleId}::uuid`.execute(tx);
  await sql`update structure_services set carte_id = structure_id where contrat_id = ${contratId} and structure_id = ${p.doubleId}::uuid`.execute(tx);
  return p;
}

/** Of these cards, those that owe a review: the others would be asked about for nothing. */
export async function listTenues(db: Db, contratId: number, ids: readonly string[]): Promise<string[]> {
  const { rows } = await sql<Pick<Ligne<'structures'>, 'id'>>`
    select s.id from unnest(${uuids(ids)}) as x (id) join structures s on s.contrat_id = ${contratId} and s.id = x.id
    where s.organisation_id <> '' order by s.id`.execute(db);
  return rows.map((r) => r.id);
}

export async function listDoublons(db: Db, contratId: number, etat: string, page: number, parPage: number): Promise<{ lignes: Doublon[]; total: number }> {
  const { rows } = await sql<DoublonListe>`
    select d.id, d.garde_id, d.double_id, g.nom as garde, g.adresse as "gardeAdresse", s.nom as double, s.adresse as "doubleAdresse",
      d.raisons, d.etat, d.decide_par, d.decide_le, count(*) over ()::int as total
    from structure_doublons d
    join structures g on g.contrat_id = d.contrat_id and g.id = d.garde_id
    join structures s on s.contrat_id = d.contrat_id and s.id = d.double_id
    where d.contrat_id = ${contratId} and d.etat = ${etat}
    order by d.trouve_le desc, d.id limit ${parPage} offset ${(page - 1) * parPage}`.execute(db);
  return { lignes: rows, total: rows[0]?.total ?? 0 };
}
