import { type RawBuilder, sql } from 'kysely';
import type { Utilisateur } from '../../../core/authorize.ts';
import type { Db, Ligne } from '../../../core/base/database.ts';
import { uuid } from '../../../core/base/id.ts';
import type { Catalogue } from '../../contrats/index.ts';
import { limitesDAvis } from '../crises.policy.ts';

const COLONNES = [
  'id',
  'territoireId',
  'apprisLe',
  'canal',
  'objet',
  'confirme',
  'organisationId',
  'auteur',
  'exercice',
  'transmisLe',
  'transmisPar',
  'relanceLe',
  'criseId',
] as const;
export type Avis = Pick<Ligne<'criseAvis'>, (typeof COLONNES)[number]>;

export async function addAvis(
  tx: Db,
  contratId: number,
  a: Pick<Avis, 'territoireId' | 'apprisLe' | 'canal' | 'objet' | 'confirme' | 'organisationId' | 'auteur' | 'exercice'>,
): Promise<string> {
  const { id } = await tx
    .insertInto('criseAvis')
    .values({ contratId, ...a })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}
export async function getAvis(db: Db, contratId: number, id: string, verrou = false): Promise<Avis | undefined> {
  const un = db.selectFrom('criseAvis').select(COLONNES).where('contratId', '=', contratId).where('id', '=', uuid(id));
  return (verrou ? un.forUpdate() : un).executeTakeFirst();
}
/** What of notices this person reads, as `peutLireUnAvis` says it. */
function lisibles(u: Utilisateur, cat: Catalogue, fiche: string): RawBuilder<boolean> {
  const { tous, siens } = limitesDAvis(u, fiche);
  const ou = (limites: typeof tous) =>
    sql`(${sql.join([sql`false`, ...limites.map((m) => (m.territoireId === null ? sql`true` : sql`territoire_id = any(${[...cat.descendants(m.territoireId)]}::text[])`))], sql` or `)})`;
  return sql<boolean>`(${ou(tous)} or (organisation_id = ${u.organisationId} and ${ou(siens)}))`;
}
/**
 * What the control room has not been told first, the oldest first; then the last ones it was told: those that this person reads, and how many
 * there are. `dabord`: the one that was just noted, on top.
 */
export async function listAvis(
  db: Db,
  contratId: number,
  lecteur: { u: Utilisateur; cat: Catalogue; fiche: string },
  o: { limite: number; depuis: number; dabord: string },
): Promise<{ avis: Avis[]; enTout: number }> {
  const lus = await db
    .selectFrom('criseAvis')
    .select(COLONNES)
    .select(sql<number>`count(*) over ()::int`.as('enTout'))
    .where('contratId', '=', contratId)
    .where(lisibles(lecteur.u, lecteur.cat, lecteur.fiche))
    .orderBy(sql`id <> ${uuid(o.dabord)}`)
    .orderBy(sql`transmis_le is not null`)
    .orderBy(sql`case when transmis_le is null then appris_le end`)
    .orderBy('apprisLe', 'desc')
    .orderBy('id')
    .limit(o.limite)
    .offset(o.depuis)
    .execute();
  return { avis: lus.map(({ enTout: _, ...a }) => a), enTout: lus[0]?.enTout ?? 0 };
}
/** Of what this person reads: how many the control room was not told of, and since when the first waits. */
export async function compterEnAttente(
  db: Db,
  contratId: number,
  lecteur: { u: Utilisateur; cat: Catalogue; fiche: string },
): Promise<{ nombre: number; depuis: Date | null }> {
  return db
    .selectFrom('criseAvis')
    .select([sql<number>`count(*)::int`.as('nombre'), sql<Date | null>`min(appris_le)`.as('depuis')])
    .where('contratId', '=', contratId)
    .where('transmisLe', 'is', null)
    .where(lisibles(lecteur.u, lecteur.cat, lecteur.fiche))
    .executeTakeFirstOrThrow();
}
export async function transmettreAvis(tx: Db, contratId: number, id: string, par: { nom: string; quand: Date }): Promise<void> {
  await tx
    .updateTable('criseAvis')
    .set({ transmisLe: par.quand, transmisPar: par.nom })
    .where('contratId', '=', contratId)
    .where('id', '=', uuid(id))
    .where('transmisLe', 'is', null)
    .execute();
}
/** Those that nobody told the control room in time: once. */
export async function relancerAvis(
  tx: Db,
  contratId: number,
  quand: Date,
  o: { avant: Date; depuis: Date },
): Promise<Pick<Avis, 'id' | 'territoireId' | 'exercice'>[]> {
  const { rows } = await sql<Pick<Avis, 'id' | 'territoireId' | 'exercice'>>`
    update crise_avis set relance_le = ${quand}
    where contrat_id = ${contratId} and transmis_le is null and relance_le is null and appris_le <= ${o.avant} and appris_le >= ${o.depuis}
    returning id, territoire_id, exercice`.execute(tx);
  return rows;
}
export async function lierAvis(tx: Db, contratId: number, id: string, criseId: string): Promise<void> {
  await tx.updateTable('criseAvis').set({ criseId }).where('contratId', '=', contratId).where('id', '=', uuid(id)).where('criseId', 'is', null).execute();
}
