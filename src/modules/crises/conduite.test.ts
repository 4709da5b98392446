/** The conduct of a crisis by its pages: means, centres, services, reports, an exercise and its lessons; what others get of it: nothing. */
import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { jourDe } from '../../core/clock.ts';
import { type AppDeTest, ouvrirApp } from '../../../tests/support/app.ts';
import { aLHeureDeParis } from '../../../tests/support/fuseau.ts';
import { lireFormulaire } from '../../../tests/support/formulaire.ts';
import { equipe, idDe, mainCourante, MAIRIE, ouvrirSalle } from './conduite.fixtures.ts';

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
    centre = vers(await app.post(`${salle}/centres`, champs, gens.mairie));
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
  expect((await dire('ferme', { note: 'Appeler le 06 12 34 56 78' })).body).toContain('Oui, c’est juste');
  expect(await statut(dire('degrade', { note: 'Deux classes fermées' }))).toBe(303);
  expect(await statut(app.post(`${salle}/services`, {}, gens.elue))).toBe(403);
  const { rows } = await sql<{ etat: string }>`select etat from crise_services where crise_id = ${idDe(salle)}::uuid order by le`.execute(app.base.owner);
  expect(rows.map((r) => r.etat)).toEqual(['ferme', 'degrade']);
  expect((await app.get(`${salle}/services`, gens.elue)).body).toContain('Deux classes fermées');
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
  expect(await statut(app.post(`${salle}/points/rythme`, { minutes: '30' }, gens.mairie))).toBe(403);
  await app.post(`${salle}/points/rythme`, { minutes: '30' }, gens.scop);
  decalage += 31 * 60_000;
  expect((await app.get(`${salle}/points`, gens.mairie)).body).toContain('En retard');
  decalage = 0;
});

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
    expect(await statut(signer('froid'))).toBe(303);
    await archiver();
    decalage = 0;
  });
});
