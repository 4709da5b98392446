/** The conduct of a crisis by its pages: means, centres, services, reports, an exercise and its lessons; what others get of it: nothing. */
import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { jourDe } from '../../core/clock.ts';
import { isoEtHeureDuMoment, jour } from '../../ui/typographie.ts';
import { type AppDeTest, ouvrirApp } from '../../../tests/support/app.ts';
import { aLHeureDeParis } from '../../../tests/support/fuseau.ts';
import { lireFormulaire } from '../../../tests/support/formulaire.ts';
import { inTransaction } from '../../core/base/database.ts';
import { addComptages, getCentre } from './centres/centres.queries.ts';
import { equipe, idDe, mainCourante, MAIRIE, ouvrirSalle, signerRetex } from './conduite.fixtures.ts';
import { surCrise } from './crises.source.ts';
import { entreeDEssai } from './crises.fixtures.ts';
import { ecrireEntrees } from './main-courante/main-courante.queries.ts';

let app: AppDeTest;
let decalage = 0;
let gens: Awaited<ReturnType<typeof equipe>>;
let salle: string;
beforeAll(async () => {
  app = await ouvrirApp({ horloge: () => new Date(Date.now() + decalage) });
  gens = await equipe(app);
  salle = await ouvrirSalle(app);
});
afterAll(() => app.close());
const statut = async (r: Promise<{ statusCode: number }>) => (await r).statusCode;
const vers = (r: { headers: Record<string, unknown> }) => String(r.headers.location ?? '');

describe('Les moyens', () => {
  const demander = (lieu: string, ou = salle) => app.post(`${ou}/moyens`, { moyen: 'vpu', nombre: '1', lieu }, gens.mairie);
  /** Address of the request for that place, and its state. */
  async function demande(lieu: string): Promise<{ url: string; etat: string }> {
    const { rows } = await sql<{ id: string; crise: string; etat: string }>`select id, crise_id as crise, etat from crise_moyens where lieu = ${lieu}`.execute(
      app.base.owner,
    );
    return { url: `/crises/${rows[0]?.crise}/moyens/${rows[0]?.id}`, etat: rows[0]?.etat ?? '' };
  }
  const passer = async (lieu: string, de: string, versEtat: string, qui: string, motif = '') =>
    app.post((await demande(lieu)).url, { de, vers: versEtat, motif }, qui);

  test('CRISE-09, moyens-de-crise : un moyen est demandé, accordé ou refusé avec un motif, part, arrive et revient, chaque pas écrit et signé', async () => {
    expect(await statut(demander('quai de la Loire'))).toBe(303);
    expect((await app.post(`${salle}/moyens`, { moyen: 'char', nombre: '0', lieu: '' }, gens.mairie)).body).toContain('Dites où l’envoyer');
    // Who asks does not grant; who only reads does nothing; who is elsewhere sees nothing.
    expect(await statut(passer('quai de la Loire', 'demande', 'accorde', gens.mairie))).toBe(403);
    expect(await statut(app.post(`${salle}/moyens`, { moyen: 'vpu', nombre: '1', lieu: 'ici' }, gens.elue))).toBe(403);
    expect([
      await statut(app.get(`${salle}/moyens`, gens.elue)),
      await statut(app.get(`${salle}/moyens`, gens.ailleurs)),
      await statut(app.get(`${salle}/moyens`, gens.dehors)),
    ]).toEqual([200, 403, 403]);
    expect([401, 303]).toContain(await statut(app.get(`${salle}/moyens`)));
    expect(await statut(app.get(`/crises/${randomUUID()}/moyens`, gens.scop))).toBe(404);
    expect((await passer('quai de la Loire', 'demande', 'refuse', gens.scop)).body).toContain('Dites pourquoi c’est refusé');
    for (const [de, suite] of [
      ['demande', 'accorde'],
      ['accorde', 'en_route'],
      ['en_route', 'sur_place'],
      ['sur_place', 'rendu'],
    ] as const)
      expect([de, await statut(passer('quai de la Loire', de, suite, gens.scop))]).toEqual([de, 303]);
    expect(await statut(passer('quai de la Loire', 'sur_place', 'rendu', gens.scop))).toBe(409);
    await demander('rue Riquet');
    expect(await statut(passer('rue Riquet', 'demande', 'refuse', gens.scop, 'Aucun véhicule avant 18 h'))).toBe(303);
    const page = (await app.get(`${salle}/moyens`, gens.mairie)).body;
    expect(page).toContain('Aucun véhicule avant 18 h');
    expect((await mainCourante(app, salle)).join('\n')).toContain('Moyen n° 1 (1 × VPU, quai de la Loire) : sur place.');
  });

  test('le dernier accordé ne l’est qu’une fois, même quand deux l’accordent en même temps ; un exercice ne prend rien aux crises', async () => {
    expect(await statut(app.post(`${salle}/stock`, { moyen: 'vpu', total: '1' }, gens.mairie))).toBe(403);
    expect(await statut(app.post(`${salle}/stock`, { moyen: 'vpu', total: '1' }, gens.scop))).toBe(303);
    await demander('pont A');
    await demander('pont B');
    const deux = await Promise.all(['pont A', 'pont B'].map((p) => passer(p, 'demande', 'accorde', gens.scop)));
    expect(deux.map((r) => r.statusCode).sort()).toEqual([303, 409]);
    expect(deux.find((r) => r.statusCode === 409)?.body).toContain('Il en reste 0 sur 1');
    // Another room asks at the same time: the stock is the same for all real crises.
    const autre = await ouvrirSalle(app, { titre: 'Autre crue' });
    const exercice = await ouvrirSalle(app, { titre: 'Exercice de moyens', exercice: true });
    await demander('pont C', autre);
    await demander('pont D', exercice);
    expect([await statut(passer('pont C', 'demande', 'accorde', gens.scop)), await statut(passer('pont D', 'demande', 'accorde', gens.scop))]).toEqual([
      409, 303,
    ]);
    expect((await app.post(`${salle}/stock`, { moyen: 'vpu', total: '0' }, gens.scop)).body).toContain('au moins 1');
    const { rows } = await sql<{ n: number }>`select count(*)::int as n from crise_moyens m join crises c on c.id = m.crise_id
      where not c.exercice and m.etat = 'accorde'`.execute(app.base.owner);
    expect(rows[0]?.n).toBe(1);
  });
});

test('ce qui tourne finit avec la salle : centres fermés, demandes retirées, moyens dehors dits et rendus ensuite, salle par salle', async () => {
  const finie = await ouvrirSalle(app, { titre: 'Crue qui finit' });
  const ailleurs = await ouvrirSalle(app, { titre: 'Crue du douzième', territoire: 'mairie-12' });
  await app.post(`${finie}/stock`, { moyen: 'umip', total: '2' }, gens.scop);
  const une = async (ou: string, lieu: string) => {
    await app.post(`${ou}/moyens`, { moyen: 'umip', nombre: '1', lieu }, gens.scop);
    const { rows } = await sql<{ id: string }>`select id from crise_moyens where lieu = ${lieu}`.execute(app.base.owner);
    return `${ou}/moyens/${rows[0]?.id}`;
  };
  // A name in a place that goes into what is never taken back: asked, as everywhere.
  const nommee = await app.post(`${finie}/moyens`, { moyen: 'umip', nombre: '1', lieu: 'chez Mme Martin, 06 12 34 56 78' }, gens.mairie);
  expect([nommee.statusCode, nommee.body.includes('Oui, c’est juste'), (await mainCourante(app, finie)).length]).toEqual([422, true, 0]);
  const confirme = /name="confirme"[^>]*value="([^"]+)"/.exec(nommee.body)?.[1] ?? '';
  const oui = { moyen: 'umip', nombre: '1', lieu: 'chez Mme Martin, 06 12 34 56 78', confirme };
  expect(await statut(app.post(`${finie}/moyens`, oui, gens.mairie))).toBe(303);
  const { rows: gardee } = await sql<{ confirme: string[] }>`select confirme from main_courante where crise_id = ${idDe(finie)}::uuid`.execute(app.base.owner);
  expect(gardee[0]?.confirme).toEqual(['nom', 'telephone']);
  const dehors = await une(finie, 'cour du Rendez-vous');
  const autre = await une(ailleurs, 'quai du Douzième');
  for (const [de, vers] of [
    ['demande', 'accorde'],
    ['accorde', 'en_route'],
  ])
    for (const m of [dehors, autre]) expect(await statut(app.post(m, { de: de ?? '', vers: vers ?? '', motif: '' }, gens.scop))).toBe(303);
  const vu = (await app.get(`${finie}/moyens`, gens.mairie)).body;
  expect([
    vu.includes('1 dans une autre salle'),
    vu.includes('Crue du douzième'),
    (await app.get(`${finie}/moyens`, gens.scop)).body.includes('Crue du douzième'),
  ]).toEqual([true, false, true]);
  const lieu = { genre: 'local', nom: 'Salle du Fond', adresse: '1 rue des Essais', territoire: MAIRIE, capacite: '40', dans: '' };
  expect((await app.post(`${finie}/centres`, { ...lieu, nom: 'Chez Monsieur Karim Benali' }, gens.mairie)).statusCode).toBe(422);
  const centre = vers(await app.post(`${finie}/centres`, lieu, gens.mairie));
  await app.post(`${centre}/etat`, { de: 'prevu', vers: 'ouvert' }, gens.mairie);
  const point = vers(await app.post(`${finie}/points`, {}, gens.mairie));
  const avant = (await app.get(`${finie}/bilan`, gens.scop)).body;
  for (const dit of ['Salle du Fond', '1 moyen dehors', 'n° 1 à signer', 'le centre ouvert ferme'])
    expect([dit, avant.replaceAll('\u00a0', ' ').includes(dit)]).toEqual([dit, true]);
  expect(await statut(app.post(`${finie}/clore`, { confirme: 'oui' }, gens.scop))).toBe(303);
  expect((await mainCourante(app, finie)).slice(-2)).toEqual([
    'Espace d’accueil local fermé : Salle du Fond, 1 rue des Essais.',
    'Salle close. À faire encore : 0. Moyens encore dehors : 1. Demandes de moyens restées sans réponse, retirées : 1. Centres fermés avec elle : 1. Point de situation n° 1 pas encore signé.',
  ]);
  expect((await app.get(`${centre}/guichet?guichet=A`, gens.dsol)).body).toContain('Ce centre n’est pas ouvert');
  expect(await statut(app.get(point, gens.scop))).toBe(200);
  // Nothing is archived while something is out; what is out comes back, and goes nowhere else.
  await signerRetex(app, idDe(finie));
  const tot = await app.post(`${finie}/archiver`, { confirme: 'oui' }, gens.scop);
  expect([tot.statusCode, tot.body.replaceAll('\u00a0', ' ').includes('1 moyen est encore dehors, à dire rendu')]).toEqual([409, true]);
  expect(await statut(app.post(dehors, { de: 'en_route', vers: 'sur_place', motif: '' }, gens.scop))).toBe(409);
  expect(await statut(app.post(dehors, { de: 'en_route', vers: 'rendu', motif: '' }, gens.scop))).toBe(303);
  expect((await app.get(`${ailleurs}/moyens`, gens.scop)).body).toMatch(/1.sur.2/);
  expect(await statut(app.post(`${finie}/archiver`, { confirme: 'oui' }, gens.scop))).toBe(303);
});

test('deux guichets qui envoient ensemble après la clôture, ou pendant, font le même chiffre que la vue', async () => {
  const crue = await ouvrirSalle(app, { titre: 'Crue comptée' });
  const id = idDe(crue);
  const lieu = { genre: 'local', nom: 'Salle comptée', adresse: '1 rue des Essais', territoire: MAIRIE, capacite: '40', dans: '' };
  const centre = vers(await app.post(`${crue}/centres`, lieu, gens.mairie));
  await app.post(`${centre}/etat`, { de: 'prevu', vers: 'ouvert' }, gens.mairie);
  const centreId = centre.split('/').pop() ?? '';
  const ecart = async () => {
    const { rows } = await sql<{ cellules: number; vue: number }>`
      select (select coalesce(sum(somme), 0)::int from mesure_cellules where contrat_id = ${app.contratId} and mesure_id = '3.13-02' and territoire_id = ${MAIRIE}
          ) as cellules,
        (select coalesce(sum(personnes), 0)::int from faits_crises where contrat_id = ${app.contratId} and nature = 'reelle' and territoire_id = ${MAIRIE}) as vue`.execute(
      app.base.owner,
    );
    return [rows[0]?.vue, (rows[0]?.cellules ?? 0) - (rows[0]?.vue ?? 0)];
  };
  const porte = () => {
    let ouvrir = () => {};
    const passee = new Promise<void>((pret) => {
      ouvrir = pret;
    });
    return { ouvrir, passee };
  };
  /** Until somebody waits for a lock of another. */
  const attend = () =>
    expect
      .poll(async () => {
        const { rows } = await sql<{ n: number }>`
          select count(*)::int as n from pg_stat_activity where datname = current_database() and cardinality(pg_blocking_pids(pid)) > 0`.execute(
          app.base.owner,
        );
        return rows[0]?.n;
      })
      .toBeGreaterThan(0);
  /** A desk whose sending lasts until the gate opens. */
  const guichet = (tx: Parameters<typeof addComptages>[0], nombre: number, attendre: Promise<void>) =>
    addComptages(tx, app.contratId, { centreId, guichet: 'A', parId: randomUUID(), recuLe: new Date() }, [
      { id: randomUUID(), quoi: 'arrivee', code: 'sinistre', nombre, annule: null, ditLe: new Date() },
    ]).then(() => attendre);
  const enTx = <T>(faire: (tx: Parameters<typeof addComptages>[0]) => Promise<T>) => inTransaction(app.db, { contratId: app.contratId }, faire);
  // While it is being closed: who closes waits for the desk that holds the centre.
  const [pendant, tenu, tenus] = [porte(), porte(), porte()];
  const envoi = enTx(async (tx) => {
    await getCentre(tx, app.contratId, id, centreId, 'partage');
    tenu.ouvrir();
    await guichet(tx, 5, pendant.passee);
  });
  await tenu.passee;
  const cloture = app.post(`${crue}/clore`, { confirme: 'oui' }, gens.scop);
  await attend();
  pendant.ouvrir();
  await envoi;
  expect((await cloture).statusCode).toBe(303);
  expect(await ecart()).toEqual([5, 0]);
  // After: two at once, the second reads what the first left.
  const apres = porte();
  const c = (tx: Parameters<typeof addComptages>[0]) => ({ db: tx, contrat: { id: app.contratId, slug: 'paris-2023-2026' } });
  const un = enTx((tx) =>
    surCrise(c(tx), id, () => {
      tenus.ouvrir();
      return guichet(tx, 2, apres.passee);
    }),
  );
  await tenus.passee;
  const deux = enTx((tx) => surCrise(c(tx), id, () => guichet(tx, 3, Promise.resolve())));
  await attend();
  apres.ouvrir();
  await Promise.all([un, deux]);
  expect(await ecart()).toEqual([10, 0]);
});

describe('Un centre', () => {
  let centre: string;
  const touche = (quoi: string, code: string, plus: object = {}) => ({
    id: randomUUID() as string,
    quoi,
    code,
    nombre: 1,
    quand: Date.now() + decalage,
    ...plus,
  });
  const envoyer = (guichet: string, lignes: readonly object[], qui = gens.dsol) =>
    app.serveur.inject({
      method: 'POST',
      url: `${centre}/compter`,
      headers: { accept: 'application/json', 'content-type': 'application/x-www-form-urlencoded', cookie: qui },
      payload: new URLSearchParams({ guichet, lignes: JSON.stringify(lignes) }).toString(),
    });

  test('CRISE-12, centre-d-accueil : plusieurs guichets et un guichet coupé du réseau font un seul compte, sans perte ni double, sans un nom', async () => {
    const champs = { genre: 'care', nom: 'Gymnase des Essais', adresse: '2 rue des Essais', territoire: MAIRIE, capacite: '120', dans: '' };
    expect(await statut(app.post(`${salle}/centres`, champs, gens.dsol))).toBe(403);
    expect((await app.post(`${salle}/centres`, { ...champs, capacite: 'cent' }, gens.mairie)).body).toContain('Indiquez la capacité, en chiffres');
    expect((await app.post(`${salle}/centres`, { ...champs, point: 'rue Hébert' }, gens.mairie)).body).toContain('Écrivez la latitude, puis la longitude');
    centre = vers(await app.post(`${salle}/centres`, { ...champs, point: '48,8895 2.3601' }, gens.mairie));
    const plan = (await app.get(`${salle}/centres`, gens.mairie)).body;
    expect([plan.includes('aria-label="Plan des lieux activés"'), plan.includes('data-plan-lieu="2.36010,48.88950"')]).toEqual([true, true]);
    expect(await statut(envoyer('A', [touche('arrivee', 'sinistre')]))).toBe(409);
    expect(await statut(app.post(`${centre}/etat`, { de: 'prevu', vers: 'ouvert' }, gens.mairie))).toBe(303);
    expect(await statut(app.post(`${centre}/etat`, { de: 'prevu', vers: 'ouvert' }, gens.mairie))).toBe(409);
    const a = Array.from({ length: 60 }, () => touche('arrivee', 'sinistre'));
    const b = Array.from({ length: 40 }, (_, i) => touche('arrivee', i % 2 ? 'proche' : 'implique'));
    const erreur = touche('arrivee', 'victime');
    // Three desks at once; B, cut off, sends all it had, twice; the second time knows more.
    const c = [erreur, touche('besoin', 'hebergement'), touche('depart', ''), touche('arrivee', 'sinistre', { annule: erreur.id })];
    const [ra, rb, rc] = await Promise.all([envoyer('A', a), envoyer('B', b), envoyer('C', c)]);
    expect([ra, rb, rc].map((r) => r?.statusCode)).toEqual([200, 200, 200]);
    const encore = (await envoyer('B', [...b, touche('arrivee', 'proche')])).json() as { arrivees: Record<string, number>; recues: string[]; departs: number };
    expect(encore.arrivees).toEqual({ sinistre: 60, implique: 20, proche: 21 });
    expect(encore.recues).toHaveLength(41);
    // Undone by two people: once.
    const r = (await envoyer('A', [touche('x' as string, '')])).statusCode;
    expect(r).toBe(422);
    const annulees = await Promise.all(['A', 'B'].map((g) => envoyer(g, [touche('arrivee', 'sinistre', { annule: a[0]?.id })])));
    expect(annulees.map((x) => x.statusCode)).toEqual([200, 200]);
    const inconnue = (await envoyer('A', [touche('arrivee', 'sinistre', { annule: randomUUID() })])).json() as {
      refusees: unknown[];
      arrivees: Record<string, number>;
    };
    expect([inconnue.refusees.length, inconnue.arrivees.sinistre]).toEqual([1, 59]);
    // No script: a button is a form.
    const page = (await app.get(`${centre}/guichet?guichet=Z`, gens.dsol)).body;
    expect(page).not.toMatch(/name="(nom|prenom|naissance|telephone)"/);
    const bouton = lireFormulaire(page, `${centre}/compter`);
    expect(vers(await app.post(`${centre}/compter`, bouton, gens.dsol))).toContain('guichet=Z');
    await app.post(`${centre}/compter`, { ...bouton, _cle: randomUUID() }, gens.dsol);
    const lu = (await app.get(centre, gens.mairie)).body;
    expect(lu).toMatch(/100.sur.120/);
    expect(lu).toContain('A subi, ou subit, un préjudice matériel.');
    expect(await statut(envoyer('A', [touche('arrivee', 'sinistre')], gens.elue))).toBe(403);
    expect(await statut(envoyer('A', [touche('arrivee', 'sinistre')], gens.dehors))).toBe(403);
    // Closed: what a desk had before it knew still comes in.
    await app.post(`${centre}/etat`, { de: 'ouvert', vers: 'ferme' }, gens.mairie);
    expect(((await envoyer('B', [touche('arrivee', 'proche')])).json() as { ferme: boolean }).ferme).toBe(true);
    const { rows } = await sql<{ colonne: string }>`select column_name as colonne from information_schema.columns where table_name = 'crise_comptages'`.execute(
      app.base.owner,
    );
    expect(rows.map((x) => x.colonne).filter((x) => /nom$|prenom|naissance|texte|note/.test(x))).toEqual([]);
  });
});

test('CRISE-23, equipements : l’état de chaque service dit par qui et depuis quand, le dernier montré, les autres gardés', async () => {
  const dire = (etat: string, plus: Record<string, string> = {}) =>
    app.post(`${salle}/services`, { service: 'ecoles', lieu: '', territoire: MAIRIE, etat, depuis: '', dit_par: 'MA', note: '', ...plus }, gens.mairie);
  expect(await statut(dire('ferme'))).toBe(303);
  expect((await dire('ferme', { depuis: '25:99' })).body).toContain('Écrivez l’heure ainsi');
  // The last time that it was this hour, the evening before included; what can only be to come is asked.
  const dans = (h: number) => aLHeureDeParis(() => isoEtHeureDuMoment(new Date(Date.now() + h * 3_600_000)).slice(11))();
  expect((await dire('ferme', { lieu: 'École A', depuis: dans(3) })).body).toContain('n’est pas encore passée aujourd’hui');
  expect(await statut(dire('ferme', { lieu: 'École B', depuis: dans(-9).replace(':', 'h') }))).toBe(303);
  const { rows: depuis } = await sql<{ h: number }>`
    select round(extract(epoch from le - depuis) / 3600)::int as h from crise_services where lieu = 'École B'`.execute(app.base.owner);
  expect(depuis).toEqual([{ h: 9 }]);
  expect((await dire('ferme', { lieu: 'chez Mme Martin' })).body).toContain('Oui, c’est juste');
  expect((await dire('ferme', { note: 'Appeler le 06 12 34 56 78' })).body).toContain('Oui, c’est juste');
  expect(await statut(dire('degrade', { note: 'Deux classes fermées' }))).toBe(303);
  expect(await statut(app.post(`${salle}/services`, {}, gens.elue))).toBe(403);
  const { rows } = await sql<{ etat: string }>`select etat from crise_services where crise_id = ${idDe(salle)}::uuid order by le`.execute(app.base.owner);
  expect(rows.map((r) => r.etat)).toEqual(['ferme', 'ferme', 'degrade']);
  expect((await app.get(`${salle}/services`, gens.elue)).body).toContain('Deux classes fermées');
  // Told by one and written by another, it says both where it is read.
  expect(await statut(dire('ferme', { service: 'ecoles', lieu: 'École C', dit_par: 'RATP' }))).toBe(303);
  const [courant = ''] = (await app.get(`${salle}/services`, gens.elue)).body.split('Tout ce qui a été dit');
  expect(courant).toMatch(/RATP[^<]*, noté par [^<]+, [^<]+</);
});

test('un point de situation se fait de ce qui a été écrit et compté, se signe par un acte, et son retard se voit', async () => {
  expect((await app.get(`${salle}/points`, gens.mairie)).body).not.toContain('En retard');
  decalage = 75 * 60_000;
  expect((await app.get(`${salle}/points`, gens.mairie)).body).toMatch(/En retard de 1[45].min/);
  const point = vers(await app.post(`${salle}/points`, {}, gens.mairie));
  expect(vers(await app.post(`${salle}/points`, {}, gens.dsol))).toBe(point);
  const brouillon = (await app.get(point, gens.scop)).body;
  for (const dit of ['Gymnase des Essais', 'Deux classes fermées', 'sinistrés 60', 'VPU']) expect([dit, brouillon.includes(dit)]).toEqual([dit, true]);
  const champs = lireFormulaire(brouillon, `${point}/signer`);
  expect(await statut(app.post(`${point}/signer`, { ...champs, synthese: 'La décrue commence.' }, gens.mairie))).toBe(403);
  // Read again since it was shown: what one signs is what one read.
  await app.post(`${point}/refaire`, {}, gens.mairie);
  expect((await app.post(`${point}/signer`, { ...champs, synthese: 'La décrue commence.' }, gens.scop)).body).toContain('vient d’être refait');
  const relu = lireFormulaire((await app.get(point, gens.scop)).body, `${point}/signer`);
  expect(await statut(app.post(`${point}/signer`, { ...relu, synthese: 'La décrue commence.' }, gens.scop))).toBe(303);
  expect(await statut(app.post(`${point}/refaire`, {}, gens.mairie))).toBe(409);
  expect((await app.get(`${salle}/points`, gens.mairie)).body).not.toContain('En retard');
  expect((await mainCourante(app, salle)).at(-1)).toContain('Point de situation n° 1 signé. La décrue commence.');
  await leSuivant(point, relu);
  expect(await statut(app.post(`${salle}/points/rythme`, { minutes: '30' }, gens.mairie))).toBe(403);
  await app.post(`${salle}/points/rythme`, { minutes: '30' }, gens.scop);
  decalage += 31 * 60_000;
  expect((await app.get(`${salle}/points`, gens.mairie)).body).toContain('En retard');
  decalage = 0;
});

/** What was being written while the report was signed is in the next; what was corrected stays beside what corrects it; each hour has its day. */
async function leSuivant(premier: string, signature: ReturnType<typeof lireFormulaire>): Promise<void> {
  const id = idDe(salle);
  const avantLePoint = new Date(Date.now() + decalage - 20 * 60_000);
  const ecrire = (contenu: string, plus: object = {}) =>
    inTransaction(app.db, { contratId: app.contratId }, (tx) => ecrireEntrees(tx, id, [{ ...entreeDEssai(contenu), arriveLe: avantLePoint, ...plus }]));
  const n = Number((await ecrire('Trois blessés légers quai A'))[0]?.numero);
  await ecrire('Deux blessés légers quai A', { renvoiGenre: 'correction', renvoi: n });
  await ecrire('Appel reçu la veille', { survenuLe: new Date(avantLePoint.getTime() - 26 * 3_600_000) });
  decalage += 60_000;
  const second = vers(await app.post(`${salle}/points`, {}, gens.mairie));
  const lu = (await app.get(second, gens.scop)).body;
  for (const dit of ['Trois blessés légers quai A', 'Deux blessés légers quai A', `Corrigée par le n° ${n + 1}`, `Corrige le n° ${n}`, 'Appel reçu la veille'])
    expect([dit, lu.includes(dit)]).toEqual([dit, true]);
  expect((await app.get(premier, gens.scop)).body).not.toContain('Trois blessés légers quai A');
  const veille = aLHeureDeParis(() => jour(jourDe(new Date(avantLePoint.getTime() - 26 * 3_600_000))))();
  expect(lu).toMatch(new RegExp(`${veille}, \\d+.h`));
  // Nobody came since: nothing is new, and what was new was told once.
  expect([lu.includes('(+'), (await app.get(premier, gens.scop)).body.includes('sinistrés 60 (+60)')]).toEqual([false, true]);
  await app.post(`${second}/signer`, { ...signature, ...lireFormulaire(lu, `${second}/signer`), synthese: 'Rien de plus.' }, gens.scop);
  // What is corrected later changes no report that is signed.
  await ecrire('Un seul blessé léger quai A', { renvoiGenre: 'correction', renvoi: n + 1 });
  expect((await app.get(second, gens.scop)).body).not.toContain(`Corrigée par le n° ${n + 4}`);
}

describe('Un exercice', () => {
  let jeu: string;
  const minute = (m: number) => {
    decalage = m * 60_000;
  };
  test('CRISE-18, exercice : le scénario amène ses événements à la minute de l’exercice, à leur destinataire, horodatés quand ils sont traités', async () => {
    jeu = await ouvrirSalle(app, { exercice: true, titre: 'Crue centennale' });
    expect(await statut(app.get(`${salle}/exercice`, gens.scop))).toBe(404);
    expect((await app.get(`${jeu}/exercice`, gens.scop)).body).toContain('La Seine monte');
    expect(await statut(app.post(`${jeu}/exercice`, { scenario: 'inondation', population: '', population_ou: '', etablissement: '' }, gens.mairie))).toBe(403);
    expect((await app.post(`${jeu}/exercice`, { scenario: 'inondation', population: '40', population_ou: '' }, gens.scop)).body).toContain(
      'dans quel quartier',
    );
    expect(await statut(app.post(`${jeu}/exercice`, { scenario: 'inondation', population: '40', population_ou: 'La Chapelle' }, gens.scop))).toBe(303);
    expect(await statut(app.post(`${jeu}/exercice`, { scenario: 'inondation' }, gens.scop))).toBe(409);
    const horloge = (acte: string, qui = gens.scop) => app.post(`${jeu}/exercice/horloge`, { acte }, qui);
    expect([await statut(horloge('demarrer', gens.mairie)), await statut(horloge('suspendre')), await statut(horloge('demarrer'))]).toEqual([403, 409, 303]);
    minute(6);
    const vu = (await app.get(`${jeu}/exercice`, gens.mairie)).body;
    expect(vu).toContain('Appel d’un gardien d’immeuble');
    // Neither what is for another, nor what has not come.
    for (const autre of ['Vigilance orange', 'Habitants sans abri', 'Attendu :']) expect([autre, vu.includes(autre)]).toEqual([autre, false]);
    expect(vu).toContain('rien de ceci n’est réel');
    const { rows } = await sql<{ id: string; titre: string }>`select id, titre from exercice_injects where crise_id = ${idDe(jeu)}::uuid`.execute(
      app.base.owner,
    );
    const inject = (titre: string) => `${jeu}/injects/${rows.find((r) => r.titre === titre)?.id}`;
    expect(await statut(app.post(inject('Vigilance orange'), { suite: 'vu' }, gens.mairie))).toBe(403);
    expect([
      await statut(app.post(inject('Habitants sans abri'), { suite: 'vu' }, gens.mairie)),
      await statut(app.post(inject('Habitants sans abri'), { suite: 'vu' }, gens.scop)),
    ]).toEqual([404, 409]);
    expect(await statut(app.post(inject('Appel d’un gardien d’immeuble'), { suite: '' }, gens.mairie))).toBe(422);
    expect(await statut(app.post(inject('Appel d’un gardien d’immeuble'), { suite: 'SCOP prévenue par radio' }, gens.mairie))).toBe(303);
    expect(await statut(app.post(inject('Appel d’un gardien d’immeuble'), { suite: 'encore' }, gens.scop))).toBe(409);
    // Stopped for half an hour: its clock too.
    await horloge('suspendre');
    minute(40);
    expect((await app.get(`${jeu}/exercice`, gens.scop)).body).toContain('minute 6');
    await horloge('reprendre');
    minute(70);
    const apres = (await app.get(`${jeu}/exercice`, gens.mairie)).body;
    expect(apres).toContain('Habitants sans abri');
    expect(apres).toContain('minute 36');
    expect((await mainCourante(app, jeu)).join('\n')).toContain('Minute 6, « Appel d’un gardien d’immeuble » traité : SCOP prévenue par radio');
    expect(await statut(horloge('finir'))).toBe(303);
    // Two hours after the end: written, without a minute that would be false.
    minute(190);
    expect(await statut(app.post(inject('Habitants sans abri'), { suite: 'Gymnase ouvert' }, gens.scop))).toBe(303);
    const { rows: tard } = await sql<{ minute: number | null }>`
      select traite_minute as minute from exercice_injects where crise_id = ${idDe(jeu)}::uuid and titre = 'Habitants sans abri'`.execute(app.base.owner);
    expect(tard).toEqual([{ minute: null }]);
    expect((await app.get(`${jeu}/exercice`, gens.scop)).body).toContain('après la fin, le ');
    expect((await mainCourante(app, jeu)).at(-1)).toBe('Après la fin de l’exercice, « Habitants sans abri » traité : Gymnase ouvert');
  });

  test('l’établissement d’un exercice se cherche par un mot ou son code, au-delà de cent, et n’est que du territoire de la salle', async () => {
    const ecole = await ouvrirSalle(app, { exercice: true, type: 'locale', titre: 'Mise en sûreté' });
    const coordination = await app.temoin({ comme: 'coordination', organisation: 'DPMP' });
    const { rows } = await sql<{ id: string; titre: string }>`
      insert into activites (contrat_id, registre, jour, titre, territoire_id, organisation_id, donnees, commentaire, auteur)
      select ${app.contratId}, 'etablissements', date '2026-01-10' + n, case n when 0 then 'Collège de la Butte essayée' when 1 then 'Lycée des Portes essayé' else 'Bar essayé ' || n end,
        case n when 1 then 'mairie-12' else 'mairie-18' end, 'RECTORAT', '{"type": "etablissement-scolaire", "suivi": "autre"}', case n when 0 then 'UAI 0759999X' else '' end, 'x'
      from generate_series(0, 119) as n returning id, titre`.execute(app.base.owner);
    const jouer = (champs: Record<string, string>) =>
      app.post(`${ecole}/exercice`, { scenario: 'ppms', population: '', population_ou: '', ...champs }, coordination);
    const dit = async (champs: Record<string, string>) => {
      const r = await jouer(champs);
      return [r.statusCode, /govuk-error-message[^>]*>(?:<span[^>]*>[^<]*<\/span>)?\s*([^<]*)/.exec(r.body)?.[1]?.trim().slice(0, 30) ?? ''];
    };
    expect(await dit({})).toEqual([422, 'Ce scénario se joue dans un ét']);
    expect(await dit({ cherche: 'Portes' })).toEqual([422, 'Aucun établissement de ce terr']);
    expect(await dit({ cherche: 'bar' })).toEqual([422, 'Plus de 20 établissements répo']);
    expect(await dit({ etablissement: rows.find((r) => r.titre.startsWith('Lycée'))?.id ?? '' })).toEqual([422, 'Cet établissement n’est pas, o']);
    // The oldest of a hundred and twenty, by its code.
    expect((await jouer({ cherche: '0759999X' })).statusCode).toBe(303);
    expect((await app.get(`${ecole}/exercice`, coordination)).body).toContain('Collège de la Butte essayée');
  });

  test('CRISE-19, retex : à chaud sous 48 heures, à froid sous un mois, chaque point à améliorer est une décision suivie ; sans eux, rien ne s’archive', async () => {
    const constat = (champs: Record<string, string>, qui = gens.scop) =>
      app.post(`${jeu}/retex/constats`, { temps: 'chaud', nature: 'fort', texte: 'La radio a bien marché.', ...champs }, qui);
    const signer = (temps: string, qui = gens.scop) =>
      app.post(
        `${jeu}/retex`,
        { temps, synthese: 'Exercice utile, deux points à reprendre.', participants: '14', tenu_le: aLHeureDeParis(jourDe)(new Date(Date.now() + decalage)) },
        qui,
      );
    expect(await statut(signer('chaud'))).toBe(409);
    expect(await statut(app.post(`${jeu}/clore`, { confirme: 'oui' }, gens.scop))).toBe(303);
    expect((await signer('chaud')).body).toContain('ajoutez-en un au moins');
    expect(await statut(constat({}, gens.mairie))).toBe(303);
    const mieux = {
      nature: 'ameliorer',
      texte: 'Le VPU est arrivé tard.',
      decision: 'Placer un VPU au nord.',
      responsable: 'DPMP',
      echeance: '2027-03-01',
      fiche: '3.13',
    };
    expect((await constat({ ...mieux, echeance: '' })).body).toContain('Fixez une échéance');
    expect(await statut(constat(mieux, gens.mairie))).toBe(403);
    expect(await statut(constat(mieux))).toBe(303);
    expect(await statut(constat({ temps: 'froid', texte: 'Les fiches réflexes sont lues.' }))).toBe(303);
    const { rows } = await sql<{ id: string; fiche: string; responsable: string }>`
      select id, fiche, responsable_id as responsable from decisions where origine_genre = 'crise' and origine_id = ${idDe(jeu)}::uuid`.execute(app.base.owner);
    expect(rows).toMatchObject([{ fiche: '3.13', responsable: 'DPMP' }]);
    expect((await app.get(`/decisions/${rows[0]?.id}`, gens.dehors)).body).toContain('Crue centennale (exercice)');
    expect((await app.get('/decisions?territoire=tous', gens.dehors)).body).toContain('Placer un VPU au nord.');
    expect([await statut(signer('chaud', gens.mairie)), await statut(signer('chaud')), await statut(signer('chaud'))]).toEqual([403, 303, 409]);
    const archiver = () =>
      sql`update crises set etat = 'archivee', archivee_le = now() + interval '1 day' where id = ${idDe(jeu)}::uuid`.execute(app.base.owner);
    await expect(archiver()).rejects.toThrow('précède l’archivage');
    const { rows: dues } = await sql<{ periode: string; jours: number; soldee: boolean }>`
      select e.periode, e.due_le - e.ouverte_le as jours, e.soldee_le is not null as soldee from echeances e
      where e.genre = 'retex' and e.objet_id = ${idDe(jeu)} order by e.due_le`.execute(app.base.owner);
    expect(dues[0]).toMatchObject({ periode: 'chaud', jours: 2, soldee: true });
    expect(dues[1]?.soldee).toBe(false);
    expect(dues[1]?.jours).toBeGreaterThan(27);
    expect((await app.get('/echeances?territoire=tous&genre=retex', gens.scop)).body).toContain('Retour d’expérience à froid, Crue centennale (exercice)');
    expect((await app.get('/echeances?territoire=tous&genre=retex', gens.dehors)).body).not.toContain('Retour d’expérience à froid');
    // Two minutes after the other, it is not told with distance.
    const tot = await signer('froid');
    expect([tot.statusCode, tot.body.includes('Un retour à froid se tient à distance')]).toEqual([422, true]);
    await sql`update crises set ouverte_le = ouverte_le - interval '10 days', close_le = close_le - interval '10 days' where id = ${idDe(jeu)}::uuid`.execute(
      app.base.owner,
    );
    await sql`update crise_retex set tenu_le = tenu_le - 10 where crise_id = ${idDe(jeu)}::uuid`.execute(app.base.owner);
    expect(await statut(signer('froid'))).toBe(303);
    await archiver();
    decalage = 0;
  });
});
