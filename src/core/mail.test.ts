/** Mail with an invitation and a file, over a real SMTP server, read by a real MIME parser. */
import { sql } from 'kysely';
import { type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type BaseDeTest, testDatabase } from '../../tests/support/database.ts';
import { type Db, openDatabase } from './database.ts';
import { addFichier } from './files.ts';
import { ajouterCourriel, type Courrier, getEnvois, openCourrier } from './mail.ts';

let smtp: SMTPServer;
let base: BaseDeTest;
let db: Db;
let courrier: Courrier;
let contratId: number;
const recus: ParsedMail[] = [];
beforeAll(async () => {
  smtp = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onRcptTo: (a, _, fini) => (a.address.startsWith('absent') ? fini(Object.assign(new Error('adresse inconnue'), { responseCode: 550 })) : fini()),
    onData: (flux, _, fini) => {
      simpleParser(flux).then((m) => {
        recus.push(m);
        fini();
      }, fini);
    },
  });
  await new Promise<void>((r) => smtp.listen(0, '127.0.0.1', () => r()));
  base = await testDatabase();
  contratId = (await sql<{ id: number }>`select id from contrats where slug = 'paris-2023-2026'`.execute(base.owner)).rows[0]?.id ?? 0;
  db = openDatabase(await base.service(contratId), { role: 'application', contratId, max: 2 });
  const { port } = smtp.server.address() as { port: number };
  courrier = openCourrier({ db, contratId, smtp: `smtp://127.0.0.1:${port}`, de: 'Concorde <c@exemple.fr>', retenir: false });
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
