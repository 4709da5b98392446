/** What opens a situation to others than those named for it: a session, an emergency, a reason; what people ask for; and what attackers tried. */
import { mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { randomBytes, randomUUID } from 'node:crypto';
import JSZip from 'jszip';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type AppDeTest, ouvrirApp } from '../../../../tests/support/app.ts';
import { lireFormulaire } from '../../../../tests/support/formulaire.ts';
import { lirePdf } from '../../../../tests/support/pdf.ts';
import { jourDe } from '../../../core/clock.ts';
import { dansLeFuseau } from '../../../core/fuseau.ts';
import {
  admettre,
  avancer,
  celluleOuverte,
  designer,
  entrer,
  examiner,
  fixer,
  membreDe,
  ouvrir,
  type Personne,
  PHRASE,
  pointsDe,
  QUI,
  seance,
  siegeDe,
  signer,
} from '../cellules.fixtures.ts';
import { getCharte } from '../charte/charte.ts';
import { publiqueDe } from '../cles/signature.ts';
import { figerLesNombres } from '../nombres/figer.ts';
import { openTrousseau } from '../cles/trousseau.ts';
import { purger } from '../destruction/destruction.ts';
import { verifierCertificats } from '../destruction/verifier.ts';
import { relancer } from '../situations/relances.ts';

let app: AppDeTest;
let dossier: string;
let decalage = 0;
const maintenant = () => new Date(Date.now() + decalage);
beforeAll(async () => {
  dossier = await mkdtemp(join(tmpdir(), 'trousseau-'));
  app = await ouvrirApp({ services: { trousseau: dossier }, horloge: maintenant });
});
afterAll(async () => {
  await app.close();
  await rm(dossier, { recursive: true, force: true });
});
const statut = async (r: Promise<{ statusCode: number }>) => (await r).statusCode;
const aujourdhui = () => jourDe(maintenant(), 'Europe/Paris');
const NOM = /Quatrebarbes|Zéphyrine|2012-05/;
/** Two hours later, for what was granted. */
const vieillir = () =>
  sql`update nominatif.situation_acces set demande_le = demande_le - interval '2 hours', accorde_le = accorde_le - interval '2 hours',
    expire_le = expire_le - interval '2 hours'`.execute(app.base.owner);
/** Another member of a cell that is open: named, signed, admitted, open. */
async function faireEntrer(k: Awaited<ReturnType<typeof celluleOuverte>>, organisation: string): Promise<Personne> {
  const p = await membreDe(app, organisation, k.territoire);
  await designer(app, k.coordination, k.cellule, p);
  await signer(app, k.cellule, p);
  await admettre(app, k.cellule, k.a, p);
  await ouvrir(app, k.cellule, p);
  return p;
}

describe('Une séance de la cellule', () => {
  let k: Awaited<ReturnType<typeof celluleOuverte>>;
  let c: Personne;
  let situation: string;
  beforeAll(async () => {
    k = await celluleOuverte(app, 'cenomed', 'mairie-18');
    c = await faireEntrer(k, 'PARQUET');
    situation = await entrer(app, k.cellule, k.a);
  });

  test('CELL-01, cellule-cloisonnee : un point ouvert montre la situation aux présents attestés, le temps du point, et rien avant ni après', async () => {
    const { a, b, cellule } = k;
    expect(await statut(app.post(`${cellule}/seances/convoquer`, { jour: '2020-01-01', heure: '25:00', preside: 'x' }, a.cookie))).toBe(422);
    await avancer(app, situation, 'recevable', a);
    const url = await seance(app, cellule, b, [b], [situation], aujourdhui());
    const [point] = await pointsDe(app, url);
    const ouvrirLePoint = () => app.post(`${url}/points/${point?.id}/ouvrir`, {}, b.cookie);
    // Prepared by number, by who reads nothing of it.
    const page = (await app.get(url, b.cookie)).body;
    expect(page).toContain('Situation n° 1');
    expect(page).not.toMatch(/Établissement scolaire|décrochage/);
    expect(page).not.toMatch(NOM);
    const ics = (await app.get(`${url}/agenda.ics`, b.cookie)).body;
    expect(ics).toContain('CLASS:CONFIDENTIAL');
    expect(ics).not.toMatch(/CENOMED|\b18e\b/);
    const lettres = await sql<{ texte: string }>`select texte from courriels where texte like ${`%${basename(url)}%`}`.execute(app.base.owner);
    expect([lettres.rows.length, lettres.rows.some((l) => /CENOMED|Situation/.test(l.texte))]).toEqual([3, false]);
    // One institution; then two, but nobody who knows the situation; then who knows it.
    expect((await ouvrirLePoint()).body).toContain('Deux institutions');
    await app.post(`${url}/present`, {}, c.cookie);
    expect((await ouvrirLePoint()).body).toContain('membre désigné');
    expect(await statut(app.post(`${url}/present`, {}, a.cookie))).toBe(303);
    expect([await statut(app.get(situation, b.cookie)), await statut(app.post(`${url}/points/${point?.id}/ouvrir`, {}, c.cookie))]).toEqual([404, 403]);
    expect((await ouvrirLePoint()).statusCode).toBe(303);
    const lue = (await app.get(situation, b.cookie)).body;
    expect(lue).toContain('Quatrebarbes');
    expect(lue).toContain('Présent en séance');
    expect(lue).not.toContain(`${situation}/designer`);
    // Not who has left the room, nor who never came; who is there says what their institution can, and decides nothing.
    expect(await statut(app.post(`${situation}/apporter`, { codes: ['suivi'] }, b.cookie))).toBe(303);
    expect([await statut(app.post(`${situation}/detruire`, { confirme: 'oui' }, b.cookie)), await statut(app.get(`${situation}/droits`, b.cookie))]).toEqual([
      403, 403,
    ]);
    await app.post(`${url}/partir`, {}, c.cookie);
    expect(await statut(app.get(situation, c.cookie))).toBe(404);
    const mur = (await app.get(`${url}/projeter`, b.cookie)).body;
    expect(mur).toContain('Établissement scolaire');
    expect(mur).not.toMatch(NOM);
    expect(await statut(app.post(`${url}/points/${point?.id}/clore`, {}, b.cookie))).toBe(303);
    expect([await statut(app.get(situation, b.cookie)), await statut(app.post(`${situation}/apporter`, { codes: ['suivi'] }, b.cookie))]).toEqual([404, 404]);
    expect((await app.get(`${url}/projeter`, b.cookie)).body).toContain('Aucun point ouvert');
    expect((await app.get(situation, a.cookie)).body).toContain('Examinée');
    // What it said is its own, named for the situation or not.
    const apports = (await app.get(`${cellule}/apports`, b.cookie)).body;
    const retirer = /action="([^"]+\/retirer\/[^"]+)"/.exec(apports)?.[1] ?? '';
    expect([await statut(app.post(retirer, {}, c.cookie)), await statut(app.post(retirer, {}, b.cookie))]).toEqual([404, 303]);
    // Opened again, then the day ends with the item open: over, whatever the clock says after.
    await ouvrirLePoint();
    expect(await statut(app.get(situation, b.cookie))).toBe(200);
    const decaler = (jours: number) =>
      sql`update nominatif.cellule_seances set jour = jour + ${jours}::int where id = ${basename(url)}::uuid`.execute(app.base.owner);
    for (const d of [1, -1]) {
      await decaler(d);
      expect([d, await statut(app.get(situation, b.cookie)), await statut(app.post(`${url}/points/${point?.id}/ouvrir`, {}, b.cookie))]).toEqual([d, 404, 409]);
      await decaler(-d);
    }
    expect(await statut(app.get(situation, b.cookie))).toBe(200);
    expect(await statut(app.post(`${url}/fermer`, {}, b.cookie))).toBe(303);
    const lectures = (await app.get(`${cellule}/lectures`, k.dpo)).body;
    for (const titre of ['Présent en séance', 'Vue projetée', 'Membre désigné']) expect(lectures).toContain(titre);
    const filtree = (await app.get(`${cellule}/lectures?numero=1er`, k.dpo)).body;
    expect([filtree.includes('Indiquez un numéro'), filtree.includes('value="1er"'), filtree.includes('>n° 1<')]).toEqual([true, true, false]);
    expect((await app.get(`${cellule}/lectures?numero=404`, k.dpo)).body).toContain('pour ce choix');
  });

  test('deux secrétaires à la fois, une séance volée, un membre sans phrase, une autre cellule', async () => {
    const { a, b, cellule } = k;
    const r = await app.post(`${cellule}/seances/convoquer`, { jour: aujourdhui(), heure: '10:00', preside: await siegeDe(app, cellule, a) }, a.cookie);
    const url = String(r.headers.location);
    const inscrire = (p: Personne) => app.post(`${url}/inscrire`, { situations: [basename(situation)] }, p.cookie);
    await Promise.all([inscrire(a), inscrire(b), inscrire(c)]);
    const [point, ...autres] = await pointsDe(app, url);
    expect(autres).toEqual([]);
    const oter = await Promise.all([a, b].map((p) => statut(app.post(`${url}/oter/${point?.id}`, {}, p.cookie))));
    expect(oter.toSorted()).toEqual([303, 409]);
    await app.post(`${cellule}/fermer`, {}, c.cookie);
    expect(await statut(app.post(`${url}/present`, {}, c.cookie))).toBe(403);
    expect(await statut(app.get(url, c.cookie))).toBe(200);
    for (const qui of [k.coordination, k.dpo]) expect([403, 404]).toContain(await statut(app.get(url, qui)));
    const dehors = await celluleOuverte(app, 'sortants', 'mairie-18');
    expect([await statut(app.get(url, dehors.a.cookie)), await statut(app.get(url.replace(cellule, dehors.cellule), dehors.a.cookie))]).toEqual([404, 404]);
    await ouvrir(app, cellule, c);
  });

  test('en urgence : un motif, l’accord d’une autre institution, une heure, une revue ; jamais son propre accord', async () => {
    const { a, b, cellule, dpo } = k;
    const demander = (champs: Record<string, string>) => app.post(`${cellule}/secours/demander`, champs, b.cookie);
    expect([await statut(demander({ numero: '1', motif: '' })), await statut(demander({ numero: '99', motif: 'danger' }))]).toEqual([422, 422]);
    expect(await statut(demander({ numero: '1', motif: 'danger' }))).toBe(303);
    const accorder = /action="([^"]+\/accorder)"/.exec((await app.get(`${cellule}/secours`, a.cookie)).body)?.[1] ?? '';
    expect((await app.get(`${cellule}/secours`, b.cookie)).body).not.toContain('/accorder');
    expect([await statut(app.post(accorder, {}, b.cookie)), await statut(app.get(situation, b.cookie))]).toEqual([403, 404]);
    expect([await statut(app.post(accorder, {}, a.cookie)), await statut(app.post(accorder, {}, c.cookie))]).toEqual([303, 404]);
    expect((await app.get(situation, b.cookie)).body).toContain('Lecture d’urgence');
    expect(await statut(app.post(`${situation}/apporter`, { codes: ['suivi'] }, b.cookie))).toBe(403);
    // Over after an hour; and a clock set back opens nothing that was not granted yet.
    decalage = -10 * 60_000;
    await ouvrir(app, cellule, b);
    expect(await statut(app.get(situation, b.cookie))).toBe(404);
    decalage = 0;
    await ouvrir(app, cellule, b);
    expect(await statut(app.get(situation, b.cookie))).toBe(200);
    await vieillir();
    expect(await statut(app.get(situation, b.cookie))).toBe(404);
    const revoir = /action="([^"]+\/revoir)"/.exec((await app.get(`${cellule}/secours`, dpo)).body)?.[1] ?? '';
    expect([await statut(app.post(revoir, {}, dpo)), await statut(app.post(revoir, { avis: 'fonde' }, a.cookie))]).toEqual([422, 403]);
    expect([await statut(app.post(revoir, { avis: 'infonde' }, dpo)), await statut(app.post(revoir, { avis: 'fonde' }, dpo))]).toEqual([303, 409]);
    const page = (await app.get(`${cellule}/secours`, dpo)).body;
    expect(page).toContain('Non fondée');
    expect(page).not.toMatch(NOM);
    expect(await statut(app.get(`${cellule}/secours`, k.coordination))).toBe(403);
  });

  test('ce qui est clos se relit avec un motif, une demi-heure', async () => {
    const { a } = k;
    await app.post(`${situation}/informer`, { qui: 'parents', etat: 'faite', le: aujourdhui(), motif: '' }, a.cookie);
    await avancer(app, situation, 'suivie', a);
    await avancer(app, situation, 'close', a);
    const porte = (await app.get(situation, a.cookie)).body;
    expect(porte).toContain('Pourquoi la relire');
    expect(porte).not.toMatch(NOM);
    expect(await statut(app.get(`${situation}/rapport/pdf`, a.cookie))).toBe(403);
    expect(await statut(app.post(`${situation}/relire`, { motif: 'curiosite' }, a.cookie))).toBe(422);
    await app.post(`${situation}/relire`, { motif: 'droits' }, a.cookie);
    expect((await app.get(situation, a.cookie)).body).toMatch(NOM);
    await vieillir();
    expect((await app.get(situation, a.cookie)).body).toContain('Pourquoi la relire');
    await app.post(`${situation}/relire`, { motif: 'droits' }, a.cookie);
  });

  test('les droits : demandée, prolongée, refusée avec un fondement ; corrigée ; le rapport dit tout et qui a lu', async () => {
    const { a, b, cellule, dpo } = k;
    const demander = (droit: string) => app.post(`${situation}/droits`, { droit, demandeur: 'parents', recueLe: aujourdhui() }, a.cookie);
    expect([await statut(demander('oubli')), await statut(demander('acces')), await statut(demander('opposition'))]).toEqual([422, 303, 303]);
    const gestes = [...(await app.get(`${situation}/droits`, a.cookie)).body.matchAll(/action="([^"]+\/droits\/[^"]+\/(?:repondre|prolonger))"/g)].map(
      (m) => m[1] ?? '',
    );
    expect(gestes).toHaveLength(4);
    const [repondre = '', prolonger = ''] = gestes;
    expect([await statut(app.post(prolonger, {}, a.cookie)), await statut(app.post(prolonger, {}, a.cookie))]).toEqual([303, 409]);
    expect(await statut(app.post(repondre, { reponse: 'refusee', motif: '' }, a.cookie))).toBe(422);
    expect(await statut(app.post(repondre, { reponse: 'refusee', motif: 'non-identifie' }, a.cookie))).toBe(303);
    expect((await app.get(`${cellule}/demandes`, dpo)).body).toContain('article 12.6');
    // Corrected: another name, found by it and no more by the former.
    const champs = lireFormulaire((await app.get(`${situation}/rectifier`, a.cookie)).body, `${situation}/rectifier`);
    expect([champs.nom, champs.origine].flat()).toEqual(['Quatrebarbes', 'ecole']);
    expect(await statut(app.post(`${situation}/rectifier`, { ...champs, version: '1' }, a.cookie))).toBe(409);
    expect(await statut(app.post(`${situation}/rectifier`, { ...champs, naissance: 'mai' }, a.cookie))).toBe(422);
    expect(await statut(app.post(`${situation}/rectifier`, { ...champs, identite: 'oui', nom: 'Quatrebarbe' }, a.cookie))).toBe(303);
    const cherche = async (nom: string) => (await app.post(`${cellule}/chercher`, { ...QUI, nom }, a.cookie)).body.includes('situation n° 1');
    expect([await cherche('Quatrebarbe'), await cherche('Quatrebarbes')]).toEqual([true, false]);
    const { rows } = await sql<{ n: number }>`
      select count(*)::int as n from nominatif.situation_contenus where situation_id = ${basename(situation)}::uuid and groupe = 'identite'`.execute(
      app.base.owner,
    );
    expect(rows[0]?.n).toBe(1);
    const rapport = await lirePdf((await app.get(`${situation}/rapport/pdf`, a.cookie)).rawPayload);
    for (const dit of [
      'Quatrebarbe',
      'Vue projetée',
      'Lecture d’urgence',
      'article 12.6',
      'Protection judiciaire',
      'qui peuvent lire',
      'www.cnil.fr',
      'Repérer la situation',
    ])
      expect(rapport.pages.join(' ').normalize('NFKC').replace(/\s+/g, ' ')).toContain(dit);
    const mot = await JSZip.loadAsync((await app.get(`${situation}/notice/docx`, a.cookie)).rawPayload);
    const notice = (await mot.file('word/document.xml')?.async('string')) ?? '';
    expect(notice).not.toMatch(/Quatrebarbe/);
    // What the regulation owes: who answers for it, whom to write to, who sits there and brought it.
    for (const dit of ['Responsable du traitement', 'Délégué à la protection', 'Protection judiciaire', 'vient de ces institutions'])
      expect([dit, notice.includes(dit)]).toEqual([dit, true]);
    for (const p of ['notice/pdf', 'rapport/docx', 'droits', 'rectifier']) expect([p, await statut(app.get(`${situation}/${p}`, b.cookie))]).toEqual([p, 404]);
    // Late ones are told.
    const relances = () =>
      dansLeFuseau('Europe/Paris', () =>
        relancer(app.bases.nominatif, { contratId: app.contratId, adresse: 'http://c.exemple', maintenant: new Date(Date.now() + 60 * 86_400_000) }),
      );
    expect([await relances(), await relances()]).toEqual([1, 0]);
    // Accepted, an opposition is not done before the situation is destroyed: who is named for it and the officer see that it is not.
    await demander('effacement');
    const suites = [];
    for (const [, action = ''] of (await app.get(`${situation}/droits`, a.cookie)).body.matchAll(/action="([^"]+\/repondre)"/g))
      suites.push((await app.post(action, { reponse: 'accueillie', motif: '' }, a.cookie)).headers.location);
    expect(suites).toContain(`${situation}#fin`);
    expect((await app.get(situation, a.cookie)).body).toContain('demande sa destruction');
    expect((await app.get(`${cellule}/demandes`, dpo)).body).toContain('Pas encore détruite');
  });

  test('CONV-04, charte-de-cellule : sur papier, mot pour mot, et ce qui change pour qui', async () => {
    const { a, cellule, dpo } = k;
    const page = (await app.get(`${cellule}/charte`, a.cookie)).body;
    const pdf = (await lirePdf((await app.get(`${cellule}/charte/papier/pdf`, a.cookie)).rawPayload)).pages.join(' ').normalize('NFKC').replace(/\s+/g, ' ');
    for (const dit of ['vue projetée', 'Article 9.', 'Jamais au-delà de 18 ans'])
      expect([dit, page.includes(dit), pdf.includes(dit)]).toEqual([dit, true, true]);
    expect(await statut(app.get(`${cellule}/charte/papier/exe`, a.cookie))).toBe(404);
    await fixer(app, dpo, cellule, '5');
    const changements = (await app.get(`${cellule}/charte/changements`, a.cookie)).body;
    expect(changements).toContain('Sans suivi décidé : 5 mois');
    expect(changements).toContain('chaque membre, et la personne dont on parle');
    // Shorter durations reach what is there already.
    const { rows } = await sql<{ tard: boolean }>`
      select bool_or(destruction_le > creee_le + interval '12 months 1 day') as tard from nominatif.situations
      where cellule_id = ${basename(cellule)}::uuid`.execute(app.base.owner);
    expect(rows[0]?.tard).toBe(false);
  });
});

describe('Ce que des attaquants ont essayé', () => {
  let k: Awaited<ReturnType<typeof celluleOuverte>>;
  let situation: string;
  beforeAll(async () => {
    k = await celluleOuverte(app, 'cenomed', 'mairie-19');
    situation = await entrer(app, k.cellule, k.a);
  });

  test('rien de ce qu’un envoi a montré ne se relit en le renvoyant ; une phrase ne revient dans aucune page', async () => {
    const { a, b, cellule } = k;
    await examiner(app, cellule, situation, a, [a, b], aujourdhui());
    const _cle = randomUUID();
    const envois: [string, Record<string, string>][] = [
      [`${situation}/orienter`, { orientation: 'vvv' }],
      [`${cellule}/parts`, {}],
      [`${cellule}/chercher`, QUI],
    ];
    const premiers = [];
    for (const [url, champs] of envois) premiers.push((await app.post(url, { ...champs, _cle }, a.cookie)).body);
    expect([premiers[0]?.includes('Quatrebarbes'), premiers[1]?.includes('Part 1 sur 3'), premiers[2]?.includes('n° 1')]).toEqual([true, true, true]);
    const rejouer = async (p: Personne) => {
      const dits = [];
      for (const [url, champs] of envois) dits.push((await app.post(url, { ...champs, _cle }, p.cookie)).body);
      return dits.join();
    };
    for (const p of [a, b]) expect(await rejouer(p)).not.toMatch(/Part 1 sur 3|reponse\/[\w-]{20}/);
    await app.post(`${cellule}/fermer`, {}, a.cookie);
    const dehors = await celluleOuverte(app, 'recidive', 'mairie-19');
    for (const p of [a, dehors.a]) expect(await rejouer(p)).not.toMatch(/Quatrebarbes|Part 1 sur 3|situation n° 1/);
    const { rows } = await sql<{
      n: number;
    }>`select count(*)::int as n from nominatif.situation_orientations where situation_id = ${basename(situation)}::uuid`.execute(app.base.owner);
    expect(rows[0]?.n).toBe(1);
    await ouvrir(app, cellule, a);
    // The base answers no more in the middle of it.
    const verrou = await app.base.owner.startTransaction().execute();
    await sql`lock table nominatif.cellules in access exclusive mode`.execute(verrou);
    const coupe = await app.post(`${cellule}/ouvrir`, { phrase: PHRASE }, a.cookie);
    await verrou.rollback().execute();
    expect(coupe.statusCode).toBeGreaterThanOrEqual(400);
    expect(coupe.body).not.toContain('devine jamais');
  });

  test('sans le vrai trousseau, rien ne s’ouvre, n’entre, ne se détruit ni ne change de clé ; une boîte abîmée ne ferme pas la cellule', async () => {
    const { a, b, cellule, coordination } = k;
    const vrai = join(dossier, 'paris-2023-2026');
    const t = openTrousseau(vrai);
    const commun = { contratId: app.contratId, coffre: app.coffre, trousseau: t, utilisateur: null, maintenant: new Date(Date.now() + 400 * 86_400_000) };
    await rename(vrai, `${vrai}-ailleurs`);
    expect([await statut(app.get(situation, a.cookie)), await statut(app.post(`${cellule}/changer-cle`, {}, a.cookie))]).toEqual([503, 503]);
    expect(await statut(app.post(`${cellule}/entrer`, { origine: 'ecole', difficulte: 'secret' }, a.cookie))).toBe(503);
    await expect(dansLeFuseau('Europe/Paris', () => purger(app.bases.nominatif, commun))).rejects.toThrow();
    await rename(`${vrai}-ailleurs`, vrai);
    expect((await app.get(situation, a.cookie)).body).toContain('Quatrebarbes');
    // One fragment away while the key changes, and one box altered: the cell opens, the fragment comes back, what it closes opens.
    const fragment = await readFile(join(vrai, basename(situation)));
    const autre = await entrer(app, cellule, a, { nom: 'Autre', prenom: 'Personne', naissance: '2011-01' });
    await sql`update nominatif.situation_contenus set boite = ${randomBytes(300)} where situation_id = ${basename(autre)}::uuid and groupe = 'identite'`.execute(
      app.base.owner,
    );
    await rm(join(vrai, basename(situation)));
    expect(await statut(app.post(`${cellule}/changer-cle`, {}, a.cookie))).toBe(303);
    expect(await statut(app.get(situation, a.cookie))).toBe(409);
    await writeFile(join(vrai, basename(situation)), fragment);
    expect((await app.get(situation, a.cookie)).body).toContain('Quatrebarbes');
    expect((await app.get(autre, a.cookie)).body).toContain('ne s’ouvre plus');
    expect(await statut(app.post(`${cellule}/changer-cle`, {}, a.cookie))).toBe(303);
    expect((await app.get(situation, a.cookie)).body).toContain('Quatrebarbes');
    await app.post(`${autre}/detruire`, { confirme: 'oui' }, a.cookie);
    // Another public key, written in the base: it gets no key.
    await ouvrir(app, cellule, b);
    await sql`update nominatif.cellule_membres set publique = ${randomBytes(32)} where id = ${await siegeDe(app, cellule, b)}::uuid`.execute(app.base.owner);
    await app.post(`${cellule}/changer-cle`, {}, a.cookie);
    const { rows } = await sql<{ sien: boolean }>`
      select boite is not null as sien from nominatif.cellule_membres where id = ${await siegeDe(app, cellule, b)}::uuid`.execute(app.base.owner);
    expect(rows[0]?.sien).toBe(false);
    // The last one who has the key stays, until custodians have it.
    const siege = await siegeDe(app, cellule, a);
    const exclure = () => app.post(`${cellule}/exclure/${siege}`, { motif: 'mandat', confirme: 'oui' }, coordination);
    expect((await exclure()).body).toContain('dernière à avoir la clé');
    // A phrase said lost that comes back.
    await app.post(`${cellule}/phrase-perdue`, { phrase: `${PHRASE} autre`, encore: `${PHRASE} autre` }, a.cookie);
    expect([(await ouvrir(app, cellule, a, `${PHRASE} autre`)).statusCode, (await ouvrir(app, cellule, a)).statusCode]).toEqual([403, 303]);
    expect((await app.get(situation, a.cookie)).body).toContain('Quatrebarbes');
  });

  test('un siège qui finit, un compte fermé, une institution quittée : la clé change, la situation passe à un autre, personne n’est oublié', async () => {
    const { a, cellule } = k;
    const c = await faireEntrer({ ...k, a }, 'PARQUET');
    expect(await statut(app.get(situation, c.cookie))).toBe(404);
    await sql`update nominatif.cellule_membres set fin = current_date - 1 where id = ${await siegeDe(app, cellule, a)}::uuid`.execute(app.base.owner);
    // Closed at once for who had it open, and nothing written under the key that left.
    expect(await statut(app.post(`${cellule}/entrer`, { origine: 'ecole', difficulte: 'secret' }, c.cookie))).toBe(403);
    await ouvrir(app, cellule, c);
    expect((await app.get(situation, c.cookie)).body).toContain('Quatrebarbes');
    await app.audit.vider();
    const { rows } = await sql<{ n: number }>`
      select count(*)::int as n from audit where action = 'situation.habilitee' and details ->> 'd_office' = 'true'`.execute(app.base.owner);
    expect(rows[0]?.n).toBeGreaterThan(0);
    // Its account closed: others are told all the same.
    const d = await faireEntrer({ ...k, a: c }, 'VILLE');
    await sql`update comptes set ferme_le = now() where id = ${d.id}::uuid`.execute(app.base.owner);
    const dans = { contratId: app.contratId, adresse: 'http://c.exemple', maintenant: new Date(Date.now() + 40 * 86_400_000) };
    expect(await dansLeFuseau('Europe/Paris', () => relancer(app.bases.nominatif, dans))).toBeGreaterThan(0);
    await ouvrir(app, cellule, c);
    await sql`update comptes set organisation_id = 'DPMP' where id = ${c.id}::uuid`.execute(app.base.owner);
    expect(await statut(app.get(cellule, c.cookie))).toBe(404);
    await sql`update comptes set organisation_id = 'PARQUET' where id = ${c.id}::uuid`.execute(app.base.owner);
  });

  test('chercher se compte et s’arrête ; un nombre de un à quatre ne sort pas ; une longue situation se détruit et se certifie', async () => {
    const { cellule, dpo } = k;
    const c =
      (await sql<{ id: string }>`select id from comptes where organisation_id = 'PARQUET' order by cree_le desc limit 1`.execute(app.base.owner)).rows[0]?.id ??
      '';
    const { rows: sieges } = await sql<{ id: string }>`select id from nominatif.cellule_membres where compte_id = ${c}::uuid`.execute(app.base.owner);
    await sql`insert into nominatif.cellule_recherches (contrat_id, membre_id, jour, nombre) values (${app.contratId}, ${sieges[0]?.id}::uuid, ${aujourdhui()}, 40)
      on conflict (contrat_id, membre_id, jour) do update set nombre = 40`.execute(app.base.owner);
    const dehors = await celluleOuverte(app, 'sortants', 'mairie-19');
    await sql`insert into nominatif.cellule_recherches (contrat_id, membre_id, jour, nombre)
      values (${app.contratId}, ${await siegeDe(app, dehors.cellule, dehors.a)}::uuid, ${aujourdhui()}, 40)`.execute(app.base.owner);
    expect((await app.post(`${dehors.cellule}/chercher`, QUI, dehors.a.cookie)).body).toContain('40 noms');
    expect((await app.get(`${cellule}/lectures`, dpo)).body).toContain('Noms cherchés');
    // Counted in a year that is finished: five leave, three do not.
    await sql`insert into nominatif.cellule_compteurs (contrat_id, cellule_id, mois, quoi, nombre)
      values (${app.contratId}, ${basename(cellule)}::uuid, '2025-03', 'recues', 5), (${app.contratId}, ${basename(cellule)}::uuid, '2025-04', 'examinees', 3)`.execute(
      app.base.owner,
    );
    const charte = await getCharte('contrats/paris-2023-2026');
    if (charte) await dansLeFuseau('Europe/Paris', () => figerLesNombres(app.bases.nominatif, { contratId: app.contratId, charte, maintenant: maintenant() }));
    // GOUV-17 reads the same.
    for (let i = 0; i < 80; i++)
      await sql`insert into nominatif.situation_contenus (contrat_id, situation_id, groupe, organisation_id, membre_id, boite, le)
        values (${app.contratId}, ${basename(situation)}::uuid, 'apport', 'PJJ', ${sieges[0]?.id}::uuid, ${randomBytes(60)}, now())`.execute(app.base.owner);
    const trousseau = openTrousseau(join(dossier, 'paris-2023-2026'));
    const o = { contratId: app.contratId, coffre: app.coffre, trousseau, utilisateur: null, maintenant: new Date(Date.now() + 1500 * 86_400_000) };
    expect(await dansLeFuseau('Europe/Paris', () => purger(app.bases.nominatif, o))).toBeGreaterThan(0);
    await app.audit.vider();
    const publique = await publiqueDe(app.coffre, app.contratId);
    const verifier = () => verifierCertificats(app.bases.nominatif, { journal: app.db, contratId: app.contratId, trousseau, publique, maintenant: new Date() });
    expect((await verifier()).fautes).toEqual([]);
    const { rows: certificats } = await sql<{ contenu: string }>`select contenu from nominatif.certificats`.execute(app.base.owner);
    expect(certificats.every((x) => !/naissance|prevue|entree/.test(x.contenu))).toBe(true);
    const dits = await sql<{ details: string }>`select details::text from audit where action like 'situation.%'`.execute(app.base.owner);
    expect(dits.rows.filter((r) => /"fin"|"genre"|"etat"|"issue"/.test(r.details))).toEqual([]);
    // Rows that leave without a certificate, and a certificate of somebody else's hand: both are seen.
    await sql`delete from nominatif.certificats where situation_id = ${basename(situation)}::uuid`.execute(app.base.owner);
    expect((await verifier()).fautes.join()).toContain('aucun certificat');
  });

  test('GOUV-17, tableau-d-activite : les nombres de chaque cellule sur un tableau, et aucun de un à quatre', async () => {
    const page = (await app.get('/cellules/tableau', k.coordination)).body;
    expect(page).toContain('CENOMED, 2025');
    expect(page).toContain('secret');
    expect(await statut(app.get('/cellules/tableau', await app.temoin({ comme: 'agent', organisation: 'DPMP' })))).toBe(403);
  });
});
