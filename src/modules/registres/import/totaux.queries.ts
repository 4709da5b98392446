/** What a batch would add up to, against what is recorded: a file in the wrong unit or read twice shows here before it is published. */
import { type RawBuilder, sql } from 'kysely';
import type { Db } from '../../../core/base/database.ts';
import type { Totaux } from '../activite.ts';
import type { DefinitionRegistre } from '../definition.ts';
import { quantiteDesLignesSql } from '../registres.views.ts';
import type { Ou } from './lots.queries.ts';

/** One quantity of a record, from its `donnees`. */
const quantites = (d: DefinitionRegistre, donnees: RawBuilder<unknown>): RawBuilder<unknown>[] =>
  d.champs.flatMap((c): RawBuilder<unknown>[] => {
    if (c.type === 'nombre') return [sql`(${donnees} ->> ${sql.lit(c.code)})::numeric`];
    if (c.type !== 'lignes') return [];
    return c.quantites.map((q) => quantiteDesLignesSql(c, q, donnees));
  });

export async function getTotaux(db: Db, d: DefinitionRegistre, ou: Ou, lotId: string): Promise<Totaux> {
  const sommes = (donnees: RawBuilder<unknown>) => sql`array[${sql.join(quantites(d, donnees).map((q) => sql`sum(${q})`))}]::float8[]`;
  const neuves = quantites(d, sql`l.neuf`);
  const vides = sql`array[${sql.join(neuves.map((q) => sql`count(*) filter (where ${q} is null)`))}]::int[]`;
  const rien = neuves.length === 0;
  const { rows } = await sql<Totaux>`
    with l as materialized (
      select x.contenu -> 'donnees' as neuf, (x.contenu ->> 'jour')::date as jour, a.donnees as ancien, a.jour as jour_ancien
      from lot_lignes x
      left join activites a on x.etat = 'corrigee' and a.contrat_id = x.contrat_id and a.id = x.activite_id and a.statut = 'publie'
      where x.contrat_id = ${ou.contratId} and x.lot_id = ${lotId}::uuid and x.etat in ('nouvelle', 'corrigee')
    ),
    bornes as (
      select extract(year from min(least(jour, jour_ancien)))::int as du, extract(year from max(greatest(jour, jour_ancien)))::int as au from l
    ),
    neuf as (
      select count(*)::int as lignes, ${rien ? sql`array[]::float8[]` : sommes(sql`l.neuf`)} as sommes, ${rien ? sql`array[]::int[]` : vides} as sans_valeur from l
    ),
    ancien as (
      select count(*)::int as remplacees, ${rien ? sql`array[]::float8[]` : sommes(sql`l.ancien`)} as anciennes from l where jour_ancien is not null
    ),
    tenu as (
      select count(*)::int as enregistrees, ${rien ? sql`array[]::float8[]` : sommes(sql`a.donnees`)} as deja
      from activites a, bornes b
      where a.contrat_id = ${ou.contratId} and a.registre = ${ou.registre} and a.statut = 'publie'
        and a.jour >= make_date(b.du, 1, 1) and a.jour < make_date(b.au + 1, 1, 1)
    )
    select b.du, b.au, n.lignes, n.sommes, n.sans_valeur as "sansValeur", o.remplacees, o.anciennes, t.enregistrees, t.deja
    from bornes b, neuf n, ancien o, tenu t`.execute(db);
  const [totaux] = rows;
  if (!totaux) throw new Error('sums always give one row');
  return totaux;
}
