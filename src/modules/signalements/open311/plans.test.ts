/** Open311 reads what its reader is told, by the statement alone: the same right as pages have, and no more than a few pages of rows however many there are. */
import { sql } from 'kysely';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type AppDeTest, ouvrirApp, type Qui } from '../../../../tests/support/app.ts';
import { ROLES, type Role, type Utilisateur } from '../../../core/authorize.ts';
import { lectureEntiereDe, litEntier } from '../demandes/demandes.policy.ts';
import { idDe } from '../demandes/identifiants.ts';
import { listNouvelles, listOuvertes } from './open311.queries.ts';

const CIRCUIT = 'tranquillite-publique';
const MOI = '0b0b0b0b-0000-4000-8000-000000000001';
let app: AppDeTest;
let service: pg.Client;
let lieux: string[] = [];
let n = 0;
const idA = sql`(lpad(to_hex((extract(epoch from le) * 1000)::bigint), 12, '0') || substr(md5(i::text), 1, 20))::uuid`;

beforeAll(async () => {
  app = await ouvrirApp();
  lieux = app.catalogue.enfants(app.catalogue.racine.id).map((l) => l.id);
  const { owner } = app.base;
  // Ninety days: the first third was told, one in fifty is open, one in three thousand is of another service, one in five thousand of another kind.
  await sql`
    insert into demandes (contrat_id, id, circuit, canal, categorie, titre, theme, jour, territoire_id, service_id, etat, etat_le, recu_le, modifie_le, clos_le)
    select ${app.contratId}, ${idA}, ${CIRCUIT}, 'web', case when i % 5000 = 11 then 'degradation' else 'bruit' end, 'Bruit', 'vie-nocturne', le::date,
      (${lieux}::text[])[1 + i % ${lieux.length}], case when i % 3000 = 7 then 'PARQUET' else 'DPMP' end, 'pris-en-charge', le, le, le,
      case when i % 50 > 0 then le + interval '1 hour' end
    from generate_series(1, 30000) as i cross join lateral (select '2023-03-01T00:00:00Z'::timestamptz + i * interval '4 minutes 18 seconds' as le) as t`.execute(
    owner,
  );
  await sql`
    insert into demande_evenements (contrat_id, demande_id, rang, quand, acte, vers)
    select contrat_id, id, 2, recu_le + interval '1 minute', 'pris-en-charge', 'pris-en-charge' from demandes where recu_le < '2023-06-01T00:00:00Z'`.execute(
    owner,
  );
  await sql`
    insert into open311_demandes (contrat_id, demande_id, circuit, categorie, titre, lieu)
    select contrat_id, id, circuit, categorie, titre, territoire_id from demandes where recu_le < '2023-04-01T00:00:00Z'`.execute(owner);
  await sql`vacuum analyze demandes`.execute(owner);
  await sql`vacuum analyze demande_evenements`.execute(owner);
  await sql`vacuum analyze open311_demandes`.execute(owner);
  service = new pg.Client({ connectionString: await app.base.service(app.contratId) });
  await service.connect();
}, 180_000);
afterAll(async () => {
  await service.end();
  await app.close();
});

const creerCle = async (qui: Qui) =>
  /cc_[\w-]{43}/.exec((await app.post('/mon-compte/jetons', { nom: 'Application', portees: ['lire'], jours: '30' }, qui)).body)?.[0] ?? '';

interface Noeud {
  'Relation Name'?: string;
  'Actual Rows': number;
  'Actual Loops': number;
  'Rows Removed by Filter'?: number;
  Plans?: Noeud[];
}
const GRANDES = /^(demandes|demande_evenements|open311_demandes)(_\d+)?$/;
const lignesLues = (x: Noeud): number =>
  (GRANDES.test(x['Relation Name'] ?? '') ? (x['Actual Rows'] + (x['Rows Removed by Filter'] ?? 0)) * x['Actual Loops'] : 0) +
  (x.Plans ?? []).reduce((s, p) => s + lignesLues(p), 0);

/** How many are told, and how many rows of large tables all statements of that request read. */
async function mesurer(chemin: string): Promise<{ dites: number; lues: number }> {
  const vues: { text: string; values: unknown[] }[] = [];
  const ordinaire = pg.Client.prototype.query;
  pg.Client.prototype.query = function (this: pg.Client, ...args: unknown[]) {
    const [q, v] = args as [unknown, unknown];
    const text = typeof q === 'string' ? q : ((q as { text?: string } | null)?.text ?? '');
    const values = Array.isArray(v) ? v : ((q as { values?: unknown[] } | null)?.values ?? []);
    if (/^\s*(select|with)\b/i.test(text) && /\b(demandes|open311_demandes)\b/.test(text)) vues.push({ text, values });
    return (ordinaire as (...a: unknown[]) => unknown).apply(this, args);
  } as typeof pg.Client.prototype.query;
  let dites = 0;
  try {
    const r = await app.serveur.inject({ url: `/open311/v2/${chemin}`, remoteAddress: `10.9.${++n >> 8}.${n & 255}` });
    expect([chemin, r.statusCode]).toEqual([chemin, 200]);
    dites = (JSON.parse(r.body) as unknown[]).length;
  } finally {
    pg.Client.prototype.query = ordinaire;
  }
  let lues = 0;
  for (const q of vues) {
    const { rows } = await service.query<{ 'QUERY PLAN': { Plan: Noeud }[] }>(`explain (analyze, format json) ${q.text}`, q.values);
    const plan = rows[0]?.['QUERY PLAN'][0]?.Plan;
    if (plan) lues += lignesLues(plan);
  }
  expect([chemin, vues.length > 0]).toEqual([chemin, true]);
  return { dites, lues };
}

const TOUT = 'start_date=2023-03-01T00:00:00Z&end_date=2023-05-30T00:00:00Z';
const PAS_DITS = 'start_date=2023-04-02T00:00:00Z&end_date=2023-05-30T00:00:00Z';
test('quel que soit le lecteur, une réponse lit quelques pages de lignes, et non tout ce qu’elle ne dit pas', async () => {
  const cles = {
    personne: '',
    partenaire: `&api_key=${await creerCle({ comme: 'agent', organisation: 'RATP' })}`,
    parquet: `&api_key=${await creerCle({ comme: 'agent', organisation: 'PARQUET' })}`,
    dpmp: `&api_key=${await creerCle({ comme: 'agent', organisation: 'DPMP' })}`,
    coordination: `&api_key=${await creerCle({ comme: 'coordination', organisation: 'VILLE' })}`,
  };
  const attendus: Record<string, [keyof typeof cles, number][]> = {
    [`requests.json?${TOUT}`]: [
      ['personne', 1000],
      ['partenaire', 1000],
      ['parquet', 1000],
      ['dpmp', 1000],
      ['coordination', 1000],
    ],
    [`requests.json?${PAS_DITS}`]: [
      ['personne', 0],
      ['partenaire', 0],
      ['parquet', 6],
      ['dpmp', 1000],
      ['coordination', 1000],
    ],
    [`requests.json?${TOUT}&status=open`]: [
      ['personne', 207],
      ['partenaire', 207],
      ['dpmp', 600],
      ['coordination', 600],
    ],
    [`requests.json?${TOUT}&service_code=${CIRCUIT}_degradation`]: [
      ['personne', 3],
      ['partenaire', 3],
      ['dpmp', 6],
      ['coordination', 6],
    ],
    [`servicerequestupdates.json?${TOUT}`]: [
      ['personne', 1000],
      ['partenaire', 1000],
      ['parquet', 1000],
      ['dpmp', 1000],
      ['coordination', 1000],
    ],
    [`servicerequestupdates.json?${PAS_DITS}`]: [
      ['personne', 0],
      ['partenaire', 0],
      ['parquet', 6],
      ['dpmp', 1000],
      ['coordination', 1000],
    ],
  };
  const trop: string[] = [];
  for (const [url, qui] of Object.entries(attendus))
    for (const [lecteur, dites] of qui) {
      const m = await mesurer(`${url}${cles[lecteur]}`);
      expect([lecteur, url, m.dites]).toEqual([lecteur, url, dites]);
      // A page of each way to be told, and what is said of each that is.
      if (m.lues > 9000) trop.push(`${lecteur} ${url} : ${m.lues}`);
    }
  expect(trop).toEqual([]);
});

test('ce que la requête ouvre est ce que les pages ouvrent, pour chaque rôle, chez soi ou ailleurs', async () => {
  const [ici = '', la = ''] = lieux;
  const dans = app.catalogue.descendants(ici).at(-1) ?? '';
  const semees: {
    id: string;
    territoireId: string;
    serviceId: string;
    lecteurs: string[] | null;
    auteurOrganisation: string | null;
    auteurId: string | null;
  }[] = [];
  for (const territoireId of [ici, la, dans])
    for (const serviceId of ['DPMP', 'PARQUET'])
      for (const lecteurs of [null, ['PARQUET']])
        for (const auteur of [null, 'VILLE', MOI]) {
          const le = new Date(Date.UTC(2024, 4, 10, 12, semees.length));
          const d = {
            id: idDe(le),
            territoireId,
            serviceId,
            lecteurs,
            auteurOrganisation: auteur === 'VILLE' ? auteur : null,
            auteurId: auteur === MOI ? MOI : null,
          };
          semees.push(d);
          await sql`
            insert into demandes (contrat_id, id, circuit, canal, categorie, titre, theme, jour, territoire_id, service_id, lecteurs, auteur_organisation, auteur_id, etat,
              etat_le, recu_le, modifie_le)
            values (${app.contratId}, ${d.id}::uuid, ${CIRCUIT}, 'web', 'bruit', 'Bruit', 'vie-nocturne', ${le}::date, ${territoireId}, ${serviceId}, ${lecteurs}::text[],
              ${d.auteurOrganisation}, ${d.auteurId}::uuid, 'recu', ${le}, ${le}, ${le})`.execute(app.base.owner);
          await sql`insert into demande_evenements (contrat_id, demande_id, rang, quand, acte, vers) values (${app.contratId}, ${d.id}::uuid, 2, ${le}, 'etat', 'recu')`.execute(
            app.base.owner,
          );
        }
  const cat = app.catalogue;
  const fenetre = { debut: new Date('2024-05-01T00:00:00Z'), fin: new Date('2024-06-01T00:00:00Z') };
  const services = [{ circuit: CIRCUIT, categorie: 'bruit' }];
  const mandats = [[], ...(Object.keys(ROLES) as Role[]).flatMap((role) => [null, ici, dans].map((territoireId) => [{ role, territoireId, fiche: null }]))];
  const autres = [
    [{ role: 'agent' as const, territoireId: null, fiche: '1.6' }],
    [{ role: 'coordonnateur' as const, territoireId: null, fiche: null, registre: 'formations' }],
    [
      { role: 'coordonnateur' as const, territoireId: la, fiche: null },
      { role: 'agent' as const, territoireId: ici, fiche: null },
    ],
  ];
  for (const organisationId of ['DPMP', 'PARQUET', 'VILLE'])
    for (const m of [...mandats, ...autres]) {
      const u: Utilisateur = { id: MOI, nom: 'X', courriel: 'x@exemple.fr', organisationId, fonction: '', mandats: m, forte: true };
      const attendues = semees.filter((d) => d.auteurId === u.id || litEntier(u, d, cat, cat.contient)).map((d) => d.id);
      const lecteur = lectureEntiereDe(u, cat);
      const qui = [organisationId, m];
      const lues = await Promise.all([true, false].map((tous) => listOuvertes(app.db, app.contratId, { services, tous, fenetre, closes: null, lecteur })));
      for (const l of lues) expect([qui, l.map((d) => d.id).sort()]).toEqual([qui, [...attendues].sort()]);
      const nouvelles = await listNouvelles(app.db, app.contratId, { circuits: [CIRCUIT], fenetre, lecteur });
      expect([qui, nouvelles.map((x) => x.demandeId).sort()]).toEqual([qui, [...attendues].sort()]);
    }
});

test('ce qui est listé est clos quand le signalement l’est, et rouvert avec lui', async () => {
  const { owner } = app.base;
  const closes = async () =>
    (
      await sql<{ n: number }>`
      select count(*)::int as n from open311_demandes o join demandes d on d.contrat_id = o.contrat_id and d.id = o.demande_id
      where o.close <> (d.clos_le is not null)`.execute(owner)
    ).rows[0]?.n;
  expect(await closes()).toBe(0);
  await sql`update demandes set clos_le = case when clos_le is null then recu_le + interval '1 day' end where recu_le < '2023-03-02T00:00:00Z'`.execute(owner);
  expect(await closes()).toBe(0);
  const nouvel = sql`
    insert into demande_evenements (contrat_id, demande_id, rang, quand, acte, vers)
    select contrat_id, id, 3, '2023-05-20T00:00:00Z', 'etat', 'recu' from demandes where recu_le between '2023-03-31T12:00:00Z' and '2023-04-01T12:00:00Z'`;
  await nouvel.execute(owner);
  const { rows } = await sql<{ ecarts: number; n: number }>`
    select count(*) filter (where e.listee <> (o.demande_id is not null))::int as ecarts, count(*) filter (where e.rang = 3)::int as n
    from demande_evenements e left join open311_demandes o on o.contrat_id = e.contrat_id and o.demande_id = e.demande_id where e.rang > 1`.execute(owner);
  expect(rows[0]).toMatchObject({ ecarts: 0, n: expect.any(Number) });
  expect(rows[0]?.n).toBeGreaterThan(100);
});
