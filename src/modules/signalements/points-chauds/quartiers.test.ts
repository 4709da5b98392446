/** What everyone reads of reports, once it was told: whatever comes, is corrected, imported or erased then, the same pages and the same lists. */
import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type AppDeTest, ouvrirApp } from '../../../../tests/support/app.ts';
import { idDe } from '../demandes/identifiants.ts';
import { arreterAu } from '../signalements.fixtures.ts';
import { direNombres } from './quartiers.rules.ts';

const TRIMESTRE = '2025-T1';
const AUCUN = 'Aucun signalement fait ici, ni dans les fichiers importés :';
let app: AppDeTest;
/** Quartiers of two places of the first level. */
let quartiers: string[] = [];
beforeAll(async () => {
  app = await ouvrirApp();
  const lieux = app.catalogue.enfants(app.catalogue.racine.id).slice(0, 2);
  quartiers = lieux.flatMap((l) => app.catalogue.descendants(l.id).filter((x) => app.catalogue.enfants(x).length === 0)).slice(0, 8);
});
afterAll(() => app.close());

/** As the reports of a day, whenever they come. */
async function recevoir(quartier: string, combien: number, o: { jour: string; recuLe?: string; categorie?: string }): Promise<void> {
  const recuLe = new Date(`${o.recuLe ?? o.jour}T12:00:00Z`);
  for (let i = 0; i < combien; i++)
    await sql`
      insert into demandes (contrat_id, id, circuit, canal, categorie, titre, theme, jour, heure, territoire_id, lon, lat, service_id, etat, etat_le, recu_le, modifie_le)
      values (${app.contratId}, ${idDe(recuLe)}::uuid, 'tranquillite-publique', 'web', ${o.categorie ?? 'bruit'}, 'Bruit, tapage', 'vie-nocturne', ${o.jour}::date, 22,
        ${quartier}, 2.35, 48.85, 'DPMP', 'recu', ${recuLe}, ${recuLe}, ${recuLe})`.execute(app.base.owner);
}
const importer = (quartier: string, combien: number, jour: string, canal = 'dmr') =>
  sql`
    insert into signalements (contrat_id, canal, id_externe, jour, type, sous_type, service, perimetre, theme, territoire_id, lon, lat, lot_id)
    select ${app.contratId}, ${canal}, gen_random_uuid()::text, ${jour}::date, 'bruit', 'Bruit', 'X', 'autre', 'bruit', ${quartier}, 2.35, 48.85,
      '00000000-0000-0000-0000-000000000000' from generate_series(1, ${combien}::int)`.execute(app.base.owner);
const arreter = (jour: string) => arreterAu(app.base.owner, app.catalogue, new Date(`${jour}T00:20:00Z`));
const lirePage = async () => {
  const r = await app.get(`/signaler/quartiers?trimestre=${TRIMESTRE}`);
  expect(r.statusCode).toBe(200);
  return r.body.replaceAll('\u00a0', ' ');
};
/** Without what leads to other quarters. */
const dit = (html: string): string =>
  [...html.matchAll(/<h1.*?<\/h1>|<div class="c-chapo".*?<\/div>|<div class="govuk-inset-text".*?<\/div>|<details.*?<\/details>/gs)]
    .map((m) => m[0])
    .join('\n');
let n = 0;
const FENETRE = 'start_date=2025-01-01T00:00:00Z&end_date=2025-04-01T00:00:00Z';
async function listes(): Promise<string> {
  const corps: string[] = [];
  for (const url of [`requests.json?${FENETRE}`, `requests.xml?${FENETRE}&service_code=tranquillite-publique_bruit`, `servicerequestupdates.json?${FENETRE}`]) {
    const r = await app.serveur.inject({ url: `/open311/v2/${url}`, remoteAddress: `10.4.${++n >> 8}.${n & 255}` });
    expect(r.statusCode).toBe(200);
    corps.push(r.body);
  }
  return corps.join('\n');
}
/** What is told of a quartier: by each way that was told. */
const rangee = (html: string, id: string): string[] =>
  [...(new RegExp(`>${app.catalogue.territoires.get(id)?.nom ?? '?'}</th>.*?</tr>`, 's').exec(html)?.[0] ?? '').matchAll(/<td.*?<\/td>/gs)].map((m) =>
    m[0].replaceAll(/<[^>]+>/g, '').trim(),
  );
/** The files of that channel have all those days. */
const couvrir = (du: string, au: string, canal = 'dmr') =>
  sql`
    insert into signalement_lots (contrat_id, source, canal, fichier, lus, nouveaux, connus, avertis, rejetes, importe_par, importe_le, couvre)
    values (${app.contratId}, 'essai', ${canal}, 'essai.csv', 1, 1, 0, 0, 0, 'essai', ${au}::date, datemultirange(daterange(${du}::date, ${au}::date, '[]')))`.execute(
    app.base.owner,
  );

test('un trimestre fini se dit une fois ; avant, aucun nombre ; ensuite rien de ce qui arrive n’y change quoi que ce soit', async () => {
  const [a = '', b = '', c = '', d = ''] = quartiers;
  for (const [q, combien] of [
    [a, 4],
    [b, 9],
    [c, 12],
  ] as const)
    for (const jour of ['2025-01-14', '2025-02-11', '2025-03-11']) await recevoir(q, combien, { jour });
  await recevoir(d, 3, { jour: '2025-02-12', categorie: 'degradation' });
  await importer(a, 40, '2025-02-03');
  await importer(b, 2, '2025-02-03');
  await importer(c, 7, '2025-02-03');
  await couvrir('2025-01-01', '2025-03-31');
  // Nobody told it yet, nor which reports are listed: an upgrade, before its first night.
  const avant = await lirePage();
  expect([avant.includes('aucun nombre n’en est publié'), avant.includes('<table'), (await listes()).includes('service_request_id')]).toEqual([
    true,
    false,
    false,
  ]);
  expect((await app.get('/signaler/quartiers?trimestre=2999-T9')).statusCode).toBe(200);
  for (const jour of ['2025-02-01', '2025-03-01', '2025-04-01', '2025-04-30']) await arreter(jour);
  expect((await lirePage()).includes('<table')).toBe(false);
  await arreter('2025-05-01');
  const [page, liste] = [await lirePage(), await listes()];
  expect(page.includes('Arrêté le 1er mai 2025')).toBe(true);
  // Folded place by place; those without any are said in a sentence, and stand in no table.
  const enTables = [...page.matchAll(/<tbody.*?<\/tbody>/gs)].map((m) => m[0]).join('');
  expect([page.includes(AUCUN), page.includes('<details'), enTables.includes('>0<')]).toEqual([true, true, true]);
  const [loin = ''] = app.catalogue
    .enfants(app.catalogue.racine.id)
    .map((l) => l.nom)
    .slice(-1);
  expect(dit(page).includes(loin)).toBe(false);
  expect(page.slice(page.lastIndexOf(AUCUN)).includes(loin)).toBe(true);
  // Each way hides its own.
  const trois = (nombres: (number | 'masqué')[]) => nombres.map(String);
  expect([a, b, c].map((q) => rangee(page, q).slice(1, 2))).toEqual([trois(['masqué']), trois(['masqué']), [expect.stringMatching(/^(7|masqué)$/)]]);
  expect([liste.includes('tranquillite-publique_bruit'), liste.includes('_degradation')]).toEqual([true, false]);

  const acte = fc.record({
    quoi: fc.constantFrom('recevoir', 'dater', 'corriger', 'deplacer', 'importer', 'effacer'),
    quartier: fc.constantFrom(...quartiers),
    combien: fc.integer({ min: 1, max: 9 }),
    jour: fc.constantFrom('2025-01-14', '2025-02-11', '2025-03-31'),
    nuit: fc.constantFrom('2025-05-01', '2025-05-02', '2025-09-01', '2026-03-01'),
  });
  const jouer = async (x: typeof acte extends fc.Arbitrary<infer A> ? A : never) => {
    const quelques = sql`select id from demandes where contrat_id = ${app.contratId} and recu_le < '2025-04-01' order by id desc offset ${x.combien} limit ${x.combien}`;
    if (x.quoi === 'recevoir') await recevoir(x.quartier, x.combien, { jour: x.jour, recuLe: '2025-05-03' });
    else if (x.quoi === 'dater') await recevoir(x.quartier, x.combien, { jour: x.jour });
    else if (x.quoi === 'importer') await importer(x.quartier, x.combien, x.jour);
    else if (x.quoi === 'effacer')
      await sql`update demandes set anonymisee_le = now(), lon = null, lat = null where id in (${quelques})`.execute(app.base.owner);
    else
      await sql`update demandes set territoire_id = ${x.quartier}, categorie = ${x.quoi === 'corriger' ? 'degradation' : 'bruit'}, qualifiee_le = clock_timestamp()
        where id in (${quelques})`.execute(app.base.owner);
    await arreter(x.nuit);
  };
  await fc.assert(
    fc.asyncProperty(fc.array(acte, { minLength: 1, maxLength: 6 }), async (actes) => {
      for (const x of actes) await jouer(x);
      expect([dit(await lirePage()), await listes()]).toEqual([dit(page), liste]);
    }),
    { numRuns: 8, seed: 8 },
  );
  // Once each, and by nobody who serves.
  await expect(sql`update demande_quartier_lignes set nombre = 0`.execute(app.db)).rejects.toThrow(/permission denied|droit refusé/);
});

test('un trimestre importé se dit canal par canal, une fois que ses fichiers en ont chaque jour', async () => {
  const [a = '', b = ''] = quartiers;
  const lire = async () => {
    const page = (await app.get('/signaler/quartiers?trimestre=2021-T1')).body.replaceAll('\u00a0', ' ');
    return [page.includes('Arrêté le 1er juin 2021'), ...[a, b].map((q) => rangee(page, q)[0])];
  };
  // Up to 15 March, as a file that comes on the 20th.
  for (const q of [a, b]) await importer(q, 20, '2021-03-15', 'essai-un');
  await arreter('2021-05-01');
  expect(await lire()).toEqual([false, undefined, undefined]);
  for (const q of [a, b]) await importer(q, 5, '2021-03-31', 'essai-un');
  await couvrir('2020-12-20', '2021-03-15', 'essai-un');
  await couvrir('2021-03-16', '2021-03-31', 'essai-un');
  await arreter('2021-06-01');
  expect(await lire()).toEqual([true, '25', '25']);
  // Another channel, later: hidden by itself, and what the first told stays what it was.
  for (const [q, combien] of [
    [a, 30],
    [b, 2],
  ] as const)
    await importer(q, combien, '2021-01-15', 'essai-deux');
  await arreter('2021-06-02');
  expect(await lire()).toEqual([true, '25', '25']);
  await couvrir('2021-01-01', '2021-07-02', 'essai-deux');
  await importer(a, 9, '2021-02-02', 'essai-un');
  await arreter('2021-08-01');
  expect(await lire()).toEqual([true, 'masqué', 'masqué']);
  const { rows } = await sql<{ voie: string; nombre: number | null }>`
    select voie, nombre from demande_quartier_lignes
    where contrat_id = ${app.contratId} and periode = '2021-T1' and genre = 'quartier' and lieu = ${b} order by voie`.execute(app.base.owner);
  expect(rows).toEqual([
    { voie: 'canal:essai-deux', nombre: null },
    { voie: 'canal:essai-un', nombre: 25 },
  ]);
});

test('un quartier qui n’existait pas quand le bilan a été dit n’est pas « masqué » : rien n’en est dit', async () => {
  const [a = '', b = ''] = quartiers;
  const lieu = app.catalogue.ascendants(a).at(-2)?.id ?? '';
  await sql`
    with b as (insert into demande_bilans (contrat_id, periode, arrete_le, notes, total_des_notes)
      values (${app.contratId}, '2022-T4', '2023-02-01', 0, 0) returning contrat_id, periode)
    insert into demande_bilan_lignes (contrat_id, periode, genre, lieu, cle, recus, repondus, faits, resolus, contestes)
    select contrat_id, periode, x.genre, x.lieu, x.cle, x.recus, 0, 0, 0, 0 from b,
      (values ('total', '', '', 40), ('lieu', '', ${lieu}, 40), ('partie', ${lieu}, ${a}, null)) as x (genre, lieu, cle, recus)`.execute(app.base.owner);
  await arreter('2025-02-01');
  const r = await app.get('/signaler/quartiers?trimestre=2022-T4');
  const page = r.body.replaceAll('\u00a0', ' ');
  expect([r.statusCode, rangee(page, a)[0], rangee(page, b)[0]]).toEqual([200, 'masqué', 'non dit']);
});

test('ce que les importés masquent ne se retrouve ni par différence avec leur lieu, ni avec l’ensemble', () => {
  const lieux = [
    { id: 'x', quartiers: ['x1', 'x2', 'x3'], parties: ['x', 'x1', 'x2', 'x3'] },
    { id: 'y', quartiers: ['y'], parties: ['y'] },
  ];
  const nombre = fc.oneof(fc.integer({ min: 0, max: 6 }), fc.integer({ min: 5, max: 40 }));
  fc.assert(
    fc.property(fc.array(nombre, { minLength: 5, maxLength: 5 }), nombre, ([x = 0, x1 = 0, x2 = 0, x3 = 0, y = 0], ailleurs) => {
      const lignes = direNombres(lieux, new Map(Object.entries({ x, x1, x2, x3, y })), ailleurs);
      const lu = (genre: string, lieu: string) => lignes.find((l) => l.genre === genre && l.lieu === lieu)?.nombre ?? null;
      expect(lignes.every((l) => l.nombre === null || l.nombre === 0 || l.nombre >= 5)).toBe(true);
      const restes = (tout: number | null, parts: (number | null)[]) => (tout === null ? null : tout - parts.reduce<number>((s, p) => s + (p ?? 0), 0));
      const deX = restes(lu('lieu', 'x'), [lu('quartier', 'x1'), lu('quartier', 'x2'), lu('quartier', 'x3')]);
      const duTout = restes(lu('total', ''), [lu('lieu', 'x'), lu('lieu', 'y')]);
      // What is left is nobody’s alone: none, or five at least.
      for (const r of [deX, duTout]) expect(r === null || r === 0 || r >= 5).toBe(true);
    }),
    { numRuns: 300, seed: 42 },
  );
});
