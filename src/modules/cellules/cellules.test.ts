/** A cell from its charter to its certificates, by its pages; what others get of it: nothing. */
import { mkdtemp, rm } from 'node:fs/promises';
import { createHash, randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dansLeFuseau } from '../../core/fuseau.ts';
import { type AppDeTest, ouvrirApp } from '../../../tests/support/app.ts';
import { lireFormulaire } from '../../../tests/support/formulaire.ts';
import { lirePdf } from '../../../tests/support/pdf.ts';
import { jourDe } from '../../core/clock.ts';
import { creerInstance, creerSeance } from '../instances/instances.fixtures.ts';
import {
  admettre,
  avancer,
  celluleOuverte,
  creerCellule,
  designer,
  entrer,
  envoyer,
  examiner,
  fixer,
  membreDe,
  ouvrir,
  type Personne,
  PHRASE,
  QUI,
  REGLEMENT,
  siegeDe,
  signer,
} from './cellules.fixtures.ts';
import { suivreLesFins } from '../../core/fins-de-session.ts';
import { controleDe, creerCle, sceller } from './cles/cles.ts';
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
  // Nor without the règlement intérieur, which the coordination attaches: the charter says it, and closes until it is signed again.
  expect((await app.get(`${cellule}/chercher`, a.cookie)).body).toContain('règlement intérieur');
  expect((await app.get(`${cellule}/charte`, a.cookie)).body).toContain('Aucun n’est encore joint');
  const empreinte = createHash('sha256').update(REGLEMENT).digest('hex');
  const champsDuReglement = { reference: 'Délibération 2026-14', adopteLe: '2026-01-12', rang: '0' };
  const joindre = (plus: Record<string, string>, texte: string | null, qui = coordination) =>
    envoyer(app, `${cellule}/reglement`, { ...champsDuReglement, ...plus }, texte, qui);
  for (const [plus, texte, dit] of [
    [{}, null, 'Choisissez le fichier'],
    [{ reference: '' }, REGLEMENT, 'Indiquez la référence'],
    [{ adopteLe: '2999-01-01' }, REGLEMENT, 'n’est pas passé'],
    [{ rang: '3' }, REGLEMENT, 'vient d’être joint'],
  ] as const) {
    const r = await joindre(plus, texte);
    expect([plus, r.statusCode, r.body.includes(dit), r.body.includes('2026-01-12') || 'adopteLe' in plus]).toEqual([plus, 422, true, true]);
  }
  expect([await statut(joindre({}, REGLEMENT, dpo)), await statut(joindre({}, REGLEMENT, a.cookie)), await statut(joindre({}, REGLEMENT))]).toEqual([
    403, 403, 303,
  ]);
  const dehors = await membreDe(app, 'PARQUET');
  for (const [qui, voit] of [
    [a.cookie, 200],
    [dpo, 200],
    [dehors.cookie, 404],
  ] as const)
    expect([await statut(app.get(`${cellule}/reglement`, qui)), await statut(envoyer(app, `${cellule}/reglement/comparer`, {}, REGLEMENT, qui))]).toEqual([
      voit,
      voit,
    ]);
  expect(await statut(app.get(`${cellule}/chercher`, a.cookie))).toBe(403);
  // Told where it is signed, on paper, in the cell; a copy is compared; who had signed was told that something waits.
  const [charteNeuve, papier] = [
    await app.get(`${cellule}/charte`, a.cookie),
    await lirePdf((await app.get(`${cellule}/charte/papier/pdf`, a.cookie)).rawPayload),
  ];
  const serre = (t: string) => t.replace(/\s+/g, '');
  for (const dit of ['Délibération 2026-14, adopté le 12 janvier 2026', empreinte])
    for (const t of [charteNeuve.body, papier.pages.join('')]) expect([dit, serre(t).includes(serre(dit))]).toEqual([dit, true]);
  expect((await app.get(cellule, b.cookie)).body).toContain('Délibération 2026-14');
  expect((await app.get(`${cellule}/charte/changements`, a.cookie)).body).toContain('Délibération 2026-14');
  const comparer = async (texte: string | null) => (await envoyer(app, `${cellule}/reglement/comparer`, {}, texte, b.cookie)).body;
  expect([
    (await comparer(REGLEMENT)).includes('est le règlement en vigueur'),
    (await comparer('autre')).includes('aucun règlement'),
    (await comparer(null)).includes('Choisissez'),
  ]).toEqual([true, true, true]);
  const { rows: avis } = await sql<{ destinataire: string }>`
    select distinct destinataire from courriels where texte like ${`%${cellule}/charte%`}`.execute(app.base.owner);
  expect(avis.map((x) => x.destinataire).sort()).toEqual([a.courriel, b.courriel].sort());
  // Whoever signs says that they read it, by its digest.
  const charteASigner = (await app.get(`${cellule}/charte`, a.cookie)).body;
  expect([charteASigner.includes('J’ai lu ce règlement intérieur'), charteASigner.includes(`empreinte ${empreinte.slice(0, 16)}`)]).toEqual([true, true]);
  const sansLire = await app.post(`${cellule}/signer`, { ...lireFormulaire(charteASigner, `${cellule}/signer`), lu: 'oui' }, a.cookie);
  expect([sansLire.statusCode, sansLire.body.includes('une fois le règlement lu'), await statut(app.get(`${cellule}/chercher`, a.cookie))]).toEqual([
    422,
    true,
    403,
  ]);
  // Signed again; replaced, again; the former is still told, and never the same one twice.
  await signer(app, cellule, a);
  expect(await statut(app.get(`${cellule}/chercher`, a.cookie))).toBe(200);
  expect((await joindre({ rang: '1' }, REGLEMENT)).body).toContain('déjà celui');
  // Older than the one in force: asked about, and done once confirmed. What adopted it is cited where it is kept, of that day.
  const ancien = await joindre({ rang: '1', adopteLe: '2025-12-01' }, 'Un autre texte.');
  expect([ancien.statusCode, ancien.body.includes('adopté après ce jour, le 12'), ancien.body.includes('name="ancien"')]).toEqual([422, true, true]);
  const conseil = await creerInstance(app.base.owner, app.contratId, { territoire: app.catalogue.racine.id, porteur: 'VILLE' });
  const seance = await creerSeance(app.base.owner, app.contratId, conseil, { jour: '2025-12-01', etat: 'figee' });
  for (const [acte, adopteLe, dit] of [
    ['Délibération', '2025-12-01', 'Collez l’adresse'],
    [`/seances/${'0'.repeat(8)}-0000-4000-8000-${'0'.repeat(12)}`, '2025-12-01', 'n’a cette adresse'],
    [`http://concorde.exemple/seances/${seance}#releve`, '2025-12-02', 'celle d’un acte du 1er'],
  ] as const) {
    const r = await joindre({ rang: '1', adopteLe, acte, ancien: 'oui' }, 'Un autre texte.');
    expect([acte, r.statusCode, r.body.includes(dit)]).toEqual([acte, 422, true]);
  }
  const vu = (await app.get(`${cellule}/reglement`, dpo)).body;
  expect(vu).toContain('aucune séance ni décision citée');
  const juste = { rang: '1', adopteLe: '2025-12-01', acte: `http://concorde.exemple/seances/${seance}#releve`, ancien: 'oui' };
  expect([await statut(joindre(juste, 'Un autre texte.')), await statut(app.get(`${cellule}/chercher`, a.cookie))]).toEqual([303, 403]);
  expect(await comparer(REGLEMENT)).toContain('un règlement remplacé');
  const pageDuReglement = (await app.get(`${cellule}/reglement`, dpo)).body;
  expect(pageDuReglement).toContain(`href="/seances/${seance}"`);
  expect([pageDuReglement.includes(empreinte), pageDuReglement.includes('Joindre un nouveau')]).toEqual([true, false]);
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
    const lienDe = (corps: string) => new URL(/http:\/\/[^<"\s]+\/cellules\/reponse\/[\w-]+/.exec(corps)?.[0] ?? '').pathname;
    const copie = lienDe(faite.body);
    // Copied by somebody: another one is made, and the copy answers nothing any more, nor to a member.
    const refaire = /action="([^"]+\/relier)"/.exec((await app.get(situation, a.cookie)).body)?.[1] ?? '';
    const url = lienDe((await app.post(refaire, {}, a.cookie)).body);
    for (const qui of [undefined, b.cookie])
      expect([await statut(app.get(copie, qui)), await statut(app.post(copie, { reponse: 'accuse' }, qui))]).toEqual([404, 404]);
    const page = await app.get(url);
    expect(page.statusCode).toBe(200);
    expect(page.body).toContain('Mission locale');
    expect(page.body).not.toMatch(/Quatrebarbes|Zéphyrine|n° 1\b|(?<![\w-])18e(?![\w-])/);
    // Nothing came: its author is told, then everyone, in words that say nothing.
    const lettres = async () =>
      (
        await sql<{
          destinataire: string;
          texte: string;
        }>`select destinataire, texte from courriels where sujet like '%attend%' and texte not like '%/seances/%' and texte not like '%/charte%' order by cree_le`.execute(
          app.base.owner,
        )
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
    // The reason is read by who may, and is nowhere in clear: that an inquiry is under way is told by no copy of the base.
    expect((await app.get(situation, a.cookie)).body).toContain('L’autorité judiciaire demande d’attendre');
    const { rows: clairs } = await sql<{ dit: string }>`select i::text as dit from nominatif.situation_informations i`.execute(app.base.owner);
    expect(clairs.filter((x) => x.dit.includes('enquete'))).toEqual([]);
    expect((await app.get(situation, a.cookie)).body).toContain('au plus tard le');
    expect((await app.post(`${situation}/informer`, { qui: 'personne', etat: 'faite', le: '2026-01-05' }, a.cookie)).body).toContain('depuis l’entrée');
    await app.post(`${situation}/informer`, { qui: 'personne', etat: 'faite', le: jourDe(new Date(), 'Europe/Paris') }, a.cookie);
    expect((await app.get(situation, a.cookie)).body).toContain('informée le');
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
    // The form of a tab that stayed open, neither.
    expect(await statut(app.post(`${situation}/apporter`, { codes: ['suivi'] }, b.cookie))).toBe(404);
    expect(await contenus(cellule)).toEqual(avant);
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

describe('La clé d’un membre', () => {
  let k: Awaited<ReturnType<typeof celluleOuverte>>;
  let situation: string;
  beforeAll(async () => {
    k = await celluleOuverte(app, 'cenomed', 'mairie-13');
    situation = await entrer(app, k.cellule, k.a);
  });
  const fermer = (p: Personne) => app.post(`${k.cellule}/fermer`, {}, p.cookie);
  const siege = async (p: Personne) =>
    (
      await sql<{ prf: Buffer | null; sel: Buffer | null; cle: string | null }>`
        select enfermee_prf as prf, prf_sel as sel, prf_cle as cle from nominatif.cellule_membres where id = ${await siegeDe(app, k.cellule, p)}::uuid`.execute(
        app.base.owner,
      )
    ).rows[0];

  test('une clé d’accès l’ouvre à la place de la phrase, et seulement elle ; retirée, ou la phrase changée, elle n’ouvre plus rien', async () => {
    const { a, b, cellule, coordination } = k;
    const page = `${cellule}/cle-d-acces`;
    expect([await statut(app.get(page, coordination)), await statut(app.get(page, a.cookie))]).toEqual([403, 200]);
    const { sel } = lireFormulaire((await app.get(page, a.cookie)).body, page);
    const prf = randomBytes(32).toString('base64url');
    const ajouter = (plus: Record<string, string>) => app.post(page, { sel: String(sel), prf, cle: 'cle-d-acces-essai', phrase: PHRASE, ...plus }, a.cookie);
    for (const [champ, faux] of [
      ['prf', ''],
      ['prf', 'court'],
      ['cle', ''],
      ['phrase', 'sept autres mots que personne ne connaît'],
    ] as const)
      expect([champ, faux, (await ajouter({ [champ]: faux })).statusCode]).toEqual([champ, faux, 422]);
    expect((await siege(a))?.prf).toBeNull();
    expect((await ajouter({})).headers.location).toContain('fait=cle-d-acces');
    expect((await app.get(`${cellule}/ouvrir`, a.cookie)).body).toContain('Ouvrir avec ma clé d’accès');
    expect((await app.get(`${cellule}/ouvrir`, b.cookie)).body).not.toContain('Ouvrir avec ma clé d’accès');
    const par = async (secret: string, p = a) => {
      await fermer(p);
      const r = await app.post(`${cellule}/ouvrir`, { prf: secret }, p.cookie);
      return [r.statusCode, await statut(app.get(`${cellule}/chercher`, p.cookie))];
    };
    expect(await par(prf)).toEqual([303, 200]);
    expect((await app.get(situation, a.cookie)).body).toContain('Quatrebarbes');
    expect(await par(randomBytes(32).toString('base64url'))).toEqual([422, 403]);
    // Another's opens nothing of theirs, and the phrase still opens.
    expect(await par(prf, b)).toEqual([422, 403]);
    expect((await ouvrir(app, cellule, a)).statusCode).toBe(303);
    // Neither the secret nor what the passkey is asked about says anything in the base; nothing keeps the form.
    const { rows } = await sql<{ dit: string }>`select string_agg(s::text, ' ') as dit from soumissions s`.execute(app.base.owner);
    for (const forme of [prf, Buffer.from(prf, 'base64url').toString('hex')]) expect(rows[0]?.dit?.includes(forme) ?? false).toBe(false);
    expect((await app.post(`${page}/retirer`, {}, a.cookie)).statusCode).toBe(303);
    expect([await par(prf), (await app.post(`${page}/retirer`, {}, a.cookie)).statusCode]).toEqual([[422, 403], 409]);
    await ajouter({});
    await ouvrir(app, cellule, a);
    await app.post(`${cellule}/phrase-perdue`, { phrase: `${PHRASE} neuve`, encore: `${PHRASE} neuve` }, a.cookie);
    expect(await siege(a)).toMatchObject({ prf: null, cle: null });
    // A session that ends is told at once to what keeps a key by it.
    const finies: string[] = [];
    const lacher = suivreLesFins((id) => void finies.push(id));
    await app.post('/deconnexion', {}, await app.temoin({ comme: 'membre_cellule', organisation: 'PJJ', territoire: 'mairie-13' }));
    lacher();
    expect(finies).toHaveLength(1);
  });

  test('qui écrit la base ne donne pas à un membre une autre clé que la sienne sans qu’il le voie', async () => {
    const { b, cellule } = k;
    await fermer(b);
    expect((await ouvrir(app, cellule, b)).headers.location).not.toContain('fait=');
    const id = cellule.split('/').pop();
    const [avant] = (
      await sql<{ controle: Buffer; boite: Buffer; epoque: number; publique: Buffer }>`
      select c.controle, c.epoque, m.boite, m.publique from nominatif.cellules c join nominatif.cellule_membres m on m.cellule_id = c.id
      where c.id = ${id}::uuid and m.id = ${await siegeDe(app, cellule, b)}::uuid`.execute(app.base.owner)
    ).rows;
    if (!avant) throw new Error('pas de siège');
    // A key of their own making, sealed for the member as anybody can.
    const fausse = await creerCle();
    const poser = async (epoque: number, controle: Buffer, boite: Buffer) => {
      await sql`update nominatif.cellules set epoque = ${epoque}, controle = ${controle}, rotation_due_le = null where id = ${id}::uuid`.execute(
        app.base.owner,
      );
      await sql`update nominatif.cellule_membres set boite = ${boite}, boite_epoque = ${epoque} where id = ${await siegeDe(app, cellule, b)}::uuid`.execute(
        app.base.owner,
      );
      await fermer(b);
      return ouvrir(app, cellule, b);
    };
    const [controle, boite] = [await controleDe(fausse), await sceller(fausse, avant.publique)];
    const meme = await poser(avant.epoque, controle, boite);
    expect([meme.statusCode, meme.body.includes('n’est pas celle que vous aviez ouverte')]).toEqual([422, true]);
    expect(String((await poser(avant.epoque + 1, controle, boite)).headers.location)).toContain('fait=autre-cle');
    expect((await app.get(`${cellule}?fait=autre-cle`, b.cookie)).body).toContain('demandez-le de vive voix');
    // As it was: the member knows the one they opened last, and is told.
    expect(String((await poser(avant.epoque, avant.controle, avant.boite)).headers.location)).toContain('fait=autre-cle');
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
