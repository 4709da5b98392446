/** Invented calls and contacts for the demonstration; never on the « Dans Ma Rue » channel, which only real imports feed. */
import { sql } from 'kysely';
import type { Db } from '../../core/database.ts';
import type { Catalogue } from '../contrats/index.ts';

/** About 2,400 reports a year spread over the finest territories. Figures are recomputed by the caller. */
export async function genererSignalementsDemo(
  db: Db,
  catalogue: Catalogue,
  o: { annees: readonly number[]; graine: number; jusquau: string },
): Promise<number> {
  const feuilles = [...catalogue.territoires.values()].filter((t) => catalogue.enfants(t.id).length === 0).map((t) => t.id);
  const r = await sql`
    with tirage as (
      select a.annee, n,
        -- A reproducible draw: digits of a digest, not random().
        ('x' || substr(md5(a.annee || '/' || n || '/' || ${String(o.graine)}), 1, 8))::bit(32)::bigint as d1,
        ('x' || substr(md5(a.annee || '/' || n || '/' || ${String(o.graine)}), 9, 8))::bit(32)::bigint as d2
      from unnest(${[...o.annees]}::int[]) with ordinality as a (annee, rang), generate_series(1, (2200 + 120 * a.rang)::int) as n
    ),
    places as (
      select annee, n, (make_date(annee, 1, 1) + (d1 % 365)::int) as jour, d1, d2,
        (${feuilles}::text[])[1 + (d2 % ${feuilles.length})] as territoire_id,
        (array['3975', '3975', '3975', 'terrain', 'terrain', 'totem', 'parcs-et-jardins', 'nuisances-pro'])[1 + (d1 / 7 % 8)::int] as canal,
        1 + (d2 / 11 % 5)::int as genre
      from tirage
    )
    insert into signalements (contrat_id, canal, lot_id, id_externe, jour, type, sous_type, service, perimetre, theme, territoire_id)
    select ${catalogue.contratId}, canal, '00000000-0000-0000-0000-000000000000', 'fictif-' || annee || '-' || n, jour,
      (array['proprete', 'mobilier-degrade', 'bruit', 'stationnement', 'autre'])[genre],
      (array['Déchets sur la voie publique (fictif)', 'Équipement dégradé (fictif)', 'Bruit d’un établissement ou d’une terrasse (fictif)', 'Stationnement gênant (fictif)', 'Autre demande (fictif)'])[genre],
      'service-fictif', case when genre in (3, 4) or d1 % 3 = 0 then 'police-municipale' else 'autre' end,
      (array['incivilites', 'degradations', 'vie-nocturne', 'stationnement', 'autre'])[genre], territoire_id
    from places
    where jour <= ${o.jusquau}::date
    on conflict do nothing`.execute(db);
  await sql`
    insert into signalement_libelles (contrat_id, genre, code, libelle)
    select ${catalogue.contratId}, v.genre, v.code, v.libelle
    from (values ('type', 'proprete', 'Propreté'), ('type', 'mobilier-degrade', 'Équipement dégradé'), ('type', 'bruit', 'Bruit'),
      ('type', 'stationnement', 'Stationnement'), ('type', 'autre', 'Autre'), ('service', 'service-fictif', 'Service fictif')) as v (genre, code, libelle)
    on conflict do nothing`.execute(db);
  return Number(r.numAffectedRows ?? 0);
}
