/** A campaign answered by letter, over a real SMTP conversation: what is recorded, what is not, and what its sender is told. */
import { createRequire } from 'node:module';
import exceljs from 'exceljs';
import { createTransport, type SendMailOptions } from 'nodemailer';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type AppDeTest, ouvrirApp, servicesDEssai } from '../../../../tests/support/app.ts';
import { PARIS } from '../../../../tests/support/template.ts';
import { faireTravaux } from '../../../../tests/support/travaux.ts';
import { createCoffre } from '../../../core/coffre.ts';
import { listCourriels } from '../../../core/courrier/mail.ts';
import { openReception, type ReceptionOuverte } from '../../../core/courrier/reception.ts';
import { tacheDesRecus } from '../../../core/courrier/traitement.ts';
import { verifierChiffres } from '../../indicateurs/formulaires.ts';
import { type Acces, listAcces } from '../campagnes/campagnes.queries.ts';
import { cheminDeReponse } from '../reponse/lien.rules.ts';
import { adresseDeReponse } from './adresse.rules.ts';
import { receptionCollecte } from './reception.ts';

const XLSX = createRequire(import.meta.url)('@e965/xlsx') as typeof import('@e965/xlsx');
const DOMAINE = 'reponses.exemple.fr';
const MESURE = '2.6-01';
const coffre = createCoffre(Buffer.alloc(32, 7));
const horloge = () => new Date('2026-11-20T09:00:00Z');

let app: AppDeTest;
let reception: ReceptionOuverte;
let acces: Acces;
let campagne = '';
let organisation = '';
beforeAll(async () => {
  app = await ouvrirApp({ horloge, services: { ...servicesDEssai(), coffre, domaineEntrant: DOMAINE } });
  organisation = app.catalogue.mesures.get(MESURE)?.aupres[0] ?? '';
  await app.temoin({ comme: 'producteur', organisation });
  const r = await app.post(
    '/collecte/campagnes/nouvelle',
    { titre: 'Bilan 2026', due_le: '2027-03-15', message: '' },
    { comme: 'coordination', organisation: 'VILLE' },
  );
  campagne = /campagnes\/([\w-]+)/.exec(String(r.headers.location))?.[1] ?? '';
  acces = (await listAcces(app.base.owner, app.contratId, campagne, organisation))[0] as Acces;
  const contrat = { id: app.contratId, slug: 'paris-2023-2026' };
  reception = await openReception({
    ...{ db: app.db, contrat, coffre, port: 0, hote: '127.0.0.1', domaine: DOMAINE, dossierContrat: PARIS, octetsMax: 2_000_000 },
    ...{ receptions: [receptionCollecte], domaineSortant: 'concorde.exemple' },
  });
});
afterAll(async () => {
  await reception.close();
  await app.close();
});

let n = 0;
async function envoyer(m: SendMailOptions = {}): Promise<void> {
  const transport = createTransport({ host: '127.0.0.1', port: reception.port, ignoreTLS: true });
  const to = adresseDeReponse(coffre, acces, DOMAINE);
  await transport.sendMail({ from: acces.courriel, to, subject: 'Re : Bilan 2026', text: 'Voici.', messageId: `<${++n}@exemple.fr>`, ...m });
  transport.close();
  await faireTravaux(app, [
    tacheDesRecus({
      ...{ contrat: { id: app.contratId, slug: 'paris-2023-2026' }, coffre, adresse: 'http://concorde.exemple', domaine: DOMAINE, dossierContrat: PARIS },
      receptions: [receptionCollecte],
      horloge,
    }),
  ]);
}
async function remplir(valeur: exceljs.CellValue): Promise<Buffer> {
  const lu = await app.serveur.inject({ url: `${cheminDeReponse(coffre, acces)}/classeur.xlsx` });
  expect(lu.statusCode).toBe(200);
  const livre = new exceljs.Workbook();
  await livre.xlsx.load(Uint8Array.from(lu.rawPayload).buffer);
  const f = livre.getWorksheet('À remplir');
  f?.eachRow((r) => {
    if (String(r.getCell(1).value).startsWith(`${MESURE}|`)) r.getCell(8).value = valeur;
  });
  return Buffer.from(await livre.xlsx.writeBuffer());
}
const classeur = (content: Buffer, filename = 'classeur.xlsx') => ({ attachments: [{ filename, content }] });
/** The last letter that left, and what became of the one received. */
async function reponse() {
  const [c] = await listCourriels(app.base.owner, app.contratId, ['attente'], 1, coffre);
  const { rows } = await sql<{ issue: string; etat: string }>`select issue, etat from courriels_recus order by recu_le desc limit 1`.execute(app.base.owner);
  return { a: c?.destinataire ?? '', texte: (c?.texte ?? '').replace(/[\u00a0\u202f]/g, ' '), issue: rows[0]?.issue, etat: rows[0]?.etat };
}
const valeurs = async () =>
  (
    await sql<{ par: string; valeur: number }>`select saisi_par as par, valeur::float8 as valeur from valeurs where mesure_id = ${MESURE} and courante`.execute(
      app.base.owner,
    )
  ).rows;
const combien = async () => (await sql<{ n: number }>`select count(*)::int as n from valeurs`.execute(app.base.owner)).rows[0]?.n ?? 0;

describe('Répondre à une campagne par courriel', () => {
  test('la lettre de la campagne dit où répondre, et son adresse n’attend pas en clair', async () => {
    const { rows } = await sql<{ n: number }>`select count(*)::int as n from courriels c where c::text like '%collecte+%'`.execute(app.base.owner);
    expect(rows[0]?.n).toBe(0);
    const lettre = (await listCourriels(app.base.owner, app.contratId, ['attente'], 200, coffre)).find((c) => c.destinataire === acces.courriel);
    expect(lettre?.texte).toContain('joignez-le, rempli, à votre réponse');
    expect(adresseDeReponse(coffre, acces, DOMAINE).split('@')[0]?.length).toBeLessThanOrEqual(64);
  });

  test('une case refusée et une autre à préciser : rien n’est écrit, chacune est nommée', async () => {
    const avant = await combien();
    await envoyer(classeur(await remplir('<5')));
    const r = await reponse();
    expect([r.issue, r.a, await combien()]).toEqual(['à corriger', acces.courriel, avant]);
    expect(r.texte).toMatch(/À préciser :\n- H\d+ : « <5 »/);
    expect(r.texte).toContain(cheminDeReponse(coffre, acces));
  });

  test('un autre que celui à qui il est demandé : rien n’est écrit, on le lui dit, sans lui donner la page', async () => {
    const avant = await combien();
    await envoyer({ ...classeur(await remplir(12)), from: 'quelquun@ailleurs.fr' });
    const r = await reponse();
    expect([r.issue, r.a, await combien()]).toEqual(['expéditeur inconnu', 'quelquun@ailleurs.fr', avant]);
    expect(r.texte).not.toContain('/collecte/repondre/');
  });

  test('sans classeur, dans le texte, enveloppé par Outlook, deux différents, un autre fichier : une phrase claire', async () => {
    const avant = await combien();
    const [a, b] = [await remplir(12), await remplir(13)];
    for (const [m, dit] of [
      [{}, /Aucun classeur n’est joint/],
      [{ text: 'Plaintes : 12\nGardes à vue : 7\n' }, /dans le texte d’un message ne sont pas lus/],
      [{ attachments: [{ filename: 'winmail.dat', content: 'x', contentType: 'application/ms-tnef' }] }, /winmail\.dat/],
      [{ attachments: [...classeur(a, 'a.xlsx').attachments, ...classeur(b, 'b.xlsx').attachments] }, /plusieurs classeurs différents/],
      [{ attachments: [{ filename: 'bilan.pdf', content: '%PDF-1.7' }] }, /« bilan.pdf », qui n’est pas un classeur/],
    ] as [SendMailOptions, RegExp][]) {
      await envoyer(m);
      const r = await reponse();
      expect(r.texte).toMatch(dit);
      expect([r.issue, r.texte.includes('Rien n’a été enregistré.')]).toEqual(['sans classeur', true]);
    }
    expect(await combien()).toBe(avant);
  });

  test('2.6-01, voie-courriel : le classeur rempli est enregistré en entier, sous le nom de qui l’envoie, et il est répondu combien', async () => {
    await envoyer(classeur(await remplir(12)));
    const r = await reponse();
    expect([r.issue, r.etat]).toEqual(['enregistrée', 'traite']);
    expect(r.texte).toMatch(/réponses? enregistrées?/);
    expect((await valeurs()).every((v) => v.valeur === 12 && v.par === acces.nom)).toBe(true);
    expect((await valeurs()).length).toBeGreaterThan(0);
    expect((await sql<{ v: string }>`select voie as v from campagne_remises`.execute(app.base.owner)).rows).toEqual([{ v: 'courriel' }]);
    expect((await verifierChiffres(app.base.owner, app.contratId)).differences).toEqual([]);
  });

  test('renvoyé deux fois, dans un autre message, il ne dit rien de nouveau', async () => {
    const avant = await combien();
    await envoyer(classeur(await remplir(12)));
    const r = await reponse();
    expect([r.issue, await combien()]).toEqual(['rien de nouveau', avant]);
  });

  test('enregistré en .xls par un vieux tableur, il se lit de même', async () => {
    const ancien = XLSX.write(XLSX.read(await remplir(13)), { type: 'buffer', bookType: 'biff8' }) as Buffer;
    await envoyer(classeur(ancien, 'classeur.xls'));
    const r = await reponse();
    expect([r.issue, (await valeurs()).every((v) => v.valeur === 13 && v.par === acces.nom)]).toEqual(['enregistrée', true]);
  });

  test('au nom d’un collègue dont le compte répond de ces chiffres, rien n’est écrit : l’adresse est d’une personne, « De » ne prouve rien', async () => {
    await app.temoin({ comme: 'producteur', organisation });
    const { rows } = await sql<{ courriel: string }>`select courriel from comptes order by cree_le desc, ordre desc limit 1`.execute(app.base.owner);
    const [avant, deja] = [await combien(), await valeurs()];
    const de = rows[0]?.courriel ?? '';
    expect(de).not.toBe(acces.courriel);
    await envoyer({ ...classeur(await remplir(14)), from: de });
    const r = await reponse();
    expect([r.issue, r.a, await combien(), await valeurs()]).toEqual(['expéditeur inconnu', de, avant, deja]);
    expect(r.texte).toContain('Rien n’a été enregistré');
    expect(r.texte).not.toContain('/collecte/repondre/');
    // Neither does the envelope of somebody else sign in their place.
    await envoyer({ ...classeur(await remplir(14)), envelope: { from: de, to: adresseDeReponse(coffre, acces, DOMAINE) } });
    expect((await valeurs()).every((v) => v.valeur === 14 && v.par === acces.nom)).toBe(true);
  });

  test('une adresse mal faite, que cette clé n’a pas signée, ou de personne, est refusée avant que rien n’en soit gardé', async () => {
    const bonne = adresseDeReponse(coffre, acces, DOMAINE);
    const { rows: avant } = await sql<{ n: number }>`select count(*)::int as n from courriels_recus`.execute(app.base.owner);
    const [boite = ''] = bonne.split('@');
    for (const to of [
      bonne.replace(/.@/, (c) => (c === '0@' ? '1@' : '0@')),
      bonne.replace(/\+./, (c) => (c === '+0' ? '+1' : '+0')),
      `collecte+x@${DOMAINE}`,
      `collecte@${DOMAINE}`,
      `${boite}0@${DOMAINE}`,
    ])
      expect([to, await envoyer({ to }).catch((e: { responseCode?: number }) => e.responseCode)]).toEqual([to, 550]);
    const { rows: apres } = await sql<{ n: number }>`select count(*)::int as n from courriels_recus`.execute(app.base.owner);
    expect(apres).toEqual(avant);
  });

  test('ce qui dépasse un chiffre d’un autre, pas encore validé, est refusé sans le dire ; les partenaires le lisent dans ce qui est gardé', async () => {
    const [place = ''] = (
      await sql<{ t: string }>`select territoire_id as t from valeurs where mesure_id = ${MESURE} and courante limit 1`.execute(app.base.owner)
    ).rows.map((r) => r.t);
    // This person answers for one measure; the whole that it is a part of was given by somebody else.
    await sql`update campagne_acces set mesures = array[${MESURE}] where id = ${acces.id}::uuid`.execute(app.base.owner);
    await sql`
      insert into valeurs (contrat_id, mesure_id, periode, territoire_id, debiteur, version, etat, valeur, source, saisi_par, saisi_par_organisation, saisi_le)
      select distinct contrat_id, '2.1-01a', '2026-S' || s, territoire_id, debiteur, 1, 'valeur', 3, 'Reprise', 'Quelqu’un', debiteur, now()
      from valeurs, generate_series(1, 2) s where mesure_id = ${MESURE} and courante and territoire_id = ${place}`.execute(app.base.owner);
    const avant = await combien();
    await envoyer(classeur(await remplir(17)));
    const r = await reponse();
    expect([r.issue, await combien()]).toEqual(['à corriger', avant]);
    expect(r.texte).toContain('est une plainte d’une victime, reçue par le même service');
    expect(r.texte).not.toMatch(/17 dépasse|une partie, [36]/);
    const { rows } = await sql<{ message: string }>`select message from controles where regle = 'plaintes-plus-de-75-ans'`.execute(app.base.owner);
    expect(rows.length).toBeGreaterThan(0);
    for (const x of rows) expect(x.message).toMatch(/17 dépasse ce dont c’est une partie, [36]\b/);
  });

  test('une campagne close ne reçoit plus rien', async () => {
    await sql`update campagnes set close_le = now() where id = ${campagne}::uuid`.execute(app.base.owner);
    const avant = await combien();
    await envoyer({ attachments: [{ filename: 'classeur.xlsx', content: 'x' }] });
    const r = await reponse();
    expect([r.issue, await combien()]).toEqual(['lien fini', avant]);
    expect(r.texte).toContain('Cette campagne est close');
  });
});
