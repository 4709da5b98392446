/** What sessions say to their bodies, in their lists and on their pages. */
import { type RawBuilder, sql } from 'kysely';
import { jourDe } from '../../core/clock.ts';
import { getCatalogue } from '../contrats/index.ts';
import { cadreDe, OUVERTURE, peutLireSeances, peutVoirInstance, pourSeance, type Reunions } from '../instances/index.ts';
import { listSeancesDuCalendrier } from './calendrier.queries.ts';
import { SeancesDeLInstance } from './pages/SeancesDeLInstance.tsx';
import { countPlusFermees, listAVenir, listExamens, listIdsDeLInstance, resserrerSeances, retirerDesSeances } from './reunions.queries.ts';
import { getSeance, listSeances, type Seance } from './seances.queries.ts';
import { ENTIERE, seanceVisible } from './seances.vue.ts';
import { syncParticipants } from './preparation/seances.queries.ts';
import { listParties } from './partie/partie.queries.ts';
import { originePartie } from './partie/partie.origine.ts';
import { suivreDecisionsDe } from '../decisions/index.ts';
import { suivreSeances } from './suivre.ts';

const VIVES = ['preparation', 'convoquee', 'ouverte', 'relecture'];
const DE_I = sql`s.contrat_id = i.contrat_id and s.instance_id = i.id`;

/** Left without being held nor given up, it is not to come any more: it would hide the next one. */
const aVenir = (aujourdhui: string) => sql`(s.etat in ('preparation', 'convoquee') and (s.jour is null or s.jour >= ${aujourdhui}::date))`;

/** One session `s` of body `i` for each promise that some were made: all those of one promise are known, or none, and a past of years is not read. */
const uneParPromesse = (parmi: RawBuilder<unknown>): RawBuilder<unknown> => sql`unnest(${[...OUVERTURE]}::text[]) promesse
  cross join lateral (select s.* from seances s where ${DE_I} and ${ENTIERE} and ${parmi} and s.confidentialite = promesse limit 1) s`;

export const REUNIONS: Reunions = {
  rythme: (v, aujourdhui) => sql`(
    select d.jour as derniere, p.jour as prochaine, p.id as prochaine_id,
      exists (select from ${uneParPromesse(sql`s.etat not in ('preparation', 'annulee')`)} where not ${seanceVisible(v)}) as reservees
    from (select max(s.jour) as jour from seances s
      where ${DE_I} and ${ENTIERE} and s.etat in ('ouverte', 'relecture', 'figee', 'declaree') and ${seanceVisible(v)}) d
    left join lateral (
      select s.id, s.jour from seances s
      where ${DE_I} and ${ENTIERE} and (s.etat = 'ouverte' or ${aVenir(aujourdhui)}) and ${seanceVisible(v)}
      order by s.jour nulls last limit 1) p on true)`,
  tenues: (aujourdhui) => sql`(
    select (
      select jsonb_agg(jsonb_build_object('id', x.id, 'jour', x.jour, 'creeLe', x.cree_le) order by x.jour desc, x.id)
      from (
        select distinct on (s.jour) s.id, s.jour, s.cree_le from seances s
        where ${DE_I} and ${ENTIERE} and s.etat in ('ouverte', 'relecture', 'figee', 'declaree')
        order by s.jour desc, s.id limit 2) x) as tenues, (
      select jsonb_build_object('id', s.id, 'jour', s.jour, 'creeLe', s.cree_le) from seances s
      where ${DE_I} and ${ENTIERE} and ${aVenir(aujourdhui)}
      order by s.jour nulls last, s.id limit 1) as prochaine)`,
  // Whoever works on the contract knows of a session by its promise alone; the others, also by how far it went.
  toutesConnues: (v) =>
    v.metier
      ? sql`not exists (select from ${uneParPromesse(sql`true`)} where not ${seanceVisible(v)})`
      : sql`not exists (select from seances s where ${DE_I} and ${ENTIERE} and not ${seanceVisible(v)})`,
  duCalendrier: listSeancesDuCalendrier,
  surLaPage: async (c, p) => {
    const { contient } = p.catalogue;
    // Each session keeps what it was promised.
    const lisible = (s: Seance) => peutVoirInstance(c.utilisateur, cadreDe(pourSeance(p.instance, s)), contient);
    // The public sees what took place and what is announced; never what is being prepared.
    const connue = (s: Seance) => p.lit || (s.etat !== 'preparation' && (s.etat !== 'annulee' || s.convoqueeLe !== null));
    const seances = (await listSeances(c.db, c.contrat.id, p.instance.id)).filter((s) => lisible(s) && connue(s));
    return {
      enCours: seances.find((s) => s.partieDe === null && VIVES.includes(s.etat))?.id ?? null,
      section: <SeancesDeLInstance {...p} seances={seances} />,
    };
  },
  suivre: async (c, instanceId) => {
    const ids = await listIdsDeLInstance(c.db, c.contrat.id, instanceId);
    await suivreSeances(c, ids);
    for (const id of await listParties(c.db, c.contrat.id, instanceId)) await suivreDecisionsDe(c, originePartie(id));
  },
  asseoir: async (c, instanceId) => {
    const aujourdhui = jourDe(c.maintenant);
    for (const s of await listAVenir(c.db, c.contrat.id, instanceId, aujourdhui))
      await syncParticipants(c.db, c.contrat.id, { id: s.id, instanceId, jour: s.jour ?? aujourdhui }, c.maintenant);
  },
  promesseDe: async (c, instance, seanceId) => {
    const s = seanceId === '' ? null : await getSeance(c.db, c.contrat.id, seanceId);
    const { contient } = await getCatalogue(c.db, c.contrat.id);
    // What is passed on or followed is read by the whole body: nothing is born of a part that some of it may not read.
    if (s?.instanceId !== instance.id || s.partieDe !== null || !peutLireSeances(c.utilisateur, cadreDe(pourSeance(instance, s)), contient)) return null;
    return { id: s.id, confidentialite: s.confidentialite };
  },
  examens: async (c, instance, cle) => {
    const { contient } = await getCatalogue(c.db, c.contrat.id);
    const lues = await listExamens(c.db, c.contrat.id, instance.id, cle);
    return lues.filter((s) => peutLireSeances(c.utilisateur, cadreDe(pourSeance(instance, s)), contient));
  },
  resserrer: resserrerSeances,
  countPlusFermees,
  quitter: retirerDesSeances,
};
