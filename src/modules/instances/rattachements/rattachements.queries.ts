/** For which body another one works, from when to when; the other is named to who may see it. */
import { type RawBuilder, sql } from 'kysely';
import type { Db, Ligne } from '../../../core/base/database.ts';
import { uuid } from '../../../core/base/id.ts';
import { conflit } from '../../../core/errors.ts';
import { visible, type Vue } from '../instances.vue.ts';

export interface Rattachement
  extends Pick<Ligne<'instanceRattachements'>, 'id' | 'instanceId' | 'parenteId' | 'mission' | 'debut' | 'fin' | 'version' | 'modifiePar' | 'modifieLe'> {
  /** Name of the other body; null when this reader may not know of it. */
  autre: string | null;
}
/** Body `i` may be known of; `v` null: by everybody. */
export const connue = (v: Vue | null): RawBuilder<unknown> => sql`(i.confidentialite = 'publique' or ${v ? visible(v, sql`i.confidentialite`) : sql`false`})`;

const COLONNES = sql`r.id, r.instance_id, r.parente_id, r.mission, r.debut, r.fin, r.version, r.modifie_par, r.modifie_le`;

/** What this body works for, the present first, and what works for it today. */
export async function listRattachements(
  db: Db,
  contratId: number,
  instanceId: string,
  v: Vue | null,
  aujourdhui: string,
): Promise<{ parentes: Rattachement[]; filles: Rattachement[] }> {
  const lire = async (sens: 'parentes' | 'filles') => {
    const [ici, la] = sens === 'parentes' ? [sql`r.instance_id`, sql`r.parente_id`] : [sql`r.parente_id`, sql`r.instance_id`];
    const { rows } = await sql<Rattachement>`
      select ${COLONNES}, case when ${connue(v)} then i.nom end as autre
      from instance_rattachements r
      join instances i on i.contrat_id = r.contrat_id and i.id = ${la}
      where r.contrat_id = ${contratId} and ${ici} = ${uuid(instanceId)}
        ${sens === 'filles' ? sql`and i.close_le is null and r.debut <= ${aujourdhui}::date and (r.fin is null or r.fin >= ${aujourdhui}::date)` : sql``}
      order by r.debut desc, i.nom`.execute(db);
    return rows;
  };
  return { parentes: await lire('parentes'), filles: await lire('filles') };
}

export async function getRattachement(db: Db, contratId: number, instanceId: string, id: string, v: Vue | null): Promise<Rattachement | null> {
  const { rows } = await sql<Rattachement>`
    select ${COLONNES}, case when ${connue(v)} then i.nom end as autre
    from instance_rattachements r
    join instances i on i.contrat_id = r.contrat_id and i.id = r.parente_id
    where r.contrat_id = ${contratId} and r.instance_id = ${uuid(instanceId)} and r.id = ${uuid(id)}`.execute(db);
  return rows[0] ?? null;
}

type Adressable = Pick<Ligne<'instances'>, 'id' | 'nom' | 'territoireId'>;
/** Bodies that this person may know of and that may be written to: open ones, whose content is kept here. */
export async function listAdressables(db: Db, contratId: number, v: Vue, sauf: string): Promise<Adressable[]> {
  const { rows } = await sql<Adressable>`
    select i.id, i.nom, i.territoire_id from instances i
    where i.contrat_id = ${contratId} and i.close_le is null and i.confidentialite <> 'nommee' and i.id <> ${uuid(sauf)} and ${connue(v)}
    order by i.nom, i.id`.execute(db);
  return rows;
}

/** That one already works for this one, now or later, be it through others. */
export async function reviendrait(db: Db, contratId: number, instanceId: string, parenteId: string, aujourdhui: string): Promise<boolean> {
  const { rows } = await sql`
    with recursive haut as (
      select ${uuid(parenteId)} as id
      union
      select r.parente_id from haut h
      join instance_rattachements r on r.contrat_id = ${contratId} and r.instance_id = h.id and (r.fin is null or r.fin >= ${aujourdhui}::date))
    select 1 from haut where id = ${uuid(instanceId)}`.execute(db);
  return rows.length > 0;
}

export interface MandatAEcrire {
  parente: string;
  mission: string;
  debut: string;
  fin: string | null;
}
interface Par {
  nom: string;
  quand: Date;
}
const colonnesDe = (m: MandatAEcrire, par: Par) => ({
  ...{ parenteId: m.parente, mission: m.mission, debut: m.debut, fin: m.fin },
  modifiePar: par.nom,
  modifieLe: par.quand,
});
export async function addRattachement(tx: Db, contratId: number, instanceId: string, m: MandatAEcrire, par: Par): Promise<string> {
  const cree = await tx
    .insertInto('instanceRattachements')
    .values({ ...colonnesDe(m, par), contratId, instanceId })
    .returning('id')
    .executeTakeFirstOrThrow();
  return cree.id;
}
/** Throws 409 when someone else changed it since `version` was read. */
export async function updateRattachement(
  tx: Db,
  ou: { contratId: number; instanceId: string; id: string; version: number },
  m: MandatAEcrire,
  par: Par,
): Promise<void> {
  const faite = await tx
    .updateTable('instanceRattachements')
    .set((eb) => ({ ...colonnesDe(m, par), version: eb('version', '+', 1) }))
    .where('contratId', '=', ou.contratId)
    .where('instanceId', '=', ou.instanceId)
    .where('id', '=', ou.id)
    .where('version', '=', ou.version)
    .executeTakeFirst();
  if (faite.numUpdatedRows === 0n) throw conflit('Une autre personne vient de modifier ce mandat. Rechargez la page.');
}
