/** What the public finds: a page of the list, and how many in each first-level territory. Reads on the public plane. */
import { sql } from 'kysely';
import { type Db, type Ligne, lireEnsemble } from '../../../core/base/database.ts';
import { COLONNES, type Structure } from '../structures/structures.queries.ts';
import type { Point, Recherche } from './trouver.rules.ts';

export interface Trouvee extends Structure, Pick<Ligne<'structures'>, 'fictive'> {
  ouverte: boolean;
}
interface Secteur extends Pick<Ligne<'structures'>, 'secteurId'> {
  n: number;
}
export interface Trouvees {
  lignes: Trouvee[];
  total: number;
  /** What the map shows. */
  parSecteur: ReadonlyMap<string, number>;
}

/** Cards `s` that answer to it; those without hours are never open. */
function repond(contratId: number, r: Recherche, maintenant: Date) {
  const service = r.besoin || r.sans_rdv || r.anonyme || r.gratuit;
  return sql`s.contrat_id = ${contratId} and s.etat = 'publiee' and s.jointe_a is null
    ${r.langue ? sql`and s.langues @> array[${r.langue}]::text[]` : sql``}
    ${r.accessible ? sql`and s.accessibilite @> array[${r.accessible}]::text[]` : sql``}
    ${r.lieu_sur ? sql`and s.lieu_sur` : sql``}
    ${r.ouvert ? sql`and s.ouvertures @> ${maintenant}::timestamptz` : sql``}
    ${
      service
        ? sql`and s.id in (
      select v.carte_id from structure_services v
      where v.contrat_id = ${contratId} and v.retire_le is null
        ${r.besoin ? sql`and v.besoins @> array[${r.besoin}]::text[]` : sql``}
        ${r.sans_rdv ? sql`and v.sans_rdv` : sql``} ${r.anonyme ? sql`and v.anonyme` : sql``} ${r.gratuit ? sql`and v.frais = 'gratuit'` : sql``})`
        : sql``
    }`;
}

/** Those of the place asked (`territoires`) first, then what is open, then the nearest to `repere`; without a point, `proches`: first-level territories in that order. */
export async function chercherStructures(
  db: Db,
  contratId: number,
  r: Recherche,
  o: { maintenant: Date; territoires: readonly string[] | null; proches: readonly string[]; repere: Point | null; page: number; parPage: number },
): Promise<Trouvees> {
  const ou = repond(contratId, r, o.maintenant);
  const [liste, secteurs] = await lireEnsemble(db, [
    () =>
      sql<Trouvee>`
        select ${COLONNES}, s.ouvertures @> ${o.maintenant}::timestamptz as ouverte
        from structures s
        where ${ou}
        order by ${o.territoires ? sql`not (s.territoire_id = any(${[...o.territoires]}::text[])),` : sql``} not s.ouvertures @> ${o.maintenant}::timestamptz,
          ${
            o.repere
              ? sql`power((s.longitude - ${o.repere.lon}) * cos(radians(${o.repere.lat}::float8)), 2) + power(s.latitude - ${o.repere.lat}, 2) nulls last,`
              : sql``
          }
          ${o.proches.length > 0 ? sql`coalesce(array_position(${[...o.proches]}::text[], s.secteur_id), 1000),` : sql``} s.cle_nom, s.id
        limit ${o.parPage} offset ${(o.page - 1) * o.parPage}`.execute(db),
    () => sql<Secteur>`select s.secteur_id, count(*)::int as n from structures s where ${ou} group by s.secteur_id`.execute(db),
  ]);
  return {
    lignes: liste.rows,
    total: secteurs.rows.reduce((n, x) => n + x.n, 0),
    parSecteur: new Map(secteurs.rows.map((x) => [x.secteurId, x.n])),
  };
}

/** Is there any card at all? */
export async function existeUneFiche(db: Db, contratId: number): Promise<boolean> {
  const { rows } = await sql<Pick<Ligne<'structures'>, 'id'>>`
    select s.id from structures s where s.contrat_id = ${contratId} and s.etat = 'publiee' and s.jointe_a is null limit 1`.execute(db);
  return rows.length > 0;
}
