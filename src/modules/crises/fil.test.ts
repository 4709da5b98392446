/** Notes of a room to mairies, over HTTP, with a clock moved by hand. */
import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type AppDeTest, ouvrirApp } from '../../../tests/support/app.ts';
import { courriels } from '../../../tests/support/courriels.ts';
import { aLHeureDeParis } from '../../../tests/support/fuseau.ts';
import { PARIS } from '../../../tests/support/template.ts';
import { creerInscrit } from '../alertes/alertes.fixtures.ts';
import { verifierChiffres } from '../indicateurs/formulaires.ts';
import { verifierEcheances } from '../echeances/accorder.ts';
import { equipe, idDe, mainCourante, MAIRIE, ouvrirSalle } from './conduite.fixtures.ts';
import { getCadre } from './crises.schema.ts';
import { getFil } from './fil/fil.routes.tsx';
import { avancerLeFil } from './fil/horloge.ts';
import { relancerLesAvis } from './roles/avis.horloge.ts';
import { alterer } from '../../../tests/support/alterer.ts';

let app: AppDeTest;
let gens: Awaited<ReturnType<typeof equipe>>;
let salle: string;
let maintenant = new Date();
beforeAll(async () => {
  app = await ouvrirApp({ horloge: () => maintenant });
  gens = await equipe(app);
  salle = await ouvrirSalle(app);
  await sql`update alerte_inscrits set retire_le = now() where retire_le is null`.execute(app.base.owner);
});
afterAll(() => app.close());

const lire = async <L>(q: ReturnType<typeof sql<L>>): Promise<L[]> => (await q.execute(app.base.owner)).rows;
const plus = (minutes: number) => {
  maintenant = new Date(maintenant.getTime() + minutes * 60_000);
};
const inscrire = (courriel: string, rang: number) =>
  creerInscrit(app.base.owner, app.contratId, { fonction: 'mairie', organisation: 'MA', territoire: MAIRIE, nom: `Agent ${rang}`, courriel, rang });
const lettres = async (pour: string) => (await courriels(app)).filter((l) => l.pour === pour && l.sujet.includes('Note d’information'));
const lienDe = async (pour: string): Promise<string> =>
  /http:\/\/concorde\.exemple(\/notes-de-crise\/\S+)/.exec((await lettres(pour)).at(-1)?.texte ?? '')?.[1] ?? '';
/** The mail server takes what waits, but for these. */
const poster = (quoi: 'envoye' | 'echec' = 'envoye') =>
  sql`update courriels set etat = ${quoi}, envoye_le = case when ${quoi} = 'envoye' then ${maintenant}::timestamptz end where etat = 'attente' and objet like '/crises/%'`.execute(
    app.base.owner,
  );
const tic = aLHeureDeParis(async () => {
  const fil = await getFil(await getCadre(PARIS), PARIS);
  if (!fil) throw new Error('sans fil');
  return avancerLeFil(
    { db: app.db, contratId: app.contratId, maintenant, coffre: app.coffre, adresse: 'http://concorde.exemple', cat: app.catalogue, fil },
    { id: app.contratId, slug: 'paris-2023-2026' },
  );
});
const dit = (body: string): string =>
  body
    .replace(/<(script|style)[\s\S]*?<\/\1>/g, ' ')
    .replace(/<[^>]+>/g, ' ')
    .replace(/[\s\u00a0\u202f]+/g, ' ');
const note = (champs: Record<string, string | string[]> = {}, ou = salle, qui = gens.scop) =>
  app.post(`${ou}/fil`, { texte: 'Quais bas fermés, métro Jaurès évacué.', origine: 'scop', ...champs }, qui);
const dettes = () =>
  lire(
    sql<{ etat: string; titre: string }>`select case when soldee_le is not null then 'soldee' else 'due' end as etat, titre from echeances
      where genre = 'note-de-crise' order by ouverte_le, titre`,
  );

test('ALERTE-05, fil-d-information : une note numérotée part aux mairies, qui en accusent réception par lien ou par compte, avec un retour à la main courante', async () => {
  await inscrire('un@mairie.exemple', 1);
  // Who conducts writes; what is wrong is said beside, nothing lost.
  expect([
    (await note({}, salle, gens.mairie)).statusCode,
    (await note({}, salle, gens.dehors)).statusCode,
    (await app.get(`${salle}/fil`, gens.ailleurs)).statusCode,
  ]).toEqual([403, 403, 403]);
  const faux = await note({ texte: 'Deux blessés', origine: 'inconnue' });
  expect([faux.statusCode, dit(faux.body).includes('Dites d’où vient l’information'), faux.body.includes('Deux blessés')]).toEqual([422, true, true]);
  const nommee = await note({ texte: 'Appeler Mme Martin au 06 12 34 56 78' });
  expect([nommee.statusCode, dit(nommee.body).includes('Ce texte semble contenir')]).toEqual([422, true]);
  expect((await note()).statusCode).toBe(303);
  expect((await mainCourante(app, salle)).at(-1)).toBe('Note n° 1 aux mairies (Mairie du 18e), de la SCOP. Quais bas fermés, métro Jaurès évacué.');
  // The letter says that something waits, never what; the queue shows neither address nor place.
  const [l] = await lettres('un@mairie.exemple');
  expect([l?.destinataire, l?.texte.includes('Jaurès'), l?.texte.includes('Mairie du 18e')]).toEqual(['adresse non gardée', false, true]);
  const attend = dit((await app.get(`${salle}/fil`, gens.scop)).body);
  expect(attend).toMatch(/Mairie du 18e pas encore partie non non/);
  expect((await dettes()).map((d) => [d.etat, d.titre])).toEqual([['due', 'Accuser réception de la note n° 1, Crue de la Seine']]);
  await poster();
  await tic();
  expect(dit((await app.get(`${salle}/fil`, gens.scop)).body)).toContain('Mairie du 18e attendue');
  // By the link, without an account: looking answers nothing.
  const lien = await lienDe('un@mairie.exemple');
  expect(dit((await app.get(lien)).body)).toContain('Quais bas fermés, métro Jaurès évacué.');
  expect([(await app.get(alterer(lien))).statusCode, (await app.post(lien, { retour: 'besoin', besoin: '' })).statusCode]).toEqual([404, 422]);
  const suspecte = await app.post(lien, { retour: 'besoin', besoin: 'Rappeler Mme Durand' });
  expect([suspecte.statusCode, suspecte.body.includes('Mme Durand')]).toEqual([422, true]);
  expect((await app.post(lien, { retour: 'besoin', besoin: 'deux barrières rue Riquet' })).statusCode).toBe(303);
  expect((await app.post(lien, { retour: '' })).statusCode).toBe(409);
  expect((await mainCourante(app, salle)).at(-1)).toBe('Mairie du 18e, note n° 1 : besoin de deux barrières rue Riquet');
  const page = dit((await app.get(`${salle}/fil`, gens.scop)).body);
  // Who saw it is a function, not a name.
  expect([page.includes('Vue par 1 sur 1 mairie'), /Mairie du 18e vue .*, Mairie d’arrondissement/.test(page), page.includes('Agent 1')]).toEqual([
    true,
    true,
    false,
  ]);
  expect((await dettes()).map((d) => d.etat)).toEqual(['soldee']);
  // A correction is another note; the first does not move, in the database either.
  expect((await note({ texte: 'Métro Jaurès rouvert.', corrige: '1' })).statusCode).toBe(303);
  expect((await note({ corrige: '9' })).statusCode).toBe(422);
  expect(dit((await app.get(lien)).body)).toContain('La note n° 2 la corrige.');
  await expect(sql`update crise_notes set entree = 1`.execute(app.db)).rejects.toThrow(/permission denied/);
  // Signed in, for one's own mairie; who conducts does not answer in its place, another mairie does not see it.
  const [m] = await lire(sql<{ id: string }>`select id from crise_note_mairies where note = 2`);
  expect((await app.get('/ma-journee', gens.mairie)).body).toContain(`/crises/notes/${m?.id}`);
  const voisine = await app.temoin({ comme: 'agent', organisation: 'MA', territoire: 'mairie-12' });
  expect([(await app.get(`/crises/notes/${m?.id}`, gens.scop)).statusCode, (await app.get(`/crises/notes/${m?.id}`, voisine)).statusCode]).toEqual([200, 403]);
  expect([
    (await app.post(`/crises/notes/${m?.id}`, { retour: '' }, gens.scop)).statusCode,
    (await app.post(`/crises/notes/${m?.id}`, { retour: 'rien' }, gens.mairie)).statusCode,
  ]).toEqual([403, 303]);
  expect((await mainCourante(app, salle)).at(-1)).toBe('Mairie du 18e, note n° 2 : rien chez nous.');
  expect((await app.get(`/crises/notes/${randomUUID()}`, gens.mairie)).statusCode).toBe(404);
});

test('une mairie silencieuse, une adresse refusée : la suivante de la liste, une fois ; puis personne, et la salle le dit ; un exercice le porte', async () => {
  await inscrire('deux@mairie.exemple', 2);
  expect((await note({ texte: 'Coupure de gaz rue de l’Essai.' })).statusCode).toBe(303);
  await poster();
  await tic();
  plus(16);
  expect(await tic()).toBe('1 relais');
  expect(await tic()).toBe('0 relais');
  expect((await lettres('deux@mairie.exemple')).at(-1)?.texte).toContain('n’a pas répondu : vous prenez le relais');
  expect(dit((await app.get(`${salle}/fil`, gens.scop)).body)).toMatch(/Mairie du 18e silence .* 1 relais demandé/);
  await poster('echec');
  await tic();
  expect((await mainCourante(app, salle)).at(-1)).toBe('Mairie du 18e, note n° 3 : courriel refusé, et personne après sur sa liste. À appeler.');
  await tic();
  expect((await mainCourante(app, salle)).filter((e) => e.includes('À appeler'))).toHaveLength(1);
  expect(dit((await app.get(`${salle}/fil`, gens.scop)).body)).toContain('1 adresse refusée');
  // The silent one still answers, by the first link.
  expect((await app.post(await lienDe('un@mairie.exemple'), { retour: '' })).statusCode).toBe(303);
  // The holder leaves the list: the link dies.
  await sql`update alerte_inscrits set retire_le = now() where courriel = 'deux@mairie.exemple'`.execute(app.base.owner);
  expect((await app.get(await lienDe('deux@mairie.exemple'))).statusCode).toBe(404);
  // An exercise over the whole contract: chosen mairies, one without anybody, marked everywhere.
  const exercice = await ouvrirSalle(app, { exercice: true, titre: 'Crue jouée', territoire: 'paris' });
  expect((await note({ mairies: [] }, exercice)).statusCode).toBe(422);
  expect((await note({ mairies: [MAIRIE, 'mairie-12'] }, exercice)).statusCode).toBe(303);
  // A correction goes at least to those that had the note: proposed so, and refused otherwise, with the missing one ticked.
  const cochees = (body: string): string[] => [...body.matchAll(/name="mairies"[^>]*?checked=""[^>]*?value="([^"]+)"/g)].map((x) => x[1] ?? '').sort();
  expect(cochees((await app.get(`${exercice}/fil?corrige=1`, gens.scop)).body)).toEqual(['mairie-12', MAIRIE]);
  const partielle = await note({ texte: 'Quais rouverts.', corrige: '1', mairies: [MAIRIE, 'mairie-10'] }, exercice);
  expect([partielle.statusCode, dit(partielle.body).includes('La note n° 1 est aussi allée à Mairie du 12e'), cochees(partielle.body)]).toEqual([
    422,
    true,
    ['mairie-10', 'mairie-12', MAIRIE],
  ]);
  const lettre = (await lettres('un@mairie.exemple')).at(-1);
  expect([lettre?.sujet.startsWith('[EXERCICE]'), lettre?.texte.startsWith('Exercice : rien de ceci n’est réel.')]).toEqual([true, true]);
  expect((await app.get(await lienDe('un@mairie.exemple'))).body).toContain('Exercice : rien de ceci n’est réel');
  const page = dit((await app.get(`${exercice}/fil`, gens.scop)).body);
  expect([page.includes('Mairie du 12e personne sur sa liste'), page.includes('Exercice : rien de ceci n’est réel')]).toEqual([true, true]);
  // Closed, nothing more is owed nor taken.
  expect((await app.post(`${exercice}/clore`, { confirme: 'oui' }, gens.scop)).statusCode).toBe(303);
  expect((await app.post(await lienDe('un@mairie.exemple'), { retour: '' })).statusCode).toBe(409);
  expect(
    (
      await lire(
        sql<{
          n: number;
        }>`select count(*)::int as n from echeances where genre = 'note-de-crise' and soldee_le is null and sans_objet_le is null and titre like 'EXERCICE%'`,
      )
    )[0]?.n,
  ).toBe(0);
  const { differences } = await aLHeureDeParis(() => verifierEcheances(app.base.owner, app.contratId, { maintenant }))();
  expect(differences.filter((x) => x.source === 'notes-de-crise')).toEqual([]);
  expect((await lire(sql<{ n: number }>`select count(*)::int as n from main_courante where crise_id = ${idDe(exercice)}::uuid`))[0]?.n).toBeGreaterThan(0);
});

test('deux salles pour un même événement : la seconde demande ; ouvertes toutes deux, l’une rejoint l’autre et ne compte plus', async () => {
  const ouvrir = (plus: Record<string, string> = {}, qui = gens.scop) =>
    app.post('/crises/ouvrir', { nature: 'crise', type: 'incendie', titre: 'Feu rue de l’Essai', territoire: 'mairie-12', lieu: '', ...plus }, qui);
  const premiere = /\/crises\/[0-9a-f-]{36}/.exec(String((await ouvrir()).headers.location))?.[0] ?? '';
  const demande = await ouvrir({ titre: 'Fumée au métro' });
  expect([demande.statusCode, dit(demande.body).includes('C’est le même événement : Feu rue de l’Essai'), demande.body.includes('Fumée au métro')]).toEqual([
    422,
    true,
    true,
  ]);
  expect((await ouvrir({ titre: 'Fumée au métro', meme: idDe(premiere) })).headers.location).toBe(premiere);
  // An exercise is no room of a crisis.
  expect((await ouvrir({ nature: 'exercice' })).statusCode).toBe(303);
  const seconde = /\/crises\/[0-9a-f-]{36}/.exec(String((await ouvrir({ titre: 'Fumée au métro', meme: 'autre' })).headers.location))?.[0] ?? '';
  await app.post(`${seconde}/acteurs`, { organisation: 'RATP', entite: 'partenaire', territoire: '' }, gens.scop);
  expect((await app.get(`${seconde}/bilan`, gens.scop)).body).toContain('C’est le même événement qu’une autre salle');
  const joindre = (ou: string, autre: string, qui = gens.scop) => app.post(`${ou}/joindre`, { autre }, qui);
  expect([(await joindre(seconde, '')).statusCode, (await joindre(seconde, idDe(premiere), gens.mairie)).statusCode]).toEqual([422, 403]);
  // What counts people keeps them.
  await sql`insert into crise_centres (contrat_id, crise_id, genre, nom, adresse, territoire_id, capacite, etat, cree_par, cree_le)
    values (${app.contratId}, ${idDe(premiere)}::uuid, 'care', 'Gymnase', 'rue de l’Essai', 'mairie-12', 80, 'prevu', 'Essai', now())`.execute(app.base.owner);
  const compte = await joindre(premiere, idDe(seconde));
  expect([compte.statusCode, dit(compte.body).includes('joignez plutôt l’autre salle')]).toEqual([409, true]);
  expect((await joindre(seconde, idDe(premiere))).headers.location).toBe(premiere);
  expect((await joindre(seconde, idDe(premiere))).statusCode).toBe(409);
  const comptees = await lire(sql<{ id: string }>`select id from faits_crises where titre in ('Feu rue de l’Essai', 'Fumée au métro') and nature = 'reelle'`);
  expect(comptees.map((x) => x.id)).toEqual([idDe(premiere)]);
  const { differences } = await verifierChiffres(app.base.owner, app.contratId);
  expect(differences.filter((d) => /3\.13-.*mairie-12/.test(JSON.stringify(d)))).toEqual([]);
  expect((await mainCourante(app, premiere)).at(-1)).toContain('La salle « Fumée au métro », ouverte le');
  expect((await app.get(`${premiere}/acteurs`, gens.scop)).body).toContain('RATP');
  expect(dit((await app.get(seconde, gens.scop)).body)).toContain('Même événement qu’une autre salle');
});

test('ce qu’une mairie apprend et que personne ne transmet va à la coordination au bout de son temps, une fois', async () => {
  const coordination = await app.temoin({ comme: 'coordination', organisation: 'VILLE' });
  const noter = async (objet: string) =>
    /avis=([0-9a-f-]{36})/.exec(
      String((await app.post('/crises/avis', { objet, territoire: MAIRIE, provenance: 'habitant' }, gens.mairie)).headers.location),
    )?.[1] ?? '';
  const [attendu, transmis] = [await noter('Fumée au métro'), await noter('Fuite de gaz')];
  await app.post(`/crises/avis/${transmis}/transmis`, {}, gens.scop);
  const cadre = await getCadre(PARIS);
  if (!cadre) throw new Error('sans crises');
  const relancer = aLHeureDeParis(() =>
    relancerLesAvis(app.db, { id: app.contratId, slug: 'paris-2023-2026' }, { maintenant, adresse: 'http://concorde.exemple', cadre, cat: app.catalogue }),
  );
  expect(await relancer()).toBe(0);
  plus(16);
  expect([await relancer(), await relancer()]).toEqual([1, 0]);
  const relances = (await courriels(app)).filter((l) => l.sujet === 'Un événement appris par une mairie attend toujours');
  expect([relances.length > 0, relances.every((l) => l.texte.includes(attendu) && !l.texte.includes('Fumée'))]).toEqual([true, true]);
  expect(dit((await app.get('/crises/avis', coordination)).body)).toContain('La coordination en est avertie par courriel depuis le');
});
