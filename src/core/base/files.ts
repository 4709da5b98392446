/** Files kept for people: written by jobs, downloaded by those who may see them. */
import type { Readable } from 'node:stream';
import { sql } from 'kysely';
import type { Db } from './database.ts';
import { uuid } from './id.ts';
import { enMorceaux } from './chunks.ts';

export interface FichierGarde {
  nom: string;
  type: string;
  contenu: Buffer;
}

/** `garde`: papers need it for as long as they exist; the purge of documents leaves it. */
export async function addFichier(tx: Db, contratId: number, f: FichierGarde & { garde?: boolean }): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    insert into fichiers (contrat_id, nom, type, contenu, garde)
    values (${contratId}, ${f.nom}, ${f.type}, ${f.contenu}, ${f.garde ?? false})
    returning id`.execute(tx);
  return rows[0]?.id ?? '';
}

/** The same file, kept for as long as papers need it: one that was only deposited is purged. Null when it was already. */
export async function garderFichier(tx: Db, contratId: number, id: string): Promise<{ id: string; nom: string } | null> {
  const { rows } = await sql<{ id: string; nom: string }>`
    insert into fichiers (contrat_id, nom, type, contenu, garde)
    select contrat_id, nom, type, contenu, true from fichiers where contrat_id = ${contratId} and id = ${uuid(id)}
    returning id, nom`.execute(tx);
  return rows[0] ?? null;
}

export async function getFichier(db: Db, contratId: number, id: string): Promise<FichierGarde | null> {
  const { rows } = await sql<FichierGarde>`
    select nom, type, contenu from fichiers where contrat_id = ${contratId} and id = ${uuid(id)}`.execute(db);
  return rows[0] ?? null;
}

/** The same for whoever downloads it: in pieces. */
export async function lireFichier(db: Db, contratId: number, id: string): Promise<{ nom: string; type: string; contenu: Readable } | null> {
  const ce = sql`from fichiers where contrat_id = ${contratId} and id = ${uuid(id)}`;
  const { rows } = await sql<{ nom: string; type: string; octets: number }>`select nom, type, octet_length(contenu) as octets ${ce}`.execute(db);
  const f = rows[0];
  if (!f) return null;
  const contenu = enMorceaux(f.octets, async (depuis, longueur) => {
    const { rows: m } = await sql<{ m: Buffer }>`select substring(contenu from ${depuis} for ${longueur}) as m ${ce}`.execute(db);
    return m[0]?.m ?? null;
  });
  return { nom: f.nom, type: f.type, contenu };
}
