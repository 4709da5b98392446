/** Real failures: a connection cut, a lock that is held, two requests in each other's way, a query too long, too many people. */
import type { FastifyInstance } from 'fastify';
import { sql } from 'kysely';
import { renderToStaticMarkup } from 'react-dom/server';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { acces } from '../src/core/authorize.ts';
import { avantDeCommencer, type Db, inTransaction, openDatabase, remettre, remettreEnsemble } from '../src/core/base/database.ts';
import { requete } from '../src/core/base/requete.ts';
import type { Fusion } from '../src/core/base/transaction.ts';
import { traduire } from '../src/core/errors.ts';
import { get, page, post, redirige, type Route } from '../src/core/http/http.ts';
import { createServer } from '../src/core/http/server.ts';
import { creerInstance, creerSeance } from '../src/modules/instances/instances.fixtures.ts';
import { ADRESSE, type AppDeTest, ouvrirApp } from './support/app.ts';
import { laisserPasser } from './support/attente.ts';

const AU_18E = { comme: 'coordonnateur', organisation: 'DPMP', territoire: 'mairie-18' } as const;
let app: AppDeTest;
let presse: AppDeTest;
beforeAll(async () => {
  app = await ouvrirApp();
  presse = await ouvrirApp({ base: app.base, verrouMs: 400 });
});
afterAll(async () => {
  await presse.close();
  await app.close();
});

const seanceNeuve = async (): Promise<string> => {
  const instance = await creerInstance(app.base.owner, app.contratId, { territoire: 'mairie-18', porteur: 'DPMP' });
  return creerSeance(app.base.owner, app.contratId, instance, { jour: '2099-01-15' });
};
/** Holds a lock, as another connection, until `lacher`. */
async function tenir(verrou: (tx: Db) => Promise<unknown>): Promise<() => Promise<void>> {
  let lacher = () => {};
  const lache = new Promise<void>((r) => {
    lacher = r;
  });
  let pris = () => {};
  const tenu = new Promise<void>((r) => {
    pris = r;
  });
  const fini = app.base.owner.transaction().execute(async (tx) => {
    await verrou(tx);
    pris();
    await lache;
  });
  await tenu;
  return async () => {
    lacher();
    await fini;
  };
}
/** Cuts, from the outside, the connection that waits for a lock. */
async function couperCeluiQuiAttend(): Promise<void> {
  for (let i = 0; i < 100; i++) {
    const { rows } = await sql<{ coupe: boolean }>`
      select pg_terminate_backend(pid) as coupe from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock' and pid <> pg_backend_pid()`.execute(app.base.owner);
    if (rows.length > 0) return;
    await laisserPasser(50);
  }
  throw new Error('personne n’attend');
}

describe('Une base qui manque se dit comme telle', () => {
  // Many times: whoever comes just after was given, one time in ten, the connection that had been cut.
  test.each(Array.from({ length: 25 }, (_, i) => i + 1))(
    'connexion coupée pendant une lecture : 503, jamais « cette séance n’existe pas », et la suite va (%i)',
    async () => {
      const seance = await seanceNeuve();
      const cookie = await app.temoin(AU_18E);
      const lacher = await tenir((tx) => sql`lock table instances in access exclusive mode`.execute(tx));
      const reponse = app.serveur.inject({ url: `/seances/${seance}/preparer`, headers: { cookie } });
      await couperCeluiQuiAttend();
      const r = await reponse;
      await lacher();
      expect(r.statusCode).toBe(503);
      expect(r.body).toContain('La base de données ne répond pas');
      expect(r.body).not.toContain('n’existe pas');
      expect((await app.serveur.inject({ url: `/seances/${seance}/preparer`, headers: { cookie } })).statusCode).toBe(200);
    },
  );

  test('connexion coupée pendant un envoi : 503, ce qui était écrit revient, et se renvoie tel quel', async () => {
    const seance = await seanceNeuve();
    const cookie = await app.temoin(AU_18E);
    const envoyer = (champs: Record<string, string>) =>
      app.serveur.inject({
        method: 'POST',
        url: `/seances/${seance}/points`,
        headers: { cookie, 'content-type': 'application/x-www-form-urlencoded' },
        payload: new URLSearchParams(champs).toString(),
      });
    const lacher = await tenir((tx) => sql`select 1 from seances where id = ${seance}::uuid for update`.execute(tx));
    const reponse = envoyer({ titre: 'Éclairage du square', minutes: '10', _cle: 'cle-de-cet-envoi' });
    await couperCeluiQuiAttend();
    const r = await reponse;
    await lacher();
    expect(r.statusCode).toBe(503);
    expect(r.headers['retry-after']).toBe('5');
    for (const champ of ['name="titre" value="Éclairage du square"', 'name="_cle" value="cle-de-cet-envoi"', `action="/seances/${seance}/points"`])
      expect(r.body).toContain(champ);
    expect((await envoyer({ titre: 'Éclairage du square', minutes: '10', _cle: 'cle-de-cet-envoi' })).statusCode).toBe(303);
    const { rows } = await sql`select titre from seance_points where seance_id = ${seance}::uuid`.execute(app.base.owner);
    expect(rows).toEqual([{ titre: 'Éclairage du square' }]);
  });

  test('quelqu’un d’autre écrit la même chose : 409 au bout de quelques secondes, rien n’est perdu ; en JSON aussi', async () => {
    const seance = await seanceNeuve();
    const lacher = await tenir((tx) => sql`select 1 from seances where id = ${seance}::uuid for update`.execute(tx));
    const r = await presse.post(`/seances/${seance}/points`, { titre: 'Gardé malgré tout', minutes: '10' }, AU_18E);
    const json = await presse.serveur.inject({
      method: 'POST',
      url: `/seances/${seance}/points`,
      headers: { cookie: await app.temoin(AU_18E), accept: 'application/json' },
      payload: { titre: 'x' },
    });
    await lacher();
    expect([r.statusCode, json.statusCode]).toEqual([409, 409]);
    expect(r.body).toContain('Quelqu’un d’autre enregistre la même chose');
    expect(r.body).toContain('value="Gardé malgré tout"');
    expect(json.json()).toMatchObject({ type: 'about:blank#conflit' });
  });

  test('ce qui est secret ne revient jamais dans une page', async () => {
    const lacher = await tenir((tx) => sql`lock table comptes in access exclusive mode`.execute(tx));
    const r = await presse.post('/connexion', { courriel: 'a@exemple.fr', mot_de_passe: 'Un secret, le mien', retour: '/' });
    await lacher();
    expect(r.statusCode).toBe(409);
    expect(r.body).not.toContain('Un secret');
  });

  test('trop de connexions : 503', async () => {
    const url = new URL(app.base.url);
    await sql`create role concorde_essai_limite login connection limit 1 password 'essai' in role concorde_application`.execute(app.base.owner);
    url.username = 'concorde_essai_limite';
    url.password = 'essai';
    const db = openDatabase(url.href, { max: 2 });
    // The only connection is held: two that come at the same instant may both be refused.
    const refus = await db.connection().execute(async (tenue) => {
      await sql`select 1`.execute(tenue);
      return sql`select 1`.execute(db).then(() => null, traduire);
    });
    expect([refus?.id, refus?.statut]).toEqual(['indisponible', 503]);
    await db.destroy();
    await sql`drop role concorde_essai_limite`.execute(app.base.owner);
  });

  test('une annulation qui échoue ne cache pas la première erreur, et la connexion ne resert pas', async () => {
    const db = openDatabase(await app.base.service(app.contratId), { role: 'application', contratId: app.contratId, max: 1 });
    const qui = { contratId: app.contratId };
    const mourir = async (tx: Db) => {
      const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(tx);
      await sql`select pg_terminate_backend(${rows[0]?.pid}::int)`.execute(app.base.owner);
      throw new Error('la première erreur');
    };
    await expect(inTransaction(db, qui, mourir)).rejects.toThrow('la première erreur');
    await expect(openDatabase(app.base.url, { max: 1 }).transaction().execute(mourir)).rejects.toThrow('la première erreur');
    const pid = async () => (await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(db)).rows[0]?.pid;
    const avant = await pid();
    expect(await pid()).toBe(avant);
    // Left in the middle of a transaction, it is closed rather than lent to the next request.
    await db.connection().execute((c) => sql`begin`.execute(c));
    expect(await pid()).not.toBe(avant);
    await db.destroy();
  });
});

describe('Le noyau, sur des routes faites pour', () => {
  let serveur: FastifyInstance;
  let db: Db;
  let essais = 0;
  let commences = 0;
  let suiteFinie = false;
  const dansLOrdre = (chemin: string, ordre: readonly number[]): Route =>
    post(chemin, acces.public, async (c) => {
      essais++;
      for (const i of ordre) {
        await sql`update essai set n = n + 1 where i = ${i}`.execute(c.db);
        // Each holds its first row before either asks for its second: they do block each other, however busy the machine.
        commences++;
        await expect.poll(() => commences >= 2).toBe(true);
      }
      await c.auditer('essai.fait', chemin);
      return redirige('/fait');
    });
  beforeAll(async () => {
    await sql`create table essai (i int primary key, n int not null)`.execute(app.base.owner);
    await sql`insert into essai values (1, 0), (2, 0), (3, 0)`.execute(app.base.owner);
    await sql`grant select, insert, update on essai to concorde_application`.execute(app.base.owner);
    db = openDatabase(await app.base.service(app.contratId), { role: 'application', contratId: app.contratId, max: 4 });
    serveur = await createServer({
      bases: { public: db, partenariat: db, nominatif: db },
      contrat: { id: app.contratId, slug: 'essai' },
      fuseau: () => 'Europe/Paris',
      routes: [
        dansLOrdre('/un-deux', [1, 2]),
        dansLOrdre('/deux-un', [2, 1]),
        post('/suite', acces.public, async (c) => {
          await sql`update essai set n = n + 1 where i = 3`.execute(c.db);
          c.apres(() => {
            throw new Error('secret : la suite est tombée');
          });
          c.apres(async () => {
            await laisserPasser(1500);
            suiteFinie = true;
          });
          return redirige('/fait');
        }),
        post('/illisible', acces.public, async (c) => {
          await sql`update essai set n = 1000 where i = 3`.execute(c.db);
          return page({
            titre: 'Illisible',
            corps: {
              get props(): never {
                throw new Error('page qui ne se dessine pas');
              },
            } as never,
          });
        }),
        get('/longue', acces.public, async (c) => {
          await c.db.connection().execute(async (x) => {
            await sql`set statement_timeout = 100`.execute(x);
            await sql`select pg_sleep(5)`.execute(x);
          });
          return redirige('/fait');
        }),
      ],
      adresse: ADRESSE,
      mandataires: false,
      audit: null,
      identifierJeton: async () => null,
      identifier: async () => null,
      rendre: async (_, p) => renderToStaticMarkup(p.corps),
      pageErreur: (e) => ({ titre: 'Erreur', corps: e.message }),
      horloge: () => new Date(),
      statique: null,
      pages: null,
      journal: false,
      demonstration: false,
    });
  });
  afterAll(async () => {
    await db.destroy();
  });
  const valeur = async (i: number) => (await sql<{ n: number }>`select n from essai where i = ${i}`.execute(app.base.owner)).rows[0]?.n;

  test('deux envois qui se bloquent l’un l’autre aboutissent tous deux, et ne comptent chacun qu’une fois', async () => {
    const r = await Promise.all([serveur.inject({ method: 'POST', url: '/un-deux' }), serveur.inject({ method: 'POST', url: '/deux-un' })]);
    expect(r.map((x) => x.statusCode)).toEqual([303, 303]);
    expect([essais, await valeur(1), await valeur(2)]).toEqual([3, 2, 2]);
    const { rows } = await sql<{ n: number }>`select count(*)::int as n from audit where action = 'essai.fait'`.execute(app.base.owner);
    expect(rows[0]?.n).toBe(2);
  });

  test('une requête trop longue : 503, avec quoi faire', async () => {
    const r = await serveur.inject({ url: '/longue' });
    expect(r.statusCode).toBe(503);
    expect(r.body).toContain('Resserrez la demande');
  });

  test('une page qui ne peut pas être dessinée annule ce qu’elle devait annoncer', async () => {
    expect((await serveur.inject({ method: 'POST', url: '/illisible' })).statusCode).toBe(500);
    expect(await valeur(3)).toBe(0);
  });

  test('ce qui suit l’enregistrement ne retarde pas la réponse, n’en fait jamais un échec, se voit, et l’arrêt l’attend', async () => {
    const debut = Date.now();
    const r = await serveur.inject({ method: 'POST', url: '/suite' });
    expect([r.statusCode, r.headers.location, await valeur(3)]).toEqual([303, '/fait', 1]);
    expect([Date.now() - debut < 1000, suiteFinie]).toEqual([true, false]);
    await serveur.close();
    expect(suiteFinie).toBe(true);
    const { rows } = await sql<{ libelle: string; etat: string; message: string }>`
      select libelle, etat, message from travaux where genre = 'suite'`.execute(app.base.owner);
    expect(rows).toMatchObject([{ libelle: 'Suite de POST /suite', etat: 'echec' }]);
    expect(rows[0]?.message).not.toContain('secret');
  });
});

describe('Des écritures qui ne lisent rien partent ensemble', () => {
  let db: Db;
  beforeAll(async () => {
    await sql`create table ensemble (i int primary key check (i <> 13), fondues int not null default 0, x bigint not null default txid_current())`.execute(
      app.base.owner,
    );
    await sql`grant select, insert, update on ensemble to concorde_application`.execute(app.base.owner);
    db = openDatabase(await app.base.service(app.contratId), { role: 'application', contratId: app.contratId, max: 4 });
  });
  afterAll(() => db.destroy());

  const ajouter = requete<unknown, { i: number }>((v) => sql`insert into ensemble (i) values (${v.i}::int)`);
  const compterSql = requete<unknown, { lesquels: readonly number[] }>(
    (v) => sql`update ensemble set fondues = fondues + 1 where i = any(${v.lesquels}::int[])`,
  );
  let fontes: number[][] = [];
  const compter: Fusion<number> = {
    ecrire: (lesquels) => {
      fontes.push([...lesquels]);
      return [compterSql.avec({ lesquels })];
    },
  };
  const ecrire = (i: number) =>
    inTransaction(db, { contratId: app.contratId }, async (tx) => {
      await remettre(tx, ajouter.avec({ i }));
      await remettreEnsemble(tx, compter, i);
      return i;
    });
  const lus = async (de: number, a: number) =>
    (await sql<{ i: number; fondues: number; x: string }>`select i, fondues, x from ensemble where i between ${de} and ${a} order by i`.execute(app.base.owner))
      .rows;

  test('chacune est gardée une fois, en quelques transactions', async () => {
    fontes = [];
    const tous = Array.from({ length: 12 }, (_, n) => 100 + n);
    expect(await Promise.all(tous.map(ecrire))).toEqual(tous);
    const gardees = await lus(100, 199);
    expect(gardees.map((l) => [l.i, l.fondues])).toEqual(tous.map((i) => [i, 1]));
    // Those that were ready in one turn of the process.
    expect(new Set(gardees.map((l) => l.x)).size).toBe(1);
    expect(fontes).toEqual([tous]);
  });

  test('celle qui échoue échoue seule, pour sa raison ; les autres sont gardées une fois', async () => {
    const faites = await Promise.allSettled([200, 201, 13, 202, 201].map(ecrire));
    const dites = faites.map((f) => (f.status === 'fulfilled' ? 'gardée' : (f.reason as { code: string }).code));
    expect([dites[0], dites[2], dites[3]]).toEqual(['gardée', '23514', 'gardée']);
    // Of two that say the same, either.
    expect([dites[1], dites[4]].sort()).toEqual(['23505', 'gardée']);
    expect((await lus(0, 299)).filter((l) => l.i < 100 || l.i >= 200).map((l) => [l.i, l.fondues])).toEqual([200, 201, 202].map((i) => [i, 1]));
  });

  test('celle qui attend quelqu’un n’arrête pas les autres', async () => {
    await ecrire(300);
    const lacher = await tenir((tx) => sql`select 1 from ensemble where i = 300 for update`.execute(tx));
    const attendre = inTransaction(db, { contratId: app.contratId }, async (tx) => void (await remettreEnsemble(tx, compter, 300)));
    const [autres] = await Promise.all([Promise.all([301, 302, 303].map(ecrire))]);
    expect(autres).toEqual([301, 302, 303]);
    expect((await lus(300, 300)).map((l) => l.fondues)).toEqual([1]);
    await lacher();
    await attendre;
    expect((await lus(300, 399)).map((l) => [l.i, l.fondues])).toEqual([
      [300, 2],
      [301, 1],
      [302, 1],
      [303, 1],
    ]);
  });

  test('coupée, aucune n’est écrite une seconde fois', async () => {
    await ecrire(400);
    const lacher = await tenir((tx) => sql`select 1 from ensemble where i = 400 for update`.execute(tx));
    const faites = Promise.allSettled(
      [400, 401, 402].map((i) => inTransaction(db, { contratId: app.contratId }, async (tx) => void (await remettreEnsemble(tx, compter, i)))),
    );
    await couperCeluiQuiAttend();
    await lacher();
    expect((await faites)[0]?.status).toBe('rejected');
    expect((await lus(400, 499)).map((l) => [l.i, l.fondues])).toEqual([[400, 1]]);
  });

  test('une lecture au curseur qui est coupée finit, et sa connexion n’est donnée à personne', async () => {
    const seule = openDatabase(await app.base.service(app.contratId), { role: 'application', contratId: app.contratId, max: 1 });
    const lue = sql<{ pid: number }>`select pg_backend_pid() as pid, g from generate_series(1, 100000) g`.compile(seule);
    let lus = 0;
    const lire = async () => {
      for await (const { rows } of seule.getExecutor().stream<{ pid: number }>(lue, 100)) {
        lus += rows.length;
        await sql`select pg_terminate_backend(${rows[0]?.pid ?? 0})`.execute(app.base.owner);
      }
    };
    await expect(lire()).rejects.toThrow();
    expect(lus).toBeGreaterThan(0);
    expect((await sql<{ n: number }>`select 1 as n`.execute(seule)).rows).toEqual([{ n: 1 }]);
    await seule.destroy();
  });

  test('une lecture fait commencer la transaction, et voit ce qui y attendait', async () => {
    const vus = await inTransaction(db, { contratId: app.contratId }, async (tx) => {
      expect(avantDeCommencer(tx)).toBe(db);
      await remettre(tx, ajouter.avec({ i: 500 }));
      expect(avantDeCommencer(tx)).toBe(tx);
      return (await sql<{ i: number }>`select i from ensemble where i = 500`.execute(tx)).rows;
    });
    expect(vus).toEqual([{ i: 500 }]);
    await expect(
      inTransaction(db, { contratId: app.contratId }, async (tx) => {
        await remettre(tx, ajouter.avec({ i: 501 }));
        throw new Error('tout compte fait');
      }),
    ).rejects.toThrow('tout compte fait');
    expect((await lus(501, 501)).length).toBe(0);
  });
});
