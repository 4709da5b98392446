/** What the database says of its own tables: the source of the register of processing activities. */
import { sql } from 'kysely';
import type { Db } from '../../../core/base/database.ts';
import { buildRegistre, type LigneCatalogue, type Registre } from './traitements.rules.ts';

/** Every ordinary table of the planes' schemas with its columns; what belongs to an extension is left to it. */
async function listCatalogue(db: Db): Promise<LigneCatalogue[]> {
  const { rows } = await sql<LigneCatalogue>`
    select case n.nspname when 'public' then '' else n.nspname || '.' end || c.relname as "table", obj_description(c.oid, 'pg_class') as annotation, a.attname as colonne,
      col_description(c.oid, a.attnum) as "annotationColonne"
    from pg_catalog.pg_class c
    join pg_catalog.pg_namespace n on n.oid = c.relnamespace
    left join pg_catalog.pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    where n.nspname in ('public', 'nominatif')
      and c.relkind in ('r', 'p')
      and not c.relispartition
      and not exists (
        select from pg_catalog.pg_depend d
        where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e'
      )
    order by 1, a.attnum`.execute(db);
  return rows;
}

export const getRegistre = async (db: Db): Promise<Registre> => buildRegistre(await listCatalogue(db));
