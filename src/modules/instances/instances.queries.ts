/** A body with the seats of who asks, alone or in lists. */
import { sql } from 'kysely';
import type { Db } from '../../core/base/database.ts';
import { uuid } from '../../core/base/id.ts';
import type { Instance, InstanceDeListe, Lecteur } from './instances.types.ts';
import type { Vue } from './instances.vue.ts';
import { reunions } from './reunions.ts';

const COLONNES_INSTANCE = sql`i.id, i.type, i.nom, i.nom_entier, i.territoire_id, i.porteur_id, i.objet, i.confidentialite, i.confidentialite_motif, i.cadence_mois, i.vote, i.fiches, i.lieu,
  to_char(i.heure, 'HH24:MI') as heure, i.duree_minutes, i.version, i.modifie_par, i.modifie_le,
  (i.cree_le at time zone concorde_fuseau(i.contrat_id))::date as depuis, i.close_le`;

/** Seats of the person with this address, today; a substitute sits as the seat's holder. */
const siegesDe = (courriel: string, aujourdhui: string) => {
  const siens = sql`from instance_membres m
  where m.contrat_id = i.contrat_id and m.instance_id = i.id and ${courriel} <> '' and ${courriel} in (m.courriel, m.suppleant_courriel)
    and m.debut <= ${aujourdhui}::date and (m.fin is null or m.fin >= ${aujourdhui}::date)
  order by m.id`;
  return sql`array(select m.qualite ${siens}) as sieges, array(select m.id ${siens}) as "siegesIds"`;
};

/** `verrou` locks the row until the end of the transaction. */
export async function getInstance(db: Db, contratId: number, id: string, l: Lecteur, verrou = false): Promise<Instance | null> {
  const { rows } = await sql<Instance>`
    select ${COLONNES_INSTANCE}, ${siegesDe(l.courriel, l.aujourdhui)}
    from instances i
    where i.contrat_id = ${contratId} and i.id = ${uuid(id)}
    ${verrou ? sql`for update` : sql``}`.execute(db);
  return rows[0] ?? null;
}

/** Those that still exist, by name: rights filter in memory. */
export async function listInstancesOuvertes(db: Db, contratId: number, l: Lecteur): Promise<Instance[]> {
  const { rows } = await sql<Instance>`
    select ${COLONNES_INSTANCE}, ${siegesDe(l.courriel, l.aujourdhui)}
    from instances i
    where i.contrat_id = ${contratId} and i.close_le is null
    order by i.nom, i.territoire_id`.execute(db);
  return rows;
}

/**
 * Bodies of the contract with the last and next session that the reader of `v` may know of, by name. A few hundred at most: rights on the
 * bodies themselves filter in memory.
 */
export async function listInstances(
  db: Db,
  contratId: number,
  l: Lecteur,
  v: Vue | null,
  f: { id?: string; type?: string | undefined; territoires?: readonly string[] | null | undefined; closes?: boolean } = {},
): Promise<InstanceDeListe[]> {
  const { rows } = await sql<InstanceDeListe>`
    select ${COLONNES_INSTANCE}, ${siegesDe(l.courriel, l.aujourdhui)}, r.derniere, r.prochaine, r.prochaine_id, r.reservees
    from instances i
    left join lateral ${reunions().rythme(v, l.aujourdhui)} r on true
    where i.contrat_id = ${contratId}
      ${f.closes ? sql`` : sql`and i.close_le is null`}
      ${f.id ? sql`and i.id = ${f.id}::uuid` : sql``}
      ${f.type ? sql`and i.type = ${f.type}` : sql``}
      ${f.territoires ? sql`and i.territoire_id = any(${[...f.territoires]}::text[])` : sql``}
    order by i.nom, i.territoire_id`.execute(db);
  return rows;
}

/** Until the end of the transaction: who numbers within a body comes alone. */
export const lockInstance = async (tx: Db, contratId: number, id: string): Promise<void> =>
  void (await sql`select 1 from instances where contrat_id = ${contratId} and id = ${uuid(id)} for update`.execute(tx));
