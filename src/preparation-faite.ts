/** A database prepared elsewhere: serving it needs nothing of its owner. */
import { readdir } from 'node:fs/promises';
import { sql } from 'kysely';
import type { Config } from './core/config.ts';
import { openDatabase } from './core/base/database.ts';
import { MIGRATIONS } from './core/base/migrate.ts';
import { accesFourni, ErreurRoles } from './core/base/roles.ts';
import { getContratServi } from './modules/contrats/index.ts';
import type { Prete } from './preparation-a-part.ts';

/** What a preparation made elsewhere left, as the service role finds it; says what is missing. */
export async function ouvrirPreparee(config: Config): Promise<Prete> {
  const fournis = config.comptesFournis;
  if (!fournis) throw new ErreurRoles('Aucun compte pour servir : donnez CONCORDE_DATABASE_URL_SERVICE.');
  const db = openDatabase(fournis.service, { max: 1 });
  try {
    const attendues = (await readdir(MIGRATIONS)).filter((n) => n.endsWith('.sql')).sort();
    const { rows: faites } = await sql<{ nom: string }>`select nom from migrations order by nom`.execute(db);
    const contrat = await getContratServi(db);
    if (faites.map((f) => f.nom).join() !== attendues.join() || contrat?.slug !== config.contrat)
      throw new ErreurRoles(
        'La base de CONCORDE_DATABASE_URL_SERVICE n’est pas prête pour ce contrat et cette version : lancez d’abord « concorde preparer » avec DATABASE_URL.',
      );
    return { acces: accesFourni(fournis), contratId: contrat.id, slug: contrat.slug };
  } finally {
    await db.destroy();
  }
}
