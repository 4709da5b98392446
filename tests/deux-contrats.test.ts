/**
 * Paris and the fictive town, of another ocean, served by one process from one database: each in its own words, by its own clock,
 * with its own figures, and nothing of one seen from the other.
 */
import ICAL from 'ical.js';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { readFileSync } from 'node:fs';
import { openPool } from '../src/core/base/database.ts';
import { jourDe } from '../src/core/clock.ts';
import { startTravaux } from '../src/core/jobs/jobs.ts';
import { getFormulaire, verifierChiffres } from '../src/modules/indicateurs/index.ts';
import { genererInstancesDemo } from '../src/modules/instances/instances.demo.ts';
import { genererDemoDe } from '../src/modules/registres/demo/registres.demo.ts';
import { definitionsDecouvertes } from '../src/modules/registres/registres.definitions.ts';
import { THEMES } from '../src/modules/signalements/import/dialecte.rules.ts';
import { genererSignalementsDemo } from '../src/modules/signalements/signalements.demo.ts';
import { PERIMETRES } from '../src/modules/signalements/signalements.source.ts';
import { type AppDeTest, ouvrirApp } from './support/app.ts';
import { type BaseDeTest, testDatabase } from './support/database.ts';
import { demonstrationDe } from './support/demonstration.ts';
import { PARIS, VALBOURG } from './support/template.ts';
import { recalculerChiffres } from '../src/modules/indicateurs/formulaires.ts';

/** Still the 30th of June in Paris, already the 1st of July in the Indian Ocean. */
const INSTANT = new Date('2026-06-30T21:30:00Z');
const COORDINATION = { comme: 'coordination' } as const;

type Liste = { valeurs?: { code: string; libelle: string }[] };
const motsDe = (dossier: string): string[] =>
  (parse(readFileSync(`${dossier}/listes.yaml`, 'utf8')) as { listes: Liste[] }).listes.flatMap((l) => l.valeurs?.map((v) => v.libelle) ?? []);
/** Labels of lists that are the same for every contract: they may be said anywhere. */
const COMMUNS = new Set([
  ...definitionsDecouvertes.flatMap((d) => d.champs).flatMap((c) => ('options' in c ? c.options.map((o) => o.libelle) : [])),
  ...[...THEMES, ...PERIMETRES].map((t) => t.libelle),
]);
/** Labels that only this contract writes. */
function motsPropres(dossier: string, autre: string): string[] {
  const ailleurs = new Set(motsDe(autre));
  return [...new Set(motsDe(dossier))].filter((m) => !ailleurs.has(m) && !COMMUNS.has(m));
}
const texte = (html: string): string =>
  html
    .replace(/<[^>]+>/g, '\n')
    .replaceAll('&#x27;', '’')
    .replaceAll('&amp;', '&')
    .replaceAll('&quot;', '"');
/** Whole cells, options and words between quotes. */
const morceaux = (page: string): Set<string> => new Set(page.split(/[\n\r;"]+/).map((m) => m.trim()));

describe('Deux contrats dans un même processus', () => {
  let base: BaseDeTest;
  let paris: AppDeTest;
  let valbourg: AppDeTest;
  const arrets: (() => Promise<unknown>)[] = [];
  beforeAll(async () => {
    base = await testDatabase();
    paris = await ouvrirApp({ base, contrat: 'paris', horloge: () => INSTANT });
    valbourg = await ouvrirApp({ base, contrat: 'valbourg', horloge: () => INSTANT });
    for (const [app, dossier] of [
      [paris, PARIS],
      [valbourg, VALBOURG],
    ] as const) {
      const { graine, personas, profils } = await demonstrationDe(dossier);
      const o = { annees: [2026], graine, personas, profils, jusquau: '2026-06-30' };
      await genererDemoDe(base.owner, app.catalogue, definitionsDecouvertes, o);
      await genererSignalementsDemo(base.owner, app.catalogue, o);
      await genererInstancesDemo(base.owner, app.catalogue, o);
      await recalculerChiffres(base.owner, app.contratId);
    }
  });
  afterAll(async () => {
    for (const arreter of arrets.reverse()) await arreter();
    await paris.close();
    await valbourg.close();
    await base.close();
  });
  /** Both asked at once, so that what one leaves behind would show in the other. */
  const ensemble = async (url: string, qui: Parameters<AppDeTest['get']>[1] = COORDINATION) => {
    const [p, v] = await Promise.all([paris.get(url, qui), valbourg.get(url, qui)]);
    expect([url, p.statusCode, v.statusCode]).toEqual([url, 200, 200]);
    return { p: texte(p.body), v: texte(v.body) };
  };

  test('les listes de la ville inventée n’ont ni les codes ni les mots de Paris', () => {
    expect(motsPropres(PARIS, VALBOURG).length).toBeGreaterThan(150);
    expect(motsPropres(VALBOURG, PARIS).length).toBeGreaterThan(30);
  });

  test.each([
    '/registres/formations/nouveau',
    '/registres/formations',
    '/registres/formations/listes',
    '/registres/formations/modele.csv',
    '/registres/formations/export.csv',
    '/registres/operations/nouveau',
    '/registres/operations',
    '/registres/operations/export.csv',
    '/registres/campagnes/nouveau',
    '/registres/postes/nouveau',
    '/signalements',
    '/api/v1/openapi.json',
  ])('%s parle à chacun dans ses mots, et dans ses mots seulement', async (url) => {
    const { p, v } = await ensemble(url);
    const dits = (page: string, mots: readonly string[]) => {
      const vus = morceaux(page);
      return mots.filter((m) => vus.has(m));
    };
    expect(dits(v, motsPropres(PARIS, VALBOURG))).toEqual([]);
    expect(dits(p, motsPropres(VALBOURG, PARIS))).toEqual([]);
    // The document of the API names codes; templates without list of values say only their columns.
    if (/openapi|modele/.test(url)) return;
    expect(dits(p, motsPropres(PARIS, VALBOURG)).length).toBeGreaterThan(1);
    expect(dits(v, motsPropres(VALBOURG, PARIS)).length).toBeGreaterThan(1);
  });

  test('un contrat nomme un champ à sa façon, et se passe d’un autre', async () => {
    const { p, v } = await ensemble('/registres/formations/nouveau');
    expect([p.includes('Dont agents de la DPMP'), p.includes('Dont agents de la police nationale')]).toEqual([true, true]);
    expect([v.includes('Dont gardes du lac'), v.includes('police nationale')]).toEqual([true, false]);
  });

  const formation = (employeur: string, theme: string, organisation: string, territoire: string) => ({
    jour: '2026-03-14',
    titre: 'Une session',
    territoire_id: territoire,
    organisation_id: organisation,
    'donnees.type': 'initiale',
    'donnees.theme': theme,
    'donnees.employeur': employeur,
    'donnees.public': employeur === 'dpmp' ? 'agents-accueil' : 'gardes',
    'donnees.participants': '7',
  });
  test('le code de l’un est refusé par l’autre, avec le nom de la liste ; le sien entre et compte', async () => {
    const action = '/registres/formations/nouveau';
    const etranger = await valbourg.post(action, formation('dpmp', 'citoyennete', 'MAIRIE', 'v-lac'), COORDINATION);
    expect(etranger.statusCode).toBe(422);
    expect(texte(etranger.body)).toContain('« dpmp » n’est pas dans la liste');
    const parisien = await paris.post(action, formation('office-du-lac', 'sauvegarde-du-lac', 'DPMP', 'mairie-18'), COORDINATION);
    expect(texte(parisien.body)).toContain('« office-du-lac » n’est pas dans la liste');
    const avant = (await verifierChiffres(base.owner, valbourg.contratId)).cellules;
    const [sienV, sienP] = await Promise.all([
      valbourg.post(action, formation('office-du-lac', 'sauvegarde-du-lac', 'MAIRIE', 'v-lac'), COORDINATION),
      paris.post(action, formation('dpmp', 'citoyennete', 'DPMP', 'mairie-18'), COORDINATION),
    ]);
    expect([sienV.statusCode, sienP.statusCode]).toEqual([303, 303]);
    expect(avant).toBeGreaterThan(0);
    for (const app of [paris, valbourg]) expect((await verifierChiffres(base.owner, app.contratId)).differences).toEqual([]);
    const page = texte((await valbourg.get(String(sienV.headers.location), COORDINATION)).body);
    expect(page).toContain('Office du lac');
    expect((await paris.get(String(sienV.headers.location), COORDINATION)).statusCode).toBe(404);
  });

  test('une même formule se lit et se compte chez chacun sur ses seuls enregistrements', async () => {
    const nombre = async (app: AppDeTest) =>
      (
        await sql<{ n: number }>`select count(*)::int as n from activites
          where contrat_id = ${app.contratId} and registre = 'formations' and statut = 'publie' and extract(year from jour) = 2026`.execute(base.owner)
      ).rows[0]?.n ?? 0;
    const [nv, np] = [await nombre(valbourg), await nombre(paris)];
    expect(nv).toBeGreaterThan(5);
    expect(np).toBeGreaterThan(nv);
    const page = await valbourg.get('/chiffres/1.1-01a?periode=2026');
    expect(texte(page.body).replace(/\s+/g, ' ')).toContain(`${nv} sessions`);
    const options = async (app: AppDeTest, dimension: string) =>
      (await getFormulaire(app.db, app.contratId)).sources.get('formations')?.dimensions[dimension]?.options?.map((o) => o.code);
    expect(await options(valbourg, 'employeur')).toEqual(['commune', 'office-du-lac', 'benevoles']);
    expect(await options(paris, 'employeur')).toContain('dpmp');
  });

  test('le même instant tombe la veille à Paris et le lendemain dans l’océan Indien', async () => {
    const noter = async (app: AppDeTest, organisation: string, territoire: string, employeur: string, theme: string) => {
      const r = await app.post('/registres/formations/nouveau', formation(employeur, theme, organisation, territoire), COORDINATION);
      const id = String(r.headers.location).split('/').at(-1) ?? '';
      await sql`update activites set cree_le = ${INSTANT}, modifie_le = ${INSTANT} where id = ${id}::uuid`.execute(base.owner);
      return String(r.headers.location);
    };
    const adresses = [await noter(paris, 'DPMP', 'mairie-18', 'dpmp', 'citoyennete'), await noter(valbourg, 'MAIRIE', 'v-lac', 'commune', 'ecole')] as const;
    const lus = await Promise.all(
      Array.from({ length: 12 }, (_, i) => (i % 2 === 0 ? paris : valbourg).get(adresses[i % 2 === 0 ? 0 : 1], COORDINATION).then((r) => texte(r.body))),
    );
    const dits = lus.map((t, i) => `${i % 2} ${/le (\d+(?:er)?\s\w+ \d{4} à \d+\sh(?:\s\d+)?)/.exec(t)?.[1]?.replace(/\s/g, ' ')}`);
    expect([...new Set(dits)].sort()).toEqual(['0 30 juin 2026 à 23 h 30', '1 1er juillet 2026 à 1 h 30']);
  });

  test('la date du jour d’un formulaire et d’un filtre est celle de la ville', async () => {
    const du = (app: AppDeTest) => app.get('/calendrier', COORDINATION).then((r) => texte(r.body));
    const [p, v] = await Promise.all([du(paris), du(valbourg)]);
    expect([/juin 2026/i.test(p), /juillet 2026/i.test(v)]).toEqual([true, true]);
    const journal = async (app: AppDeTest, jour: string) => {
      await sql`insert into audit (contrat_id, quand, action, objet) values (${app.contratId}, ${INSTANT}, 'essai.fuseau', '/essai')`.execute(base.owner);
      const page = await app.get(`/journal?action=essai.fuseau&du=${jour}&au=${jour}`, { comme: 'dpo' });
      return texte(page.body).includes('/essai');
    };
    expect([await journal(paris, '2026-06-30'), await journal(paris, '2026-07-01')]).toEqual([true, false]);
    expect([await journal(valbourg, '2026-06-30'), await journal(valbourg, '2026-07-01')]).toEqual([false, true]);
  });

  test('en SQL aussi : une instance commence le jour qu’il est dans sa ville', async () => {
    for (const app of [paris, valbourg])
      await sql`update instances set cree_le = ${INSTANT} where id = (select id from instances where contrat_id = ${app.contratId} order by id limit 1)`.execute(
        base.owner,
      );
    const jours = async (app: AppDeTest) =>
      (await sql<{ jour: string }>`select jour from faits_instances where jour >= '2026-06-30'`.execute(app.db)).rows.map((r) => r.jour);
    expect([await jours(paris), await jours(valbourg)]).toEqual([['2026-06-30'], ['2026-07-01']]);
  });

  test('le calendrier de chacun nomme son fuseau, et les séances y tombent à son heure', async () => {
    for (const app of [paris, valbourg]) {
      const instance = (
        await sql<{ id: string }>`
        select id from instances where contrat_id = ${app.contratId} and confidentialite = 'publique' order by id limit 1`.execute(base.owner)
      ).rows[0]?.id;
      await sql`
        insert into seances (contrat_id, instance_id, titre, jour, heure, duree_minutes, etat)
        values (${app.contratId}, ${instance}::uuid, 'Séance de 14 h', '2026-09-10', '14:00', 60, 'convoquee')`.execute(base.owner);
    }
    const [p, v] = await Promise.all([paris.get('/calendrier/public.ics'), valbourg.get('/calendrier/public.ics')]);
    const debut = (corps: string) => {
      const c = new ICAL.Component(ICAL.parse(corps));
      const zones = c.getAllSubcomponents('vtimezone').map((z) => String(z.getFirstPropertyValue('tzid')));
      for (const z of c.getAllSubcomponents('vtimezone')) ICAL.TimezoneService.register(z);
      const e = c
        .getAllSubcomponents('vevent')
        .map((x) => new ICAL.Event(x))
        .find((x) => x.summary.includes('Séance de 14 h'));
      return { zones, instant: e?.startDate.toJSDate().toISOString() };
    };
    expect(debut(p.body)).toEqual({ zones: ['Europe/Paris'], instant: '2026-09-10T12:00:00.000Z' });
    expect(debut(v.body)).toEqual({ zones: ['Indian/Reunion'], instant: '2026-09-10T10:00:00.000Z' });
  });

  test('ce qui se fait à heure fixe se fait à l’heure de chaque ville', async () => {
    const dits: string[] = [];
    for (const app of [paris, valbourg]) {
      const pool = openPool((await base.acces(app.contratId)).travaux, { max: 3 });
      arrets.push(() => pool.end());
      const essai = {
        code: 'jour',
        libelle: 'Jour',
        quand: '* * * * *',
        executer: async () => {
          dits.push(`${app.catalogue.contrat.sigle} ${jourDe(INSTANT)}`);
          return '';
        },
      };
      const runner = await startTravaux(pool, app.bases, { contratId: app.contratId, taches: [], rendezvous: [essai] });
      arrets.push(() => runner.stop());
      await sql`select graphile_worker.add_job(${`rendezvous_${app.contratId}_jour`}, '{}'::json)`.execute(base.owner);
    }
    await expect.poll(() => [...new Set(dits)].sort()).toEqual(['CLS 2026-07-01', 'CPPS 2026-06-30']);
  });

  test('aucun enregistrement, aucune demande, aucune instance de l’un ne se voit chez l’autre', async () => {
    const titres = async (app: AppDeTest) =>
      (await sql<{ t: string }>`select distinct titre as t from activites where contrat_id = ${app.contratId}`.execute(base.owner)).rows.map((r) => r.t);
    const siens = { p: await titres(paris), v: await titres(valbourg) };
    const etrangers = { p: siens.v.filter((t) => !siens.p.includes(t)), v: siens.p.filter((t) => !siens.v.includes(t)) };
    expect(etrangers.p.length).toBeGreaterThan(5);
    for (const url of ['/', '/registres/formations', '/registres/operations', '/registres/formations/export.csv', '/accueil', '/instances', '/decisions']) {
      const [p, v] = await Promise.all([paris.get(url, COORDINATION), valbourg.get(url, COORDINATION)]);
      expect([url, etrangers.p.filter((t) => texte(p.body).includes(t)), etrangers.v.filter((t) => texte(v.body).includes(t))]).toEqual([url, [], []]);
    }
    const vus = async (app: AppDeTest) =>
      (
        await sql<{ c: number }>`
        select contrat_id as c from activites union select contrat_id from signalements union select contrat_id from instances`.execute(app.db)
      ).rows.map((r) => r.c);
    expect([await vus(paris), await vus(valbourg)]).toEqual([[paris.contratId], [valbourg.contratId]]);
  });
});
