/** Kept counts against the decisions that they count. */
import { sql } from 'kysely';
import type { Db, Ligne } from '../../core/base/database.ts';

interface Ecart extends Pick<Ligne<'decisionComptes'>, 'cle' | 'origineGenre' | 'origineId' | 'confidentialite' | 'etat'> {
  tenu: number;
  recompte: number;
}

/** Counts every decision again, in one statement; what is kept at zero is the same as nothing. As the owner. */
export async function verifierComptes(db: Db, contratId: number): Promise<{ comptes: number; differences: Ecart[] }> {
  const { rows: differences } = await sql<Ecart>`
    with tenus as (
      select cle, origine_genre, origine_id, confidentialite, etat, nombre from decision_comptes
      where contrat_id = ${contratId} and nombre <> 0
    ), recomptes as (
      select cle, d.origine_genre, d.origine_id, d.confidentialite, d.etat, count(*)::int as nombre
      from decisions d cross join unnest(cles_de_decision(d.territoire_id, d.fiche, d.ligne)) cle
      where d.contrat_id = ${contratId}
      group by 1, 2, 3, 4, 5
    )
    select cle, origine_genre, origine_id, confidentialite, etat, coalesce(t.nombre, 0) as tenu, coalesce(r.nombre, 0) as recompte
    from tenus t full join recomptes r using (cle, origine_genre, origine_id, confidentialite, etat)
    where t.nombre is distinct from r.nombre
    order by 1, 2, 3, 4, 5`.execute(db);
  const { comptes } = await db
    .selectFrom('decisionComptes')
    .select((eb) => eb.fn.countAll<number>().as('comptes'))
    .where('contratId', '=', contratId)
    .where('nombre', '<>', 0)
    .executeTakeFirstOrThrow();
  return { comptes, differences };
}
