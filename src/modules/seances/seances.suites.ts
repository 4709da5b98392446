/** The next sessions that anybody may know of: those of public bodies that name the fiche, or that meet in these territories. */
import { sql } from 'kysely';
import type { SuitesAVenir } from '../../core/module.ts';
import { AVEC_INSTANCE } from '../instances/index.ts';
import { seanceVisible } from './seances.vue.ts';

export const prochainesSeances: SuitesAVenir = async (c, { fiche, territoires, aujourdhui, max }) => {
  const { rows } = await sql<{ instanceId: string; instance: string; jour: string }>`
    select i.id as "instanceId", i.nom as instance, s.jour
    from seances s
    ${AVEC_INSTANCE}
    where s.contrat_id = ${c.contrat.id} and s.jour >= ${aujourdhui}::date and s.etat in ('convoquee', 'ouverte') and ${seanceVisible(null)}
      ${fiche ? sql`and ${fiche} = any(i.fiches)` : sql``}
      ${territoires ? sql`and i.territoire_id = any(${[...territoires]}::text[])` : sql``}
    order by s.jour, s.id
    limit ${max}`.execute(c.db);
  return rows.map((r) => ({ jour: r.jour, libelle: r.instance, href: `/instances/${r.instanceId}` }));
};
