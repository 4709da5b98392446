/** Records that others point to: by id, by words, near a day and a place, and what hangs on one. */
import { sql } from 'kysely';
import type { Db, Ligne } from '../../../core/base/database.ts';
import { uuid, uuids } from '../../../core/base/id.ts';
import type { DefinitionRegistre } from '../definition.ts';
import type { CibleConnue } from './cible.ts';
import { type Etape, quantitesDe } from '../registres.rules.ts';
import { vueDe } from '../registres.views.ts';

export interface CibleLue extends Pick<Ligne<'activites'>, 'id' | 'registre' | 'titre' | 'jour' | 'fin' | 'idExterne' | 'territoireId'> {
  statut: CibleConnue['statut'];
}
const COLONNES = sql`a.id, a.registre, a.titre, a.jour, a.fin, a.statut, a.id_externe as "idExterne", a.territoire_id as "territoireId"`;
const EN_VIGUEUR = sql`a.statut = 'publie' and a.etape <> 'annulee'`;

export async function listCibles(db: Db, contratId: number, ids: readonly string[]): Promise<CibleLue[]> {
  if (ids.length === 0) return [];
  const { rows } = await sql<CibleLue>`select ${COLONNES} from activites a where a.contrat_id = ${contratId} and a.id = any(${uuids(ids)})`.execute(db);
  return rows;
}

/** Every record that a file may name. Past the bound, the latest. */
const NOMMABLES = 20_000;
export async function listNommables(db: Db, contratId: number, registres: readonly string[]): Promise<CibleLue[]> {
  const { rows } = await sql<CibleLue>`
    select c.* from unnest(${[...registres]}::text[]) as r (code)
    cross join lateral (
      select ${COLONNES} from activites a
      where a.contrat_id = ${contratId} and a.registre = r.code and a.statut = 'publie'
      order by a.jour desc, a.id desc limit ${NOMMABLES}) c`.execute(db);
  return rows;
}

interface Autour {
  registre: string;
  jour: string;
  territoires: readonly string[];
}
/** Those of the days around, and the latest of the place. */
export async function listProches(db: Db, contratId: number, o: Autour, limite: number): Promise<CibleLue[]> {
  const ici = sql`a.contrat_id = ${contratId} and a.registre = ${o.registre} and ${EN_VIGUEUR}`;
  const { rows } = await sql<CibleLue>`
    (select ${COLONNES} from activites a where ${ici} and a.jour <= ${o.jour}::date order by a.jour desc, a.id desc limit ${limite})
    union
    (select ${COLONNES} from activites a where ${ici} and a.jour > ${o.jour}::date order by a.jour, a.id limit ${limite})
    union
    (select ${COLONNES} from activites a
      where ${ici} and a.territoire_id = any(${[...o.territoires]}::text[]) and (a.fin is null or a.fin >= ${o.jour}::date)
      order by a.jour desc, a.id desc limit ${limite})`.execute(db);
  return rows;
}

export async function searchCibles(db: Db, contratId: number, registre: string, mots: string, limite: number): Promise<CibleLue[]> {
  const { rows } = await sql<CibleLue>`
    select ${COLONNES} from activites a
    where a.contrat_id = ${contratId} and a.registre = ${registre} and ${EN_VIGUEUR}
      and (a.recherche @@ websearch_to_tsquery('concorde_fr', ${mots}) or a.titre ilike ${`%${mots.replaceAll(/[\\%_]/g, '\\$&')}%`} or a.id_externe = ${mots})
    order by a.jour desc, a.id desc limit ${limite}`.execute(db);
  return rows;
}

/** Records that something of this register points to by this field, the latest first. */
export async function listVisees(db: Db, contratId: number, de: { registre: string; champ: string }, limite: number): Promise<CibleLue[]> {
  const { rows } = await sql<CibleLue>`
    select ${COLONNES} from activites a
    where a.contrat_id = ${contratId} and a.registre = (select d.vers from liens_declares() d where d.registre = ${de.registre} and d.champ = ${de.champ})
      and a.statut = 'publie'
      and exists (select from activite_liens l where l.contrat_id = a.contrat_id and l.cible_id = a.id and l.champ = ${de.champ})
    order by a.jour desc, a.id desc limit ${limite}`.execute(db);
  return rows;
}

export interface Rattachement extends Pick<Ligne<'activites'>, 'registre'>, Pick<Ligne<'activiteLiens'>, 'champ'> {
  etape: Etape;
  nombre: number;
  /** In the order of `quantitesDe`; null where no record says how many. Empty when there is nothing done. */
  sommes: (number | null)[];
}
/** What points to this record, by register, field and stage; quantities of what is done. One index, then the rows themselves. */
export async function listRattachements(
  db: Db,
  contratId: number,
  cibleId: string,
  sources: readonly { d: DefinitionRegistre; champs: readonly string[] }[],
): Promise<Rattachement[]> {
  const lus: Rattachement[] = [];
  for (const { d, champs } of sources) {
    const liens = sql`activite_liens l
      join activites a on a.contrat_id = l.contrat_id and a.id = l.activite_id and a.registre = ${d.code} and a.statut = 'publie'`;
    const sommes = quantitesDe(d).map((q) => sql`sum(f.${sql.id(q.code)})::float8`);
    const { rows } = await sql<Rattachement>`
      select ${d.code} as registre, l.champ, a.etape, count(*)::int as nombre,
        ${sommes.length === 0 ? sql`array[]::float8[]` : sql`array[${sql.join(sommes)}]`} as sommes
      from ${liens}
      left join ${sql.id(vueDe(d))} f on f.contrat_id = l.contrat_id and f.id = l.activite_id
      where l.contrat_id = ${contratId} and l.cible_id = ${uuid(cibleId)} and l.champ = any(${[...champs]}::text[])
      group by l.champ, a.etape
      order by l.champ, a.etape desc`.execute(db);
    lus.push(...rows);
  }
  return lus;
}
