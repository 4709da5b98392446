/** Photographs of reports: their bytes are read only by whoever looks at one. */
import { sql } from 'kysely';
import type { Db, Ligne } from '../../../core/base/database.ts';
import { uuid, uuids } from '../../../core/base/id.ts';
import type { Photo } from '../../../core/images/photo.ts';

export type PhotoDeDemande = Pick<Ligne<'demandePhotos'>, 'id' | 'demandeId' | 'largeur' | 'hauteur' | 'recueLe' | 'decideePar'> & {
  etat: 'retenue' | 'publiee' | 'ecartee' | 'effacee';
};
const COLONNES = sql`id, demande_id, largeur, hauteur, etat, recue_le, decidee_par`;

export const addPhoto = (tx: Db, contratId: number, demandeId: string, p: Photo, quand: Date): Promise<unknown> =>
  sql`
    insert into demande_photos (contrat_id, demande_id, contenu, largeur, hauteur, recue_le)
    values (${contratId}, ${uuid(demandeId)}, ${p.contenu}, ${p.largeur}, ${p.hauteur}, ${quand})`.execute(tx);
export async function listPhotos(db: Db, contratId: number, demandeId: string): Promise<PhotoDeDemande[]> {
  const { rows } = await sql<PhotoDeDemande>`
    select ${COLONNES} from demande_photos where contrat_id = ${contratId} and demande_id = ${uuid(demandeId)} order by recue_le, id`.execute(db);
  return rows;
}
export async function getPhoto(db: Db, contratId: number, id: string): Promise<(PhotoDeDemande & { contenu: Buffer }) | null> {
  const { rows } = await sql<PhotoDeDemande & { contenu: Buffer }>`
    select ${COLONNES}, contenu from demande_photos where contrat_id = ${contratId} and id = ${uuid(id)} and contenu is not null`.execute(db);
  return rows[0] ?? null;
}
/** A released one, while its report is open and reserved to nobody. */
export async function getPubliee(db: Db, contratId: number, id: string): Promise<Buffer | null> {
  const { rows } = await sql<Record<'contenu', Buffer>>`
    select p.contenu from demande_photos p
    join demandes d on d.contrat_id = p.contrat_id and d.id = p.demande_id
    where p.contrat_id = ${contratId} and p.id = ${uuid(id)} and p.etat = 'publiee' and d.clos_le is null and d.lecteurs is null`.execute(db);
  return rows[0]?.contenu ?? null;
}
/** Released ones, the first of each of these reports. */
export async function listPubliees(db: Db, contratId: number, demandes: readonly string[]): Promise<Map<string, string>> {
  const { rows } = await sql<Pick<PhotoDeDemande, 'id' | 'demandeId'>>`
    select distinct on (demande_id) id, demande_id from demande_photos
    where contrat_id = ${contratId} and demande_id = any(${[...demandes]}::uuid[]) and etat = 'publiee'
    order by demande_id, recue_le, id`.execute(db);
  return new Map(rows.map((r) => [r.demandeId, r.id]));
}
/** Set aside, nothing of it stays. False when somebody decided before. */
export async function deciderPhoto(
  tx: Db,
  contratId: number,
  p: { id: string; demandeId: string; publier: boolean; par: string; quand: Date },
): Promise<boolean> {
  const { rows } = await sql`
    update demande_photos set etat = ${p.publier ? 'publiee' : 'ecartee'}, contenu = case when ${p.publier} then contenu end, decidee_par = ${p.par},
      decidee_le = ${p.quand}
    where contrat_id = ${contratId} and id = ${uuid(p.id)} and demande_id = ${uuid(p.demandeId)} and (etat = 'retenue' or (etat = 'publiee' and not ${p.publier}))
    returning id`.execute(tx);
  return rows.length > 0;
}
/** Of reports whose words are kept no more. */
export const effacerPhotos = (tx: Db, contratId: number, demandes: readonly string[]): Promise<unknown> =>
  sql`
    update demande_photos set contenu = null, etat = 'effacee'
    where contrat_id = ${contratId} and demande_id = any(${uuids(demandes)}) and contenu is not null`.execute(tx);
