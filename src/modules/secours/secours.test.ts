/** Help over HTTP: what it says, to whom it says nothing, and that it answers when the database does not. */
import pg from 'pg';
import { readFile } from 'node:fs/promises';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openPagesGardees, type PagesGardees } from '../../core/http/kept-pages.ts';
import { FRAICHEUR } from '../../fraicheur.ts';
import { type AppDeTest, ouvrirApp, type Qui, routesDEssai } from '../../../tests/support/app.ts';

const PP: Qui = { comme: 'producteur', organisation: 'PP' };
const COORDINATION: Qui = { comme: 'coordination', organisation: 'DPMP' };
const LIGNE = '/aide/demarches/ligne-soignants';
const DIRECTE = '01 53 71 00 00';

let app: AppDeTest;
let pages: PagesGardees;
/** Every address of help. */
let adresses: string[];
beforeAll(async () => {
  const seule = await ouvrirApp();
  pages = await openPagesGardees(await seule.base.service(seule.contratId), { politique: FRAICHEUR });
  app = await ouvrirApp({ base: seule.base, pages });
  await seule.serveur.close();
  adresses = (await routesDEssai()).flatMap((r) => r.options.secours ?? []);
});
afterAll(async () => {
  await app.close();
  await pages.close();
});

const texteDe = async (url: string, qui?: Qui): Promise<string> => {
  const r = await app.get(url, qui);
  expect([url, r.statusCode]).toEqual([url, 200]);
  return r.body;
};
/** As read: no markup. */
const lu = (html: string): string =>
  html
    .replace(/<[^>]+>/g, ' ')
    .replace(/&#x27;/g, '’')
    .replace(/\s+/g, ' ');

describe('Ce que l’aide dit', () => {
  test('PUBLIC-01, numero-utile : 17, 15, 18, 112 et 114 s’appellent d’un geste, avec qui répond, quand, à quel prix et d’après qui', async () => {
    const html = await texteDe('/urgence');
    for (const n of ['tel:17', 'tel:15', 'tel:18', 'tel:112', 'sms:114', 'tel:115', 'tel:3114', 'sms:31177', 'tel:3975']) expect(html).toContain(`href="${n}"`);
    expect(html.indexOf('tel:17')).toBeLessThan(html.indexOf('tel:3114'));
    expect(lu(html)).toMatch(/17 Agression, violences, vol en cours jour et nuit, tous les jours · gratuit/);
    expect(lu(html)).toContain('Service-public (DILA), fiche F33953 (19 avril 2024)');
    const aide = await texteDe('/aide');
    for (const n of ['3919', '0800059595', '119', '3018', '116006', '3977', '3928', '0800005696', '0140470606']) expect(aide).toContain(`href="tel:${n}"`);
    // What no source says is said to be unknown; what the contract prints wrong is no number.
    expect(lu(aide)).toContain('horaires à vérifier');
    expect(lu(aide)).toContain('il manque un chiffre');
    expect(aide).not.toMatch(/806\D?23\D?10\D?63/);
  });

  test('ORIENT-10, fiche-d-orientation : du guide à l’ordonnance de protection, au téléphone et au bracelet, étape par étape', async () => {
    expect(lu(await texteDe('/aide/guide'))).toContain('Que se passe-t-il ?');
    const html = await texteDe('/aide/guide/acbb');
    for (const d of ['ordonnance-protection', 'telephone-grave-danger', 'bracelet']) expect(html).toContain(`/aide/demarches/${d}`);
    expect(html).toContain('href="/aide/trouver?besoin=n1"');
    expect(html).not.toMatch(/href="\/aide\/trouver[^"]*(viol|victime)/);
    const demarche = lu(await texteDe('/aide/demarches/ordonnance-protection'));
    expect(demarche).toContain('juge aux affaires familiales');
    expect(demarche).toMatch(/Tenu par Parquet de Paris.* Contrat : fiche 2\.2 \(page 41\)/);
  });

  test('SIGN-25, lien-utile : la pré-plainte mène au site de l’État, et dit que ses langues sont à vérifier', async () => {
    const html = await texteDe('/aide/demarches/pre-plainte');
    expect(html).toContain('href="https://www.masecurite.interieur.gouv.fr/fr"');
    expect(lu(html)).toContain('à vérifier');
    for (const d of ['signaler-trafic', 'radicalisation']) expect(await texteDe(`/aide/demarches/${d}`)).toMatch(/class="c-vers__lien" href="https:/);
  });

  test('ORIENT-16, procedure : l’avocat de permanence, étape par étape, donné au visiteur par le guide', async () => {
    const html = await texteDe('/aide/demarches/avocat-permanence');
    expect(html.match(/<ol[\s\S]*?<\/ol>/)?.[0].match(/<li>/g)?.length).toBeGreaterThanOrEqual(3);
    expect(await texteDe('/aide/guide/fd')).toContain('/aide/demarches/avocat-permanence');
    for (const d of ['signalement-medical', 'lettre-plainte', 'plainte-bailleur', 'fait-suspect'])
      expect(await texteDe(`/aide/demarches/${d}`)).toContain('<ol');
    expect(await texteDe('/aide/demarches/lieux-surs')).toContain('href="/aide/trouver?lieu_sur=1"');
  });

  test('SIGN-32, circuit-publie : qui transmet quoi à qui, dans l’ordre, par des acteurs du contrat', async () => {
    const pas = (html: string) => [...html.matchAll(/<li class="c-circuit__pas">([\s\S]*?)<\/li>/g)].map((m) => lu(m[1] ?? '').trim());
    expect(pas(await texteDe('/aide/demarches/enfants-a-la-rue'))).toEqual([
      expect.stringMatching(/sans-abri ou .*sans-abri.* ou Commissariats.* Fiche de transmission à Cellule de recueil des informations préoccupantes$/),
      expect.stringMatching(/^Cellule de recueil .* Première évaluation, avec l’accord de la famille à Ville de Paris$/),
      expect.stringMatching(/^Cellule de recueil .* à Parquet de Paris$/),
    ]);
    expect(pas(await texteDe('/aide/demarches/absenteisme'))).toHaveLength(3);
  });

  test('CELL-02, aiguillage : ce qui se tient ailleurs dit à qui s’adresser, ce qui en est compté, et ce qui en est gardé ici', async () => {
    const gpds = await texteDe('/aide/demarches/gpds');
    expect(lu(gpds)).toMatch(/Hors de Concorde.* À qui s’adresser.* Établissements scolaires.* Gardé ici\s+Rien\./);
    expect(gpds).toContain('href="/chiffres/1.2-06"');
    // Nothing is typed there.
    expect(gpds).not.toMatch(/<(textarea|input)(?![^>]*type="hidden")/);
    const tout = await texteDe('/aide/hors-concorde');
    for (const d of ['gpds', 'absenteisme', 'enfants-a-la-rue', 'evvi', 'pieces-de-bail', 'injonction', 'parcours-de-sortie', 'mna', 'cpraf'])
      expect(tout).toContain(`href="/aide/demarches/${d}"`);
    // What is said to be kept is a circuit, whose steps anybody reads, and which takes no word.
    const circuits = [...new Set([...tout.matchAll(/href="\/signaler\/([a-z-]+)\/parcours"/g)].map((m) => m[1] ?? ''))];
    expect(circuits).toEqual(['enfance-en-danger', 'evvi', 'pieces-de-bail']);
    for (const c of circuits) expect(await readFile(`contrats/paris-2023-2026/circuits/${c}.yaml`, 'utf8')).not.toMatch(/^texte:/m);
    expect((await app.get('/dispositifs/CELL-10', COORDINATION)).body).toContain('/aide/demarches/enfants-a-la-rue');
  });

  test('« Signaler » mène au formulaire de ce qui se reçoit ici, et à son suivi ; chaque adresse d’ici existe, pour tous', async () => {
    const html = await texteDe('/signaler');
    for (const a of ['/signaler/tranquillite-publique', '/suivi', '/signaler/bilan']) expect(html).toContain(`href="${a}"`);
    expect(html.indexOf('tel:17')).toBeLessThan(html.indexOf('/signaler/tranquillite-publique'));
    expect(lu(html)).not.toMatch(/aucun signalement ne se fait/i);
    const dits = (await Promise.all(adresses.map((a) => texteDe(a)))).flatMap((h) => [...h.matchAll(/href="(\/[^"#]*)/g)].map((m) => m[1] ?? ''));
    const ici = [...new Set(dits)].map((a) => a.replaceAll('&amp;', '&')).filter((a) => !a.startsWith('/statique') && !a.startsWith('/connexion'));
    expect(ici.length).toBeGreaterThan(40);
    const ratees: unknown[] = [];
    for (const a of ici) {
      const { statusCode } = await app.get(a);
      if (statusCode !== 200) ratees.push([a, statusCode]);
    }
    expect(JSON.stringify(ratees)).toBe('[]');
  });

  test('chaque langue a son sens d’écriture, ses mots, et dit que personne ne l’a encore relue', async () => {
    const ar = await texteDe('/aide/ar');
    expect(ar).toContain('<html lang="ar" dir="rtl"');
    expect(lu(ar)).toContain('لم يراجع هذه الترجمة متحدث أصلي بعد');
    for (const l of ['en', 'es', 'pt', 'uk', 'tr', 'bn', 'falc']) expect([l, (await app.get(`/urgence/${l}`)).body.includes('tel:17')]).toEqual([l, true]);
    expect(await texteDe('/aide/zh')).toContain('<html lang="zh-Hans"');
    expect(lu(await texteDe('/aide/falc'))).toContain('Les personnes concernées ne l’ont pas encore relu');
    for (const url of ['/aide/xx', '/urgence/fr', '/aide/guide/zz', '/aide/demarches/rien']) expect([url, (await app.get(url)).statusCode]).toEqual([url, 404]);
  });

  test('le bandeau est sur chaque page publique, sur un 404 et sur un refus ; pas sur les écrans de travail', async () => {
    const cookie = await app.temoin({ comme: 'administrateur', organisation: 'DPMP' });
    for (const r of [await app.get('/'), await app.get('/fiches/1.6'), await app.get('/nulle-part'), await app.get('/aide/professionnels', cookie)])
      expect([r.statusCode, /<nav class="c-bandeau"[\s\S]*?href="\/urgence"[\s\S]*?href="\/aide"[\s\S]*?href="\/signaler"/.test(r.body)]).toEqual([
        r.statusCode,
        true,
      ]);
    expect((await app.get('/aide/professionnels', COORDINATION)).body).not.toContain('c-bandeau');
  });

  test('un contrat sans numéros donne le 112, et rien d’un autre', async () => {
    const autre = await ouvrirApp({ contrat: 'valbourg', base: app.base });
    const r = await autre.get('/aide');
    expect([r.statusCode, r.body.includes('tel:112'), /[> ]3919\b/.test(r.body)]).toEqual([200, true, false]);
    expect((await autre.get('/aide/guide')).statusCode).toBe(404);
    for (const p of Object.values(autre.bases)) await p.destroy();
    await autre.serveur.close();
  });
});

describe('Ce que l’aide ne dit à personne', () => {
  test('ni session, ni témoin, ni trace : la même page pour tous, que le navigateur ne garde pas, et moins de 60 Ko', async () => {
    expect(adresses.length).toBeGreaterThan(70);
    // What other tests were refused is noted a moment later.
    await app.audit.vider();
    const avant = await sql<{ n: number }>`select count(*)::int as n from audit`.execute(app.base.owner);
    const cookie = await app.temoin(PP);
    for (const url of adresses) {
      const r = await app.get(url);
      expect([url, r.statusCode, Buffer.byteLength(r.body) < 60_000]).toEqual([url, 200, true]);
      expect([url, r.headers['referrer-policy'], r.headers['cache-control'], r.headers['set-cookie'], r.headers.etag]).toEqual([
        url,
        'no-referrer',
        'no-store',
        undefined,
        undefined,
      ]);
      expect([url, /<title>[^<]*(violen|viol\b|victim|harc|suicid|prostit)/i.test(r.body)]).toEqual([url, false]);
      expect([url, r.body.includes('govuk-exit-this-page')]).toEqual([url, true]);
      expect([url, /data-vers=|name="q"|\/connexion/.test(r.body)]).toEqual([url, false]);
    }
    for (const url of ['/aide', '/urgence/ar', LIGNE]) expect([url, (await app.get(url, cookie)).body === (await app.get(url)).body]).toEqual([url, true]);
    await app.audit.vider();
    const apres = await sql<{ n: number }>`select count(*)::int as n from audit`.execute(app.base.owner);
    expect(apres.rows).toEqual(avant.rows);
  });

  test('compressée, une page ne perd rien ; ce qui suit « ? » n’y change rien', async () => {
    const r = await app.serveur.inject({ url: '/aide?nom=Camille', headers: { 'accept-encoding': 'gzip' } });
    expect([r.statusCode, r.headers['content-encoding'], r.rawPayload.length < 12_000]).toEqual([200, 'gzip', true]);
    expect((await app.get('/aide?nom=Camille')).body).toBe(await texteDe('/aide'));
  });
});

describe('Une institution corrige sa démarche', () => {
  const corriger = (champs: Record<string, string>, qui: Qui | string, ou = LIGNE) =>
    app.post(`${ou}/corriger`, { version: '0', etapes: '', reserve: '', ...champs }, qui);

  test('la page publique dit la correction, de qui et de quand ; la ligne directe n’est lue que des partenaires', async () => {
    const avant = lu(await texteDe(LIGNE));
    const r = await corriger({ etapes: 'Appelez depuis votre service\nDites le service et le poste', reserve: `Jour et nuit : ${DIRECTE}` }, PP);
    expect([r.statusCode, r.headers.location]).toEqual([303, LIGNE]);
    const apres = lu(await texteDe(LIGNE));
    expect(apres).not.toBe(avant);
    expect(apres).toMatch(/Appelez depuis votre service Dites le service et le poste Étapes corrigées par Préfecture de Police le \d/);
    for (const url of adresses) expect([url, (await app.get(url)).body.includes(DIRECTE)]).toEqual([url, false]);
    expect(lu(await texteDe('/aide/professionnels', { comme: 'association', organisation: 'PAV' }))).toContain(DIRECTE);
    expect((await app.get('/aide/professionnels')).statusCode).toBe(303);
    await expect(sql`select * from secours_reserves`.execute(app.bases.public)).rejects.toMatchObject({ code: '42501' });
    const { rows } = await sql<{ action: string; objet: string }>`select action, objet from audit where action = 'demarche.corrigee'`.execute(app.base.owner);
    expect(rows).toEqual([{ action: 'demarche.corrigee', objet: LIGNE }]);
  });

  test('une autre version venue entre-temps est montrée, ce qui était écrit est gardé ; vide, les étapes du contrat reviennent', async () => {
    const r = await corriger({ etapes: 'Ma version' }, PP);
    expect(r.statusCode).toBe(409);
    expect(r.body).toContain('Ma version');
    expect(r.body).toContain('Appelez depuis votre service');
    expect((await corriger({ version: '1', reserve: `Jour et nuit : ${DIRECTE}` }, COORDINATION)).statusCode).toBe(303);
    expect(lu(await texteDe(LIGNE))).not.toContain('Étapes corrigées');
    const { rows } = await sql`select version from secours_corrections order by version`.execute(app.base.owner);
    expect(rows).toEqual([{ version: 1 }, { version: 2 }]);
  });

  test.each([
    ['une ligne directe en public', { etapes: `Appelez le ${DIRECTE}` }, 'Une ligne directe ou un courriel s’écrit dans la partie réservée'],
    ['une étape trop longue', { etapes: 'x'.repeat(401) }, 'une étape dépasse 400 caractères'],
    ['trop d’étapes', { etapes: 'un\n'.repeat(13) }, '12 étapes au plus'],
    ['un texte réservé trop long', { reserve: 'x'.repeat(2001) }, '2000 caractères au plus'],
  ])('%s : 422, dit où, et ce qui était écrit reste', async (_, champs, message) => {
    const r = await corriger({ version: '2', ...champs }, PP);
    expect([r.statusCode, r.body.includes(message)]).toEqual([422, true]);
    expect(r.body).toContain(Object.values(champs)[0]?.split('\n')[0]?.slice(0, 40));
  });

  test('à qui elle n’est pas, rien ne s’ouvre', async () => {
    const refuses: Qui[] = [
      { comme: 'producteur', organisation: 'DPMP' },
      { comme: 'association', organisation: 'PP' },
      { comme: 'elu', organisation: 'VILLE' },
      { ...PP, territoire: 'mairie-18' },
      { ...PP, fiche: '1.6' },
      { ...PP, registre: 'formations' },
      { ...COORDINATION, fiche: '1.6' },
    ];
    for (const qui of refuses) {
      const cookie = await app.temoin(qui);
      expect([qui, (await app.get(`${LIGNE}/corriger`, cookie)).statusCode]).toEqual([qui, 403]);
      expect([qui, (await corriger({ version: '2', etapes: 'Non' }, cookie)).statusCode]).toEqual([qui, 403]);
    }
    expect((await app.get(`${LIGNE}/corriger`, { ...PP, fiche: '2.2' })).statusCode).toBe(200);
    expect((await app.get(`${LIGNE}/corriger`)).statusCode).toBe(303);
    expect((await app.get('/aide/demarches/rien/corriger', PP)).statusCode).toBe(404);
    expect((await app.get('/aide/professionnels', { ...PP, registre: 'formations' })).statusCode).toBe(403);
  });
});

describe('Les numéros vérifiés', () => {
  const poster = (numero: string, champs: Record<string, string>, qui: Qui) =>
    app.post(`/aide/numeros/${numero}`, { version: '0', moyen: 'appel', juste: 'oui', ...champs }, qui);
  test('personne ne les a vérifiés : leurs horaires ne se disent pas sûrs ; vérifiés, ils disent par qui et quand ; dits faux, ils ne se disent plus', async () => {
    const ligne = async (langue = '') => /Enfance en danger[\s\S]*?<\/li>|0\u202f800\u202f05[\s\S]*?<\/li>/.exec(await texteDe(`/aide${langue}`))?.[0] ?? '';
    expect(lu(await ligne())).toMatch(/lundi – vendredi, 10:00 – 19:00 \(à vérifier\).*Pas encore vérifié par nous/);
    // Held by the national plan day and night.
    expect(lu(await texteDe('/urgence'))).toMatch(/17 Agression, violences, vol en cours jour et nuit, tous les jours ·/);
    expect((await poster('viols', {}, PP)).statusCode).toBe(403);
    expect((await app.post('/aide/numeros/viols', {})).statusCode).toBe(401);
    expect((await app.get('/aide/numeros', PP)).statusCode).toBe(403);
    expect((await poster('inconnu', {}, COORDINATION)).statusCode).toBe(404);
    const refus = await poster('viols', { moyen: '', juste: '' }, COORDINATION);
    expect([refus.statusCode, refus.body.includes('Dites comment vous l’avez vérifié'), refus.body.includes('Dites si ce qui est écrit est juste')]).toEqual([
      422,
      true,
      true,
    ]);
    expect((await poster('viols', {}, COORDINATION)).statusCode).toBe(303);
    expect((await poster('viols', {}, COORDINATION)).statusCode).toBe(409);
    const verifiee = lu(await ligne());
    expect(verifiee).toMatch(/lundi – vendredi, 10:00 – 19:00 ·.*Vérifié : .*Direction de la Police Municipale/);
    expect(lu(await ligne('/en'))).toContain('Checked:');
    // What is owed: the others, that nobody ever checked; the whole list is due with the first.
    const { rows } = await sql<{ n: number; due: boolean }>`
      select count(*)::int as n, bool_and(due_le > current_date) as due from echeances where genre = 'numeros-d-aide' and soldee_le is null`.execute(
      app.base.owner,
    );
    expect(rows).toEqual([{ n: 1, due: true }]);
    expect((await poster('viols', { version: '1', juste: 'non' }, COORDINATION)).statusCode).toBe(303);
    const fausse = lu(await ligne());
    expect([fausse.includes('10:00'), fausse.includes('horaires à vérifier')]).toEqual([false, true]);
    // Said wrong, it is owed at once. The file says something else of it: the check speaks of another number, and its own time to be checked begins.
    const dueDans = async () =>
      (
        await sql<{ j: number }>`
          select due_le - (select max(le) from secours_verifications) as j from echeances where genre = 'numeros-d-aide' and soldee_le is null`.execute(
          app.base.owner,
        )
      ).rows.map((r) => r.j);
    expect(await dueDans()).toEqual([0]);
    await sql`update secours_verifications set empreinte = repeat('0', 64) where numero = 'viols' and version > 0`.execute(app.base.owner);
    await expect.poll(async () => lu(await ligne())).toMatch(/lundi – vendredi, 10:00 – 19:00 \(à vérifier\).*Pas encore vérifié par nous/);
    expect(lu((await app.get('/aide/numeros/viols', COORDINATION)).body)).toContain('avant que le dossier du contrat ne change');
    expect((await poster('viols', { version: '2', vu: '0'.repeat(64) }, COORDINATION)).statusCode).toBe(409);
    expect((await poster('enfance', {}, COORDINATION)).statusCode).toBe(303);
    expect(await dueDans()).toEqual([30]);
    // One that the file has no more is owed no more, one that it says otherwise is known anew.
    await sql`insert into secours_verifications (contrat_id, numero, version, empreinte, le) values (${app.contratId}, 'ancien', 0, repeat('0', 64), '2020-01-01')`.execute(
      app.base.owner,
    );
    await sql`update secours_verifications set empreinte = repeat('0', 64), le = '2020-01-01' where numero = 'viols' and version = 0`.execute(app.base.owner);
    expect((await poster('enfance', { version: '1' }, COORDINATION)).statusCode).toBe(303);
    expect(await dueDans()).toEqual([30]);
    expect((await sql`select 1 from secours_verifications where numero = 'ancien'`.execute(app.base.owner)).rows).toEqual([]);
  });
});

describe('PostgreSQL arrêté', () => {
  test('toute l’aide répond, connecté ou non, comme avant l’arrêt ; le reste dit la panne', async () => {
    const cookie = await app.temoin(PP);
    const avant = new Map<string, string>();
    for (const url of adresses) avant.set(url, (await app.get(url)).body);
    const nom = new URL(app.base.url).pathname.slice(1);
    const entretien = new URL(app.base.url);
    entretien.pathname = '/postgres';
    const client = new pg.Client({ connectionString: entretien.href });
    await client.connect();
    const couper = async (oui: boolean) => {
      await client.query(`alter database "${nom}" with allow_connections ${!oui}`);
      if (oui) await client.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [nom]);
    };
    await couper(true);
    try {
      for (const url of adresses) {
        const r = await app.get(url, url === '/aide' ? cookie : undefined);
        expect([url, r.statusCode, r.body === avant.get(url)]).toEqual([url, 200, true]);
      }
      const ailleurs = await app.get('/barometre');
      expect([ailleurs.statusCode >= 500, ailleurs.body.includes('href="/urgence"')]).toEqual([true, true]);
    } finally {
      await couper(false);
      await client.end();
    }
  });
});
