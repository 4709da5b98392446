/** Records as other objects name them: title, day and place, nothing of their fields. */
import { sql } from 'kysely';
import type { Db, Ligne } from '../../core/base/database.ts';
import { uuids } from '../../core/base/id.ts';

export type Citee = Pick<Ligne<'activites'>, 'id' | 'registre' | 'titre' | 'jour' | 'territoireId' | 'etape'>;
const COLONNES = sql`a.id, a.registre, a.titre, a.jour, a.territoire_id as "territoireId", a.etape`;

/** Those that still count, of these registers. */
export async function listCitees(db: Db, contratId: number, registres: readonly string[], ids: readonly string[]): Promise<Citee[]> {
  if (ids.length === 0 || registres.length === 0) return [];
  const { rows } = await sql<Citee>`
    select ${COLONNES} from activites a
    where a.contrat_id = ${contratId} and a.id = any(${uuids(ids)}) and a.registre = any(${[...registres]}::text[]) and a.statut = 'publie'
    order by a.registre, a.jour desc, a.id`.execute(db);
  return rows;
}

/** The latest of one register that these words find, or the code of a place where they are; in these places; all those of the contract when `territoires` is null. */
export async function chercherCitees(
  db: Db,
  contratId: number,
  f: { registre: string; q: string; territoires: readonly string[] | null },
  limite: number,
): Promise<Citee[]> {
  const { rows } = await sql<Citee>`
    select ${COLONNES} from activites a
    where a.contrat_id = ${contratId} and a.registre = ${f.registre} and a.statut = 'publie'
      ${
        f.q === ''
          ? sql``
          : sql`and (a.recherche @@ websearch_to_tsquery('concorde_fr', ${f.q}) or exists (
        select from activite_lieux l where l.contrat_id = a.contrat_id and l.activite_id = a.id and upper(l.code) = upper(${f.q})))`
      }
      ${f.territoires === null ? sql`` : sql`and a.territoire_id = any(${[...f.territoires]}::text[])`}
    order by a.jour desc, a.id desc
    limit ${limite}`.execute(db);
  return rows;
}

/** Of one register, whose field of a closed list is one of these; `sauf`: whose other field is not that. With who follows each. */
type Suivie = Citee & Pick<Ligne<'activites'>, 'organisationId'>;
export async function listSuivies(
  db: Db,
  contratId: number,
  f: { registre: string; champ: string; valeurs: readonly string[]; sauf: { champ: string; valeur: string }; territoires: readonly string[] },
  limite: number,
): Promise<Suivie[]> {
  const { rows } = await sql<Suivie>`
    select ${COLONNES}, a.organisation_id as "organisationId" from activites a
    where a.contrat_id = ${contratId} and a.registre = ${f.registre} and a.statut = 'publie' and a.donnees ->> ${f.champ} = any(${[...f.valeurs]}::text[])
      and coalesce(a.donnees ->> ${f.sauf.champ}, '') <> ${f.sauf.valeur} and a.territoire_id = any(${[...f.territoires]}::text[])
    order by a.titre, a.id limit ${limite}`.execute(db);
  return rows;
}
