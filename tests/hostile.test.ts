import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { HOUSE } from '../src/modules.ts';
import type { Route } from '../src/core/http/http.ts';
import { COOKIE_ETAPE, COOKIE_SESSION } from '../src/core/http/cookies.ts';
import { buildMatrice, enMarkdown } from '../src/modules/comptes/gestion/matrice.rules.ts';
import { type AppDeTest, ouvrirApp, routesDEssai } from './support/app.ts';
import { PLANS } from '../src/core/base/plans.ts';
import { empreintes, table, tablesDuContrat } from './support/relations.ts';
import { readFile } from 'node:fs/promises';
import { alterer } from './support/alterer.ts';

/** Generated over the route table: what someone who means harm tries first, on every route there is. */
describe('Usage hostile, sur chaque route', () => {
  let app: AppDeTest;
  let autre: AppDeTest;
  let routes: Route[];
  let fermees: Route[];
  beforeAll(async () => {
    app = await ouvrirApp({ demonstration: true });
    autre = await ouvrirApp({ contrat: 'valbourg', base: app.base });
    routes = await routesDEssai();
    fermees = routes.filter((r) => r.acces.genre !== 'public');
  });
  afterAll(async () => {
    await autre.close();
    await app.close();
  });

  let n = 0;
  const adresse = () => `10.9.${Math.floor(++n / 250) % 250}.${n % 250}`;
  const chemin = (r: Route, valeur: string) => r.chemin.replace(/:\w+/g, encodeURIComponent(valeur));
  const appeler = (r: Route, o: { cookie?: string; valeur?: string; type?: string; corps?: string | Buffer }) =>
    app.serveur.inject({
      method: r.methode,
      url: chemin(r, o.valeur ?? 'x'),
      remoteAddress: adresse(),
      headers: {
        ...(o.cookie ? { cookie: o.cookie } : {}),
        ...(r.methode === 'POST' ? { 'content-type': o.type ?? 'application/x-www-form-urlencoded' } : {}),
      },
      ...(r.methode === 'POST' ? { payload: o.corps ?? '' } : {}),
    });
  const ferme = (x: { statusCode: number; headers: Record<string, unknown> }) =>
    [401, 403].includes(x.statusCode) || (x.statusCode === 303 && String(x.headers.location).startsWith('/connexion?retour='));
  const empreinte = () => empreintes(app.base.owner);
  /** So many of the list, from another place for each rank. */
  const aTour = <T>(liste: readonly T[], rang: number, combien: number): T[] =>
    Array.from({ length: combien }, (_, i) => liste[(rang * combien + i) % liste.length] as T);

  test('une adresse sans fin ou mal écrite ne mène nulle part, dans nos mots, sur chaque page', async () => {
    // One answer for all: a page of each first word is enough.
    const premieres = new Map(routes.filter((x) => x.methode === 'GET' && x.chemin.includes(':')).map((r) => [r.chemin.split('/')[1], r]));
    for (const r of premieres.values())
      for (const url of [chemin(r, 'a'.repeat(300)), r.chemin.replace(/:\w+/g, '%E0%A4%A')]) {
        const x = await app.serveur.inject({ method: 'GET', url, remoteAddress: adresse(), headers: { accept: 'text/html' } });
        expect([r.chemin, x.statusCode, String(x.headers['content-type']).split(';')[0], x.body.includes('nulle part')]).toEqual([
          r.chemin,
          404,
          'text/html',
          true,
        ]);
      }
  });

  test('un mandat échu, un compte fermé, un témoin changé ou inventé n’ouvrent rien et ne changent rien', async () => {
    const echu = await app.temoin({ comme: 'coordination' });
    const parti = await app.temoin({ comme: 'coordination' });
    const bon = await app.temoin({ comme: 'coordination' });
    const compteDe = async (cookie: string) => {
      const { createHash } = await import('node:crypto');
      const jeton = createHash('sha256')
        .update(cookie.split('=')[1] ?? '')
        .digest();
      const { rows } = await sql<{ id: string }>`select compte_id as id from sessions where empreinte = ${jeton}`.execute(app.base.owner);
      return rows[0]?.id ?? '';
    };
    await sql`update mandats set fin = current_date - 1 where compte_id = ${await compteDe(echu)}::uuid`.execute(app.base.owner);
    await sql`update comptes set ferme_le = now() where id = ${await compteDe(parti)}::uuid`.execute(app.base.owner);
    const avant = await empreinte();
    const change = alterer(bon);
    // Who asks is found in one place for every route: each is asked by the person who left, and by one of these, in turn.
    const inventes = [change, `${COOKIE_SESSION}=' or 1=1 --`, `${COOKIE_SESSION}=${'A'.repeat(4000)}`, `${COOKIE_ETAPE}=${bon.split('=')[1]}`];
    for (const [i, r] of fermees.entries()) {
      for (const cookie of [parti, ...aTour(inventes, i, 1)])
        expect([r.methode, r.chemin, cookie.slice(0, 30), ferme(await appeler(r, { cookie }))]).toEqual([r.methode, r.chemin, cookie.slice(0, 30), true]);
      if (r.acces.genre === 'roles') expect([r.chemin, (await appeler(r, { cookie: echu })).statusCode]).toEqual([r.chemin, 403]);
    }
    expect(await empreinte()).toEqual(avant);
    await app.audit.vider();
    const { rows } = await sql<{ n: number }>`select count(distinct objet)::int as n from audit where action = 'acces.refuse'`.execute(app.base.owner);
    expect(rows[0]?.n).toBeGreaterThan(fermees.filter((r) => r.methode === 'POST').length * 0.9);
  });

  test('un jour qui n’existe pas dans une adresse ne fait tomber aucune page, ni la suite d’aucune liste', async () => {
    const jours = ['2027-02-30', '0000-01-01', '0000', '2027-13', '0000-00', 'infinity', '9999-12-31'];
    const NOMS = ['du', 'au', 'jour', 'jour_du', 'jour_au', 'debut', 'fin', 'mois', 'annee', 'periode', 'date', 'depuis'];
    const mesure = [...app.catalogue.mesures.keys()][0] ?? '';
    const situees = routes
      .filter((r) => r.methode === 'GET')
      .map((r) => r.chemin.replace(':registre', 'audits').replace(':mesure', mesure))
      .filter((c) => !c.includes(':'));
    expect(situees).toEqual(expect.arrayContaining(['/journal', '/decisions', '/echeances', '/signalements', '/api/v1/registres/audits']));
    const tombees: string[] = [];
    for (const comme of ['coordination', 'dpo'] as const) {
      const cookie = await app.temoin({ comme });
      // What coordination reads falls for it or for nobody.
      const siennes = comme === 'coordination' ? situees : situees.filter((c) => /^\/(?:dpo|journal|comptes)/.test(c));
      for (const c of siennes)
        for (const j of jours) {
          const suites = [`${j}T00:00:00.000Z_00000000-0000-4000-8000-000000000000`, `${j}_00000000-0000-4000-8000-000000000000`, `${j}_1`];
          // A closed entry has a cursor of its own.
          const closes = /\/(decisions|echeances)$/.test(c);
          const requetes = [
            ...suites.flatMap((s) => [{ apres: s }, ...(closes ? [{ apres: s, etat: 'soldee' }] : [])]),
            // The same whatever the day.
            ...(j === jours[0] ? [{ apres: `2027-01-01T00:00:00.000Z_${'-'.repeat(36)}` }] : []),
            Object.fromEntries(NOMS.map((nom) => [nom, j])),
          ];
          // Only lists read `apres`.
          const dites =
            ['/decisions', '/echeances', '/signalements', '/signalements/boite', '/completude'].includes(c) || c.startsWith('/api/')
              ? requetes
              : requetes.slice(-1);
          for (const q of dites) {
            const url = `${c}?${new URLSearchParams(q as Record<string, string>)}`;
            // An export that falls once begun is cut: no status tells it.
            const coupee = () => ({ statusCode: 599 });
            const { statusCode } = await app.serveur.inject({ method: 'GET', url, remoteAddress: adresse(), headers: { cookie } }).catch(coupee);
            if (statusCode >= 500) tombees.push(`${comme} ${url} ${statusCode}`);
          }
        }
    }
    expect(tombees).toEqual([]);
  }, 240_000);

  test('des identifiants forgés, des corps abîmés ou démesurés sont refusés sans erreur interne et sans rien changer', async () => {
    const cookie = await app.temoin({ comme: 'agent', organisation: 'PM' });
    const avant = await empreinte();
    // Routes of one object follow each other and find it by the same query: what each is asked turns.
    const [premiers, suivants] = [
      ["' or '1'='1", '\u0000'],
      ['../../etc/passwd', '٣', '9'.repeat(40), '00000000-0000-4000-8000-000000000000', '<b>', '%', 'a'.repeat(190)],
    ];
    // A wrong proof of identity counts against the account: that is its only effect, tested with accounts.
    const visees = routes.filter((x) => x.chemin !== '/deconnexion' && x.chemin !== '/confirmer');
    // Whoever the door is closed to is refused before what is sent is read (acces.test): one of each is enough there.
    const ouverte = (r: Route) => r.acces.genre !== 'roles' || r.acces.roles.includes('agent');
    for (const [i, r] of visees.entries())
      for (const valeur of (r.chemin.includes(':') ? [...premiers, ...aTour(suivants, i, 2)] : ['x']).slice(0, ouverte(r) ? undefined : 1)) {
        const reponse = await appeler(r, { cookie, valeur });
        expect([r.methode, r.chemin, valeur, reponse.statusCode < 500]).toEqual([r.methode, r.chemin, valeur, true]);
      }
    const lus: [string, string | Buffer][] = [
      ['application/json', '{"__proto__":{"x":1},"constructor":{"prototype":{}}}'],
      ['application/x-www-form-urlencoded', 'a[b][c]=1&a=2&=&%ZZ=%'],
    ];
    // Most of these end with the reader of bodies, before any route.
    const arretes: [string, string | Buffer][] = [
      ['application/json', '{"a":'],
      ['application/json', '[]'],
      ['application/json', 'null'],
      ['text/plain', 'bonjour'],
      ['application/x-www-form-urlencoded', `a=${'x'.repeat(1_200_000)}`],
      ['multipart/form-data; boundary=x', '--x\r\ncontent-disposition: form-data; name="fichier"; filename="a.csv"\r\n\r\ncoupé'],
      ['application/octet-stream', Buffer.from([0, 255, 254])],
    ];
    for (const [i, r] of visees.filter((x) => x.methode === 'POST').entries())
      for (const [type, contenu] of [...lus, ...aTour(arretes, i, 2)].slice(0, ouverte(r) ? undefined : 1)) {
        const reponse = await appeler(r, { cookie, type, corps: contenu });
        expect([r.chemin, type, reponse.statusCode < 500]).toEqual([r.chemin, type, true]);
      }
    expect(await empreinte()).toEqual(avant);
  }, 180_000);

  test('les contrôles de l’application ôtés, PostgreSQL seul refuse encore tout ce qui est d’un autre contrat', async () => {
    await autre.get('/ma-journee', { comme: 'coordination' });
    const tables = await tablesDuContrat(app.base.owner);
    let garnies = 0;
    for (const t of tables) {
      const compter = async (db: typeof app.db) =>
        (await sql<{ n: number }>`select count(*)::int as n from ${table(t)} where contrat_id = ${autre.contratId}`.execute(db)).rows[0]?.n ?? -1;
      const la = await compter(app.base.owner);
      if (la > 0) garnies++;
      for (const plan of PLANS) {
        const db = app.bases[plan];
        const ici = await compter(db).catch((e: { code?: string }) => e.code);
        expect([plan, t.nom, ici === 0 || ici === '42501']).toEqual([plan, t.nom, true]);
        // Whatever the application may write at all, it cannot write there: no row is touched, or the right is missing.
        const touchees = await sql`update ${table(t)} set contrat_id = contrat_id where contrat_id = ${autre.contratId}`
          .execute(db)
          .then((r) => Number(r.numAffectedRows ?? 0))
          .catch((e: { code?: string }) => e.code);
        expect([plan, t.nom, touchees === 0 || touchees === '42501']).toEqual([plan, t.nom, true]);
      }
      expect([t.nom, await compter(app.base.owner)]).toEqual([t.nom, la]);
    }
    expect([tables.length > 25, garnies > 5]).toEqual([true, true]);
    // Views of facts obey too.
    const { rows: vues } = await sql<{ v: string }>`select viewname as v from pg_views where schemaname = 'public' and viewname like 'faits_%'`.execute(
      app.base.owner,
    );
    for (const { v } of vues)
      expect([
        v,
        (await sql<{ n: number }>`select count(*)::int as n from ${sql.table(v)} where contrat_id <> ${app.contratId}`.execute(app.db)).rows[0]?.n,
      ]).toEqual([v, 0]);
  });

  test('la matrice imprimée est celle que l’application applique', async () => {
    expect(await readFile('docs/droits.md', 'utf8')).toBe(enMarkdown(buildMatrice(HOUSE.droits)));
    const admin = buildMatrice(HOUSE.droits).filter((l) => l.roles.administrateur !== 'non');
    expect(admin.map((l) => l.objet).filter((o) => !o.startsWith('Comptes') && !['Registres', 'Lieux', 'Exploitation'].includes(o))).toEqual([]);
    expect(admin.filter((l) => l.objet === 'Registres').map((l) => l.action)).toEqual(['compléter une liste']);
    // Places are reference data of the whole contract, as its lists are.
    expect(admin.filter((l) => l.objet === 'Lieux').map((l) => l.action)).toEqual(['importer, changer, fermer']);
  });
});
