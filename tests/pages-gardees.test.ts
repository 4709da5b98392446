/** What is kept in memory: public pages, what each person reads, figures. Over HTTP and a real PostgreSQL, two processes side by side. */
import { gunzipSync } from 'node:zlib';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { lireGarde } from '../src/core/base/kept-reads.ts';
import { inTransaction } from '../src/core/base/database.ts';
import { openPagesGardees, type PagesGardees } from '../src/core/http/kept-pages.ts';
import { suivreLectures } from '../src/core/base/read-tables.ts';
import { FRAICHEUR } from '../src/fraicheur.ts';
import { type AppDeTest, ouvrirApp } from './support/app.ts';
import { PAGES } from './support/exemples.ts';
import { type BaseDeTest, testDatabase } from './support/database.ts';

let base: BaseDeTest;
let a: AppDeTest;
let b: AppDeTest;
let deA: PagesGardees;
let deB: PagesGardees;
/** Clock of kept pages, in milliseconds. */
let temps = 0;
const COORDINATION = { comme: 'coordination', organisation: 'DPMP' } as const;
const FICHE = '/fiches/1.6?annee=2026';

beforeAll(async () => {
  base = await testDatabase();
  const { rows } = await sql<{ id: number }>`select id from contrats where slug = 'paris-2023-2026'`.execute(base.owner);
  const ouvrir = async () => openPagesGardees(await base.service(rows[0]?.id ?? 0), { politique: FRAICHEUR, instant: () => temps });
  [deA, deB] = [await ouvrir(), await ouvrir()];
  a = await ouvrirApp({ base, pages: deA });
  b = await ouvrirApp({ base, pages: deB });
});
afterAll(async () => {
  await a.close();
  await b.close();
  for (const p of [deA, deB]) await p.close();
  await base.close();
});

const owner = () => a.base.owner;
const k = () => a.contratId;
async function ecrire(titre: string, app = a, qui: object | string = COORDINATION): Promise<string> {
  const champs = { jour: '2026-03-10', titre, territoire_id: 'mairie-18', organisation_id: 'DPMP', 'donnees.type': 'continue' };
  const donnees = { 'donnees.theme': 'rixes', 'donnees.employeur': 'dpmp', 'donnees.public': 'agents-accueil', 'donnees.participants': '12' };
  const r = await app.post('/registres/formations/nouveau', { ...champs, ...donnees }, qui as never);
  expect([titre, r.statusCode]).toEqual([titre, 303]);
  return String(r.headers.location).split('/').at(-1)?.split('?')[0] ?? '';
}
/** A page of numbers, that says how many times it was rendered. */
function page(app: AppDeTest, de: PagesGardees, cle: string, lire: () => Promise<number>) {
  let rendus = 0;
  const rendre = async () => {
    rendus += 1;
    return { html: String(await lire()) };
  };
  return {
    voir: async () => {
      const r = await de.obtenir(cle, rendre);
      return 'page' in r ? Number(r.page.html) : Number.NaN;
    },
    rendus: () => rendus,
    app,
  };
}
const compter = async (app: AppDeTest): Promise<number> => {
  const { rows } = await sql<{ n: number }>`select count(*) filter (where statut = 'publie')::int as n from activites where contrat_id = ${k()}`.execute(
    app.db,
  );
  return rows[0]?.n ?? 0;
};
const cellules = async (app: AppDeTest): Promise<number> => {
  const { rows } = await sql<{ n: number }>`
    select coalesce(sum(nombre), 0)::int as n from mesure_annees where contrat_id = ${k()} and mesure_id = '_registre/formations'`.execute(app.db);
  return rows[0]?.n ?? 0;
};

describe('Ce qui peut être montré en retard est dit à un seul endroit', () => {
  test('chaque table dont un changement est signalé y est nommée, et aucune autre', async () => {
    const { rows } = await sql<{ nom: string }>`
      select c.relname as nom from pg_trigger t join pg_class c on c.oid = t.tgrelid where t.tgname = 'changement' order by 1`.execute(owner());
    expect(rows.length).toBeGreaterThan(20);
    expect(rows.map((r) => r.nom).filter((t) => FRAICHEUR.fraicheur(t, 'update') === null)).toEqual([]);
    expect(FRAICHEUR.fraicheur('table_inconnue', 'insert')).toBe(null);
  });

  test('un ajout peut attendre une seconde ; une correction, un retrait, une contestation, une publication, une licence, un droit : jamais', () => {
    expect(['activites', 'signalements', 'decisions', 'fichiers'].map((t) => FRAICHEUR.fraicheur(t, 'insert'))).toEqual(Array(4).fill('tard'));
    const jamais = [
      ...(['activites', 'signalements', 'decisions', 'fichiers'] as const).flatMap((t) => [FRAICHEUR.fraicheur(t, 'update'), FRAICHEUR.fraicheur(t, 'delete')]),
      ...[
        'valeurs',
        'valeur_totaux',
        'releve_publications',
        'bilan_textes',
        'contrat_objets',
        'contrat_chargements',
        'mandats',
        'comptes',
        'instances',
      ].flatMap((t) => (['insert', 'update', 'delete'] as const).map((op) => FRAICHEUR.fraicheur(t, op))),
    ];
    expect(new Set(jamais)).toEqual(new Set(['aussitot']));
    // A count follows its records: late with what is added, at once with what is withdrawn.
    expect(['mesure_cellules', 'mesure_annees'].map((t) => [FRAICHEUR.fraicheur(t, 'update'), FRAICHEUR.suit(t)])).toEqual(Array(2).fill(['tard', true]));
  });
});

describe('Une page publique', () => {
  test('est rendue une seule fois, si nombreux que soient ceux qui la demandent', async () => {
    const p = page(a, deA, 'ensemble', () => compter(a));
    expect(new Set(await Promise.all(Array.from({ length: 20 }, () => p.voir()))).size).toBe(1);
    expect([await p.voir(), p.rendus()]).toEqual([await compter(a), 1]);
  });

  test('est servie telle quelle pendant qu’un ajout se rend, moins d’une seconde, puis comme la base ; un autre sujet ne la touche pas', async () => {
    let rendus = 0;
    const p = page(b, deB, 'ajout', async () => {
      await compter(b);
      rendus += 1;
      return rendus;
    });
    const lieux = page(b, deB, 'lieux', async () => {
      const { rows } = await sql<{ n: number }>`select count(*)::int as n from territoires where contrat_id = ${k()}`.execute(b.db);
      return rows[0]?.n ?? 0;
    });
    await lieux.voir();
    expect(await p.voir()).toBe(1);
    await sql`insert into activites (contrat_id) select contrat_id from activites where false`.execute(owner());
    await deB.changements.rejoindre();
    expect([await p.voir(), await p.voir(), rendus]).toEqual([1, 1, 1]);
    temps += 810;
    expect(await p.voir()).toBe(1);
    await expect.poll(() => p.voir(), { interval: 5 }).toBe(2);
    for (let i = 0; i < 3; i++) await lieux.voir();
    expect(lieux.rendus()).toBe(1);
  });

  test('laissée sans visite, ne montre pas d’abord ce qui a plus d’une seconde', async () => {
    const p = page(b, deB, 'dormante', () => compter(b));
    const avant = await p.voir();
    await ecrire('Pendant qu’elle dort');
    await deB.changements.rejoindre();
    expect(await p.voir()).toBe(avant);
    temps += 1000;
    expect(await p.voir()).toBe(avant + 1);
  });

  test('ne montre plus ce qui est retiré dès que c’est su : ni l’enregistrement, ni le chiffre qui le comptait', async () => {
    const id = await ecrire('À retirer');
    const [liste, chiffre] = [page(b, deB, 'liste', () => compter(b)), page(b, deB, 'chiffre', () => cellules(b))];
    const avant = [await liste.voir(), await chiffre.voir()];
    const { rows } = await sql<{ version: number }>`select version from activites where id = ${id}::uuid`.execute(owner());
    const r = await a.post(`/registres/formations/${id}/retirer`, { version: String(rows[0]?.version), motif: 'Saisie deux fois' }, COORDINATION);
    expect(r.statusCode).toBe(303);
    await deB.changements.rejoindre();
    expect([await liste.voir(), await chiffre.voir()]).toEqual(avant.map((n) => n - 1));
  });

  test('n’est pas partagée quand un retrait survient pendant qu’elle se rend', async () => {
    const ligne = await ecrire('Retirée pendant le rendu');
    let attente: Promise<unknown> | null = null;
    const p = page(b, deB, 'en vol', async () => {
      const n = await compter(b);
      if (!attente) {
        attente = sql`update activites set statut = 'retire' where id = ${ligne}::uuid`.execute(owner());
        await attente;
        await deB.changements.rejoindre();
      }
      return n;
    });
    const vu = await p.voir();
    expect([vu, p.rendus()]).toEqual([await compter(b), 2]);
  });

  test('n’est pas gardée si elle dépend de l’heure, ou de ce dont personne ne dit les changements', async () => {
    const heure = page(a, deA, 'heure', async () => {
      await sql`select now()`.execute(a.db);
      return 1;
    });
    const muette = page(a, deA, 'muette', async () => {
      await sql`select count(*) from sessions`.execute(a.db);
      return 1;
    });
    for (const p of [heure, heure, muette, muette]) await p.voir();
    expect([heure.rendus(), muette.rendus()]).toEqual([2, 2]);
  });

  test('n’est plus gardée quand le fil des changements est coupé, et ce qui s’est écrit alors se voit à la reprise', async () => {
    const p = page(a, deA, 'coupure', () => compter(a));
    const avant = await p.voir();
    await sql`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'concorde-changements'`.execute(owner());
    await expect.poll(() => deA.changements.entend(), { interval: 5 }).toBe(false);
    await sql`update activites set statut = 'retire' where id = (select id from activites where statut = 'publie' limit 1)`.execute(owner());
    expect(await p.voir()).toBe(avant - 1);
    const coupee = p.rendus();
    await p.voir();
    expect(p.rendus()).toBe(coupee + 1);
    await expect.poll(() => deA.changements.entend() && deB.changements.entend()).toBe(true);
    expect(await p.voir()).toBe(avant - 1);
    const reprise = p.rendus();
    await p.voir();
    expect(p.rendus()).toBe(reprise);
  });
});

/** Public pages drawn at each visit, and why. */
const A_CHAQUE_FOIS: Readonly<Record<string, string>> = {
  '/aide/trouver': 'ce qui est ouvert à cette minute',
  '/suivre': 'ce qui a été publié depuis un mois, à l’heure près',
};
test('Toute page publique se garde : rien de ce qu’elle lit ne change sans que personne ne le dise', async () => {
  const fautes: string[] = [];
  for (const url of PAGES) {
    const { resultat, textes } = await suivreLectures(() => a.get(url));
    if (resultat.statusCode !== 200 || A_CHAQUE_FOIS[url.split('?')[0] ?? '']) continue;
    const { textes: relus } = await suivreLectures(() => a.get(url));
    for (const t of [...textes, ...relus]) if (deA.changements.tablesDe([t]) === null) fautes.push(`${url} : ${t.replace(/\s+/g, ' ').slice(0, 300)}`);
  }
  expect(fautes).toEqual([]);
});

describe('Ce qu’une personne lit', () => {
  // A form's key is drawn for each rendering.
  const sansCle = (html: string) => html.replace(/(name="_cle" value=")[^"]+/g, '$1');
  const lire = async (app: AppDeTest, url: string, qui: string) => sansCle((await app.get(url, qui)).body);
  const main = (html: string) => /<main[\s\S]*<\/main>/.exec(html)?.[0] ?? '';

  test('est ce qui vient d’être écrit, par elle ou par quelqu’un d’autre, dans ce processus ou dans un autre', async () => {
    const [x, y] = [await a.temoin(COORDINATION), await b.temoin({ comme: 'agent', organisation: 'RATP' })];
    for (let i = 0; i < 8; i++) {
      const [app, autre] = i % 2 === 0 ? [a, b] : [b, a];
      const avant = main(await lire(autre, '/ma-journee', x));
      await lire(autre, FICHE, y);
      const titre = `Exacte ${i}`;
      await ecrire(titre, app, x);
      expect(avant).not.toContain(titre);
      expect(main(await lire(autre, '/ma-journee', x))).toContain(titre);
      expect(main(await lire(app, '/ma-journee', x))).toContain(titre);
      const sans = await b.bases.partenariat.transaction().execute(() => cellules(autre));
      const formations = await lireGarde(
        autre.db,
        'essai exact',
        () => 1,
        () => cellules(autre),
      );
      expect(formations).toBe(sans);
    }
  });

  test('sort de mémoire tant que rien ne change, octet pour octet, et se comprime par morceaux', async () => {
    const qui = await a.temoin(COORDINATION);
    // As it is sent, acronyms unfolded.
    const brute = async (x: AppDeTest) => (await x.serveur.inject({ url: FICHE, headers: { cookie: qui } })).rawPayload.toString();
    const premiere = await brute(a);
    expect(await brute(a)).toBe(premiere);
    const r = await a.serveur.inject({ url: FICHE, headers: { cookie: qui, 'accept-encoding': 'gzip' } });
    expect([r.headers['content-encoding'], r.headers['cache-control']]).toEqual(['gzip', 'private, no-store']);
    expect(gunzipSync(r.rawPayload).toString()).toBe(premiere);
    const nue = await ouvrirApp({ base });
    expect(premiere).toBe(await brute(nue));
    await nue.close();
  });

  const GENS = [
    COORDINATION,
    { comme: 'pilote', fiche: '1.6', organisation: 'DPMP' },
    { comme: 'coordonnateur', territoire: 'mairie-18', organisation: 'DPMP' },
    { comme: 'coordonnateur', territoire: 'mairie-19', organisation: 'DPMP' },
    { comme: 'agent', organisation: 'RATP' },
    { comme: 'agent', organisation: 'DPMP', registre: 'formations' },
    { comme: 'coordination', organisation: 'PP' },
    { organisation: 'RATP' },
  ];
  test('« Ma journée » n’est rendue qu’une fois tant que rien ne change', async () => {
    const qui = await a.temoin({ comme: 'coordonnateur', territoire: 'mairie-18', organisation: 'DPMP' });
    // What it shows comes from these; who reads it is asked each time.
    const montre = async (lui = qui) => [...(await suivreLectures(() => lire(a, '/ma-journee', lui))).textes].filter((t) => !/from sessions|^now\(\)$/.test(t));
    await expect.poll(() => montre()).toEqual([]);
    for (const q of GENS) {
      const lui = await a.temoin(q as never);
      await expect.poll(() => montre(lui), { message: JSON.stringify(q) }).toEqual([]);
    }
    // Nor for who sits in a cell.
    expect(deA.changements.tablesDe(['select * from cellules_en_attente($1::uuid, $2::date)'])).not.toBe(null);
  });

  test.each(['/', FICHE, '/barometre?annee=2026', '/territoires/mairie-18', '/ma-journee'])(
    'n’est jamais à quelqu’un d’autre, mandats bornés par lieu, fiche, organisation, registre, ou aucun : %s',
    async (url) => {
      const nue = await ouvrirApp({ base });
      const gens = await Promise.all(GENS.map((q) => a.temoin(q as never)));
      const attendues: string[] = [];
      for (const qui of gens) attendues.push(await lire(nue, url, qui));
      // All at once, then again from memory: each reads their own.
      for (let passage = 0; passage < 2; passage++) expect(await Promise.all(gens.map((qui) => lire(a, url, qui)))).toEqual(attendues);
      // Home and barometer look at the right to read figures live, and at no other.
      expect([url, new Set(attendues.map(main)).size > 1]).toEqual([url, true]);
      await nue.close();
    },
  );

  test('suit ses droits : un mandat qui finit, un compte qui se ferme', async () => {
    const qui = await a.temoin({ comme: 'pilote', fiche: '1.6', organisation: 'DPMP' });
    const avant = main(await lire(a, FICHE, qui));
    await sql`
      update mandats set fin = '2020-02-01' where compte_id = (select compte_id from mandats where role = 'pilote' and fiche = '1.6' order by debut desc, id limit 1)
        or (role = 'pilote' and fiche = '1.6')`.execute(owner());
    const apres = await lire(a, FICHE, qui);
    expect(main(apres)).not.toBe(avant);
    await sql`update comptes set ferme_le = now() where id in (select compte_id from mandats where role = 'pilote' and fiche = '1.6')`.execute(owner());
    expect((await a.get('/ma-journee', qui)).statusCode).toBe(303);
  });
});

describe('Des chiffres gardés', () => {
  test('ne sont jamais pris dans une transaction, qui voit ce qu’elle n’a pas dit', async () => {
    const lire = (db: AppDeTest['db']) =>
      lireGarde(
        db,
        'essai en transaction',
        () => 1,
        () => compter({ ...a, db }),
      );
    const avant = await lire(a.db);
    await inTransaction(owner(), { contratId: k() }, async (tx) => {
      await sql`update activites set statut = 'retire' where id = (select id from activites where statut = 'publie' limit 1)`.execute(tx);
      expect([await lire(tx), await lire(a.db)]).toEqual([avant - 1, avant]);
      throw new Error('annulée');
    }).catch((e: Error) => expect(e.message).toBe('annulée'));
    expect(await lire(a.db)).toBe(avant);
  });
});
