import { randomBytes } from 'node:crypto';
/** Mail with an invitation and a file, over a real SMTP server, read by a real MIME parser. */
import { sql } from 'kysely';
import { type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { laisserPasser } from '../../../tests/support/attente.ts';
import { type BaseDeTest, testDatabase } from '../../../tests/support/database.ts';
import { type Db, inTransaction, openDatabase } from '../base/database.ts';
import { addFichier } from '../base/files.ts';
import { createCoffre } from '../coffre.ts';
import { getEnvois, relancerCourriels } from './envois.queries.ts';
import { ajouterCourriel, type Courrier, openCourrier, type OptionsCourrier } from './mail.ts';
import { exigeTls } from './serveur.ts';
import { oublierLettres } from './oublis.queries.ts';

let smtp: SMTPServer;
let base: BaseDeTest;
let db: Db;
let courrier: Courrier;
let contratId: number;
const recus: ParsedMail[] = [];
let reglages: OptionsCourrier;
/** How long the mail server takes to answer. */
let lenteurMs = 0;
beforeAll(async () => {
  smtp = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onRcptTo: (a, _, fini) => (a.address.startsWith('absent') ? fini(Object.assign(new Error('adresse inconnue'), { responseCode: 550 })) : fini()),
    onData: (flux, _, fini) => {
      simpleParser(flux).then((m) => {
        recus.push(m);
        void laisserPasser(lenteurMs).then(() => fini());
      }, fini);
    },
  });
  await new Promise<void>((r) => smtp.listen(0, '127.0.0.1', () => r()));
  base = await testDatabase();
  contratId = (await sql<{ id: number }>`select id from contrats where slug = 'paris-2023-2026'`.execute(base.owner)).rows[0]?.id ?? 0;
  db = openDatabase(await base.service(contratId), { role: 'application', contratId, max: 2 });
  const { port } = smtp.server.address() as { port: number };
  reglages = { db, contratId, smtp: `smtp://127.0.0.1:${port}`, de: 'Concorde <c@exemple.fr>', retenir: false, coffre: createCoffre(randomBytes(32)) };
  courrier = openCourrier(reglages);
});
afterAll(async () => {
  await courrier.close();
  await db.destroy();
  await base.close();
  await new Promise<void>((r) => smtp.close(() => r()));
});

test('l’invitation arrive comme invitation, le fichier à l’identique, et rien n’en reste ici', async () => {
  const contenu = Buffer.from('%PDF essai é');
  const piece = await addFichier(base.owner, contratId, { nom: 'relevé.pdf', type: 'application/pdf', contenu });
  const ical = { methode: 'REQUEST' as const, contenu: 'BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nEND:VCALENDAR\r\n' };
  await ajouterCourriel(db, contratId, {
    a: 'membre@exemple.fr',
    sujet: 'Convocation',
    texte: 'Bonjour,\n\nà bientôt.',
    ical,
    pieces: [piece],
    objet: '/seances/x',
  });
  await courrier.expedier();
  const [recu] = recus;
  expect(recu?.text).toContain('à bientôt');
  const invitation = recu?.attachments.find((a) => a.contentType === 'text/calendar');
  expect(invitation?.headers.get('content-type')).toMatchObject({ params: { method: 'REQUEST' } });
  expect(invitation?.content.toString()).toContain('METHOD:REQUEST');
  expect(recu?.attachments.find((a) => a.filename === 'relevé.pdf')?.content.equals(contenu)).toBe(true);
  const { rows } = await sql`select texte, ical from courriels where contrat_id = ${contratId}`.execute(base.owner);
  expect(rows).toEqual([{ texte: '', ical: '' }]);
  expect(await getEnvois(db, contratId, ['/seances/x'])).toMatchObject([{ destinataire: 'membre@exemple.fr', etat: 'envoye' }]);
});

test('une adresse qui n’existe pas est un refus définitif, et se voit sur ce dont le message parlait', async () => {
  await ajouterCourriel(db, contratId, { a: 'absent@exemple.fr', sujet: 'Convocation', texte: 'Bonjour', objet: '/seances/y' });
  await courrier.expedier();
  const [envoi] = await getEnvois(db, contratId, ['/seances/y']);
  expect(envoi).toMatchObject({ destinataire: 'absent@exemple.fr', etat: 'echec' });
  expect(envoi?.erreur).toContain('adresse inconnue');
});

test('une lettre discrète porte de quoi l’arrêter d’un geste, et rien ne garde à qui elle fut écrite, partie ou refusée', async () => {
  const lettre = { sujet: 'Discrète', texte: 'Bonjour', discret: true, desabonnement: 'https://x.fr/fin/1', objet: '/d' };
  for (const a of ['abonnee@exemple.fr', 'absente@exemple.fr']) await ajouterCourriel(db, contratId, { ...lettre, a }, reglages.coffre);
  await courrier.expedier();
  const recue = recus.find((m) => m.subject === 'Discrète');
  expect(recue?.to).toMatchObject({ text: 'abonnee@exemple.fr' });
  expect(recue?.headerLines.map((h) => h.line)).toEqual(
    expect.arrayContaining(['List-Unsubscribe: <https://x.fr/fin/1>', 'List-Unsubscribe-Post: List-Unsubscribe=One-Click']),
  );
  const { rows } = await sql<{ etat: string; t: string; ferme: Buffer | null }>`
    select etat, ferme, c::text as t from courriels c where objet = '/d' order by etat`.execute(base.owner);
  expect(rows.map((r) => [r.etat, r.ferme, /abonnee@|absente@/.test(r.t)])).toEqual([
    ['echec', null, false],
    ['envoye', null, false],
  ]);
  // What cannot leave any more is not put back; what waits still is forgotten when it is asked.
  expect(await inTransaction(base.owner, { contratId }, (tx) => relancerCourriels(tx, contratId))).toBe(1);
  await sql`update courriels set etat = 'envoye' where objet = '/seances/y'`.execute(base.owner);
  await ajouterCourriel(db, contratId, { ...lettre, a: 'abonnee@exemple.fr', sujet: 'Oubliée' }, reglages.coffre);
  await oublierLettres(db, contratId, '/d');
  await courrier.expedier();
  expect(recus.some((m) => m.subject === 'Oubliée')).toBe(false);
});

test('hors de cette machine, rien ne part en clair : ni lettre, ni mot de passe', async () => {
  await ajouterCourriel(db, contratId, { a: 'membre@exemple.fr', sujet: 'En clair', texte: 'Bonjour', objet: '/seances/z' });
  const { port } = smtp.server.address() as { port: number };
  // An address of this machine that its name does not tell: the server offers no STARTTLS.
  const dehors = openCourrier({ ...reglages, smtp: `smtp://0.0.0.0:${port}` });
  await dehors.expedier();
  await dehors.close();
  const [envoi] = await getEnvois(db, contratId, ['/seances/z']);
  expect([envoi?.etat, /TLS/.test(envoi?.erreur ?? ''), recus.some((m) => m.subject === 'En clair')]).toEqual(['attente', true, false]);
  for (const [adresse, exige] of [
    ['smtp://relais.ville.fr:587', true],
    ['smtp://relais.ville.fr:25?ignoreTLS=true', false],
    ['smtps://relais.ville.fr', false],
    ['smtp://localhost:25', false],
    ['smtp://[::1]:25', false],
    ['smtp://localhost.ailleurs.fr', true],
  ] as const)
    expect([adresse, exigeTls(adresse)]).toEqual([adresse, exige]);
  await sql`update courriels set etat = 'envoye' where sujet = 'En clair'`.execute(base.owner);
});

test('un mot de passe refusé par le serveur ne condamne pas les lettres : elles attendent qu’il soit corrigé', async () => {
  const exigeant = new SMTPServer({
    disabledCommands: ['STARTTLS'],
    onAuth: (_, __, fini) => fini(Object.assign(new Error('mot de passe refusé'), { responseCode: 535 })),
  });
  await new Promise<void>((r) => exigeant.listen(0, '127.0.0.1', () => r()));
  await ajouterCourriel(db, contratId, { a: 'membre@exemple.fr', sujet: 'Refusée', texte: 'Bonjour', objet: '/seances/w' });
  const ferme = openCourrier({ ...reglages, smtp: `smtp://concorde:perime@127.0.0.1:${(exigeant.server.address() as { port: number }).port}` });
  await ferme.expedier();
  await ferme.close();
  await new Promise<void>((r) => exigeant.close(() => r()));
  const [envoi] = await getEnvois(db, contratId, ['/seances/w']);
  expect([envoi?.etat, envoi?.erreur.includes('535')]).toEqual(['attente', true]);
  await sql`update courriels set etat = 'envoye' where sujet = 'Refusée'`.execute(base.owner);
});

const recusPour = (sujet: string) => recus.filter((m) => m.subject === sujet);
const ecrire = (sujet: string, tx = db) => ajouterCourriel(tx, contratId, { a: 'membre@exemple.fr', sujet, texte: 'Bonjour' });
const ouverts = async () =>
  (
    await sql<{ n: number }>`
      select count(*)::int as n from pg_stat_activity
      where datname = current_database() and state like 'idle in transaction%'`.execute(base.owner)
  ).rows[0]?.n;

test('pendant qu’un serveur lent se fait attendre, aucune transaction n’est ouverte', async () => {
  lenteurMs = 800;
  await ecrire('Lent');
  const envoi = courrier.expedier();
  await expect.poll(() => recusPour('Lent').length).toBe(1);
  expect(await ouverts()).toBe(0);
  const { rows } = await sql<{ etat: string }>`select etat from courriels where sujet = 'Lent' for update nowait`.execute(base.owner);
  expect(rows).toEqual([{ etat: 'attente' }]);
  await envoi;
  lenteurMs = 0;
  expect((await sql`select etat, pris_jusqua from courriels where sujet = 'Lent'`.execute(base.owner)).rows).toEqual([{ etat: 'envoye', prisJusqua: null }]);
});

test('deux processus se partagent la file : chaque message part une fois', async () => {
  for (let i = 0; i < 12; i++) await ecrire(`Partagé ${i}`);
  const autre = openCourrier(reglages);
  await Promise.all([courrier.expedier(), autre.expedier()]);
  await autre.close();
  expect(Array.from({ length: 12 }, (_, i) => recusPour(`Partagé ${i}`).length)).toEqual(Array(12).fill(1));
});

test('pris par un processus qui est mort, un message repart au bout d’un moment, sous le même identifiant', async () => {
  await ecrire('Repris');
  await sql`update courriels set pris_jusqua = now() + interval '5 minutes', essais = 1 where sujet = 'Repris'`.execute(base.owner);
  await courrier.expedier();
  expect(recusPour('Repris')).toEqual([]);
  await sql`update courriels set pris_jusqua = now() - interval '1 second' where sujet = 'Repris'`.execute(base.owner);
  await courrier.expedier();
  const { rows } = await sql<{ id: string }>`select id from courriels where sujet = 'Repris'`.execute(base.owner);
  expect(recusPour('Repris').map((m) => m.messageId)).toEqual([`<${rows[0]?.id}@exemple.fr>`]);
});

test('la validation de ce qui l’écrit réveille l’expéditeur ; ce qui est annulé ne part pas', async () => {
  const veilleur = openCourrier({ ...reglages, url: await base.service(contratId) });
  await laisserPasser(300);
  const qui = { contratId };
  await expect(
    inTransaction(db, qui, async (tx) => {
      await ecrire('Annulé', tx);
      throw new Error('non');
    }),
  ).rejects.toThrow('non');
  await inTransaction(db, qui, (tx) => ecrire('Réveil', tx));
  await expect.poll(() => recusPour('Réveil').length).toBe(1);
  await veilleur.close();
  expect(recusPour('Annulé')).toEqual([]);
});
