/** A real SMTP conversation with the receiver: what is refused, what is kept, and that what was acknowledged is handled once. */
import { connect } from 'node:net';
import { createTransport, type SendMailOptions } from 'nodemailer';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type AppDeTest, ouvrirApp } from '../../../tests/support/app.ts';
import { faireTravaux } from '../../../tests/support/travaux.ts';
import { openPool } from '../base/database.ts';
import { startTravaux } from '../jobs/jobs.ts';
import { relancerCourriels } from './envois.queries.ts';
import { adresseDeRetour } from './retours.rules.ts';
import { openReception, type ReceptionOuverte } from './reception.ts';
import { PARIS } from '../../../tests/support/template.ts';
import { type LettreRecue, type OptionsTraitement, rendezvousDesRecus, tacheDesRecus } from './traitement.ts';

const DOMAINE = 'reponses.exemple.fr';
let app: AppDeTest;
let reception: ReceptionOuverte;
let traitement: OptionsTraitement;
const lues: LettreRecue[] = [];
/** Told before a letter is handled; throws to have it fail. */
let avant: () => Promise<void> = async () => {};
const essai = {
  boite: 'essai',
  connait: async (_: unknown, etiquette: string) => etiquette !== 'personne',
  recevoir: async (_: unknown, l: LettreRecue) => {
    await avant();
    return async () => {
      lues.push(l);
      return 'essayée';
    };
  },
};
const ouvrir = () =>
  openReception({
    ...{
      db: app.db,
      contrat: { id: app.contratId, slug: 'paris-2023-2026' },
      coffre: app.coffre,
      port: 0,
      hote: '127.0.0.1',
      domaine: DOMAINE,
      dossierContrat: PARIS,
      octetsMax: 300_000,
    },
    ...{ receptions: [essai], domaineSortant: 'concorde.exemple' },
  });
beforeAll(async () => {
  app = await ouvrirApp();
  reception = await ouvrir();
  traitement = {
    ...{
      contrat: { id: app.contratId, slug: 'paris-2023-2026' },
      coffre: app.coffre,
      adresse: 'http://concorde.exemple',
      domaine: DOMAINE,
      dossierContrat: PARIS,
    },
    receptions: [essai],
  };
});
afterAll(async () => {
  await reception.close();
  await app.close();
});

let n = 0;
async function envoyer(o: SendMailOptions & { enveloppe?: string } = {}): Promise<number> {
  const { enveloppe, ...m } = o;
  const transport = createTransport({ host: '127.0.0.1', port: reception.port, ignoreTLS: true });
  try {
    await transport.sendMail({
      ...{ from: 'Camille <camille@exemple.fr>', to: `essai+abc@${DOMAINE}`, subject: 'Nos chiffres', text: 'Bonjour', messageId: `<${++n}@exemple.fr>` },
      ...m,
      ...(enveloppe === undefined ? {} : { envelope: { from: enveloppe, to: String(m.to ?? `essai+abc@${DOMAINE}`) } }),
    });
    return 250;
  } catch (e) {
    return (e as { responseCode?: number }).responseCode ?? 0;
  } finally {
    transport.close();
  }
}
const recus = async () =>
  (
    await sql<{ etat: string; issue: string; garde: boolean; boite: string }>`
      select etat, issue, contenu is not null as garde, boite from courriels_recus order by recu_le, id`.execute(app.base.owner)
  ).rows;
const dernier = async () => (await recus()).at(-1);
const faire = () => faireTravaux(app, [tacheDesRecus(traitement)]);

describe('Recevoir un courriel', () => {
  test('ce qui est acquitté est gardé, lu une fois, puis son contenu s’efface', async () => {
    const pdf = Buffer.from('%PDF-1.7\n%âãÏÓ\n', 'latin1');
    expect(await envoyer({ text: 'Voici.', attachments: [{ filename: 'rapport.xlsx', content: pdf }], to: `ESSAI+AbC@${DOMAINE.toUpperCase()}` })).toBe(250);
    expect(await dernier()).toMatchObject({ etat: 'recu', garde: true, boite: 'essai' });
    await faire();
    expect(await dernier()).toMatchObject({ etat: 'traite', issue: 'essayée', garde: false });
    const [l] = lues;
    expect([l?.de, l?.etiquette, l?.sujet, l?.texte.trim()]).toEqual(['camille@exemple.fr', 'abc', 'Nos chiffres', 'Voici.']);
    // Told by its content, whatever its name.
    expect(l?.pieces.map((p) => [p.nom, p.type, p.contenu.equals(pdf)])).toEqual([['rapport.xlsx', 'application/pdf', true]]);
  });

  test('le même message deux fois est acquitté deux fois et lu une seule', async () => {
    const [avantLui, lettres] = [(await recus()).length, lues.length];
    for (let i = 0; i < 2; i++) expect(await envoyer({ messageId: '<le-meme@exemple.fr>' })).toBe(250);
    await faire();
    expect([(await recus()).length - avantLui, lues.length - lettres]).toEqual([1, 1]);
    expect(await envoyer({ messageId: '<le-meme@exemple.fr>' })).toBe(250);
    expect([await faire(), lues.length - lettres]).toEqual([0, 1]);
  });

  test('une adresse inconnue, un autre domaine, un message trop lourd sont refusés, et rien n’en est gardé', async () => {
    const avantLui = (await recus()).length;
    expect(await envoyer({ to: `autre@${DOMAINE}` })).toBe(550);
    expect(await envoyer({ to: 'essai@ailleurs.fr' })).toBe(550);
    expect(await envoyer({ to: `essai+personne@${DOMAINE}` })).toBe(550);
    expect(await envoyer({ attachments: [{ filename: 'x.bin', content: Buffer.alloc(400_000, 7) }] })).toBe(552);
    expect((await recus()).length).toBe(avantLui);
  });

  test('réponses automatiques, avis de remise, listes et boucles sont écartés sans être lus, et le journal n’en dit pas le contenu', async () => {
    const ecrit = vi.spyOn(process.stderr, 'write').mockImplementation(() => true);
    const lettres = lues.length;
    expect(await envoyer({ headers: { 'Auto-Submitted': 'auto-replied' }, subject: 'Absente jusqu’à lundi' })).toBe(250);
    expect(await dernier()).toMatchObject({ etat: 'ecarte', issue: 'réponse automatique', garde: false });
    expect(await envoyer({ enveloppe: '' })).toBe(250);
    expect(await dernier()).toMatchObject({ etat: 'ecarte', issue: 'avis de remise' });
    expect(await envoyer({ headers: { 'List-Id': '<a.b>' } })).toBe(250);
    expect(await envoyer({ messageId: '<0f8fad5b-d9cb-469f-a165-70867728950e@concorde.exemple>' })).toBe(250);
    expect(await dernier()).toMatchObject({ etat: 'ecarte', issue: 'boucle' });
    const dit = ecrit.mock.calls.map(([l]) => String(l)).join('');
    ecrit.mockRestore();
    expect(dit.match(/^courrier reçu : écarté \(.*\)$/gm)).toHaveLength(4);
    expect(dit).not.toMatch(/Absente|camille/);
    expect([await faire(), lues.length - lettres]).toEqual([0, 0]);
  });

  test('qui écrit sans cesse à une adresse attend, et lui seul ; une adresse qui reçoit sans cesse attend, quel que soit l’expéditeur ; les autres adresses non', async () => {
    const ecrit = vi.spyOn(process.stderr, 'write').mockImplementation(() => true);
    const to = `essai+bavarde@${DOMAINE}`;
    expect(await envoyer({ to, enveloppe: '' })).toBe(250);
    await sql`insert into courriels_recus (contrat_id, message_id, boite, empreinte, expediteur, octets, etat, fini_le)
      select contrat_id, 'm' || i, boite, empreinte, case when i <= 19 then '' else 'innocent' || i || '@exemple.fr' end, 1, 'traite', now()
      from courriels_recus, generate_series(1, 597) i where id = (select id from courriels_recus order by recu_le desc limit 1)`.execute(app.base.owner);
    expect([await envoyer({ to, enveloppe: '' }), await envoyer({ to, enveloppe: 'camille@exemple.fr' })]).toEqual([450, 250]);
    expect(await envoyer({ to: to.toUpperCase(), from: 'innocent1@exemple.fr' })).toBe(250);
    for (const enveloppe of ['', 'camille@exemple.fr', 'innocent1@exemple.fr']) expect([enveloppe, await envoyer({ to, enveloppe })]).toEqual([enveloppe, 450]);
    expect(await envoyer({ from: 'innocent1@exemple.fr' })).toBe(250);
    ecrit.mockRestore();
    await faire();
  });

  test('la base qui manque fait patienter l’envoyeur : rien n’est acquitté qui ne soit gardé', async () => {
    const ecrit = vi.spyOn(process.stderr, 'write').mockImplementation(() => true);
    await sql`alter table courriels_recus rename to courriels_absents`.execute(app.base.owner);
    const dit = await envoyer({ enveloppe: '' }).finally(() => sql`alter table courriels_absents rename to courriels_recus`.execute(app.base.owner));
    ecrit.mockRestore();
    expect(dit).toBe(451);
  });

  test('un processus arrêté entre l’acquittement et le travail ne perd rien : le suivant le fait', async () => {
    const lettres = lues.length;
    expect(await envoyer({ text: 'Avant la panne' })).toBe(250);
    // Nothing of the first process is left: neither its server nor a worker.
    await reception.close();
    expect(lues.length).toBe(lettres);
    const pool = openPool((await app.base.acces(app.contratId)).travaux, { max: 4 });
    const travaux = await startTravaux(pool, app.bases, { contratId: app.contratId, taches: [tacheDesRecus(traitement)], rendezvous: [] });
    try {
      await expect.poll(() => lues.length).toBe(lettres + 1);
      await expect.poll(async () => (await dernier())?.etat).toBe('traite');
    } finally {
      await travaux.stop();
      await pool.end();
      reception = await ouvrir();
    }
    expect(lues.at(-1)?.texte.trim()).toBe('Avant la panne');
  });

  test('un travail qui échoue, ou que son processus a laissé, est repris à l’heure suivante ; deux à la fois n’en font qu’un', async () => {
    const ecrit = vi.spyOn(process.stderr, 'write').mockImplementation(() => true);
    const lettres = lues.length;
    avant = async () => {
      throw new Error('panne');
    };
    expect(await envoyer()).toBe(250);
    await faire();
    expect(await dernier()).toMatchObject({ etat: 'recu', garde: true });
    avant = async () => {};
    const r = rendezvousDesRecus(traitement);
    await Promise.all([r.executer({ db: app.db }), r.executer({ db: app.db })]);
    expect([(await dernier())?.etat, lues.length - lettres]).toEqual(['traite', 1]);
    // A letter that can never be read does not come back for ever, and is kept.
    avant = async () => {
      throw new Error('panne');
    };
    expect(await envoyer()).toBe(250);
    for (let i = 0; i < 6; i++) await r.executer({ db: app.db });
    expect(await dernier()).toMatchObject({ etat: 'echec', garde: true });
    avant = async () => {};
    ecrit.mockRestore();
  });

  test('un client qui parle de travers ou raccroche au milieu n’arrête rien', async () => {
    const dire = (texte: string) =>
      new Promise<void>((fini) => {
        const s = connect(reception.port, '127.0.0.1', () => s.end(texte));
        s.resume();
        s.on('close', () => fini());
        s.on('error', () => fini());
      });
    await dire('EHLO x\r\nMAIL FROM:<a@b.fr>\r\nRCPT TO:<essai@reponses.exemple.fr>\r\nDATA\r\nSubject: coupé\r\n\r\nau mil');
    await dire(`${'x'.repeat(200_000)}\r\n`);
    const avantLui = (await recus()).length;
    expect(await envoyer()).toBe(250);
    expect((await recus()).length).toBe(avantLui + 1);
  });

  test('un message mal fait est lu pour ce qu’il dit, sans pièce ni expéditeur', async () => {
    const transport = createTransport({ host: '127.0.0.1', port: reception.port, ignoreTLS: true });
    await transport.sendMail({
      envelope: { from: 'camille@exemple.fr', to: `essai+x@${DOMAINE}` },
      raw: 'Content-Type: multipart/mixed; boundary=\r\n\r\n--\r\n',
    });
    transport.close();
    await faire();
    expect([lues.at(-1)?.de, lues.at(-1)?.pieces]).toEqual(['camille@exemple.fr', []]);
  });

  test('un avis de remise se rattache à sa lettre, qui n’est plus dite arrivée ; rien d’autre n’en est gardé', async () => {
    const { rows } = await sql<{ id: string }>`
      insert into courriels (contrat_id, destinataire, sujet, texte, objet, etat, envoye_le, prochain_le)
      values (${app.contratId}, 'absente@mairie.exemple', 'Alerte', '', '/alertes/x', 'envoye', now(), now()) returning id`.execute(app.base.owner);
    const id = rows[0]?.id ?? '';
    const avantLui = (await recus()).length;
    const avis = (statut: string, to: string) => {
      const transport = createTransport({ host: '127.0.0.1', port: reception.port, ignoreTLS: true });
      return transport
        .sendMail({
          envelope: { from: '', to },
          raw: `Content-Type: multipart/report; report-type=delivery-status; boundary=lim\r\n\r\n--lim\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; r\r\n\r\nAction: ${statut.startsWith('5') ? 'failed' : 'delayed'}\r\nStatus: ${statut}\r\n\r\n--lim--\r\n`,
        })
        .then(
          () => 250,
          (e: { responseCode?: number }) => e.responseCode ?? 0,
        )
        .finally(() => transport.close());
    };
    const etat = async () =>
      (await sql<{ etat: string; erreur: string }>`select etat, erreur from courriels where id = ${id}::uuid`.execute(app.base.owner)).rows[0];
    const sienne = adresseDeRetour(app.coffre, id, DOMAINE);
    expect([await avis('4.4.1', sienne), (await etat())?.etat]).toEqual([250, 'envoye']);
    expect(await avis('5.1.1', sienne.replace(/.@/, 'z@'))).toBe(550);
    expect([await avis('5.1.1', sienne), await etat()]).toEqual([250, { etat: 'echec', erreur: 'Avis de remise : l’adresse n’a pas reçu la lettre (5.1.1)' }]);
    expect((await recus()).length).toBe(avantLui);
    // Its words are gone: it is not sent again, empty.
    expect(await relancerCourriels(app.db, app.contratId)).toBe(0);
  });
});
