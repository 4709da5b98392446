/** What the public finds: one statement for the list, its count, and how many in each first-level territory. Reads on the public plane. */
import { sql } from 'kysely';
import type { Db } from '../../../core/base/database.ts';
import { COLONNES, type Structure } from '../structures/structures.queries.ts';
import type { Recherche } from './trouver.rules.ts';

export type Trouvee = Structure & { ouverte: boolean };
export interface Trouvees {
  lignes: Trouvee[];
  total: number;
  /** Whatever the place asked: what the map shows. */
  parSecteur: ReadonlyMap<string, number>;
}

/** `proches`: first-level territories, the nearest first; those of the place asked: its `territoires`. */
export async function chercherStructures(
  db: Db,
  contratId: number,
  r: Recherche,
  o: { maintenant: Date; territoires: readonly string[] | null; proches: readonly string[]; page: number; parPage: number },
): Promise<Trouvees> {
  const service = r.besoin || r.sans_rdv || r.anonyme || r.gratuit;
  const ouverte = sql`s.ouvertures @> ${o.maintenant}::timestamptz`;
  const { rows } = await sql<{ lignes: Trouvee[]; total: number; secteurs: Record<string, number> }>`
    with trouvees as materialized (
      select s.id, s.secteur_id, s.territoire_id, s.cle_nom, ${ouverte} as ouverte
      from structures s
      where s.contrat_id = ${contratId} and s.etat = 'publiee' and s.jointe_a is null
        ${r.langue ? sql`and s.langues @> array[${r.langue}]::text[]` : sql``}
        ${r.accessible ? sql`and s.accessibilite @> array[${r.accessible}]::text[]` : sql``}
        ${r.lieu_sur ? sql`and s.lieu_sur` : sql``}
        ${r.ouvert ? sql`and ${ouverte}` : sql``}
        ${
          service
            ? sql`and s.id in (
          select v.carte_id from structure_services v
          where v.contrat_id = ${contratId} and v.retire_le is null
            ${r.besoin ? sql`and v.besoins @> array[${r.besoin}]::text[]` : sql``}
            ${r.sans_rdv ? sql`and v.sans_rdv` : sql``} ${r.anonyme ? sql`and v.anonyme` : sql``} ${r.gratuit ? sql`and v.frais = 'gratuit'` : sql``})`
            : sql``
        }),
    page as (
      select t.id, t.ouverte, row_number() over (
        order by ${o.territoires ? sql`not (t.territoire_id = any(${[...o.territoires]}::text[])),` : sql``} not t.ouverte,
          ${o.proches.length > 0 ? sql`coalesce(array_position(${[...o.proches]}::text[], t.secteur_id), 1000),` : sql``} t.cle_nom, t.id) as rang
      from trouvees t
      order by rang limit ${o.parPage} offset ${(o.page - 1) * o.parPage})
    select
      (select count(*)::int from trouvees) as total,
      (select coalesce(jsonb_object_agg(secteur_id, n), '{}') from (select secteur_id, count(*)::int as n from trouvees group by secteur_id) x) as secteurs,
      (select coalesce(jsonb_agg(to_jsonb(l) order by l.rang), '[]') from (
        select ${COLONNES}, p.ouverte, p.rang from page p join structures s on s.contrat_id = ${contratId} and s.id = p.id) l) as lignes`.execute(db);
  const [lu] = rows;
  return { lignes: lu?.lignes ?? [], total: lu?.total ?? 0, parSecteur: new Map(Object.entries(lu?.secteurs ?? {})) };
}

/** Do any card, need or place stand in the directory at all? */
export async function compterPubliees(db: Db, contratId: number): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from structures s where s.contrat_id = ${contratId} and s.etat = 'publiee' and s.jointe_a is null`.execute(db);
  return rows[0]?.n ?? 0;
}
