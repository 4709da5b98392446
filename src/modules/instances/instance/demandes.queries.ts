/** What members ask to be discussed, or what a resident wrote and somebody accepted: open, taken up by a session, set aside with an answer. */
import type { Db, Ligne } from '../../../core/base/database.ts';
import { uuid, uuids } from '../../../core/base/id.ts';

const COLONNES_DEMANDE = ['id', 'titre', 'expose', 'auteur', 'organisationId', 'habitant', 'etat', 'reponse', 'creeLe'] as const;
export type Demande = Pick<Ligne<'instanceDemandes'>, (typeof COLONNES_DEMANDE)[number]>;

export async function listDemandes(db: Db, contratId: number, instanceId: string): Promise<Demande[]> {
  return db
    .selectFrom('instanceDemandes')
    .select(COLONNES_DEMANDE)
    .where('contratId', '=', contratId)
    .where('instanceId', '=', instanceId)
    .orderBy((eb) => eb('etat', '<>', 'ouverte'))
    .orderBy('creeLe', 'desc')
    .execute();
}
export async function createDemande(
  tx: Db,
  contratId: number,
  instanceId: string,
  /** `habitant`: a resident's contribution, that `u` accepted. */
  d: { titre: string; expose: string; habitant?: true },
  u: { id: string; nom: string; organisationId: string },
): Promise<string> {
  const { id } = await tx
    .insertInto('instanceDemandes')
    .values({
      contratId,
      instanceId,
      titre: d.titre,
      expose: d.expose,
      auteur: u.nom,
      compteId: u.id,
      organisationId: u.organisationId,
      habitant: d.habitant ?? false,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}
/** False when it is not open any more. */
export async function closeDemande(tx: Db, contratId: number, instanceId: string, id: string, etat: 'inscrite' | 'ecartee', reponse: string): Promise<boolean> {
  const faite = await tx
    .updateTable('instanceDemandes')
    .set({ etat, reponse })
    .where('contratId', '=', contratId)
    .where('instanceId', '=', instanceId)
    .where('id', '=', uuid(id))
    .where('etat', '=', 'ouverte')
    .executeTakeFirst();
  return faite.numUpdatedRows > 0n;
}

/** State and answer of one request; null when this body has none of that id. */
export async function getDemande(db: Db, contratId: number, instanceId: string, id: string): Promise<Pick<Demande, 'etat' | 'reponse'> | null> {
  const lue = await db
    .selectFrom('instanceDemandes')
    .select(['etat', 'reponse'])
    .where('contratId', '=', contratId)
    .where('instanceId', '=', instanceId)
    .where('id', '=', uuid(id))
    .executeTakeFirst();
  return lue ?? null;
}

/** Those that wait, the oldest first. */
export async function listDemandesOuvertes(
  db: Db,
  contratId: number,
  instanceId: string,
): Promise<Pick<Demande, 'id' | 'titre' | 'expose' | 'auteur' | 'organisationId' | 'habitant'>[]> {
  return db
    .selectFrom('instanceDemandes')
    .select(['id', 'titre', 'expose', 'auteur', 'organisationId', 'habitant'])
    .where('contratId', '=', contratId)
    .where('instanceId', '=', instanceId)
    .where('etat', '=', 'ouverte')
    .orderBy('creeLe')
    .execute();
}

/** Requests of members that this session takes up. */
export async function markDemandesInscrites(tx: Db, contratId: number, instanceId: string, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await tx
    .updateTable('instanceDemandes')
    .set({ etat: 'inscrite' })
    .where('contratId', '=', contratId)
    .where('instanceId', '=', instanceId)
    .where((eb) => eb('id', '=', eb.fn.any(uuids(ids))))
    .where('etat', '=', 'ouverte')
    .execute();
}
export async function rouvrirDemande(tx: Db, contratId: number, id: string): Promise<void> {
  await tx
    .updateTable('instanceDemandes')
    .set({ etat: 'ouverte' })
    .where('contratId', '=', contratId)
    .where('id', '=', uuid(id))
    .where('etat', '=', 'inscrite')
    .execute();
}
