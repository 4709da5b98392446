/** Codes added to closed lists. */
import { sql } from 'kysely';
import type { Db } from '../../../core/base/database.ts';
import { requete } from '../../../core/base/requete.ts';
import type { Extension } from '../registres.rules.ts';

const lire = requete<Extension, { contratId: number; registre: string }>(
  (v) => sql`
    select registre, champ, code, libelle
    from listes_extensions
    where contrat_id = ${v.contratId} and registre = ${v.registre}
    order by cree_le, code`,
);
export const listExtensions = (db: Db, contratId: number, registre: string): Promise<Extension[]> => lire(db, { contratId, registre });

export async function listToutesExtensions(db: Db, contratId: number): Promise<Extension[]> {
  const { rows } = await sql<Extension>`
    select registre, champ, code, libelle from listes_extensions where contrat_id = ${contratId} order by cree_le, code`.execute(db);
  return rows;
}

/** False when the code is already there. */
export async function addExtension(tx: Db, contratId: number, e: Extension, auteur: string): Promise<boolean> {
  const { rows } = await sql`
    insert into listes_extensions (contrat_id, registre, champ, code, libelle, auteur)
    values (${contratId}, ${e.registre}, ${e.champ}, ${e.code}, ${e.libelle}, ${auteur})
    on conflict do nothing
    returning code`.execute(tx);
  return rows.length > 0;
}
