/**
 * A million reports with the places and kinds of the open data (`CONCORDE_PARTAGE`, not measured without it): the inbox, its plan, hot spots and
 * the intake, each against the bare statement of the same tables. They fill the demonstration: last on it.
 */
import { createReadStream, existsSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { parse } from 'csv-parse';
import { openPagesGardees } from '../src/core/http/kept-pages.ts';
import { FRAICHEUR } from '../src/fraicheur.ts';
import { buildLocaliser, getCatalogue } from '../src/modules/contrats/index.ts';
import { importerContours } from '../src/modules/contrats/territoires/importer.ts';
import { idDe } from '../src/modules/signalements/demandes/identifiants.ts';
import { plierLesMois } from '../src/modules/signalements/points-chauds/chauds.ts';
import { type Contexte, chronometrer, COORDINATRICE, type Etabli, lirePage, mediane, quantile, tourATour } from './contexte.ts';
import { ouvrirServeurInterne } from './interne.ts';

const TOURS = 40;
/** As many questions as the page has forms: all its days and moments once. */
const PREMIERES = 15;
const LOT = 20_000;
/** Kinds of the circuit, by what the open data says first. */
const GENRES: readonly (readonly [RegExp, string, string])[] = [
  [/bruit|sonore|nuisance/i, 'bruit', 'vie-nocturne'],
  [/graffiti|affiche|dégrad/i, 'degradation', 'degradations'],
  [/véhicule|stationn|auto|moto/i, 'stationnement', 'stationnement'],
];
const genreDe = (type: string) => GENRES.find(([r]) => r.test(type)) ?? ([null, 'occupation', 'incivilites'] as const);

interface Point {
  lon: number;
  lat: number;
  t: string;
  c: string;
  m: string;
}
async function lirePoints(e: Etabli, partage: string): Promise<Point[]> {
  const catalogue = await getCatalogue(e.owner, e.contratId);
  await importerContours(e.owner, catalogue, join(partage, 'data/quartiers-administratifs/quartier_paris-80.geojson'));
  await importerContours(e.owner, catalogue, join(partage, 'data/arrondissements/arrondissements-20.geojson'));
  const localiser = await buildLocaliser(e.owner, catalogue);
  const points: Point[] = [];
  const lignes = createReadStream(join(partage, 'data/dans-ma-rue/dans-ma-rue-2023-2024.csv')).pipe(parse({ columns: true }));
  for await (const l of lignes as AsyncIterable<Record<string, string>>) {
    const { lon, lat } = JSON.parse(l.geo_point_2d ?? '{}') as { lon: number; lat: number };
    const t = localiser?.(lon, lat);
    const [, c, m] = genreDe(`${l.type} ${l.soustype}`);
    if (t) points.push({ lon, lat, t, c, m });
  }
  return points;
}

/** Each near a real one, over two years, at hours of which a third are of the evening; one in ten is open. */
async function semer(e: Etabli, points: readonly Point[], combien: number, dire: (l: string) => void): Promise<void> {
  await sql`create unlogged table if not exists banc_points (n int, lon float8, lat float8, t text, c text, m text)`.execute(e.owner);
  await sql`insert into banc_points select row_number() over (), p.lon, p.lat, p.t, p.c, p.m from jsonb_to_recordset(${JSON.stringify(points)}::jsonb)
    as p (lon float8, lat float8, t text, c text, m text)`.execute(e.owner);
  await sql`create index on banc_points (n)`.execute(e.owner);
  await sql`create unlogged table banc_insertion (like demandes including defaults)`.execute(e.owner);
  for (let fait = 0; fait < combien; fait += LOT) {
    await sql`
      insert into demandes (contrat_id, id, circuit, canal, categorie, titre, theme, jour, heure, territoire_id, adresse, lon, lat, service_id, etat, etat_le, du_le,
        recu_le, repondu_le, clos_le, modifie_le)
      select ${e.contratId}, (lpad(to_hex((extract(epoch from recu) * 1000)::bigint), 12, '0') || '7' || substr(md5(i || 'a'), 1, 3) || '8' || substr(md5(i || 'b'), 1, 15))::uuid,
        'tranquillite-publique', (array['web', '3975', 'terrain'])[1 + d % 3], p.c, 'Signalement du banc', p.m, recu::date,
        case when d % 3 = 0 then 20 + d % 4 else d % 24 end, p.t, (d % 200) || ' rue du Banc', p.lon + (d % 7 - 3) * 0.0001, p.lat + (d % 5 - 2) * 0.0001, 'DPMP',
        case when d % 10 = 0 then 'recu' else 'repondu' end, recu, case when d % 10 = 0 then recu::date + 5 end, recu, case when d % 10 = 0 then null else recu + interval '2 days' end,
        case when d % 10 = 0 then null else recu + interval '2 days' end, recu
      from (select i, d, now() - (d % 730) * interval '1 day' - (d % 86400) * interval '1 second' as recu
        from (select i, ('x' || substr(md5(i::text), 1, 7))::bit(28)::int as d from generate_series(${fait}::int + 1, ${fait + LOT}::int) as i) a) b
      join banc_points p on p.n = 1 + d % ${points.length}::int`.execute(e.owner);
    if ((fait / LOT) % 10 === 0) dire(`  ${fait + LOT} signalements`);
  }
  await sql`vacuum analyze demandes`.execute(e.owner);
  await sql`vacuum analyze mailles_comptees`.execute(e.owner);
  await sql`vacuum analyze mailles_connues`.execute(e.owner);
  await sql`vacuum analyze canaux_comptes`.execute(e.owner);
}

export async function mesurerSignalements(c: Contexte): Promise<void> {
  const partage = process.env.CONCORDE_PARTAGE ?? '../shared';
  if (!existsSync(join(partage, 'data/dans-ma-rue'))) return c.dire('  signalements : sans les données ouvertes, rien n’est mesuré.');
  const e = await c.etabli(c.echelle);
  const nombre = c.rapide ? 100_000 : 1_000_000;
  await semer(e, await lirePoints(e, partage), nombre, c.dire);
  c.noter('signalements', nombre, 'lignes');
  const temoin = await e.temoin(COORDINATRICE);
  const page = (chemin: string) => () => lirePage(`${e.adresse}${chemin}`, temoin);
  const noter = (nom: string, durees: readonly number[], nues: readonly number[]) => {
    c.noter(`${nom}-p50`, mediane(durees), 'ms');
    c.noter(`${nom}-p95`, quantile(durees, 0.95), 'ms');
    c.noter(nom, mediane(durees) / mediane(nues), 'ratio');
  };
  const boiteNue = () =>
    sql`select * from demandes where contrat_id = ${e.contratId} and clos_le is null and meneur_id is null and service_id = 'DPMP'
      order by coalesce(du_le, '9999-12-31'), id limit 51`.execute(e.owner);
  const boite = '/signalements/boite?territoire=tous&service=DPMP';
  for (const [nom, chemin] of [
    ['boite', boite],
    ['boite-carte', `${boite}&vue=carte`],
  ] as const) {
    const [ours = [], nus = []] = await tourATour(TOURS, [page(chemin), boiteNue]);
    noter(nom, ours, nus);
  }
  const chaudsNus = () =>
    sql`select maille, sum(nombre) from mailles_comptees where contrat_id = ${e.contratId}
      and mois between date_trunc('month', now()) - interval '3 months' and date_trunc('month', now()) - interval '1 month' group by maille`.execute(e.owner);
  const chauds = '/signalements/points-chauds?territoire=tous&origine=tranquillite-publique';
  // What the night does.
  await plierLesMois(e.db, e.contratId, new Date());
  await sql`vacuum analyze mailles_pliees`.execute(e.owner);
  // Every reading has a report written before it: nothing that was kept serves. Received now, of today or of a month that is over, beside which it is added.
  let rang = 0;
  const aNeuf = (moisAvant: number) => async () => {
    await sql`
      insert into demandes (contrat_id, id, circuit, canal, categorie, titre, theme, jour, heure, territoire_id, lon, lat, service_id, etat, etat_le, recu_le, modifie_le)
      select contrat_id, ${idDe(new Date())}::uuid, circuit, canal, categorie, titre, theme, date_trunc('month', now())::date - ${moisAvant * 15}::int, heure, territoire_id, lon, lat,
        service_id, 'recu', now(), now(), now()
      from demandes where contrat_id = ${e.contratId} and circuit = 'tranquillite-publique' and lon is not null order by id desc limit 1`.execute(e.owner);
    return page(`${chauds}&jours=${['', 'semaine', 'week-end'][rang % 3]}&moment=${['', '3', '0', '1', '2'][rang++ % 5]}`)();
  };
  // The first drawings of a process, which nothing has compiled yet, are a figure of their own: what follows is a server that serves.
  const premieres = await chronometrer(PREMIERES, aNeuf(0));
  c.noter('points-chauds-premiere', premieres[0] ?? 0, 'ms');
  for (const [nom, moisAvant] of [
    ['points-chauds-a-neuf', 0],
    ['points-chauds-mois-touche', 1],
  ] as const) {
    const [neufs = [], nus = []] = await tourATour(TOURS, [aNeuf(moisAvant), chaudsNus]);
    noter(nom, neufs, nus);
  }
  const [gardes = [], nus = []] = await tourATour(TOURS, [page(chauds), chaudsNus]);
  noter('points-chauds', gardes, nus);
  await mesurerArrivees(c, e);
}

/**
 * Forms received one after the other, from as many addresses, against the insert of one such row and its commit: nothing but that statement, without a form, an answer or an
 * index. The process hears what changes, as the one that serves.
 */
async function mesurerArrivees(c: Contexte, e: Etabli): Promise<void> {
  const pages = await openPagesGardees(e.p.acces.service, { politique: FRAICHEUR });
  const serveur = await ouvrirServeurInterne(e, null, true, pages);
  let n = 0;
  const recevoir = async () => {
    n += 1;
    const corps = {
      categorie: 'bruit',
      danger: 'non',
      'q.source': 'rue',
      adresse: `${n} rue de l’Arrivée`,
      territoire: '',
      point: '48.8566,2.3522',
      heure: '',
      texte: '',
      courriel: '',
    };
    const r = await serveur.inject({
      method: 'POST',
      url: '/signaler/tranquillite-publique',
      remoteAddress: `10.${(n >> 16) & 255}.${(n >> 8) & 255}.${n & 255}`,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      payload: new URLSearchParams(corps).toString(),
    });
    if (r.statusCode !== 200 && r.statusCode !== 422) throw new Error(`Arrivée : ${r.statusCode}.`);
    if (r.statusCode === 422) throw new Error(`Arrivée refusée : ${/govuk-error-summary.*?<\/ul>/s.exec(r.body)?.[0].replaceAll(/<[^>]+>/g, ' ')}`);
  };
  const nue = () =>
    sql`insert into banc_insertion (contrat_id, id, numero, circuit, canal, categorie, titre, theme, jour, heure, territoire_id, adresse, lon, lat, maille, service_id, etat,
        etat_le, recu_le, modifie_le)
      select ${e.contratId}, gen_random_uuid(), 1, 'tranquillite-publique', 'web', 'bruit', 'Bruit', 'vie-nocturne', current_date, 15, 'x', 'rue de l’Arrivée', 2.3522, 48.8566, 1, 'DPMP',
        'recu', now(), now(), now()`.execute(e.owner);
  await sql`alter table banc_insertion set logged`.execute(e.owner);
  try {
    const [ours = [], nus = []] = await tourATour(c.rapide ? 100 : 300, [recevoir, nue]);
    c.noter('arrivee', mediane(ours) / mediane(nus), 'ratio');
    c.noter('arrivee-p50', mediane(ours), 'ms');
    const durees = await chronometrer(10, () => Promise.all(Array.from({ length: 20 }, recevoir)));
    const nues = await chronometrer(10, () => Promise.all(Array.from({ length: 20 }, nue)));
    c.noter('arrivees-ensemble', 20_000 / mediane(durees), 'par seconde');
    c.noter('arrivees-ensemble-part', mediane(nues) / mediane(durees), 'ratio');
  } finally {
    await serveur.close();
    await pages.close();
  }
}
