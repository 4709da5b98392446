/** What may be the same as a report that is taken down, or read. */
import { sql } from 'kysely';
import { uuid } from '../../../core/base/id.ts';
import type { Db } from '../../../core/base/database.ts';
import { ETATS_A_TRAITER } from '../circuits/etats.ts';
import { COLONNES_DEMANDE as COLONNES, type Demande } from './demandes.queries.ts';

/** Of the same category, near in place and time, whatever words they use; the nearest first. Those joined to another are not proposed. */
export interface Proche
  extends Pick<
    Demande,
    | 'id'
    | 'numero'
    | 'titre'
    | 'categorie'
    | 'jour'
    | 'heure'
    | 'adresse'
    | 'territoireId'
    | 'etat'
    | 'textePublic'
    | 'lecteurs'
    | 'auteurOrganisation'
    | 'serviceId'
  > {
  /** Metres; null when one of them has no point. */
  metres: number | null;
}
export async function listProches(
  db: Db,
  contratId: number,
  q: {
    circuit: string;
    categorie: string;
    territoireId: string;
    adresse: string;
    lon: number | null;
    lat: number | null;
    texte: string;
    depuis: string;
    metres: number;
    sauf?: string;
    /** Only what another may be joined to. */
    joignables?: boolean;
  },
  limite: number,
): Promise<Proche[]> {
  const { rows } = await sql<Proche>`
    with q as (select ${q.lon}::float8 as lon, ${q.lat}::float8 as lat, sans_accents(${q.adresse}) as adresse, ${q.texte}::text as texte),
    mailles as (
      select array(select floor((q.lat + 90) * 1000 + i)::bigint * 1000000 + floor((q.lon + 180) * 1000 + j)::bigint
        from q, generate_series(-2, 2) as i, generate_series(-2, 2) as j) as m
    ),
    candidates as (
      select ${COLONNES} from demandes d
      where d.contrat_id = ${contratId} and ${q.lon}::float8 is not null and d.maille = any((select m from mailles)::bigint[]) and d.circuit = ${q.circuit}
        and d.jour >= ${q.depuis}::date and d.meneur_id is null
      union
      select ${COLONNES} from demandes d
      where d.contrat_id = ${contratId} and ${q.adresse} <> '' and d.territoire_id = ${q.territoireId} and d.circuit = ${q.circuit}
        and d.jour >= ${q.depuis}::date and d.meneur_id is null and similarity(sans_accents(d.adresse), sans_accents(${q.adresse})) >= 0.6
    ),
    mesurees as (
      select c.*, case when c.lon is null or q.lon is null then null else
        round(111195 * sqrt(power(c.lat - q.lat, 2) + power((c.lon - q.lon) * cos(radians(q.lat)), 2)))::int end as metres,
        case when q.texte = '' or c.texte_public = '' then 0 else similarity(c.texte_public, q.texte) end as ressemble
      from candidates c cross join q
    )
    select id, numero, titre, categorie, jour, heure, adresse, territoire_id, etat, texte_public, lecteurs, auteur_organisation, service_id, metres
    from mesurees
    where (metres is null or metres <= ${q.metres}) and (categorie = ${q.categorie} or ressemble >= 0.3)
      ${q.sauf ? sql`and id <> ${uuid(q.sauf)}` : sql``}
      ${q.joignables ? sql`and etat = any(${[...ETATS_A_TRAITER]}::text[])` : sql``}
    order by (categorie = ${q.categorie}) desc, ressemble desc, metres nulls last, id desc
    limit ${limite}`.execute(db);
  return rows;
}
