/** Papers of a session, joined while it is prepared. */
import type { Readable } from 'node:stream';
import { sql } from 'kysely';
import type { Db, Ligne } from '../../../core/base/database.ts';
import { uuid } from '../../../core/base/id.ts';
import { enMorceaux, verser } from '../../../core/base/chunks.ts';

const COLONNES_DOCUMENT = ['id', 'pointId', 'titre', 'nom', 'type', 'octets', 'deposePar', 'deposeLe'] as const;
export type Document = Pick<Ligne<'seanceDocuments'>, (typeof COLONNES_DOCUMENT)[number]>;

export async function listDocuments(db: Db, contratId: number, seanceId: string): Promise<Document[]> {
  return db
    .selectFrom('seanceDocuments')
    .select(COLONNES_DOCUMENT)
    .where('contratId', '=', contratId)
    .where('seanceId', '=', uuid(seanceId))
    .orderBy('deposeLe')
    .orderBy('id')
    .execute();
}
export async function getDocument(db: Db, contratId: number, seanceId: string, id: string): Promise<{ nom: string; type: string; contenu: Readable } | null> {
  const ce = db.selectFrom('seanceDocuments').where('contratId', '=', contratId).where('seanceId', '=', seanceId).where('id', '=', uuid(id));
  const d = await ce.select(['nom', 'type', 'octets']).executeTakeFirst();
  if (!d) return null;
  const contenu = enMorceaux(d.octets, async (depuis, longueur) => {
    const lu = await ce.select(sql<Buffer>`substring(contenu from ${depuis} for ${longueur})`.as('morceau')).executeTakeFirst();
    return lu?.morceau ?? null;
  });
  return { nom: d.nom, type: d.type, contenu };
}
export async function addDocument(
  tx: Db,
  contratId: number,
  seanceId: string,
  d: { titre: string; pointId: string | null; nom: string; type: string; chemin: string; octets: number; par: string; quand: Date },
): Promise<string> {
  return verser(tx, d.chemin, async (contenu) => {
    const { pointId, titre, nom, type, octets } = d;
    const cree = await tx
      .insertInto('seanceDocuments')
      .values({ contratId, seanceId, pointId, titre, nom, type, contenu: sql<Buffer>`${contenu}`, octets, deposePar: d.par, deposeLe: d.quand })
      .returning('id')
      .executeTakeFirstOrThrow();
    return cree.id;
  });
}
export async function deleteDocument(tx: Db, contratId: number, seanceId: string, id: string): Promise<boolean> {
  const faite = await tx
    .deleteFrom('seanceDocuments')
    .where('contratId', '=', contratId)
    .where('seanceId', '=', seanceId)
    .where('id', '=', uuid(id))
    .executeTakeFirst();
  return faite.numDeletedRows > 0n;
}
