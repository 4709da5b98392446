/** Bodies, their seats, what members ask, meetings declared after the fact. */
import { sql } from 'kysely';
import type { Db, Ligne } from '../../../core/base/database.ts';
import type { Qualite } from '../instances.rules.ts';
import type { ReglagesInstance, SaisieMembre } from './instance.schema.ts';
import { partiLe } from '../instances.sql.ts';
import { asseoirLesReferents } from '../instances.referents.ts';
import { conflit } from '../../../core/errors.ts';
import { appliquerFaits } from '../../indicateurs/index.ts';
import { uuid } from '../../../core/base/id.ts';

export interface NouvelleInstance extends ReglagesInstance {
  type: string | null;
  territoireId: string;
  porteurId: string;
  fiches: readonly string[];
}
/** Seat known by its function alone. */
export interface Siege {
  qualite: Qualite;
  fonction: string;
  organisationId: string;
  /** « The referents of this role » sit there; empty otherwise. */
  roleReferents: string;
}

/** Columns that the settings of a body write, at creation and after. */
const reglagesDe = ({ cadence_mois, duree_minutes, ...r }: ReglagesInstance) => ({
  nom: r.nom,
  nomEntier: r.nom_entier,
  objet: r.objet,
  confidentialite: r.confidentialite,
  cadenceMois: cadence_mois,
  vote: r.vote,
  lieu: r.lieu,
  heure: r.heure,
  dureeMinutes: duree_minutes,
});

/** Null when this kind already has a body of that name there. */
export async function createInstance(
  tx: Db,
  contratId: number,
  i: NouvelleInstance,
  sieges: readonly Siege[],
  par: { compteId: string; quand: Date; aujourdhui: string },
): Promise<string | null> {
  const cree = await tx
    .insertInto('instances')
    .values({
      ...reglagesDe(i),
      contratId,
      type: i.type,
      territoireId: i.territoireId,
      porteurId: i.porteurId,
      fiches: [...i.fiches],
      creePar: par.compteId,
      creeLe: par.quand,
    })
    .onConflict((c) => c.columns(['contratId', 'type', 'territoireId', 'nom']).where('type', 'is not', null).where('closeLe', 'is', null).doNothing())
    .returning('id')
    .executeTakeFirst();
  if (!cree) return null;
  if (sieges.length > 0)
    await tx
      .insertInto('instanceMembres')
      .values(
        sieges.map(({ qualite, fonction, organisationId, roleReferents }, ordre) => ({
          ...{ qualite, fonction, organisationId, roleReferents, ordre },
          contratId,
          instanceId: cree.id,
          debut: par.aujourdhui,
        })),
      )
      .execute();
  await asseoirLesReferents(tx, contratId, cree.id, par.aujourdhui);
  await appliquerFaits(tx, contratId, 'instances', { ids: [cree.id] }, 1);
  return cree.id;
}

/** Throws 409 when someone else changed it since `version` was read. */
export async function updateInstance(
  tx: Db,
  ou: { contratId: number; id: string; version: number },
  r: ReglagesInstance,
  par: { nom: string; quand: Date },
): Promise<void> {
  const faite = await tx
    .updateTable('instances')
    .set((eb) => ({ ...reglagesDe(r), version: eb('version', '+', 1), modifiePar: par.nom, modifieLe: par.quand }))
    .where('contratId', '=', ou.contratId)
    .where('id', '=', ou.id)
    .where('version', '=', ou.version)
    .executeTakeFirst();
  if (faite.numUpdatedRows === 0n) throw conflit('Une autre personne vient de modifier cette instance. Relisez-la, puis recommencez si c’est encore utile.');
}

/** Why it is read by more people than before. */
export const setMotifDOuverture = (tx: Db, contratId: number, id: string, motif: string) =>
  tx.updateTable('instances').set({ confidentialiteMotif: motif }).where('contratId', '=', contratId).where('id', '=', id).execute();

/** It no longer meets from this day; its past stays. */
export async function closeInstance(tx: Db, contratId: number, id: string, aujourdhui: string): Promise<void> {
  await appliquerFaits(tx, contratId, 'instances', { ids: [id] }, -1);
  await tx
    .updateTable('instances')
    .set((eb) => ({ closeLe: aujourdhui, version: eb('version', '+', 1) }))
    .where('contratId', '=', contratId)
    .where('id', '=', id)
    .execute();
  await appliquerFaits(tx, contratId, 'instances', { ids: [id] }, 1);
}

const COLONNES_MEMBRE = [
  ...(['id', 'qualite', 'fonction', 'organisationId', 'nom', 'courriel', 'suppleantNom', 'suppleantCourriel'] as const),
  ...(['roleReferents', 'referentId'] as const),
  ...(['debut', 'fin', 'version', 'modifiePar', 'modifieLe'] as const),
] as const;
export type Membre = Pick<Ligne<'instanceMembres'>, (typeof COLONNES_MEMBRE)[number]>;

/** `parti`: the account of who holds it is closed, and nobody else was named since. */
export type MembreListe = Membre & { parti: boolean };
/** Seats, those that ended last; without those that were never held. */
export async function listMembres(db: Db, contratId: number, instanceId: string, aujourdhui: string): Promise<MembreListe[]> {
  return db
    .selectFrom('instanceMembres')
    .select([...COLONNES_MEMBRE, sql<boolean>`(${partiLe('instance_membres')} is not null)`.as('parti')])
    .where('contratId', '=', contratId)
    .where('instanceId', '=', instanceId)
    .where((eb) => eb.or([eb('fin', 'is', null), eb('fin', '>=', eb.ref('debut'))]))
    .orderBy(sql`(fin is not null and fin < ${aujourdhui}::date), array_position(array['president', 'secretaire', 'membre', 'invite'], qualite)`)
    .orderBy('ordre')
    .orderBy('fonction')
    .execute();
}
export async function getMembre(db: Db, contratId: number, instanceId: string, id: string): Promise<Membre | null> {
  const lu = await db
    .selectFrom('instanceMembres')
    .select(COLONNES_MEMBRE)
    .where('contratId', '=', contratId)
    .where('instanceId', '=', instanceId)
    .where('id', '=', uuid(id))
    .executeTakeFirst();
  return lu ?? null;
}
interface Par {
  nom: string;
  quand: Date;
}
/** Columns that the form of a seat writes. */
const siegeDe = (m: SaisieMembre, par: Par) => ({
  qualite: m.qualite,
  fonction: m.fonction,
  organisationId: m.organisation,
  nom: m.nom,
  courriel: m.courriel,
  suppleantNom: m.suppleant_nom,
  suppleantCourriel: m.suppleant_courriel,
  roleReferents: m.referents,
  debut: m.debut,
  fin: m.fin,
  modifiePar: par.nom,
  modifieLe: par.quand,
});
export async function addMembre(tx: Db, contratId: number, instanceId: string, m: SaisieMembre, par: Par): Promise<string> {
  const cree = await tx
    .insertInto('instanceMembres')
    .values({ ...siegeDe(m, par), contratId, instanceId, ordre: 100 })
    .returning('id')
    .executeTakeFirstOrThrow();
  return cree.id;
}
/** Throws 409 when someone else changed it since `version` was read. */
export async function updateMembre(
  tx: Db,
  ou: { contratId: number; instanceId: string; id: string; version: number },
  m: SaisieMembre,
  par: Par,
): Promise<void> {
  const faite = await tx
    .updateTable('instanceMembres')
    .set((eb) => ({ ...siegeDe(m, par), version: eb('version', '+', 1) }))
    .where('contratId', '=', ou.contratId)
    .where('instanceId', '=', ou.instanceId)
    .where('id', '=', ou.id)
    .where('version', '=', ou.version)
    .executeTakeFirst();
  if (faite.numUpdatedRows === 0n) throw conflit('Une autre personne vient de modifier ce siège. Rechargez la page.');
}

/** How many bodies each kind has, and where. */
export async function countParType(db: Db, contratId: number): Promise<Map<string, string[]>> {
  const rows = await db
    .selectFrom('instances')
    .select((eb) => ['type', sql<string[]>`array_agg(distinct ${eb.ref('territoireId')})`.as('territoires')])
    .where('contratId', '=', contratId)
    .where('type', 'is not', null)
    .where('closeLe', 'is', null)
    .groupBy('type')
    .$narrowType<{ type: string }>()
    .execute();
  return new Map(rows.map((r) => [r.type, r.territoires]));
}

/** Seats that have not ended. */
export async function countMembres(db: Db, contratId: number, instanceId: string, aujourdhui: string): Promise<number> {
  const { n } = await db
    .selectFrom('instanceMembres')
    .select(sql<number>`count(*)::int`.as('n'))
    .where('contratId', '=', contratId)
    .where('instanceId', '=', instanceId)
    .where((eb) => eb.or([eb('fin', 'is', null), eb('fin', '>=', aujourdhui)]))
    .executeTakeFirstOrThrow();
  return n;
}
