/** Invented calls and contacts for the demonstration; never on the « Dans Ma Rue » channel, which only real imports feed. */
import { sql } from 'kysely';
import type { Db } from '../../core/base/database.ts';
import type { Lexique } from '../../core/faits.ts';
import type { Profils } from '../../core/module.ts';
import type { Catalogue } from '../contrats/index.ts';
import { NUITS_D_ATTENTE } from './import/couverture.rules.ts';
import { profilSchema } from './demo.schema.ts';
import { canauxDe } from './signalements.source.ts';
import { enJson } from '../../core/couper.ts';

/** Reports spread over the finest territories; none where the contract says nothing of them. Figures are recomputed by the caller. */
export async function genererSignalementsDemo(
  db: Db,
  catalogue: Catalogue,
  o: { annees: readonly number[]; graine: number; jusquau: string; profils: Profils },
): Promise<number> {
  const p = lireProfil(o.profils);
  if (!p) return 0;
  const { genres } = p;
  const de = (f: (g: (typeof genres)[number]) => string) => genres.map(f);
  const feuilles = [...catalogue.territoires.values()].filter((t) => catalogue.enfants(t.id).length === 0).map((t) => t.id);
  const r = await sql`
    with tirage as (
      select a.annee, n,
        -- A reproducible draw: digits of a digest, not random().
        ('x' || substr(md5(a.annee || '/' || n || '/' || ${String(o.graine)}), 1, 8))::bit(32)::bigint as d1,
        ('x' || substr(md5(a.annee || '/' || n || '/' || ${String(o.graine)}), 9, 8))::bit(32)::bigint as d2
      from unnest(${[...o.annees]}::int[]) with ordinality as a (annee, rang), generate_series(1, (${p.parAn}::int + ${p.hausse}::int * (a.rang - 1))::int) as n
    ),
    places as (
      select annee, n, (make_date(annee, 1, 1) + (d1 % 365)::int) as jour, d1, d2,
        (${feuilles}::text[])[1 + (d2 % ${feuilles.length})] as territoire_id,
        (${p.canaux}::text[])[1 + (d1 / 7 % ${p.canaux.length}::int)::int] as canal,
        1 + (d2 / 11 % ${p.genres.length}::int)::int as genre
      from tirage
    )
    insert into signalements (contrat_id, canal, lot_id, id_externe, jour, type, sous_type, service, perimetre, theme, territoire_id)
    select ${catalogue.contratId}, canal, '00000000-0000-0000-0000-000000000000', 'fictif-' || annee || '-' || n, jour,
      (${de((g) => g.type)}::text[])[genre], (${de((g) => g.sous_type)}::text[])[genre], ${p.service.code},
      case when (${p.genres.map((g) => g.police_municipale)}::boolean[])[genre] or d1 % 3 = 0 then 'police-municipale' else 'autre' end,
      (${de((g) => g.theme)}::text[])[genre], territoire_id
    from places
    where jour <= ${o.jusquau}::date
    on conflict do nothing`.execute(db);
  // As if their files had come day after day: their quarters are told by quartier.
  await sql`
    insert into signalement_lots (contrat_id, id, source, canal, fichier, lus, nouveaux, connus, avertis, rejetes, importe_par, importe_le, couvre)
    select ${catalogue.contratId}, md5('demonstration/' || canal)::uuid, 'demonstration', canal, 'Données fictives', 0, 0, 0, 0, 0, 'Démonstration',
      ${o.jusquau}::date - ${NUITS_D_ATTENTE + 1}::int,
      datemultirange(daterange(make_date(${Math.min(...o.annees)}::int, 1, 1), ${o.jusquau}::date))
    from (select distinct unnest(${p.canaux}::text[]) as canal) as c
    on conflict (contrat_id, id) do update set couvre = excluded.couvre, importe_le = excluded.importe_le`.execute(db);
  const libelles = [...p.genres.map((g) => ({ genre: 'type', code: g.type, libelle: g.libelle })), { genre: 'service', ...p.service }];
  await sql`
    insert into signalement_libelles (contrat_id, genre, code, libelle)
    select ${catalogue.contratId}, v.genre, v.code, v.libelle
    from jsonb_to_recordset(${enJson(libelles)}::jsonb) as v (genre text, code text, libelle text)
    on conflict do nothing`.execute(db);
  return Number(r.numAffectedRows ?? 0);
}

const lireProfil = (profils: Profils) => profils.lire('signalements', profilSchema);

/** Channels that the contract does not have; empty when all are there. */
export function verifierDemo(lexique: Lexique, profils: Profils): string[] {
  const connus = canauxDe(lexique).map((v) => v.code);
  const inconnus = [...new Set(lireProfil(profils)?.canaux ?? [])].filter((code) => !connus.includes(code));
  if (inconnus.length === 0) return [];
  return [`demonstration/signalements.yaml, canaux : inconnus de listes.yaml : ${inconnus.join(', ')} (connus : ${connus.join(', ')})`];
}
