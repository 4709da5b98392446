/** From a held session to frozen, numbered, published minutes: over HTTP, on a real PostgreSQL. */
import JSZip from 'jszip';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Confidentialite } from '../../instances/instances.rules.ts';
import { convoquer, creerDecision, creerInstance, creerMembre, creerSeance } from '../../instances/instances.fixtures.ts';
import { tacheReleve } from './releve.documents.ts';
import { COOKIE_SESSION } from '../../../core/http/cookies.ts';
import { courriels } from '../../../../tests/support/courriels.ts';
import { lireFormulaire } from '../../../../tests/support/formulaire.ts';
import { type AppDeTest, ouvrirApp, type Qui } from '../../../../tests/support/app.ts';
import { createCompte, createSession } from '../../comptes/sessions.queries.ts';
import { faireTravaux } from '../../../../tests/support/travaux.ts';
import type { Tache } from '../../../core/jobs/jobs.ts';

let app: AppDeTest;
beforeAll(async () => {
  app = await ouvrirApp();
});
afterAll(() => app.close());

const AU_18E = { comme: 'coordonnateur', organisation: 'DPMP', territoire: 'mairie-18' } as const;

/** Signs in a person whose account has this address. */
async function temoinDe(courriel: string): Promise<string> {
  const id = await createCompte(app.base.owner, app.contratId, {
    courriel,
    nom: courriel.split('@')[0] ?? '',
    fonction: 'Essai',
    organisationId: 'VILLE',
    motDePasse: null,
    demonstration: false,
    ordre: 0,
    mandats: [{ role: 'signataire', territoireId: null, fiche: null }],
    accordePar: 'essai',
    debut: '2023-01-01',
  });
  const jeton = await createSession(
    app.base.owner,
    app.contratId,
    { compteId: id ?? '', moyen: 'mot_de_passe', forte: true, adresse: null, agent: null },
    new Date(),
  );
  return `${COOKIE_SESSION}=${jeton}`;
}
const appeler = (cookie: string, url: string, champs?: Record<string, string>) =>
  app.serveur.inject({
    method: champs ? 'POST' : 'GET',
    url,
    headers: { cookie, ...(champs ? { 'content-type': 'application/x-www-form-urlencoded' } : {}) },
    ...(champs ? { payload: new URLSearchParams(champs).toString() } : {}),
  });

let n = 0;
/** A session that was held: three presidents, one member absent, one item with notes that name someone, one decision. */
async function seanceLevee(o: { confidentialite?: Confidentialite; presidents?: number } = {}) {
  const cle = `${++n}`;
  const instance = await creerInstance(app.base.owner, app.contratId, {
    territoire: 'mairie-18',
    porteur: 'DPMP',
    nom: `Conseil d’Essai ${cle}`,
    confidentialite: o.confidentialite ?? 'publique',
  });
  const presidents = Array.from({ length: o.presidents ?? 3 }, (_, i) => `president${cle}-${i}@exemple.fr`);
  for (const [i, courriel] of presidents.entries())
    await creerMembre(app.base.owner, app.contratId, instance, {
      qualite: 'president',
      fonction: `Présidence ${i + 1}`,
      organisation: 'VILLE',
      courriel,
      nom: `Prénom Fictif${i}`,
    });
  await creerMembre(app.base.owner, app.contratId, instance, {
    fonction: 'Absent',
    organisation: 'PP',
    courriel: `absent${cle}@exemple.fr`,
    nom: 'Quidam Absent',
  });
  const seance = await creerSeance(app.base.owner, app.contratId, instance, { jour: '2026-11-10', etat: 'relecture', points: ['Sécurité des écoles'] });
  await sql`update seances set relecture_jusqu_a = current_date + 5, levee_le = now() where id = ${seance}::uuid`.execute(app.base.owner);
  await sql`update seance_participants set presence = case when qualite = 'president' then 'present' else 'absent' end where seance_id = ${seance}::uuid`.execute(
    app.base.owner,
  );
  await sql`update seance_points set notes = 'M. Jean Dupont, 12 rue Lepic, a été entendu.', etat = 'traite' where seance_id = ${seance}::uuid`.execute(
    app.base.owner,
  );
  await creerDecision(
    app.base.owner,
    app.contratId,
    {
      instanceId: instance,
      seanceId: seance,
      pointId: null,
      nature: 'decision',
      libelle: 'Renforcer les entrées',
      responsableId: 'PP',
      responsableNom: 'Commissaire Personne',
      responsableCourriel: '',
      echeance: '2027-01-15',
      fiche: '1.1',
      ligne: null,
      territoireId: 'mairie-18',
    },
    { auteur: 'Essai', quand: new Date() },
  );
  const { rows } = await sql<{ id: string }>`select id from seance_points where seance_id = ${seance}::uuid`.execute(app.base.owner);
  return { instance, seance, presidents, absent: `absent${cle}@exemple.fr`, point: rows[0]?.id ?? '' };
}
const lisible = (corps: string): string => corps.replace(/[\u00a0\u202f]/g, ' ').replaceAll('&#x27;', '’');
const empreinteDe = (html: string): string => /name="empreinte" value="([0-9a-f]{64})"/.exec(html)?.[1] ?? '';
async function finirRelecture(seance: string): Promise<void> {
  const url = `/seances/${seance}/relecture`;
  const { body } = await app.get(clore(seance), AU_18E);
  const champs = { ...lireFormulaire(body, url), acte: 'clore' };
  const terme = /name="confirme_relecture" value="([^"]+)"/.exec(body)?.[1];
  // Before its day, it asks.
  if (terme) expect((await app.post(url, champs, AU_18E)).statusCode).toBe(422);
  expect((await app.post(url, { ...champs, confirme_relecture: terme ?? '' }, AU_18E)).statusCode).toBe(303);
}
const clore = (seance: string) => `/seances/${seance}/clore`;
/** Closes the window and has every president approve. */
async function approuver(s: Awaited<ReturnType<typeof seanceLevee>>) {
  await finirRelecture(s.seance);
  for (const p of s.presidents) {
    const cookie = await temoinDe(p);
    const page = await appeler(cookie, clore(s.seance));
    expect((await appeler(cookie, `/seances/${s.seance}/approuver`, { empreinte: empreinteDe(page.body) })).statusCode).toBe(303);
  }
}
const releves = async (seance: string) =>
  (
    await sql<{
      version: number;
      numero: string;
      contenu: unknown;
      motif: string;
    }>`select version, numero, contenu, motif from releves where seance_id = ${seance}::uuid order by version`.execute(app.base.owner)
  ).rows;

/** The words of the Word file that left. */
async function motDuReleve(seance: string): Promise<string> {
  const { rows } = await sql<{ contenu: Buffer }>`
    select f.contenu from releve_documents d join fichiers f on f.contrat_id = d.contrat_id and f.id = d.docx_id where d.seance_id = ${seance}::uuid`.execute(
    app.base.owner,
  );
  const xml = await (await JSZip.loadAsync(rows[0]?.contenu ?? '')).file('word/document.xml')?.async('string');
  return lisible((xml ?? '').replace(/<[^>]+>/g, ''));
}
const envois = async (seance: string) => (await sql`select 1 from courriels where objet = ${`/seances/${seance}`}`.execute(app.base.owner)).rows;

describe('Clore une séance', () => {
  test('GOUV-01, releve : relecture, trois approbations, arrêt : numéroté, envoyé, plus rien ne change', async () => {
    const s = await seanceLevee();
    expect((await app.post(`/seances/${s.seance}/figer`, {}, AU_18E)).body).toContain('relecture par les présents est encore ouverte');
    await finirRelecture(s.seance);
    expect((await app.post(`/seances/${s.seance}/figer`, {}, AU_18E)).body).toContain('Manquent les approbations');
    await approuver(s);
    const figer = await Promise.all([app.post(`/seances/${s.seance}/figer`, {}, AU_18E), app.post(`/seances/${s.seance}/figer`, {}, AU_18E)]);
    expect(figer.map((r) => r.statusCode).sort()).toEqual([303, 409]);
    expect(figer.find((r) => r.statusCode === 409)?.body).toContain('vient d’être arrêté');
    const [releve, ...autres] = await releves(s.seance);
    expect(autres).toEqual([]);
    expect(releve?.numero).toMatch(/\/2026\/1$/);
    const attente = (await app.get(clore(s.seance), AU_18E)).body;
    expect(attente).toContain('Documents en préparation');
    expect(attente).toMatch(/http-equiv="refresh"/i);
    expect(await envois(s.seance)).toEqual([]);
    expect(await faireTravaux(app)).toBe(1);
    const { rows } = await sql<{
      destinataire: string;
      pieces: string[];
    }>`select destinataire, pieces from courriels where objet = ${`/seances/${s.seance}`}`.execute(app.base.owner);
    expect(rows).toHaveLength(4);
    expect(rows.every((r) => r.pieces.length === 2)).toBe(true);
    expect((await app.get(clore(s.seance), AU_18E)).body).toContain('Il a été envoyé à 4\u00a0membres');
    // What was done is not done again, even by a job that runs twice.
    await sql`update travaux set etat = 'attente' where genre = 'releve'`.execute(app.base.owner);
    expect([await faireTravaux(app), (await envois(s.seance)).length]).toEqual([1, 4]);
    expect((await app.post(`/seances/${s.seance}/points/${s.point}/texte`, { version: '0', texte: 'Autre' }, AU_18E)).statusCode).toBe(409);
    await expect(
      sql`set role concorde_application`.execute(app.base.owner).then(() => sql`update releves set numero = 'x'`.execute(app.base.owner)),
    ).rejects.toThrow();
    await sql`reset role`.execute(app.base.owner);
  });

  test('des documents qui échouent se voient et se redemandent ; un travail que personne ne sait faire se voit aussi', async () => {
    const s = await seanceLevee({ presidents: 1 });
    await app.post(`/seances/${s.seance}/relecture`, { acte: 'clore' }, AU_18E);
    await approuver(s);
    expect((await app.post(`/seances/${s.seance}/figer`, {}, AU_18E)).statusCode).toBe(303);
    const enPanne: Tache = { ...tacheReleve, executer: () => Promise.reject(new Error('plus de place')) };
    await faireTravaux(app, [enPanne]);
    const echec = (await app.get(clore(s.seance), AU_18E)).body;
    for (const dit of ['Les documents n’ont pas pu être préparés', 'Préparer à nouveau les documents', 'pas encore parti']) expect(echec).toContain(dit);
    expect(echec).not.toContain('plus de place');
    expect((await app.post(`/seances/${s.seance}/documents-du-releve`, {}, { comme: 'agent' })).statusCode).not.toBe(303);
    expect((await app.post(`/seances/${s.seance}/documents-du-releve`, {}, AU_18E)).statusCode).toBe(303);
    await faireTravaux(app, []);
    expect((await app.get(clore(s.seance), AU_18E)).body).toContain('ne sait pas faire ce travail');
    expect((await app.post(`/seances/${s.seance}/documents-du-releve`, {}, AU_18E)).statusCode).toBe(303);
    await faireTravaux(app);
    expect((await envois(s.seance)).length).toBe(2);
    expect((await app.get(clore(s.seance), AU_18E)).body).toContain('Il a été envoyé à 2\u00a0membres');
  });

  test('un texte corrigé après coup fait tomber l’approbation, et la page le dit', async () => {
    const s = await seanceLevee({ presidents: 1 });
    await approuver(s);
    expect((await app.get(clore(s.seance), AU_18E)).body).toContain('Tout est prêt');
    expect((await app.post(`/seances/${s.seance}/points/${s.point}/texte`, { version: '0', texte: 'Texte corrigé' }, AU_18E)).statusCode).toBe(303);
    const page = (await app.get(clore(s.seance), AU_18E)).body;
    expect(page).toContain('le texte a changé depuis');
    expect((await app.post(`/seances/${s.seance}/figer`, {}, AU_18E)).statusCode).toBe(422);
    const piece = { participant: /<option value="([0-9a-f-]{36})"[^>]*>Présidence 1/.exec(page)?.[1] ?? '', piece: '', empreinte: empreinteDe(page) };
    expect((await app.post(`/seances/${s.seance}/approbations`, piece, AU_18E)).body).toContain('Citez le courrier');
    expect((await app.post(`/seances/${s.seance}/approbations`, { ...piece, piece: 'Message du cabinet, 12 novembre 2026' }, AU_18E)).statusCode).toBe(303);
    expect((await app.post(`/seances/${s.seance}/figer`, {}, AU_18E)).statusCode).toBe(303);
  });

  test('une approbation notée pour une autre dit qui l’a notée, partout ; la présidence l’apprend, la confirme ou la conteste', async () => {
    const s = await seanceLevee({ presidents: 1 });
    const [a = ''] = s.presidents;
    const president = await temoinDe(a);
    await sql`update seance_participants set presence = 'represente' where seance_id = ${s.seance}::uuid and qualite = 'president'`.execute(app.base.owner);
    await finirRelecture(s.seance);
    const page = (await app.get(clore(s.seance), AU_18E)).body;
    const url = `/seances/${s.seance}/approbations`;
    const champs = {
      participant: /<option value="([0-9a-f-]{36})"[^>]*>Présidence 1/.exec(page)?.[1] ?? '',
      piece: 'Message du cabinet',
      empreinte: empreinteDe(page),
    };
    const question = await app.post(url, champs, AU_18E);
    expect([question.statusCode, lisible(question.body).includes('n’est pas notée présente'), question.body.includes('Message du cabinet')]).toEqual([
      422,
      true,
      true,
    ]);
    const secretaire = await app.temoin(AU_18E);
    expect((await app.post(url, { ...champs, confirme_absence: champs.participant }, secretaire)).statusCode).toBe(303);
    const lettres = async (objet: string) =>
      (await courriels(app, `/seances/${s.seance}`)).filter((x) => x.sujet.startsWith(objet)).map((x) => ({ a: x.destinataire, texte: x.texte }));
    expect(await lettres('Approbation en votre nom')).toMatchObject([{ a, texte: expect.stringContaining('Confirmez cette approbation, ou contestez-la') }]);
    expect((await app.post(`/seances/${s.seance}/figer`, {}, AU_18E)).statusCode).toBe(303);
    const dus = async () =>
      (
        await sql<{ dit: string }>`
          select genre || ' ' || (soldee_le is not null) as dit from echeances where objet = ${s.seance} and genre like 'approbation%' order by 1`.execute(
          app.base.owner,
        )
      ).rows.map((r) => r.dit);
    expect(await dus()).toEqual(['approbation false']);
    const publier = `/seances/${s.seance}/publier`;
    const reperes = [...(await app.get(publier, AU_18E)).body.matchAll(/name="suspects" checked="" value="([^"]+)"/g)].map((m) => m[1] ?? '');
    expect((await app.post(publier, { suspects: reperes }, AU_18E)).statusCode).toBe(303);
    const lire = async (u: string, qui?: Qui) => lisible((await app.get(u, qui)).body);
    const publiques = [`/releves/${s.seance}`, `/releves/${s.seance}/releve.html`];
    const travail = [clore(s.seance), `/seances/${s.seance}/releve.html`];
    for (const u of travail) expect(await lire(u, AU_18E)).toMatch(/reçue, notée par [^<;]+, [^<;]+ ; pas encore confirmée par la présidence/);
    for (const u of publiques) {
      expect(await lire(u)).toMatch(/reçue, notée par DPMP[^<;,]* ; pas encore confirmée par la présidence|reçue, notée par [^<;]+ ; pas encore/);
      expect(await lire(u)).not.toContain('Fictif0');
      expect(await lire(u)).toMatch(/Relecture par les présents close le [^<]+, avant son terme du/);
    }
    // Whoever presides answers, and nobody else; frozen minutes stay as they are, and say so.
    const repondre = (cookie: string, plus: Record<string, string>) => appeler(cookie, `${url}/repondre`, { empreinte: champs.empreinte, ...plus });
    expect((await repondre(await temoinDe(s.absent), { acte: 'contester', contestation: 'Un essai' })).statusCode).toBe(403);
    expect((await app.post(`${url}/repondre`, { empreinte: champs.empreinte, acte: 'confirmer' }, AU_18E)).statusCode).toBe(403);
    // Who noted it, were they the substitute, does not confirm it.
    await sql`
      update seance_participants p set suppleant_courriel = lower(c.courriel) from seance_approbations q join comptes c on c.nom = q.notee_par
      where q.participant_id = p.id and p.id = ${champs.participant}::uuid`.execute(app.base.owner);
    const parQuiANote = await app.post(`${url}/repondre`, { empreinte: champs.empreinte, acte: 'confirmer' }, secretaire);
    expect([parQuiANote.statusCode, lisible(parQuiANote.body).includes('une autre personne la confirme')]).toEqual([403, true]);
    const sienne = lisible((await app.get(clore(s.seance), secretaire)).body);
    expect([sienne.includes('Confirmer cette approbation'), sienne.includes('Vous l’avez notée')]).toEqual([false, true]);
    // Who presided that day and has left the chair since still answers.
    await sql`update instance_membres set courriel = 'successeur@exemple.fr' where instance_id = ${s.instance}::uuid and qualite = 'president'`.execute(
      app.base.owner,
    );
    expect((await appeler(president, clore(s.seance))).body).toContain('Confirmer cette approbation');
    expect((await repondre(president, { acte: 'contester', contestation: 'non' })).statusCode).toBe(422);
    expect((await repondre(president, { acte: 'contester', contestation: 'Je n’ai rien approuvé' })).statusCode).toBe(303);
    expect((await repondre(president, { acte: 'contester', contestation: 'Deux fois' })).statusCode).toBe(409);
    expect(await lettres('Approbation contestée')).not.toEqual([]);
    expect(await dus()).toEqual(['approbation true', 'approbation-contestee false']);
    for (const u of publiques) expect(await lire(u)).toContain('contestée depuis par la présidence');
    for (const u of [`/releves/${s.seance}`, '/releves']) expect(await lire(u)).toContain('approbation contestée');
    // Publishing it again asks, and what leaves by mail after that says it.
    const encore = { ...lireFormulaire((await app.get(publier, AU_18E)).body, publier), suspects: reperes };
    const demande = await app.post(publier, encore, AU_18E);
    expect([demande.statusCode, lisible(demande.body).includes('Présidence 1 conteste l’approbation notée en son nom')]).toEqual([422, true]);
    const confirme = /name="confirme"[^>]* value="([^"]+)"/.exec(demande.body)?.[1] ?? '';
    expect((await app.post(publier, { ...encore, confirme }, AU_18E)).statusCode).toBe(303);
    await faireTravaux(app);
    expect(await motDuReleve(s.seance)).toContain(`contestée depuis par ${a.split('@')[0]}`);
    expect(await lettres('Relevé de décisions')).toMatchObject(Array(2).fill({ texte: expect.stringMatching(/Pour le secrétariat\n*$/) }));
    expect(await lire(clore(s.seance), AU_18E)).toContain('Je n’ai rien approuvé');
    for (const u of publiques) expect(await lire(u)).not.toContain('rien approuvé');
    expect((await repondre(president, { acte: 'confirmer' })).statusCode).toBe(303);
    expect((await repondre(president, { acte: 'confirmer' })).statusCode).toBe(409);
    expect((await lettres('Approbation confirmée')).map((x) => x.a)).toEqual([s.absent]);
    for (const u of publiques) expect(await lire(u)).toContain('confirmée depuis par la présidence');
    expect(await dus()).toEqual(['approbation true', 'approbation-contestee true']);
    const { rows } = await sql<{ acte: string; pour: string }>`
      select action as acte, details ->> 'participant' as pour from audit where objet = ${`/seances/${s.seance}`} and action like 'seance.approbation%' order by quand`.execute(
      app.base.owner,
    );
    expect(rows).toEqual(
      ['seance.approbation_recue', 'seance.approbation_contestee', 'seance.approbation_confirmee'].map((acte) => ({ acte, pour: champs.participant })),
    );
  });

  test('la suppléance confirme en son nom ; le titulaire parle encore après elle, et ceux qui ont reçu le relevé l’apprennent', async () => {
    const s = await seanceLevee({ presidents: 1 });
    const [a = ''] = s.presidents;
    await sql`update seance_participants set suppleant_courriel = ${`s-${a}`} where seance_id = ${s.seance}::uuid and qualite = 'president'`.execute(
      app.base.owner,
    );
    await convoquer(app.base.owner, s.seance);
    const [titulaire, suppleant] = [await temoinDe(a), await temoinDe(`s-${a}`)];
    await finirRelecture(s.seance);
    const page = (await app.get(clore(s.seance), AU_18E)).body;
    const participant = /<option value="([0-9a-f-]{36})"[^>]*>Présidence 1/.exec(page)?.[1] ?? '';
    const empreinte = empreinteDe(page);
    const url = `/seances/${s.seance}/approbations`;
    expect((await app.post(url, { participant, piece: 'Message du cabinet', empreinte }, AU_18E)).statusCode).toBe(303);
    const repondre = async (cookie: string, acte: string) =>
      (await appeler(cookie, `${url}/repondre`, { empreinte, acte, contestation: 'Je n’ai rien approuvé' })).statusCode;
    expect([await repondre(suppleant, 'confirmer'), await repondre(suppleant, 'contester')]).toEqual([303, 409]);
    expect((await app.post(`/seances/${s.seance}/figer`, {}, AU_18E)).statusCode).toBe(303);
    await faireTravaux(app);
    expect(await motDuReleve(s.seance)).toContain(`confirmée depuis par s-${a.split('@')[0]}, en suppléance`);
    const parties = await sql<{ texte: string }>`select texte from courriels where sujet like 'Relevé de%' and objet = ${`/seances/${s.seance}`}`.execute(
      app.base.owner,
    );
    expect(parties.rows.every((r) => r.texte.includes(`s-${a.split('@')[0]}\nPrésidence 1, en suppléance`) && r.texte.includes('Relevé arrêté par'))).toBe(
      true,
    );
    expect([await repondre(titulaire, 'contester'), await repondre(suppleant, 'confirmer')]).toEqual([303, 409]);
    expect((await appeler(suppleant, clore(s.seance))).body).not.toContain('Confirmer cette approbation');
    const { rows } = await sql<{ a: string; texte: string }>`
      select destinataire as a, texte from courriels where sujet like 'Approbation contestée : relevé %' and objet = ${`/seances/${s.seance}`}`.execute(
      app.base.owner,
    );
    expect(rows).toMatchObject([{ a: s.absent, texte: expect.stringContaining('Les fichiers reçus ne le disent pas') }]);
    expect([await repondre(titulaire, 'confirmer'), await repondre(titulaire, 'contester')]).toEqual([303, 409]);
  });

  test('on n’approuve pas un texte qu’on n’a pas lu, ni sans présider', async () => {
    const s = await seanceLevee({ presidents: 1 });
    const president = await temoinDe(s.presidents[0] ?? '');
    expect((await appeler(president, `/seances/${s.seance}/approuver`, { empreinte: '0'.repeat(64) })).statusCode).toBe(409);
    const absent = await temoinDe(s.absent);
    expect((await appeler(absent, `/seances/${s.seance}/approuver`, { empreinte: '0'.repeat(64) })).statusCode).toBe(403);
    expect((await app.post(`/seances/${s.seance}/approuver`, {}, AU_18E)).statusCode).toBe(403);
  });

  test('les présents proposent des corrections ; les absents non ; écarter demande une raison', async () => {
    const s = await seanceLevee({ presidents: 1 });
    const present = await temoinDe(s.presidents[0] ?? '');
    expect((await appeler(await temoinDe(s.absent), `/seances/${s.seance}/amender`, { texte: 'Je n’y étais pas' })).statusCode).toBe(403);
    expect(
      (await appeler(present, `/seances/${s.seance}/amender`, { texte: '<p class="MsoNormal">Ajouter <b>la date</b></p>', point: s.point })).statusCode,
    ).toBe(303);
    const page = (await app.get(clore(s.seance), AU_18E)).body;
    expect(page).toContain('Ajouter la date');
    const id = /amendements\/([0-9a-f-]{36})\/ecarter/.exec(page)?.[1] ?? '';
    expect((await app.post(`/seances/${s.seance}/amendements/${id}/ecarter`, { reponse: '' }, AU_18E)).statusCode).toBe(422);
    expect((await app.post(`/seances/${s.seance}/amendements/${id}/ecarter`, { reponse: 'Déjà écrit' }, AU_18E)).statusCode).toBe(303);
    const tard = await app.post(`/seances/${s.seance}/amendements/${id}/retenir`, {}, AU_18E);
    expect([tard.statusCode, tard.body.includes('Déjà écrit')]).toEqual([409, true]);
    await finirRelecture(s.seance);
    expect((await appeler(present, `/seances/${s.seance}/amender`, { texte: 'Trop tard', point: s.point })).statusCode).toBe(403);
  });

  test('deux personnes corrigent le même texte : les deux textes sont montrés, rien n’est écrasé', async () => {
    const s = await seanceLevee({ presidents: 1 });
    const ecrire = (texte: string) => app.post(`/seances/${s.seance}/points/${s.point}/texte`, { version: '0', texte }, AU_18E);
    expect((await ecrire('Premier texte')).statusCode).toBe(303);
    const second = await ecrire('Second texte');
    expect(second.statusCode).toBe(409);
    expect(second.body).toContain('Premier texte');
    expect(second.body).toContain('Second texte');
  });

  test('un relevé arrêté ne se corrige que par un rectificatif, qui garde la première version', async () => {
    const s = await seanceLevee({ presidents: 1 });
    await approuver(s);
    await app.post(`/seances/${s.seance}/figer`, {}, AU_18E);
    expect((await app.post(`/seances/${s.seance}/rectifier`, { motif: '' }, AU_18E)).statusCode).toBe(422);
    expect((await app.post(`/seances/${s.seance}/rectifier`, { motif: 'Une date était fausse' }, AU_18E)).statusCode).toBe(303);
    await app.post(`/seances/${s.seance}/points/${s.point}/texte`, { version: '0', texte: 'Texte rectifié' }, AU_18E);
    const page = await appeler(await temoinDe(`autre-${s.presidents[0]}`), clore(s.seance));
    expect(page.body).toContain('Rectificatif');
    const formulaire = (await app.get(clore(s.seance), AU_18E)).body;
    const participant = /<option value="([0-9a-f-]{36})"[^>]*>Présidence 1/.exec(formulaire)?.[1] ?? '';
    await app.post(`/seances/${s.seance}/approbations`, { participant, piece: 'Courrier du 20 novembre', empreinte: empreinteDe(formulaire) }, AU_18E);
    expect((await app.post(`/seances/${s.seance}/figer`, {}, AU_18E)).statusCode).toBe(303);
    const [un, deux] = await releves(s.seance);
    expect(deux).toMatchObject({ version: 2, numero: un?.numero, motif: 'Une date était fausse' });
    expect(JSON.stringify(un?.contenu)).toContain('Jean Dupont');
    expect(JSON.stringify(deux?.contenu)).toContain('Texte rectifié');
    expect((await app.get(`/seances/${s.seance}/releve.html?genre=compte-rendu&version=1`, AU_18E)).body).toContain('Jean Dupont');
    expect((await app.get(`/seances/${s.seance}/releve.html?version=9`, AU_18E)).statusCode).toBe(404);
  });

  test('les documents se téléchargent : PDF balisé, DOCX, page ; « projet » tant que rien n’est arrêté', async () => {
    const s = await seanceLevee({ presidents: 1 });
    const pdf = await app.get(`/seances/${s.seance}/releve.pdf`, AU_18E);
    expect(pdf.rawPayload.subarray(0, 5).toString()).toBe('%PDF-');
    expect((await app.get(`/seances/${s.seance}/releve.docx?genre=compte-rendu`, AU_18E)).rawPayload.subarray(0, 2).toString()).toBe('PK');
    expect((await app.get(`/seances/${s.seance}/releve.html`, AU_18E)).body).toContain('Projet');
    expect((await app.get(`/seances/${s.seance}/releve.pdf`, { comme: 'administrateur' })).statusCode).toBe(403);
  });
});

describe('Publier', () => {
  test('PUBLIC-32, compte-rendu-public : le public lit une version sans nom, en page comme en fichiers ; retirée, elle n’existe plus', async () => {
    const s = await seanceLevee({ presidents: 1 });
    // Members had two figures: one that the public reads late and above a threshold, one of everyone.
    const chiffre = (id: string, valeur: string) => ({ id, libelle: id, valeur, avant: '', evolution: '', href: '' });
    const dossier = {
      arreteLe: '2026-11-02',
      faits: [],
      chiffres: [chiffre('1.6-01a', '4177 rixes'), chiffre('3.14-04a', '5288 demandes')],
      lieux: [],
      enregistrements: [],
      source: null,
    };
    await sql`update seance_points set dossier = ${JSON.stringify(dossier)}::jsonb where id = ${s.point}::uuid`.execute(app.base.owner);
    await approuver(s);
    await app.post(`/seances/${s.seance}/figer`, {}, AU_18E);
    expect((await app.get(`/seances/${s.seance}/releve.html?genre=compte-rendu`, AU_18E)).body).toContain('4177 rixes');
    expect((await app.get(`/releves/${s.seance}`)).statusCode).toBe(404);
    const page = (await app.get(`/seances/${s.seance}/publier`, AU_18E)).body;
    expect(page).toContain('M. Jean Dupont');
    expect([page.includes('Les membres gardent les leurs'), page.includes('4177 rixes'), page.includes('5288 demandes')]).toEqual([true, false, true]);
    const suspects = [...page.matchAll(/name="suspects" checked="" value="([^"]+)"/g)].map((m) => m[1] ?? '');
    expect(suspects.length).toBeGreaterThanOrEqual(2);
    const faute = await app.post(`/seances/${s.seance}/publier`, { suspects, passages: 'ce passage n’y est pas' }, AU_18E);
    expect(faute.statusCode).toBe(422);
    expect(faute.body).toContain('Introuvable dans le relevé');
    // What the platform found is taken out, or kept for a reason.
    const [garde = '', ...autres] = suspects;
    const muet = await app.post(`/seances/${s.seance}/publier`, { suspects: autres, passages: '' }, AU_18E);
    expect([muet.statusCode, (await app.get(`/releves/${s.seance}`)).statusCode]).toEqual([422, 404]);
    expect(muet.body).toContain('dites pourquoi il reste');
    expect((await app.post(`/seances/${s.seance}/publier`, {}, AU_18E)).statusCode).toBe(422);
    const raison = /href="#(raison-[0-9a-f]{16})"/.exec(muet.body)?.[1] ?? '';
    const longue = await app.post(`/seances/${s.seance}/publier`, { suspects: autres, [raison]: 'élu '.repeat(80) }, AU_18E);
    expect([longue.statusCode, longue.body.includes('il y en a 319'), longue.body.includes('élu '.repeat(79).trim())]).toEqual([422, true, true]);
    expect((await app.post(`/seances/${s.seance}/publier`, { suspects: autres, [raison]: 'Il s’exprime comme élu' }, AU_18E)).statusCode).toBe(303);
    const { rows } = await sql<{
      gardes: { passage: string; raison: string }[];
    }>`select gardes from releve_publications where seance_id = ${s.seance}::uuid`.execute(app.base.owner);
    expect(rows[0]?.gardes).toMatchObject([{ passage: garde, raison: 'Il s’exprime comme élu' }]);
    const url = `/seances/${s.seance}/publier`;
    const encore = lireFormulaire((await app.get(url, AU_18E)).body, url);
    expect((await app.post(url, { ...encore, suspects, passages: 'Renforcer' }, AU_18E)).statusCode).toBe(303);
    const publiques = [(await app.get(`/releves/${s.seance}`)).body, (await app.get(`/releves/${s.seance}/releve.html?genre=compte-rendu`)).body];
    for (const texte of publiques) {
      for (const nom of ['Dupont', 'Fictif', 'Quidam', 'Commissaire Personne', 'rue Lepic', 'Renforcer']) expect(texte).not.toContain(nom);
      expect(texte).toContain('[passage retiré]');
      expect([texte.includes('4177 rixes'), texte.includes('ne sont pas repris ici')]).toEqual([false, true]);
    }
    expect(publiques[1]).toContain('5288 demandes');
    // One that was published with its figures is read without them.
    const { rows: avant } = await sql<{ brut: boolean }>`
      update releve_publications p set contenu = r.contenu from releves r
      where r.contrat_id = p.contrat_id and r.seance_id = p.seance_id and r.version = p.version and p.seance_id = ${s.seance}::uuid
      returning p.contenu::text like '%4177%' as brut`.execute(app.base.owner);
    expect([avant, (await app.get(`/releves/${s.seance}`)).body.includes('4177 rixes')]).toEqual([[{ brut: true }], false]);
    expect((await app.get('/releves')).body).toContain(`/releves/${s.seance}`);
    expect((await app.get(`/releves/${s.seance}/releve.pdf`)).statusCode).toBe(200);
    expect((await app.post(`/seances/${s.seance}/depublier`, {}, { ...AU_18E, territoire: 'mairie-12' })).statusCode).toBe(403);
    expect((await app.post(`/seances/${s.seance}/depublier`, {}, AU_18E)).statusCode).toBe(303);
    for (const url of [`/releves/${s.seance}`, `/releves/${s.seance}/releve.pdf`]) expect((await app.get(url)).statusCode).toBe(404);
  });

  test('une instance qui n’est pas publique ne publie rien ; une restreinte n’envoie pas de pièce', async () => {
    const s = await seanceLevee({ presidents: 1, confidentialite: 'restreinte' });
    const president = await temoinDe(s.presidents[0] ?? '');
    await finirRelecture(s.seance);
    const page = await appeler(president, clore(s.seance));
    await appeler(president, `/seances/${s.seance}/approuver`, { empreinte: empreinteDe(page.body) });
    expect((await app.post(`/seances/${s.seance}/figer`, {}, AU_18E)).statusCode).toBe(303);
    expect((await app.post(`/seances/${s.seance}/publier`, {}, AU_18E)).statusCode).toBe(409);
    expect((await app.get(clore(s.seance), { comme: 'agent' })).statusCode).toBe(404);
    const { rows } = await sql<{ pieces: string[]; texte: string }>`select pieces, texte from courriels where objet = ${`/seances/${s.seance}`}`.execute(
      app.base.owner,
    );
    expect(rows.length).toBeGreaterThan(0);
    for (const r of rows) {
      expect(r.pieces).toEqual([]);
      expect(r.texte).not.toContain('Conseil d’Essai');
    }
  });
});
