/** The workbook of a batch, kept while another of its sheets may still be read. */
import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { sql } from 'kysely';
import type { Db } from '../../../core/base/database.ts';
import { enMorceaux, verser } from '../../../core/base/chunks.ts';
import type { Auteur } from '../activite.ts';
import type { Ou } from './lots.queries.ts';

export async function saveClasseur(tx: Db, ou: Ou, lotId: string, chemin: string): Promise<void> {
  await verser(tx, chemin, (contenu) =>
    sql`update lots set classeur = ${contenu} where contrat_id = ${ou.contratId} and registre = ${ou.registre} and id = ${lotId}::uuid`.execute(tx),
  );
}

/** Sets the workbook down on disk; false when it is kept no more. */
export async function ecrireClasseur(db: Db, ou: Ou, lotId: string, chemin: string): Promise<boolean> {
  const ce = sql`from lots where contrat_id = ${ou.contratId} and registre = ${ou.registre} and id = ${lotId}::uuid`;
  const { rows } = await sql<{ octets: number | null }>`select octet_length(classeur) as octets ${ce}`.execute(db);
  const octets = rows[0]?.octets ?? null;
  if (octets === null) return false;
  const lire = async (depuis: number, longueur: number) =>
    (await sql<{ m: Buffer | null }>`select substring(classeur from ${depuis} for ${longueur}) as m ${ce}`.execute(db)).rows[0]?.m ?? null;
  await pipeline(enMorceaux(octets, lire), createWriteStream(chemin));
  return true;
}

/** Another sheet was read: this preview gives way, its workbook goes with the new one. */
export async function remplacerLot(tx: Db, ou: Ou, lotId: string, nouveauId: string, par: Auteur, quand: Date): Promise<void> {
  const ici = sql`contrat_id = ${ou.contratId} and registre = ${ou.registre}`;
  await sql`update lots set classeur = (select classeur from lots where ${ici} and id = ${lotId}::uuid) where ${ici} and id = ${nouveauId}::uuid`.execute(tx);
  await sql`
    update lots set etat = 'annule', classeur = null, annule_par = ${par.nom}, annule_le = ${quand}
    where ${ici} and id = ${lotId}::uuid and etat = 'prepare'`.execute(tx);
}

export async function oublierClasseur(tx: Db, ou: Ou, lotId: string): Promise<void> {
  await sql`update lots set classeur = null where contrat_id = ${ou.contratId} and registre = ${ou.registre} and id = ${lotId}::uuid`.execute(tx);
}
