/** Sessions by day, only those that the reader may know of. */
import { sql } from 'kysely';
import { AVEC_INSTANCE, duRessort, type FiltresCalendrier, type SeanceDeCalendrier, siege, type Vue } from '../instances/index.ts';
import { seanceVisible } from './seances.vue.ts';
import type { Db } from '../../core/base/database.ts';
import { uuid } from '../../core/base/id.ts';

/** `v` null: the public, who sees public bodies and nothing that is still being prepared. Bounded by the days asked, never cut short. */
export async function listSeancesDuCalendrier(db: Db, contratId: number, v: Vue | null, f: FiltresCalendrier): Promise<SeanceDeCalendrier[]> {
  const { rows } = await sql<SeanceDeCalendrier>`
    select s.id, s.titre, s.jour, case when s.etat <> 'declaree' then to_char(s.heure, 'HH24:MI') end as heure,
      case when s.etat <> 'declaree' then s.duree_minutes end as "dureeMinutes", s.lieu, s.etat, s.sequence,
      i.id as "instanceId", i.nom as instance, i.territoire_id as "territoireId",
      case when s.confidentialite = 'restreinte' then s.confidentialite else i.confidentialite end as confidentialite
    from seances s
    ${AVEC_INSTANCE}
    where s.contrat_id = ${contratId} and s.jour >= ${f.debut}::date and s.jour <= ${f.fin}::date
      and ${seanceVisible(v)}
      ${f.moi ? sql`and ${siege(f.moi)}` : sql``}
      ${
        f.siens
          ? sql`and (${siege(f.siens)} or i.porteur_id = ${f.siens.organisationId} or ${duRessort({ ressorts: f.siens.ressorts.filter((r) => r.territoires !== null) })})`
          : sql``
      }
      ${f.territoires ? sql`and i.territoire_id = any(${[...f.territoires]}::text[])` : sql``}
      ${f.fiche ? sql`and (${f.fiche} = any(i.fiches) or cardinality(i.fiches) = 0)` : sql``}
      ${f.instance ? sql`and i.id = ${uuid(f.instance)}` : sql``}
    order by s.jour, s.heure, s.id`.execute(db);
  return rows;
}
