/** Is the folder that is there the trousseau, or an empty place where it should be mounted? Asked before anything is read, made or destroyed. */
import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { Db, Ligne } from '../../../core/base/database.ts';
import { indisponible } from '../../../core/errors.ts';
import type { Trousseau } from './trousseau.ts';

/** Throws 503 when the folder is not the one whose witness the database knows. The first time, makes both. */
export async function exigerTrousseau(db: Db, contratId: number, t: Trousseau, maintenant: Date): Promise<void> {
  const { rows } = await sql<Pick<Ligne<'nominatif.trousseaux'>, 'temoin'>>`select temoin from nominatif.trousseaux where contrat_id = ${contratId}`.execute(
    db,
  );
  const connu = rows[0]?.temoin;
  const la = await t.temoin();
  if (connu && la && connu.equals(empreinteDe(la))) return;
  if (connu) throw indisponible('Le trousseau n’est pas à sa place : aucune situation ne s’ouvre, n’entre ni ne se détruit. Prévenez votre administrateur.');
  const temoin = la ?? (await t.creerTemoin());
  await sql`
    insert into nominatif.trousseaux (contrat_id, temoin, cree_le) values (${contratId}, ${empreinteDe(temoin)}, ${maintenant})
    on conflict do nothing`.execute(db);
}
const empreinteDe = (temoin: Uint8Array): Buffer => createHash('sha256').update(temoin).digest();
