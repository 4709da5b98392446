/** Codes added to closed lists. */
import { sql } from 'kysely';
import type { Db } from '../../../core/base/database.ts';
import type { Extension } from '../registres.rules.ts';

export async function listExtensions(db: Db, contratId: number, registre: string): Promise<Extension[]> {
  const { rows } = await sql<Extension>`
    select registre, champ, code, libelle
    from listes_extensions
    where contrat_id = ${contratId} and registre = ${registre}
    order by cree_le, code`.execute(db);
  return rows;
}

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
