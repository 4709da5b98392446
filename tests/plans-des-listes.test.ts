/**
 * Under row-level security an operator that is not leakproof is kept from the indexes: nothing fails, lists only read everything. Each
 * statement of the pages that list is planned as the owner, whom nothing hides from, and as the role that serves: the same indexes.
 */
import { sql } from 'kysely';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { HOUSE } from '../src/modules.ts';
import { apprendreMots } from '../src/modules/contrats/index.ts';
import { type AppDeTest, ouvrirApp } from './support/app.ts';
import { recalculerChiffres } from '../src/modules/indicateurs/formulaires.ts';
import { reprendrePreuves } from '../src/modules/indicateurs/faits/preparer.ts';

interface Requete {
  text: string;
  values: unknown[];
}
let app: AppDeTest;
let clients: { nom: string; client: pg.Client }[] = [];

beforeAll(async () => {
  app = await ouvrirApp({ horloge: () => new Date('2026-11-28T09:00:00Z') });
  const { owner } = app.base;
  const lieux = [...app.catalogue.territoires.keys()];
  await sql`
    insert into activites (contrat_id, registre, jour, titre, territoire_id, organisation_id, auteur, donnees, fiches, lignes)
    select ${app.contratId}, (array['formations', 'interventions'])[1 + n % 2], date '2025-01-01' + n % 690, 'Session ' || n || case when n % 900 = 0 then ' rare' else '' end,
      (${lieux}::text[])[1 + n % ${lieux.length}], 'VILLE', 'essai',
      jsonb_build_object('theme', case when n % 2000 = 0 then 'vie-nocturne' else 'rixes' end, 'employeur', 'dpmp', 'participants', 5),
      case when n % 700 = 0 then array['1.6'] else '{}' end, case when n % 700 = 0 then array['1.6-R2.5'] else '{}' end
    from generate_series(1, 20000) n`.execute(owner);
  await sql`
    insert into signalements (contrat_id, canal, lot_id, id_externe, jour, type, sous_type, service, perimetre, theme, territoire_id)
    select ${app.contratId}, 'dmr', gen_random_uuid(), 'essai-' || n, date '2025-01-01' + n % 690, 'type-' || n % 10, 'divers', 'divers', 'autre', 'incivilites',
      (${lieux}::text[])[1 + n % ${lieux.length}]
    from generate_series(1, 20000) n`.execute(owner);
  await recalculerChiffres(owner, app.contratId);
  await reprendrePreuves(owner, app.contratId);
  await apprendreMots(
    app.db,
    HOUSE.registres.map((r) => r.code),
  );
  await sql`vacuum analyze`.execute(owner);
  for (const [nom, url] of [
    ['propriétaire', app.base.url],
    ['service', await app.base.service(app.contratId)],
  ] as const) {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    // Small tables are read whole by anybody: what is asked is which indexes may serve.
    await client.query(`set enable_seqscan = off; set concorde.contrat_id = '${app.contratId}'; set pg_trgm.word_similarity_threshold = 0.45`);
    clients.push({ nom, client });
  }
}, 180_000);
afterAll(async () => {
  for (const { client } of clients) await client.end();
  clients = [];
  await app?.close();
});

/** Statements that the pool of partners runs while this page is made. */
async function ecouter(chemin: string): Promise<Requete[]> {
  const vues: Requete[] = [];
  const ordinaire = pg.Client.prototype.query;
  pg.Client.prototype.query = function (this: pg.Client, ...args: unknown[]) {
    const [q, v] = args as [unknown, unknown];
    const text = typeof q === 'string' ? q : ((q as { text?: string } | null)?.text ?? '');
    const values = Array.isArray(v) ? v : ((q as { values?: unknown[] } | null)?.values ?? []);
    // A name that is only told to a connection runs nothing, and has no values.
    const dite = values.length === 0 && text.includes('$1');
    if (!dite && /^\s*(select|with)\b/i.test(text) && !/\b(insert|update|delete)\b/i.test(text)) vues.push({ text, values });
    return (ordinaire as (...a: unknown[]) => unknown).apply(this, args);
  } as typeof pg.Client.prototype.query;
  try {
    const r = await app.get(chemin, { comme: 'coordination' });
    expect([chemin, r.statusCode]).toEqual([chemin, 200]);
  } finally {
    pg.Client.prototype.query = ordinaire;
  }
  return vues;
}

interface Noeud {
  'Index Name'?: string;
  'Index Cond'?: string;
  Plans?: Noeud[];
}
/** Tables that grow: what is read of the others may well change with a handful of rows. */
const GRANDES = ['activites', 'signalements', 'faits_comptes', 'mesure_cellules', 'mesure_annees', 'recherche'];
/** Indexes by which each of them is read. */
function indexLus(n: Noeud): string[] {
  const lus = n['Index Name'] && n['Index Cond'] && GRANDES.some((t) => n['Index Name']?.startsWith(`${t}_`)) ? [n['Index Name']] : [];
  return [...lus, ...(n.Plans ?? []).flatMap(indexLus)];
}
async function plan(client: pg.Client, q: Requete): Promise<string[]> {
  const { rows } = await client.query<{ 'QUERY PLAN': { Plan: Noeud }[] }>(`explain (format json) ${q.text}`, q.values);
  return [...new Set(indexLus(rows[0]?.['QUERY PLAN'][0]?.Plan ?? {}))].sort();
}

const PAGES = [
  '/registres',
  '/registres/formations',
  '/registres/formations?q=rare',
  '/registres/formations?territoire=75118',
  '/registres/formations?fiche=1.6',
  '/registres/formations?statut=retire',
  '/registres?ligne=1.6-R2.5',
  '/chiffres/3.6-04a?periode=2025',
  '/chiffres/3.6-04a?periode=2025&territoire=mairie-18',
  '/chiffres/1.6-10b?periode=2025&page=3',
  '/chiffres/3.14-04a?periode=2025',
  '/chiffres/1.4-01b?periode=2025',
  '/decisions',
  '/instances',
  '/calendrier',
  '/signalements',
  '/signalements?type=type-3',
  '/echeances',
  '/recherche?q=rare',
];

test.each(PAGES)('%s : les mêmes index servent au propriétaire et au rôle de service', async (chemin) => {
  const requetes = await ecouter(chemin);
  expect(requetes.length).toBeGreaterThan(0);
  let lus = 0;
  for (const q of requetes) {
    const [proprietaire = [], service = []] = await Promise.all(clients.map(({ client }) => plan(client, q)));
    expect([q.text, service]).toEqual([q.text, proprietaire]);
    lus += service.length;
  }
  if (chemin.startsWith('/registres/') || chemin.startsWith('/chiffres/')) expect(lus).toBeGreaterThan(0);
});
