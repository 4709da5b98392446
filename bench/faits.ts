/** Millions of facts made by SQL: nine tenths residents' reports, one tenth records of the training register. */
import { sql } from 'kysely';
import type { Db } from '../src/core/base/database.ts';
import type { Catalogue } from '../src/modules/contrats/index.ts';

export async function addFaits(owner: Db, catalogue: Catalogue, total: number): Promise<void> {
  const feuilles = [...catalogue.territoires.values()].filter((t) => catalogue.enfants(t.id).length === 0).map((t) => t.id);
  const activites = Math.floor(total / 10);
  await sql`
    insert into signalements (contrat_id, canal, lot_id, id_externe, jour, type, sous_type, service, perimetre, theme, territoire_id)
    select ${catalogue.contratId}, (array['dmr', '3975', 'terrain', 'totem', 'parcs-et-jardins'])[1 + n % 5],
      '00000000-0000-0000-0000-000000000001', 'banc-' || n, date '2023-01-01' + (n % 1420)::int, 'type-' || n % 10, 'sous-type',
      'service-' || n % 40, case when n % 13 = 0 then 'police-municipale' else 'autre' end,
      (array['incivilites', 'degradations', 'vie-nocturne', 'stationnement', 'autre'])[1 + n % 5],
      (${feuilles}::text[])[1 + n::bigint * 7919 % ${feuilles.length}]
    from generate_series(1, ${total - activites}::int) as n`.execute(owner);
  await sql`
    insert into activites (contrat_id, registre, jour, titre, territoire_id, organisation_id, auteur, donnees, lignes, fiches)
    select ${catalogue.contratId}, 'formations', date '2023-01-01' + (n % 1420)::int, 'Session ' || n,
      (${feuilles}::text[])[1 + n::bigint * 7919 % ${feuilles.length}], ${catalogue.contrat.signataires[0]?.acteur ?? ''}, 'banc d’essai',
      jsonb_build_object('theme', (array['rixes', 'seniors', 'discriminations', 'radicalisation'])[1 + n % 4],
        'employeur', (array['dpmp', 'police-nationale', 'education-nationale'])[1 + n % 3], 'participants', 5 + n % 20),
      array[]::text[], array[]::text[]
    from generate_series(1, ${activites}::int) as n`.execute(owner);
  await sql`vacuum analyze signalements`.execute(owner);
  await sql`vacuum analyze activites`.execute(owner);
}
