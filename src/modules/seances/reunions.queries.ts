/** Sessions as their body knows them: declared after the fact, left by a seat that ends, closed with it. */
import { sql } from 'kysely';
import { AVEC_INSTANCE, type Confidentialite, type Instance, OUVERTURE, porteursDe, type Vue } from '../instances/index.ts';
import { seanceVisible } from './seances.vue.ts';
import type { Db, Ligne } from '../../core/base/database.ts';
import { setPromesseDesSeances } from '../decisions/index.ts';
import { appliquerFaits } from '../indicateurs/index.ts';

/** A meeting entered after the fact: it counts at once. */
export async function declareSeance(
  tx: Db,
  contratId: number,
  i: Pick<Instance, 'id' | 'nom' | 'heure' | 'confidentialite'>,
  d: { jour: string; presents: number },
  par: { compteId: string },
): Promise<string> {
  const { id } = await tx
    .insertInto('seances')
    .values({
      contratId,
      instanceId: i.id,
      titre: i.nom,
      jour: d.jour,
      heure: i.heure,
      confidentialite: i.confidentialite,
      etat: 'declaree',
      presents: d.presents,
      creePar: par.compteId,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await appliquerFaits(tx, contratId, 'reunions', { ids: [id] }, 1);
  return id;
}

/** Those convoked to a session still to come and who no longer sit there by then: told so, and no longer expected. */
export async function retirerDesSeances(tx: Db, contratId: number, membreId: string, fin: string, quand: Date): Promise<string[]> {
  const { rows } = await sql<Pick<Ligne<'seanceParticipants'>, 'seanceId'>>`
    update seance_participants p set retire_le = ${quand}
    from seances s
    where p.contrat_id = ${contratId} and p.membre_id = ${membreId}::uuid and p.retire_le is null
      and s.contrat_id = p.contrat_id and s.id = p.seance_id and s.etat in ('preparation', 'convoquee') and (s.jour is null or s.jour > ${fin}::date)
    returning p.seance_id`.execute(tx);
  return rows.map((r) => r.seanceId);
}

const rang = (c: unknown) => sql`array_position(${[...OUVERTURE]}::text[], ${c})`;

/** A body that closes: its sessions that are not finished are held under the new promise. */
export async function resserrerSeances(tx: Db, contratId: number, instanceId: string, c: Confidentialite): Promise<void> {
  const { rows } = await sql<Pick<Ligne<'seances'>, 'id'>>`
    update seances s set confidentialite = ${c}
    where s.contrat_id = ${contratId} and s.instance_id = ${instanceId}::uuid and s.etat not in ('figee', 'annulee', 'declaree')
      and ${rang(sql`s.confidentialite`)} > ${rang(c)}
    returning s.id`.execute(tx);
  await setPromesseDesSeances(
    tx,
    contratId,
    rows.map((r) => r.id),
    c,
  );
}

/** Held under a stricter promise than `c`. */
export async function countPlusFermees(db: Db, contratId: number, instanceId: string, c: Confidentialite): Promise<number> {
  const { n } = await db
    .selectFrom('seances')
    .select(sql<number>`count(*)::int`.as('n'))
    .where('contratId', '=', contratId)
    .where('instanceId', '=', instanceId)
    .where((eb) => sql<boolean>`${rang(eb.ref('confidentialite'))} < ${rang(c)}`)
    .executeTakeFirstOrThrow();
  return n;
}

export async function listIdsDeLInstance(db: Db, contratId: number, instanceId: string): Promise<string[]> {
  const rows = await db.selectFrom('seances').select('id').where('contratId', '=', contratId).where('instanceId', '=', instanceId).execute();
  return rows.map((r) => r.id);
}

/** Being prepared or convoked, the day not gone by. */
export async function listAVenir(db: Db, contratId: number, instanceId: string, aujourdhui: string): Promise<{ id: string; jour: string | null }[]> {
  return db
    .selectFrom('seances')
    .select(['id', 'jour'])
    .where('contratId', '=', contratId)
    .where('instanceId', '=', instanceId)
    .where('etat', 'in', ['preparation', 'convoquee'])
    .where((eb) => eb.or([eb('jour', 'is', null), eb('jour', '>=', aujourdhui)]))
    .execute();
}

interface ExamenLu extends Pick<Ligne<'seances'>, 'id' | 'titre' | 'jour' | 'confidentialite' | 'reserveA'> {
  points: string[];
}
/** Sessions that were not given up and have that on their agenda, or took it up again after putting it off; the latest first. */
export async function listExamens(db: Db, contratId: number, instanceId: string, cle: string): Promise<ExamenLu[]> {
  const { rows } = await sql<ExamenLu>`
    with recursive siens as (
      select p.id, p.seance_id from seance_points p where p.contrat_id = ${contratId} and p.cle = ${cle}
      union
      select p.id, p.seance_id from siens x join seance_points p on p.contrat_id = ${contratId} and p.cle = 'report:' || x.id)
    select s.id, s.titre, s.jour, s.confidentialite, s.reserve_a, array_agg(x.id) as points
    from siens x
    join seances s on s.contrat_id = ${contratId} and s.id = x.seance_id
    where s.instance_id = ${instanceId}::uuid and s.etat <> 'annulee'
    group by s.id, s.titre, s.jour, s.confidentialite, s.reserve_a
    order by s.jour desc nulls first, s.id`.execute(db);
  return rows;
}

interface SeanceDeLObjet extends Pick<Ligne<'seances'>, 'id' | 'titre' | 'jour' | 'etat'> {
  instance: string;
}
/** Those that deal with a record of a register and that the reader of `v` may know of, the latest first. */
export async function listSeancesDeLObjet(db: Db, contratId: number, activiteId: string, v: Vue): Promise<SeanceDeLObjet[]> {
  const { rows } = await sql<SeanceDeLObjet>`
    select s.id, s.titre, s.jour, s.etat, i.nom as instance
    from seances s ${AVEC_INSTANCE}
    where s.contrat_id = ${contratId} and s.id in ${porteursDe(contratId, 'seance', activiteId)} and s.etat <> 'annulee' and ${seanceVisible(v)}
    order by s.jour desc nulls first, s.id`.execute(db);
  return rows;
}
