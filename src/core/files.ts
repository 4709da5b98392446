/** Files kept for people: written by jobs, downloaded by those who may see them. */
import { sql } from 'kysely';
import type { Db } from './database.ts';
import { uuid } from './id.ts';

export interface FichierGarde {
  nom: string;
  type: string;
  contenu: Buffer;
}

export async function addFichier(tx: Db, contratId: number, f: FichierGarde): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    insert into fichiers (contrat_id, nom, type, contenu)
    values (${contratId}, ${f.nom}, ${f.type}, ${f.contenu})
    returning id`.execute(tx);
  return rows[0]?.id ?? '';
}

export async function getFichier(db: Db, contratId: number, id: string): Promise<FichierGarde | null> {
  const { rows } = await sql<FichierGarde>`
    select nom, type, contenu from fichiers where contrat_id = ${contratId} and id = ${uuid(id)}`.execute(db);
  return rows[0] ?? null;
}
