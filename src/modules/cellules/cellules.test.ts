/** A cell from its charter to its certificates, by its pages; what others get of it: nothing. */
import { mkdtemp, rm } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dansLeFuseau } from '../../core/fuseau.ts';
import { type AppDeTest, ouvrirApp } from '../../../tests/support/app.ts';
import { lireFormulaire } from '../../../tests/support/formulaire.ts';
import { jourDe } from '../../core/clock.ts';
import {
  admettre,
  avancer,
  celluleOuverte,
  creerCellule,
  designer,
  entrer,
  examiner,
  fixer,
  membreDe,
  ouvrir,
  PHRASE,
  QUI,
  siegeDe,
  signer,
} from './cellules.fixtures.ts';
import { relancer } from './situations/relances.ts';

let app: AppDeTest;
let dossier: string;
let decalage = 0;
beforeAll(async () => {
  dossier = await mkdtemp(join(tmpdir(), 'trousseau-'));
  app = await ouvrirApp({ services: { trousseau: dossier }, horloge: () => new Date(Date.now() + decalage) });
});
afterAll(async () => {
  await app.close();
  await rm(dossier, { recursive: true, force: true });
});
const statut = async (r: Promise<{ statusCode: number }>) => (await r).statusCode;

test('CONV-02, charte-bloquante : rien ne s’ouvre avant la signature de la charte en vigueur, et une nouvelle version se signe de nouveau', async () => {
  const coordination = await app.temoin({ comme: 'coordination', organisation: 'VILLE' });
  const dpo = await app.temoin({ comme: 'dpo', organisation: 'VILLE' });
  const a = await membreDe(app, 'RECTORAT');
  const b = await membreDe(app, 'PJJ');
  const cellule = await creerCellule(app, coordination);
  expect((await app.post('/cellules/creer', { genre: 'cenomed', territoire: 'mairie-18' }, coordination)).body).toContain('déjà une cellule');
  expect([
    await statut(app.get(cellule, a.cookie)),
    (await designer(app, coordination, cellule, a)).statusCode,
    await statut(app.get(cellule, a.cookie)),
  ]).toEqual([404, 303, 200]);
  await designer(app, coordination, cellule, b);
  expect((await designer(app, coordination, cellule, b)).body).toContain('déjà membre');
  expect((await designer(app, coordination, cellule, { ...b, courriel: 'personne@exemple.fr' })).body).toContain('Aucun compte ouvert');
  for (const url of ['ouvrir', 'chercher']) expect([url, await statut(app.get(`${cellule}/${url}`, a.cookie))]).toEqual([url, 403]);
  const charte = await app.get(`${cellule}/charte`, a.cookie);
  const champs = lireFormulaire(charte.body, `${cellule}/signer`);
  // Too short, not read, another text.
  expect((await app.post(`${cellule}/signer`, { ...champs, phrase: 'trop court', encore: 'trop court' }, a.cookie)).body).toContain('sept mots');
  const autre = { ...champs, empreinte: '0'.repeat(64), lu: 'oui', phrase: PHRASE, encore: PHRASE };
  expect(await statut(app.post(`${cellule}/signer`, autre, a.cookie))).toBe(409);
  expect((await signer(app, cellule, a)).headers.location).toContain('fait=signature');
  await signer(app, cellule, b);
  const { rows } = await sql<{ version: string; empreinte: string; organisationId: string; fonction: string }>`
    select version, empreinte, organisation_id, fonction from nominatif.cellule_signatures order by signee_le limit 1`.execute(app.base.owner);
  expect(rows[0]).toMatchObject({ empreinte: [champs.empreinte].flat()[0], organisationId: 'RECTORAT', fonction: 'Référent' });
  expect((await ouvrir(app, cellule, a, 'sept mots que tout le monde devine ici bien')).body).toContain('n’ouvre pas votre clé');
  expect([(await ouvrir(app, cellule, b)).statusCode, (await ouvrir(app, cellule, a)).statusCode]).toEqual([403, 303]);
  expect((await admettre(app, cellule, a, b)).statusCode).toBe(303);
  expect((await ouvrir(app, cellule, b)).statusCode).toBe(303);
  // No durations yet: nothing enters. Decided, they are in the charter: the open cell closes until it is signed again.
  expect(await statut(app.get(`${cellule}/chercher`, a.cookie))).toBe(409);
  expect([await statut(fixer(app, coordination, cellule)), await statut(fixer(app, dpo, cellule))]).toEqual([403, 303]);
  expect(await statut(app.get(`${cellule}/chercher`, a.cookie))).toBe(403);
  const page = await app.get(`${cellule}/charte`, a.cookie);
  expect(page.body).toContain('Sans suivi décidé : 6 mois');
  expect(lireFormulaire(page.body, `${cellule}/signer`)).not.toHaveProperty('phrase');
  await signer(app, cellule, a);
  expect(await statut(app.get(`${cellule}/chercher`, a.cookie))).toBe(200);
  expect(await statut(app.get(`${cellule}/chercher`, b.cookie))).toBe(403);
});

describe('Une cellule de deux institutions', () => {
  let k: Awaited<ReturnType<typeof celluleOuverte>>;
  let situation: string;
  beforeAll(async () => {
    k = await celluleOuverte(app, 'recidive');
    situation = String(await entrer(app, k.cellule, k.a, QUI).catch((e: Error) => e.message));
    if (!situation.includes('/situations/')) {
      const champs = lireFormulaire((await app.post(`${k.cellule}/chercher`, { ...QUI }, k.a.cookie)).body, `${k.cellule}/entrer`);
      situation = String((await app.post(`${k.cellule}/entrer`, { ...champs, origine: 'mairie', difficulte: 'emploi' }, k.a.cookie)).headers.location);
    }
  });

  test('CELL-23, cadre-de-protection : la situation n’est lue que par qui y est désigné, chaque lecture est notée et montrée', async () => {
    const { a, b, cellule, dpo, coordination } = k;
    const lue = await app.get(situation, a.cookie);
    expect(lue.body).toContain('Quatrebarbes');
    expect(lue.body).toContain('Mairie');
    expect(await statut(app.get(situation, b.cookie))).toBe(404);
    // Searched for by another spelling: yes, and a number; nothing else.
    const cherche = await app.post(`${cellule}/chercher`, { nom: 'QUATREBARBES', prenom: 'Zephyrine', naissance: '2012-11' }, b.cookie);
    expect(cherche.body).toContain('situation n° 1');
    expect((await app.post(`${cellule}/chercher`, { nom: 'Autre', prenom: 'Zephyrine', naissance: '2012-11' }, b.cookie)).body).toContain('Aucune situation');
    const champs = { identite: 'oui', ...QUI, origine: 'mairie', difficulte: 'secret' };
    expect(await statut(app.post(`${cellule}/entrer`, champs, b.cookie))).toBe(409);
    expect((await app.post(`${cellule}/entrer`, { origine: 'ecole', difficulte: 'secret' }, b.cookie)).statusCode).toBe(422);
    expect(await statut(app.post(`${situation}/designer`, { membre: await siegeDe(app, cellule, b) }, a.cookie))).toBe(303);
    expect((await app.get(situation, b.cookie)).body).toContain('Quatrebarbes');
    for (const qui of [a.cookie, dpo]) {
      const lectures = await app.get(`${cellule}/lectures`, qui);
      expect(lectures.body).toContain('Protection judiciaire de la jeunesse');
      expect(lectures.body).not.toContain('Quatrebarbes');
    }
    expect(await statut(app.get(`${cellule}/lectures`, coordination))).toBe(403);
    for (const qui of [dpo, coordination]) expect([403, 404]).toContain(await statut(app.get(situation, qui)));
  });

  test('ce qu’une institution apporte est à elle : elle seule le retire, et le secret est une réponse', async () => {
    const { a, b } = k;
    expect((await app.post(`${situation}/apporter`, {}, b.cookie)).statusCode).toBe(422);
    await app.post(`${situation}/apporter`, { codes: ['secret'] }, b.cookie);
    const action = /action="([^"]+\/retirer\/[^"]+)"/.exec((await app.get(situation, b.cookie)).body)?.[1] ?? '';
    expect((await app.get(situation, a.cookie)).body).not.toContain('/retirer/');
    expect([await statut(app.post(action, {}, a.cookie)), await statut(app.post(action, {}, b.cookie))]).toEqual([404, 303]);
    expect((await app.get(situation, a.cookie)).body).toContain('retiré le');
  });

  test('une orientation attend un accusé puis une issue, par un lien qui ne nomme personne ; le silence se relance', async () => {
    const { a, b, cellule } = k;
    expect(await statut(app.post(`${situation}/orienter`, { orientation: 'mission-locale' }, a.cookie))).toBe(409);
    // Examined in a session alone, where two institutions are.
    expect([await statut(avancer(app, situation, 'suivie', a)), await statut(avancer(app, situation, 'examinee', a))]).toEqual([409, 409]);
    await examiner(app, cellule, situation, a, [a, b], jourDe(new Date(), 'Europe/Paris'));
    expect((await app.get(situation, a.cookie)).body).toContain('Examinée');
    expect(await statut(app.post(`${situation}/orienter`, { orientation: 'crip' }, a.cookie))).toBe(422);
    const faite = await app.post(`${situation}/orienter`, { orientation: 'mission-locale' }, a.cookie);
    const lien = /http:\/\/[^<"\s]+\/cellules\/reponse\/[\w-]+/.exec(faite.body)?.[0] ?? '';
    const url = new URL(lien).pathname;
    const page = await app.get(url);
    expect(page.statusCode).toBe(200);
    expect(page.body).toContain('Mission locale');
    expect(page.body).not.toMatch(/Quatrebarbes|Zéphyrine|n° 1\b|18e/);
    // Nothing came: its author is told, then everyone, in words that say nothing.
    const lettres = async () =>
      (
        await sql<{
          destinataire: string;
          texte: string;
        }>`select destinataire, texte from courriels where sujet like '%attend%' and texte not like '%/seances/%' order by cree_le`.execute(app.base.owner)
      ).rows;
    const dans = (jours: number) => ({ contratId: app.contratId, adresse: 'http://concorde.exemple', maintenant: new Date(Date.now() + jours * 86_400_000) });
    const apres = (jours: number) => dansLeFuseau('Europe/Paris', () => relancer(app.bases.nominatif, dans(jours)));
    expect([await apres(10), await apres(16), await apres(17)]).toEqual([0, 1, 0]);
    expect((await lettres()).map((l) => l.destinataire)).toEqual([a.courriel]);
    expect(await apres(30)).toBe(1);
    expect(
      (await lettres())
        .slice(1)
        .map((l) => l.destinataire)
        .sort(),
    ).toEqual([a.courriel, b.courriel, await courrielDe(k.coordination), await courrielDe(k.dpo)].sort());
    for (const l of await lettres()) expect(l.texte).not.toMatch(/Quatrebarbes|Mission/);
    expect((await app.post(url, { reponse: 'accuse' })).body).toContain('Réponse reçue');
    expect(await statut(app.post(url, { reponse: 'accuse' }))).toBe(409);
    expect(await statut(app.post(url, { reponse: 'nimporte' }))).toBe(422);
    expect((await app.post(url, { reponse: 'suivi' })).body).toContain('ne sert plus');
    expect([await statut(app.get(url)), await statut(app.post(url, { reponse: 'refus' }))]).toEqual([404, 404]);
    expect((await app.get(situation, a.cookie)).body).toContain('La personne est accompagnée');
    expect((await app.get(cellule, a.cookie)).body).toContain('Issues connues');
  });

  test('informer, ou dire pourquoi pas encore et jusqu’à quand', async () => {
    const { a } = k;
    expect((await app.post(`${situation}/informer`, { qui: 'personne', etat: 'faite', le: '2999-01-01' }, a.cookie)).statusCode).toBe(422);
    expect((await app.post(`${situation}/informer`, { qui: 'personne', etat: 'differee' }, a.cookie)).statusCode).toBe(422);
    await app.post(`${situation}/informer`, { qui: 'personne', etat: 'differee', motif: 'enquete' }, a.cookie);
    expect((await app.get(situation, a.cookie)).body).toContain('au plus tard le');
    expect((await app.post(`${situation}/informer`, { qui: 'personne', etat: 'faite', le: '2026-01-05' }, a.cookie)).body).toContain('depuis l’entrée');
    await app.post(`${situation}/informer`, { qui: 'personne', etat: 'faite', le: jourDe(new Date(), 'Europe/Paris') }, a.cookie);
    expect((await app.get(situation, a.cookie)).body).toContain('informés le');
  });

  test('un onglet resté ouvert, une autre cellule, une session sans second facteur, un quart d’heure sans lire : plus rien', async () => {
    const { a, cellule } = k;
    const dehors = await membreDe(app, 'PARQUET');
    const faible = await membreDe(app, 'PJJ');
    await sql`update sessions set forte = false where compte_id = ${faible.id}::uuid`.execute(app.base.owner);
    await designer(app, k.coordination, cellule, faible);
    for (const [qui, url] of [
      [dehors.cookie, cellule],
      [dehors.cookie, situation],
      [dehors.cookie, `${cellule}/charte`],
      [faible.cookie, cellule],
      [faible.cookie, situation],
      ['', situation],
    ] as const)
      expect([url, [401, 403, 404, 303]]).toEqual([url, expect.arrayContaining([await statut(app.get(url, qui || undefined))])]);
    const autre = await celluleOuverte(app, 'sortants');
    expect(await statut(app.get(situation.replace(cellule, autre.cellule), autre.a.cookie))).toBe(404);
    // Open, then nothing for a quarter of an hour; and a clock that goes back.
    for (const d of [15 * 60_000 + 1, -16 * 60_000]) {
      await ouvrir(app, cellule, a);
      expect(await statut(app.get(situation, a.cookie))).toBe(200);
      decalage = d;
      const apres = await statut(app.get(situation, a.cookie));
      decalage = 0;
      expect(apres).toBe(403);
    }
  });

  test('exclu, un membre ne lit plus rien aussitôt ; la clé change, et l’ancienne n’ouvre plus rien', async () => {
    const { a, b, cellule, coordination } = k;
    for (const p of [a, b]) await ouvrir(app, cellule, p);
    expect(await statut(app.get(situation, b.cookie))).toBe(200);
    const avant = await contenus(cellule);
    const parts = [...(await app.post(`${cellule}/parts`, {}, a.cookie)).body.matchAll(/c-coupe">((?:[0-9a-f]{6} ?){11})</g)].map((m) => m[1] ?? '');
    expect(parts).toHaveLength(3);
    const siege = await siegeDe(app, cellule, b);
    expect((await app.post(`${cellule}/exclure/${siege}`, { motif: 'manquement' }, coordination)).statusCode).toBe(422);
    expect((await app.post(`${cellule}/exclure/${siege}`, { motif: 'manquement', confirme: 'oui' }, coordination)).statusCode).toBe(303);
    for (const url of [situation, cellule]) expect([url, await statut(app.get(url, b.cookie))]).toEqual([url, 404]);
    // Nobody reads under the key that left; the next phrase changes it.
    expect(await statut(app.get(situation, a.cookie))).toBe(403);
    await ouvrir(app, cellule, a);
    expect((await app.get(situation, a.cookie)).body).toContain('Quatrebarbes');
    const apres = await contenus(cellule);
    expect(apres.map((x) => x.id)).toEqual(avant.map((x) => x.id));
    expect(apres.filter((x, i) => x.boite === avant[i]?.boite)).toEqual([]);
    expect((await app.post(`${cellule}/chercher`, QUI, a.cookie)).body).toContain('situation n° 1');
    expect((await app.get(cellule, a.cookie)).body).toContain('n’ouvrent plus que les anciennes sauvegardes');
    // Parts of the key that left give nothing; those of the new one, two of them, do.
    expect((await app.post(`${cellule}/retrouver`, { part1: parts[0] ?? '', part2: parts[1] ?? '' }, a.cookie)).statusCode).toBe(422);
    const neuves = [...(await app.post(`${cellule}/parts`, {}, a.cookie)).body.matchAll(/c-coupe">((?:[0-9a-f]{6} ?){11})</g)].map((m) => m[1] ?? '');
    await app.post(`${cellule}/phrase-perdue`, { phrase: `${PHRASE} encore`, encore: `${PHRASE} encore` }, a.cookie);
    expect(await statut(app.get(situation, a.cookie))).toBe(403);
    expect((await app.post(`${cellule}/retrouver`, { part1: neuves[2] ?? '', part2: neuves[0] ?? '' }, a.cookie)).statusCode).toBe(303);
    await ouvrir(app, cellule, a, `${PHRASE} encore`);
    expect((await app.get(situation, a.cookie)).body).toContain('Quatrebarbes');
  });
});

/** Of who signed in by this cookie. */
async function courrielDe(cookie: string): Promise<string> {
  const empreinte = createHash('sha256')
    .update(cookie.split('=')[1] ?? '')
    .digest();
  const { rows } = await sql<{ courriel: string }>`
    select c.courriel from sessions s join comptes c on c.id = s.compte_id where s.empreinte = ${empreinte}`.execute(app.base.owner);
  return rows[0]?.courriel ?? 'personne';
}
async function contenus(cellule: string): Promise<{ id: string; boite: string }[]> {
  const { rows } = await sql<{ id: string; boite: string }>`
    select c.id, encode(c.boite, 'hex') as boite from nominatif.situation_contenus c join nominatif.situations s on s.id = c.situation_id
    where s.cellule_id = ${cellule.split('/').pop()}::uuid and c.boite is not null order by c.id`.execute(app.base.owner);
  return rows;
}
