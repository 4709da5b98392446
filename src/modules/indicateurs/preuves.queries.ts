/** The records behind a figure: the same view and the same filter as its cells, so that they cannot disagree. One filter
 * serves the list, the export, the recount and the statement printed as proof. */
import { type RawBuilder, sql } from 'kysely';
import type { Db } from '../../core/base/database.ts';
import { inlineParameters } from '../../core/base/sql-text.ts';
import type { Atome } from './calcul/atomes.rules.ts';
import { filtreSql } from './calcul/compilation.ts';
import type { Aire } from './chiffres.queries.ts';
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
  const dates =
    a.mode === 'presents' ? sql`jour < ${fin}::date\n  and (fin is null or fin >= ${debut}::date)` : sql`jour >= ${debut}::date\n  and jour < ${fin}::date`;
  const lieu = aire === null ? sql`` : sql`\n  and territoire_id = any(${[...aire]}::text[])`;
  const connu = a.mode === 'distinct' ? sql`\n  and ${sql.ref(a.colonne ?? '')} is not null` : sql``;
  const filtre = Object.keys(a.ou).length === 0 ? sql`` : sql`\n  and ${filtreSql(a.ou)}`;
  return sql<boolean>`contrat_id = ${contratId}\n  and ${dates}${filtre}${lieu}${connu}`;
}

/** What one atom of a figure counts: which records, of which period, where. `aire` null is the whole contract. */
export interface Comptage {
  source: SourceDeFaits;
  atome: Atome;
  contratId: number;
  periode: string;
  aire: Aire;
}

/** The records counted, the latest first. */
export function requeteDesFaits(q: Comptage): RawBuilder<FaitCompte> {
  const quantite = q.atome.mode === 'somme' ? sql`${sql.ref(q.atome.colonne ?? '')}::float8` : sql`null::float8`;
  return sql<FaitCompte>`
    select id::text as id, jour, titre, territoire_id as "territoireId", organisation_id as "organisationId", ${quantite} as quantite
    from ${sql.table(q.source.vue)} as f
    where ${conditions(q.atome, q.contratId, q.periode, q.aire)}
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
    mode === 'somme' ? sql`coalesce(sum(${sql.ref(colonne ?? '')}), 0)` : mode === 'distinct' ? sql`count(distinct ${sql.ref(colonne ?? '')})` : sql`count(*)`;
  return sql`select ${agregat} as valeur\nfrom ${sql.table(q.source.vue)}\nwhere ${conditions(q.atome, q.contratId, q.periode, q.aire)}`;
}

/** As records tell it, not cells: for the atoms whose cells do not, and to prove the others. */
export async function compterFaits(db: Db, q: Comptage): Promise<number> {
  const { rows } = await requeteDeComptage(q).execute(db);
  return Number(rows[0]?.valeur ?? 0);
}

/** That very statement as text, its parameters inlined: whoever runs it on the base finds the figure. */
export const texteDuComptage = (db: Db, q: Comptage): string => inlineParameters(requeteDeComptage(q).compile(db));
