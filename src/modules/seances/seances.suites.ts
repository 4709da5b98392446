/** What anybody may know of sessions: the next ones, and what was announced or published, of public bodies that name the fiche or meet in these territories. */
import { sql } from 'kysely';
import type { Nouvelle, Nouvelles, SuitesAVenir } from '../../core/suites.ts';
import { jour } from '../../ui/typographie.ts';
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

interface Dite {
  genre: 'convoquee' | 'releve';
  id: string;
  instanceId: string;
  instance: string;
  jour: string;
  le: Date;
}
/** Sessions announced, minutes published. */
export const nouvellesDesSeances: Nouvelles = async (c, { fiche, territoires, depuis, max }) => {
  const ou = sql`s.contrat_id = ${c.contrat.id} and ${seanceVisible(null)}
    ${fiche ? sql`and ${fiche} = any(i.fiches)` : sql``}
    ${territoires ? sql`and i.territoire_id = any(${[...territoires]}::text[])` : sql``}`;
  const { rows } = await sql<Dite>`
    select * from (
      select 'convoquee' as genre, s.id, i.id as "instanceId", i.nom as instance, s.jour, s.convoquee_le as le
      from seances s ${AVEC_INSTANCE}
      where s.jour is not null and s.convoquee_le >= ${depuis} and s.etat in ('convoquee', 'ouverte', 'relecture', 'figee') and ${ou}
      union all
      select 'releve', s.id, i.id, i.nom, s.jour, min(p.publie_le)
      from releve_publications p
      join seances s on s.contrat_id = p.contrat_id and s.id = p.seance_id
      ${AVEC_INSTANCE}
      where p.retire_le is null and s.jour is not null and ${ou}
      group by s.id, i.id, i.nom, s.jour
      having min(p.publie_le) >= ${depuis}
    ) d order by le desc limit ${max}`.execute(c.db);
  return rows.map(direNouvelle);
};
const direNouvelle = (d: Dite): Nouvelle =>
  d.genre === 'convoquee'
    ? {
        id: `seance-${d.id}`,
        le: d.le,
        titre: `Réunion annoncée : ${d.instance}`,
        resume: `Le ${jour(d.jour)}.`,
        chemin: `/instances/${d.instanceId}`,
      }
    : {
        id: `releve-${d.id}`,
        le: d.le,
        titre: `Relevé de décisions publié : ${d.instance}`,
        resume: `Séance du ${jour(d.jour)}.`,
        chemin: `/releves/${d.id}`,
      };
