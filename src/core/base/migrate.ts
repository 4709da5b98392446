/** Forward-only plain SQL migrations: the only source of the schema. */
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CompiledQuery, sql } from 'kysely';
import { annuler, type Db } from './database.ts';

/** Where the plain SQL migrations are, from the project's root. */
export const MIGRATIONS = 'db/migrations';

export class ErreurMigration extends Error {}

const NOM = /^\d{8}T\d{4}_[a-z0-9_]+\.sql$/;

/** Applies what is missing, each file in its own transaction. Returns the names applied. */
export async function migrate(db: Db, dossier: string, progres: (nom: string) => void = () => {}): Promise<string[]> {
  const noms = (await readdir(dossier)).filter((n) => n.endsWith('.sql')).sort();
  const malNomme = noms.find((n) => !NOM.test(n));
  if (malNomme) throw new ErreurMigration(`La migration « ${malNomme} » est mal nommée (attendu : 20261123T1200_nom.sql).`);
  return db.connection().execute(async (c) => {
    await sql`select pg_advisory_lock(hashtext('concorde.migrations'))`.execute(c);
    try {
      await sql`create table if not exists migrations (nom text primary key, empreinte text not null, faite_le timestamptz not null default now())`.execute(c);
      const { rows } = await sql<{ nom: string; empreinte: string }>`select nom, empreinte from migrations order by nom`.execute(c);
      const faites = new Map(rows.map((r) => [r.nom, r.empreinte]));
      const inconnue = rows.find((r) => !noms.includes(r.nom));
      if (inconnue)
        throw new ErreurMigration(
          `Cette base vient d’une version plus récente de Concorde (elle a déjà « ${inconnue.nom} »). Lancez cette version-là, ou restaurez une sauvegarde plus ancienne.`,
        );
      const appliquees: string[] = [];
      for (const nom of noms) {
        const texte = await readFile(join(dossier, nom), 'utf8');
        const empreinte = createHash('sha256').update(texte).digest('hex');
        const connue = faites.get(nom);
        if (connue === empreinte) continue;
        if (connue) throw new ErreurMigration(`La migration « ${nom} » a été modifiée après avoir été appliquée. Remettez-la et écrivez-en une nouvelle.`);
        progres(nom);
        await appliquer(c, nom, texte, empreinte);
        appliquees.push(nom);
      }
      return appliquees;
    } finally {
      await sql`select pg_advisory_unlock(hashtext('concorde.migrations'))`.execute(c);
    }
  });
}

async function appliquer(c: Db, nom: string, texte: string, empreinte: string): Promise<void> {
  await sql`begin`.execute(c);
  try {
    await c.executeQuery(CompiledQuery.raw(texte));
    await sql`insert into migrations (nom, empreinte) values (${nom}, ${empreinte})`.execute(c);
    await sql`commit`.execute(c);
  } catch (e) {
    await annuler(c);
    if ((e as { code?: string }).code === '42501')
      throw new ErreurMigration(
        `Le compte PostgreSQL de DATABASE_URL n’a pas les droits nécessaires pour « ${nom} » : ${(e as Error).message}. Donnez-lui CREATEROLE et la propriété de la base, ou faites créer les comptes à la main : docs/exploitation.md, « Comptes de la base ».`,
      );
    throw e;
  }
}
