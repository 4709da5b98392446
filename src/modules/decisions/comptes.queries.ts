/** Kept counts against the decisions that they count. */
import { sql } from 'kysely';
import type { Db } from '../../core/base/database.ts';

interface Ecart {
  compte: string;
  tenu: number;
  recompte: number;
}

/** Counts every decision again, in one snapshot; what is kept at zero is the same as nothing. As the owner. */
export async function verifierComptes(db: Db, contratId: number): Promise<{ comptes: number; differences: Ecart[] }> {
  const { rows } = await sql<{ comptes: number; differences: Ecart[] }>`
    with tenus as (
      select cle, origine_genre, origine_id, confidentialite, etat, nombre from decision_comptes
      where contrat_id = ${contratId} and nombre <> 0
    ), recomptes as (
      select cle, d.origine_genre, d.origine_id, d.confidentialite, d.etat, count(*)::int as nombre
      from decisions d cross join unnest(cles_de_decision(d.territoire_id, d.fiche, d.ligne)) cle
      where d.contrat_id = ${contratId}
      group by 1, 2, 3, 4, 5
    )
    select (select count(*)::int from recomptes) as comptes, coalesce((
      select jsonb_agg(jsonb_build_object(
        'compte', concat_ws(' ', cle, origine_genre, origine_id, confidentialite, etat),
        'tenu', coalesce(t.nombre, 0), 'recompte', coalesce(r.nombre, 0)))
      from tenus t full join recomptes r using (cle, origine_genre, origine_id, confidentialite, etat)
      where t.nombre is distinct from r.nombre), '[]') as differences`.execute(db);
  return rows[0] ?? { comptes: 0, differences: [] };
}
