/** The records behind a figure: the same view and the same filter as its cells, so that they cannot disagree. One filter
 * serves the list, the export, the recount and the statement printed as proof. */
import { type RawBuilder, sql } from 'kysely';
import type { Db } from '../../core/base/database.ts';
import { inlineParameters } from '../../core/base/sql-text.ts';
import { type Atome, estDistinct, estStock } from './calcul/atomes.rules.ts';
import { dimensionsUtiles, vueDeFaits } from './calcul/compilation.ts';
import { gardeSql } from './calcul/gardes.sql.ts';
import type { Aire } from './agregats.queries.ts';
import { periode } from './periode.rules.ts';
import type { SourceDeFaits } from './sources.ts';

export interface FaitCompte {
  id: string;
  jour: string;
  titre: string;
  territoireId: string;
  organisationId: string | null;
  /** The quantity added up, for a sum. */
  quantite: number | null;
}

function conditions(a: Atome, contratId: number, p: string, aire: Aire): RawBuilder<boolean> {
  const { debut, fin } = periode(p);
  const dates = estStock(a.mode)
    ? sql`jour < ${fin}::date\n  and (fin is null or fin >= ${debut}::date)`
    : sql`jour >= ${debut}::date\n  and jour < ${fin}::date`;
  const lieu = aire === null ? sql`` : sql`\n  and territoire_id = any(${[...aire]}::text[])`;
  const toutes = a.sauf.length === 0 && !estDistinct(a.mode) && a.ou.some((f) => Object.keys(f).length === 0);
  const filtre = toutes ? sql`` : sql`\n  and ${gardeSql(a)}`;
  return sql<boolean>`contrat_id = ${contratId}\n  and ${dates}${filtre}${lieu}`;
}

/** What one atom of a figure counts: which records, of which period, where. `aire` null is the whole contract. */
export interface Comptage {
  source: SourceDeFaits;
  atome: Atome;
  contratId: number;
  periode: string;
  aire: Aire;
}

/** Who is present is read where states have dates, each record once whatever the number of its intervals. */
const vueDe = ({ source, atome }: Comptage): string => (estStock(atome.mode) && source.vueDatee ? source.vueDatee : source.vue);

/** With what its filter reads; what it is broken down by is not asked of it. */
const faitsDe = (q: Comptage) => vueDeFaits(q.source, vueDe(q), dimensionsUtiles([{ ...q.atome, ventilations: [] }]));

/** The records counted, the latest first. */
export function requeteDesFaits(q: Comptage): RawBuilder<FaitCompte> {
  const quantite = q.atome.mode === 'somme' ? sql`${sql.ref(q.atome.colonne ?? '')}::float8` : sql`null::float8`;
  const vue = faitsDe(q);
  const ou = conditions(q.atome, q.contratId, q.periode, q.aire);
  const lignes =
    vueDe(q) === q.source.vue
      ? sql`(select * from ${vue}) as f where ${ou}`
      : sql`(select distinct on (id) * from ${vue} where ${ou} order by id, jour desc) as f`;
  return sql<FaitCompte>`
    select id::text as id, jour, titre, territoire_id as "territoireId", organisation_id as "organisationId", ${quantite} as quantite
    from ${lignes}
    order by f.jour desc, f.id desc`;
}

/** One page of them: `limite` rows from `depuis`. */
export async function listFaits(db: Db, q: Comptage & { limite: number; depuis: number }): Promise<FaitCompte[]> {
  const { rows } = await sql<FaitCompte>`${requeteDesFaits(q)} limit ${q.limite} offset ${q.depuis}`.execute(db);
  return rows;
}

/** The statement whose only value is the aggregate of this atom, read from the records: what cells must equal. */
function requeteDeComptage(q: Comptage): RawBuilder<{ valeur: number }> {
  const { mode, colonne } = q.atome;
  const agregat =
    mode === 'somme'
      ? sql`coalesce(sum(${sql.ref(colonne ?? '')}), 0)`
      : estDistinct(mode)
        ? sql`count(distinct ${sql.ref(colonne ?? '')})`
        : nombreDEnregistrements(q);
  return requete(q, agregat);
}
const nombreDEnregistrements = (q: Comptage): RawBuilder<unknown> => (vueDe(q) === q.source.vue ? sql`count(*)` : sql`count(distinct id)`);
const requete = (q: Comptage, agregat: RawBuilder<unknown>): RawBuilder<{ valeur: number }> =>
  sql`select ${agregat} as valeur\nfrom ${faitsDe(q)}\nwhere ${conditions(q.atome, q.contratId, q.periode, q.aire)}`;

/** Records behind a stock told by its values: as many as its list has. */
export async function compterPresents(db: Db, q: Comptage): Promise<number> {
  const { rows } = await requete(q, nombreDEnregistrements(q)).execute(db);
  return Number(rows[0]?.valeur ?? 0);
}

/** That very statement as text, its parameters inlined: whoever runs it on the base finds the figure. */
export const texteDuComptage = (db: Db, q: Comptage): string => inlineParameters(requeteDeComptage(q).compile(db));
