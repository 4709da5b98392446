import { sql } from 'kysely';
import type { Db } from '../../../core/base/database.ts';
import { uuid } from '../../../core/base/id.ts';

export interface Comptes {
  entrees: number;
  corrections: number;
  tardives: number;
  horsLigne: number;
  confirmees: number;
  dues: number;
  faites: number;
  premiereDecision: Date | null;
  parClasse: { code: string; nombre: number }[];
  parOrganisation: { organisationId: string; nombre: number }[];
}
/** Of one main courante. `horsLigne`: written by a device two minutes or more before they arrived. */
export async function compterEntrees(db: Db, contratId: number, criseId: string): Promise<Comptes> {
  const { rows } = await sql<Comptes>`
    with e as (select * from main_courante where contrat_id = ${contratId} and crise_id = ${uuid(criseId)})
    select count(*)::int as entrees,
      count(*) filter (where renvoi_genre = 'correction')::int as corrections,
      count(*) filter (where tardive)::int as tardives,
      count(*) filter (where arrive_le - (saisi_le - ecart_ms * interval '1 millisecond') > interval '2 minutes')::int as "horsLigne",
      count(*) filter (where cardinality(confirme) > 0)::int as confirmees,
      count(*) filter (where du_le is not null)::int as dues,
      count(*) filter (where du_le is not null and exists (select from e f where f.renvoi = e.numero and f.renvoi_genre = 'fait'))::int as faites,
      min(survenu_le) filter (where classe = 'decision' and not automatique) as "premiereDecision",
      coalesce((select jsonb_agg(jsonb_build_object('code', classe, 'nombre', n) order by n desc, classe)
        from (select classe, count(*)::int as n from e group by classe) as c), '[]') as "parClasse",
      coalesce((select jsonb_agg(jsonb_build_object('organisationId', organisation_id, 'nombre', n) order by n desc, organisation_id)
        from (select organisation_id, count(*)::int as n from e where not automatique group by organisation_id) as o), '[]') as "parOrganisation"
    from e`.execute(db);
  return (
    rows[0] ?? {
      entrees: 0,
      corrections: 0,
      tardives: 0,
      horsLigne: 0,
      confirmees: 0,
      dues: 0,
      faites: 0,
      premiereDecision: null,
      parClasse: [],
      parOrganisation: [],
    }
  );
}
