/** What comes in besides forms of text: photographs, and letters over a real SMTP conversation. */
import { scellerId } from './open311/ids.ts';
import { createTransport, type SendMailOptions } from 'nodemailer';
import sharp from 'sharp';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type AppDeTest, ouvrirApp, type Qui, servicesDEssai } from '../../../tests/support/app.ts';
import { PARIS } from '../../../tests/support/template.ts';
import { faireTravaux } from '../../../tests/support/travaux.ts';
import { listCourriels } from '../../core/courrier/mail.ts';
import { openReception, type ReceptionOuverte } from '../../core/courrier/reception.ts';
import { tacheDesRecus } from '../../core/courrier/traitement.ts';
import exceljs from 'exceljs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { LANGUES } from '../secours/index.ts';
import { listCircuits } from './circuits/circuits.ts';
import { TRADUCTIONS } from './langues/langues.ts';
import { FR, type Mots } from './langues/mots.rules.ts';
import { adresseDuFil } from './courriel/fil.rules.ts';
import { receptionSignalements } from './courriel/reception.ts';
import { verifierChiffres } from '../indicateurs/index.ts';
import { codeDe } from './signalements.fixtures.ts';

const traductionDuContrat = async (code: string) => parse(await readFile(join(PARIS, 'langues', `${code}.yaml`), 'utf8')) as { mots: Record<string, string> };
const DPMP: Qui = { comme: 'agent', organisation: 'DPMP' };
const DOMAINE = 'reponses.exemple.fr';
const ADRESSE = `signaler+nuisances-pro@${DOMAINE}`;
const CIRCUIT = '/signaler/tranquillite-publique';

let app: AppDeTest;
let reception: ReceptionOuverte;
let quartier = '';
let n = 0;
const { coffre } = servicesDEssai();
const contrat = () => ({ id: app.contratId, slug: 'paris-2023-2026' });
beforeAll(async () => {
  app = await ouvrirApp({ services: { coffre, domaineEntrant: DOMAINE } });
  quartier = [...app.catalogue.territoires.values()].find((t) => app.catalogue.enfants(t.id).length === 0)?.id ?? '';
  reception = await openReception({
    ...{ db: app.db, contrat: contrat(), coffre, port: 0, hote: '127.0.0.1', domaine: DOMAINE, dossierContrat: PARIS, octetsMax: 4_000_000 },
    ...{ receptions: [receptionSignalements], domaineSortant: 'concorde.exemple' },
  });
});
afterAll(async () => {
  await reception.close();
  await app.close();
});

type Jointe = { nom: string; contenu: Buffer };
/** As a browser sends a form with files. */
function envoyer(url: string, champs: Record<string, string>, jointes: readonly Jointe[] = []) {
  const parts: Buffer[] = Object.entries(champs).map(([c, v]) => Buffer.from(`--lim\r\ncontent-disposition: form-data; name="${c}"\r\n\r\n${v}\r\n`));
  for (const j of jointes)
    parts.push(
      Buffer.from(`--lim\r\ncontent-disposition: form-data; name="photo"; filename="${j.nom}"\r\ncontent-type: image/jpeg\r\n\r\n`),
      j.contenu,
      Buffer.from('\r\n'),
    );
  return app.serveur.inject({
    method: 'POST',
    url,
    remoteAddress: `10.7.0.${++n}`,
    headers: { 'content-type': 'multipart/form-data; boundary=lim' },
    payload: Buffer.concat([...parts, Buffer.from('--lim--\r\n')]),
  });
}
const faute = (html: string) => [...html.matchAll(/govuk-error-message[^>]*>(?:<span[^>]*>[^<]*<\/span>)?([^<]*)/g)].map((m) => m[1]?.trim()).join(' ');
const derniere = async () => {
  const { rows } = await sql<{ id: string; texte: string; canal: string; etat: string; categorie: string; numero: string }>`
    select id, texte, canal, etat, categorie, numero::text as numero from demandes order by recu_le desc, numero desc limit 1`.execute(app.base.owner);
  return rows[0] ?? { id: '', texte: '', canal: '', etat: '', categorie: '', numero: '' };
};
const combien = async (table: string) => (await sql<{ n: number }>`select count(*)::int as n from ${sql.table(table)}`.execute(app.base.owner)).rows[0]?.n ?? 0;
const photosDe = async (id: string) =>
  (
    await sql<{
      id: string;
      etat: string;
      contenu: Buffer | null;
    }>`select id, etat, contenu from demande_photos where demande_id = ${id}::uuid order by recue_le, id`.execute(app.base.owner)
  ).rows;
/** A picture that says where and with what it was taken. */
const photo = (largeur = 2400, hauteur = 1200): Promise<Buffer> =>
  sharp({ create: { width: largeur, height: hauteur, channels: 3, background: '#336699' } })
    .withExif({ IFD0: { Make: 'Appareil-secret' }, IFD3: { GPSLatitude: '48/1 51/1 30/1', GPSLatitudeRef: 'N' } })
    .jpeg()
    .toBuffer();
const BRUIT = () => ({
  categorie: 'bruit',
  danger: 'non',
  'q.source': 'rue',
  adresse: `${++n} rue des Photos`,
  territoire: quartier,
  texte: 'Regroupement bruyant.',
  meme: 'non',
});

describe('Photos', () => {
  test('redessinée sans ce que le fichier disait, retenue, vue du service seul, puis montrée ; effacée avec les mots', async () => {
    const originale = await photo();
    expect(originale.includes('Appareil-secret')).toBe(true);
    const r = await envoyer(CIRCUIT, BRUIT(), [{ nom: 'vue.jpg', contenu: originale }]);
    expect([r.statusCode, faute(r.body)]).toEqual([200, '']);
    const code = codeDe(r.body);
    const { id } = await derniere();
    const [p] = await photosDe(id);
    const meta = await sharp(p?.contenu ?? Buffer.alloc(0)).metadata();
    expect([p?.etat, meta.format, meta.width, meta.height, meta.exif, p?.contenu?.includes('Appareil-secret')]).toEqual([
      'retenue',
      'jpeg',
      1600,
      800,
      undefined,
      false,
    ]);
    const [publique, travail] = [`/signalements/photos/${p?.id}`, `/signalements/demandes/${id}/photos/${p?.id}`];
    // Held: the service sees it; neither the public, nor another service, nor whoever follows the report.
    const aVoir = async () => [
      (await app.get(publique)).statusCode,
      (await app.get(travail, DPMP)).statusCode,
      (await app.get(travail, { comme: 'agent', organisation: 'PP' })).statusCode,
    ];
    expect(await aVoir()).toEqual([404, 200, 404]);
    expect((await app.get(`/suivi/${code}`)).body).not.toContain(publique);
    expect((await app.get(`/signalements/demandes/${id}`, DPMP)).body).toContain('Avant de publier une photo');
    expect((await app.post(travail, { acte: 'publier' }, { comme: 'agent', organisation: 'PP' })).statusCode).toBe(403);
    expect((await app.post(travail, { acte: 'publier' }, DPMP)).statusCode).toBe(303);
    expect([await aVoir(), (await app.post(travail, { acte: 'publier' }, DPMP)).statusCode]).toEqual([[200, 200, 200], 409]);
    expect((await app.get(`/suivi/${code}`)).body).toContain(publique);
    // Its address is told to who follows it, and to no list of everyone’s.
    expect((await app.serveur.inject({ url: `/open311/v2/requests/${scellerId(app.coffre, id)}.json` })).json()[0].media_url).toBe('');
    // One more from the page of follow-up; set aside, nothing of it stays.
    expect((await envoyer(`/suivi/${code}/photos`, {}, [{ nom: 'b.jpg', contenu: await photo(300, 200) }])).headers.location).toBe(`/suivi/${code}?fait=photo`);
    const seconde = (await photosDe(id))[1];
    expect((await app.post(`/signalements/demandes/${id}/photos/${seconde?.id}`, { acte: 'ecarter' }, DPMP)).statusCode).toBe(303);
    expect((await photosDe(id)).map((x) => [x.etat, x.contenu === null])).toEqual([
      ['publiee', false],
      ['ecartee', true],
    ]);
    await sql`update demandes set anonymisee_le = now() where id = ${id}::uuid`.execute(app.base.owner);
    expect((await photosDe(id)).map((x) => x.contenu)).toEqual([null, null]);
    expect((await app.get(publique)).statusCode).toBe(404);
  });

  test('30 Mo, HEIC, un PDF nommé .jpg, une image abîmée ou démesurée : dit pourquoi, garde ce qui est écrit, n’enregistre rien', async () => {
    const avant = await combien('demandes');
    const heic = Buffer.concat([Buffer.from([0, 0, 0, 24]), Buffer.from('ftypheic\0\0\0\0mif1heic')]);
    const bombe = await sharp({ create: { width: 12000, height: 12000, channels: 3, background: '#000' } })
      .png()
      .toBuffer();
    const bonne = await photo(400, 300);
    for (const [nom, contenu, dit] of [
      ['lourde.jpg', Buffer.concat([bonne, Buffer.alloc(30 * 1_048_576)]), 'pèse 31 Mo : 15 Mo au plus'],
      ['IMG_1.HEIC', heic, 'est une photo HEIC, qui ne s’ouvre pas ici'],
      ['plan.jpg', Buffer.from('%PDF-1.7\nessai'), 'est un document PDF, même si son nom dit autre chose'],
      ['script.jpg', Buffer.from('<svg onload=alert(1)>'), 'n’est pas une photo JPEG, PNG ou WebP'],
      ['coupee.jpg', bonne.subarray(0, 400), 'est abîmée ou démesurée'],
      ['bombe.png', bombe, 'est abîmée ou démesurée'],
    ] as const) {
      const r = await envoyer(CIRCUIT, BRUIT(), [{ nom, contenu }]);
      expect([nom, r.statusCode, faute(r.body), r.body.includes('Regroupement bruyant.')]).toEqual([nom, 422, expect.stringContaining(dit), true]);
    }
    expect(
      (
        await envoyer(
          CIRCUIT,
          BRUIT(),
          Array.from({ length: 4 }, () => ({ nom: 'a.jpg', contenu: bonne })),
        )
      ).statusCode,
    ).toBe(422);
    expect(await combien('demandes')).toBe(avant);
  });
});

async function poster(m: SendMailOptions = {}): Promise<string | undefined> {
  const transport = createTransport({ host: '127.0.0.1', port: reception.port, ignoreTLS: true });
  try {
    await transport.sendMail({
      ...{
        from: 'commerce@exemple.fr',
        to: ADRESSE,
        subject: 'Chantier rue des Essais',
        text: 'Marteau-piqueur à six heures.',
      },
      ...{ messageId: `<${++n}@exemple.fr>`, ...m },
    });
  } finally {
    transport.close();
  }
  await faireTravaux(app, [
    tacheDesRecus({
      contrat: contrat(),
      coffre,
      adresse: 'http://concorde.exemple',
      domaine: DOMAINE,
      dossierContrat: PARIS,
      receptions: [receptionSignalements],
    }),
  ]);
  const { rows } = await sql<{ issue: string }>`select issue from courriels_recus order by recu_le desc limit 1`.execute(app.base.owner);
  return rows[0]?.issue;
}
const reponses = async (a = 'commerce@exemple.fr') =>
  (await listCourriels(app.base.owner, app.contratId, ['attente'], 50, coffre)).filter((c) => c.destinataire === a);

describe('Courriel d’un circuit', () => {
  test('SIGN-04, traitement-de-doleance : une lettre est une demande ; la réponse part dans le fil, et ce qui y répond s’y ajoute', async () => {
    // Where to write is said by the circuit’s pages, in each language, and to services; by those of a circuit that takes no letter, not.
    const [c, saisir] = ['/signaler/nuisances-pro', '/signalements/saisir/nuisances-pro'];
    for (const p of [c, `${c}?langue=ar`, `${c}/parcours`, saisir])
      expect((await app.get(p, { comme: 'teleconseiller', organisation: '3975' })).body, p).toContain(`href="mailto:${ADRESSE}"`);
    expect((await app.get('/signalements/etapes', DPMP)).body).toContain(`lettres reçues à ${ADRESSE}`);
    for (const p of [CIRCUIT, `${CIRCUIT}/parcours`]) expect((await app.get(p)).body).not.toContain('mailto:signaler');
    expect(await poster({ attachments: [{ filename: 'vue.jpg', content: await photo(800, 600) }] })).toBe('reçue');
    const d = await derniere();
    expect([d.canal, d.categorie, d.etat, d.texte]).toEqual(['nuisances-pro', 'autre', 'recu', 'Chantier rue des Essais\nMarteau-piqueur à six heures.']);
    expect((await photosDe(d.id)).map((p) => p.etat)).toEqual(['retenue']);
    const fil = adresseDuFil(coffre, d.id, DOMAINE);
    expect(fil.split('@')[0]?.length).toBeLessThanOrEqual(64);
    const { rows } = await sql<{ ferme: Buffer }>`select ferme from courriels order by cree_le desc limit 1`.execute(app.base.owner);
    const lettre = JSON.parse(coffre.dechiffrer(rows[0]?.ferme ?? Buffer.alloc(0)));
    expect([(await reponses())[0]?.texte.includes('/suivi/'), lettre.repondreA]).toEqual([true, fil]);
    expect(
      await poster({ to: fil, subject: 'Re : Votre demande', text: 'Cela continue le samedi.\n\nLe 29 nov. 2026 à 10:00, Concorde a écrit :\n> Bonjour' }),
    ).toBe('ajoutée');
    const page = (await app.get(`/signalements/demandes/${d.id}`, DPMP)).body;
    expect([page.includes('Cela continue le samedi.'), page.includes('a écrit')]).toEqual([true, false]);
    // Somebody else who has the address of the thread adds nothing.
    expect(await poster({ to: fil, from: 'autre@ailleurs.fr', text: 'Fermez ce dossier.' })).toBe('expéditeur inconnu');
    expect(await combien('demandes')).toBe(
      (await sql<{ n: number }>`select count(*)::int as n from demandes where numero <= ${d.numero}::bigint`.execute(app.base.owner)).rows[0]?.n,
    );
  });

  test('SIGN-04, traitement-de-doleance : une lettre, née sans objet ni lieu, est qualifiée par qui la traite ; chiffres et points chauds la suivent', async () => {
    expect(await poster({ subject: 'Musique', text: 'Le bar du coin, toutes les nuits.' })).toBe('reçue');
    const d = await derniere();
    const adresse = `/signalements/demandes/${d.id}/requalifier`;
    const quartiers = [...app.catalogue.territoires.values()].filter((t) => app.catalogue.enfants(t.id).length === 0).map((t) => t.id);
    const vide = { categorie: 'etablissement-de-nuit', territoire: '', adresse: '', point: '', jour: '', heure: '', version: '1' };
    const champs = { ...vide, territoire: quartiers[0] ?? '', adresse: '9 rue du Bar', point: '48.8505, 2.3505', heure: '0' };
    // Another service, an elected person, nobody: not theirs, and nothing moves.
    expect([(await app.post(adresse, champs, { comme: 'agent', organisation: 'DPE' })).statusCode, (await app.get(adresse)).statusCode]).toEqual([403, 303]);
    // A question of the category asked for comes with it; what is missing is said, and nothing typed is lost.
    expect((await app.get(`${adresse}?categorie=chantier`, DPMP)).body).toContain('Quelle gêne ?');
    const refus = await app.post(adresse, { ...champs, categorie: 'chantier', territoire: '' }, DPMP);
    expect([refus.statusCode, refus.body.includes('9 rue du Bar'), refus.body.includes('Quelle gêne')]).toEqual([422, true, true]);
    const depassee = await app.post(adresse, { ...champs, version: '7' }, DPMP);
    expect([depassee.statusCode, depassee.body.includes('9 rue du Bar'), depassee.body.includes('vient d’agir')]).toEqual([409, true, true]);
    expect((await app.post(adresse, champs, DPMP)).statusCode).toBe(303);
    const compter = async () =>
      (
        await sql<{ theme: string; lieu: string; categorie: string; ici: number; la: number; carres: number; partout: number }>`
          select d.theme, d.territoire_id as lieu, d.categorie,
            (select coalesce(sum(nombre), 0)::int from canaux_comptes k where k.origine = d.circuit and k.categorie = d.categorie and k.territoire_id = d.territoire_id) as ici,
            (select count(*)::int from demandes x where x.circuit = d.circuit and x.categorie = d.categorie and x.territoire_id = d.territoire_id) as la,
            (select coalesce(sum(nombre), 0)::int from mailles_comptees k where k.origine = d.circuit and k.maille = d.maille) as carres,
            (select sum(nombre)::int from canaux_comptes) - (select count(*)::int from demandes where lecteurs is null) as partout
          from demandes d where d.id = ${d.id}::uuid`.execute(app.base.owner)
      ).rows[0];
    expect(await compter()).toEqual({ theme: 'vie-nocturne', lieu: quartiers[0], categorie: 'etablissement-de-nuit', ici: 1, la: 1, carres: 1, partout: 0 });
    // Corrected again, it leaves where it was; the figures are those that a whole recount gives.
    expect((await app.post(adresse, { ...champs, point: '', territoire: quartiers[1] ?? '', version: '2' }, DPMP)).statusCode).toBe(303);
    expect(await compter()).toMatchObject({ lieu: quartiers[1], ici: 1, la: 1, carres: 0, partout: 0 });
    expect((await verifierChiffres(app.base.owner, app.contratId)).differences).toEqual([]);
    // At night such a bar is the control room’s: said, and done by who is in charge. The history keeps no exact place.
    const page = (await app.get(`/signalements/demandes/${d.id}`, DPMP)).body;
    expect([page.includes('cette demande revient à'), page.includes('Objet, lieu ou jour corrigé'), page.includes('Avant : Autre nuisance')]).toEqual([
      true,
      true,
      true,
    ]);
    const { rows } = await sql<{ n: number }>`select count(*)::int as n from demande_evenements where note like '%rue du Bar%'`.execute(app.base.owner);
    expect(rows).toEqual([{ n: 0 }]);
    // Erased, it is no more corrected.
    await sql`update demandes set efface_apres = now() - interval '1 day' where id = ${d.id}::uuid`.execute(app.base.owner);
    expect((await app.post(adresse, { ...champs, version: '3' }, DPMP)).statusCode).toBe(409);
  });

  test('HTML seul, très longue, vide, winmail.dat, autre fichier : une issue chacune, dite à qui écrit', async () => {
    expect(await poster({ text: '', html: '<p>Livraisons <b>à cinq heures</b></p><script>alert(1)</script>' })).toBe('reçue');
    expect((await derniere()).texte).toBe('Chantier rue des Essais\nLivraisons à cinq heures');
    expect(await poster({ text: 'bruit '.repeat(600) })).toBe('reçue, texte coupé');
    const longue = (await derniere()).texte;
    expect([longue.length <= 2000, longue.endsWith('[message coupé ici]')]).toEqual([true, true]);
    const avant = await combien('demandes');
    expect(await poster({ text: ' ' })).toBe('message vide');
    expect(await poster({ text: '', attachments: [{ filename: 'winmail.dat', content: 'x', contentType: 'application/ms-tnef' }] })).toBe('message vide');
    expect(await combien('demandes')).toBe(avant);
    expect((await reponses()).some((c) => c.texte.includes('Rien n’a été enregistré.') && c.texte.includes('winmail.dat') && /\b112\b/.test(c.texte))).toBe(
      true,
    );
    expect(
      await poster({
        attachments: [
          { filename: 'winmail.dat', content: 'x', contentType: 'application/ms-tnef' },
          { filename: 'bail.pdf', content: '%PDF-1.7' },
        ],
      }),
    ).toBe('reçue, sans toutes ses pièces');
    expect((await reponses()).some((c) => c.texte.includes('Ce qui n’est pas une photo n’a pas été gardé.') && !c.texte.includes('bail'))).toBe(true);
    // Pasted in the text, a photograph is held like a joined one; a logo is not kept, and said in the one letter that answers.
    const bruit = { width: 400, height: 300, channels: 3 as const, background: '#888888', noise: { type: 'gaussian' as const, mean: 128, sigma: 40 } };
    const collee = await sharp({ create: bruit }).jpeg().toBuffer();
    const logo = await photo(40, 40);
    expect([collee.length > 20_000, logo.length < 20_000]).toEqual([true, true]);
    const html = '<p>Regardez.</p><img src="cid:vue"><img src="cid:logo">';
    const dansLeTexte = [
      { filename: 'image001.jpg', content: collee, cid: 'vue' },
      { filename: 'image002.jpg', content: logo, cid: 'logo' },
    ];
    const from = 'jardin@exemple.fr';
    expect(await poster({ from, html, attachments: dansLeTexte })).toBe('reçue, sans toutes ses pièces');
    expect((await photosDe((await derniere()).id)).map((p) => p.etat)).toEqual(['retenue']);
    const dites = await reponses(from);
    expect([dites.length, dites.filter((c) => c.texte.includes('comme un logo,') && c.texte.includes('/suivi/')).length]).toEqual([1, 1]);
    expect(await poster({ from, html, attachments: dansLeTexte.slice(0, 1) })).toBe('reçue');
    // What is written within the text is no piece, and what is past twenty pieces is not read.
    expect(await poster({ from, html: `<p>Voyez.</p><img alt="" src="data:image/png;base64,${'A'.repeat(80)}">` })).toBe('reçue, sans toutes ses pièces');
    expect(await poster({ from, attachments: Array.from({ length: 22 }, (_, i) => ({ filename: `${i}.txt`, content: 'x' })) })).toBe(
      'reçue, sans toutes ses pièces',
    );
    const toutes = (await reponses(from)).map((c) => c.texte).join(' ');
    expect([
      toutes.includes('Une image collée dans le texte n’a pas été gardée'),
      /2\spièces à la fin, qui n’ont été ni ouvertes ni gardées/.test(toutes),
    ]).toEqual([true, true]);
  });

  test('une réponse automatique, une liste, une boucle ne font ni demande ni réponse ; une adresse inconnue est refusée', async () => {
    const [demandes, courriels] = [await combien('demandes'), await combien('courriels')];
    expect(await poster({ headers: { 'Auto-Submitted': 'auto-replied' } })).toBe('réponse automatique');
    expect(await poster({ headers: { Precedence: 'bulk' } })).toBe('réponse automatique');
    expect(await poster({ headers: { 'List-Id': '<liste.exemple.fr>' } })).toBe('liste de diffusion');
    expect(await poster({ messageId: '<11111111-1111-4111-8111-111111111111@concorde.exemple>' })).toBe('boucle');
    for (const to of [`signaler+tranquillite-publique@${DOMAINE}`, `signaler+rien@${DOMAINE}`, `signaler@${DOMAINE}`, `signaler+${'0'.repeat(52)}@${DOMAINE}`])
      expect([to, await poster({ to }).catch((e: { responseCode?: number }) => e.responseCode)]).toEqual([to, 550]);
    expect([await combien('demandes'), await combien('courriels')]).toEqual([demandes, courriels]);
  });
});

describe('Fichier d’un bailleur', () => {
  const FICHIER = '/signalements/saisir/halls-occupes/fichier';
  const bailleur = async () => app.temoin({ comme: 'agent', organisation: [...app.catalogue.acteurs.values()].find((a) => a.type === 'bailleur')?.id ?? '' });
  const deposer = async (cookie: string, nom: string, contenu: Buffer) => {
    const r = await app.serveur.inject({
      method: 'POST',
      url: FICHIER,
      headers: { cookie, 'content-type': 'multipart/form-data; boundary=lim' },
      payload: Buffer.concat([
        Buffer.from(`--lim\r\ncontent-disposition: form-data; name="fichier"; filename="${nom}"\r\ncontent-type: text/csv\r\n\r\n`),
        contenu,
        Buffer.from('\r\n--lim--\r\n'),
      ]),
    });
    const cases = [...r.body.matchAll(/<tr[^>]*>(.*?)<\/tr>/gs)].map((m) => (m[1] ?? '').replace(/<[^>]+>/g, '|').replace(/\|+/g, '|'));
    return { statut: r.statusCode, corps: r.body, cases };
  };

  test('SIGN-12, signalement-route : le modèle rempli est reçu en entier, une seule fois ; une case fausse arrête tout et se dit par sa ligne et sa colonne', async () => {
    const cookie = await bailleur();
    const modele = (await app.get('/signalements/saisir/halls-occupes/modele.csv', cookie)).body;
    const avant = await combien('demandes');
    const recu = await deposer(cookie, 'halls.csv', Buffer.from(modele));
    expect([recu.statut, recu.cases, (await combien('demandes')) - avant]).toEqual([200, [], 1]);
    const d = await derniere();
    expect([d.canal, d.categorie, d.etat]).toEqual(['partenaire', 'hall', 'recu']);
    // The same file again adds nothing, and says which it was.
    const encore = await deposer(cookie, 'halls.csv', Buffer.from(modele));
    expect([
      encore.statut,
      encore.cases.some((x) => x.includes(`Déjà envoyée : c’est la demande n° ${d.numero}`)),
      (await combien('demandes')) - avant,
    ]).toEqual([422, true, 1]);
    const livre = new exceljs.Workbook();
    const f = livre.addWorksheet('Halls');
    f.addRow(['Parc social']);
    f.addRow(['Type', 'Adresse', 'Quartier', 'Date', 'Heure', 'creneau', 'faits', 'surveillance', 'personnes', 'Précisions']);
    const nomDuQuartier = app.catalogue.territoires.get(quartier)?.nom ?? '';
    const [hall, hier] = ['Hall ou parties communes occupés', new Date(Date.now() - 86_400_000)];
    f.addRow([hall, '1 rue du Parc', nomDuQuartier, hier, '22h30', 'La nuit ; Le week-end', 'bruit', 'non', 6, '']);
    f.addRow(['grenier', '2 rue du Parc', 'Nulle-Part', '31/02/2026', 12, 'nuit', 'bruit', 'peut-être', 'six', 'Mme Martin est là']);
    f.addRow(['abords', '', nomDuQuartier, '', '', 'nuit', 'bruit', 'non', '', '']);
    f.addRow(['abords', '1 rue du Parc', nomDuQuartier, '', '', 'nuit', 'bruit', 'non', '', 'Mme Martin est là']);
    const faux = await deposer(cookie, 'parc.xlsx', Buffer.from(await livre.xlsx.writeBuffer()));
    const dit = faux.cases.filter((x) => /^\|\d/.test(x)).map((x) => x.split('|').slice(1, 3).join(' '));
    expect([faux.statut, dit, (await combien('demandes')) - avant]).toEqual([422, ['4 Type', '4 Quartier', '4 Date', '5 Adresse', '6 Précisions'], 1]);
    expect(faux.corps).toContain('un nom de personne (« Mme Martin »)');
    for (const n of [6, 5, 4]) f.spliceRows(n, 1);
    expect([(await deposer(cookie, 'parc.xlsx', Buffer.from(await livre.xlsx.writeBuffer()))).statut, (await combien('demandes')) - avant]).toEqual([200, 2]);
    const { rows } = await sql<{ r: unknown; h: number }>`select reponses as r, heure as h from demandes where adresse = '1 rue du Parc'`.execute(
      app.base.owner,
    );
    expect(rows).toEqual([{ r: { creneau: ['nuit', 'week-end'], faits: ['bruit'], surveillance: ['non'], personnes: '6' }, h: 22 }]);
    expect((await deposer(cookie, 'vide.csv', Buffer.from('Adresse;Quartier\r\n'))).cases.some((x) => x.includes('Cette colonne manque'))).toBe(true);
    expect((await deposer(cookie, 'plan.csv', Buffer.from('%PDF-1.7'))).statut).toBe(422);
    // Neither a school, nor a circuit that takes no file.
    expect((await app.get(FICHIER, { comme: 'agent', organisation: 'RECTORAT' })).statusCode).toBe(403);
    expect((await app.get('/signalements/saisir/rims/fichier', cookie)).statusCode).toBe(404);
  });
});

test('SIGN-02, saisie-de-doleance : qui répond au téléphone cherche avant de créer, et joint sans rien retaper', async () => {
  const operateur = await app.temoin({ comme: 'teleconseiller', organisation: 'DPMP' });
  const ici = { categorie: 'stationnement', adresse: '77 rue du Standard', territoire: quartier };
  const debut = (await app.get('/signalements/saisir/tranquillite-publique', operateur)).body;
  expect([debut.includes('name="adresse"'), debut.includes('name="territoire"')]).toEqual([true, true]);
  const chercher = `/signalements/saisir/tranquillite-publique?${new URLSearchParams(ici)}`;
  expect((await app.get(chercher, operateur)).body).not.toContain('Est-ce la même chose');
  const premiere = await app.post('/signalements/saisir/tranquillite-publique', { ...ici, canal: '3975' }, operateur);
  expect([premiere.statusCode, faute(premiere.body)]).toEqual([200, '']);
  const lead = await derniere();
  const trouvee = (await app.get(chercher, operateur)).body;
  expect([trouvee.includes(`value="${lead.id}"`), trouvee.includes('value="77 rue du Standard"')]).toEqual([true, true]);
  const avant = await combien('demandes');
  expect((await app.post('/signalements/saisir/tranquillite-publique', { ...ici, canal: '3975', meme: lead.id }, operateur)).statusCode).toBe(200);
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from demandes where meneur_id = ${lead.id}::uuid and canal = '3975'`.execute(
    app.base.owner,
  );
  expect([rows[0]?.n, (await combien('demandes')) - avant]).toEqual([1, 1]);
});

describe('Le formulaire public dans une autre langue', () => {
  const propre = (t: string): string => t.replaceAll('&amp;', '&').replaceAll('&quot;', '"').replaceAll('&#x27;', "'");
  /** What a page says of its own: without names of places and of services, which are French, nor what somebody wrote. */
  const corpsDe = (html: string): string =>
    propre(
      (/<main[^>]*>([\s\S]*)<\/main>/.exec(html)?.[1] ?? '')
        .replaceAll(/<(span|p|li)[^>]* lang="fr"[^>]*>[\s\S]*?<\/\1>/g, '')
        .replaceAll(/ (?:class|id|for|name|href|action|value)="[^"]*"/g, ''),
    );
  const morceaux = (t: string): string[] => t.split(/\{\w+\}/).filter((x) => x.trim().length >= 9);
  const champs = { categorie: 'bruit', danger: 'non', 'q.source': 'rue', adresse: '3 rue des Langues', heure: '0', texte: '', courriel: '' };

  test.each(Object.keys(TRADUCTIONS))('%s : chaque étape, chaque faute, le suivi, sans une phrase en français', async (code) => {
    const circuit = (await listCircuits(PARIS)).get('tranquillite-publique');
    const { mots } = await traductionDuContrat(code);
    const traduits = new Map([...Object.entries(FR).map(([k, f]) => [f, TRADUCTIONS[code]?.mots[k as keyof Mots] ?? '']), ...Object.entries(mots)] as [
      string,
      string,
    ][]);
    const interdits = code === 'falc' ? [] : [...traduits].filter(([f, t]) => f !== t).flatMap(([f, t]) => morceaux(f).filter((m) => !t.includes(m)));
    const lire = (r: { statusCode: number; body: string }, statut: number, dits: readonly string[]) => {
      expect([r.statusCode, r.body.length < 100_000]).toEqual([statut, true]);
      const langue = LANGUES[code]?.langue ?? '';
      expect(r.body).toContain(`<html lang="${langue}"${langue === 'ar' ? ' dir="rtl"' : ''}`);
      const corps = corpsDe(r.body);
      for (const f of dits) expect(corps, f).toContain((traduits.get(f) ?? f).split(/\{\w+\}/).reduce((a, b) => (b.length > a.length ? b : a)));
      expect(interdits.filter((f) => corps.includes(f))).toEqual([]);
      expect(corps).toContain(TRADUCTIONS[code]?.mots.aRelire);
      return r;
    };
    const etape = (dites: Record<string, string>) => envoyer(`${CIRCUIT}/etapes`, { langue: code, ...dites });
    lire(await app.serveur.inject(`${CIRCUIT}?langue=${code}`), 200, ['Bruit, tapage', FR.quoi, 'police, en cas de danger']);
    lire(await etape({ etape: 'quoi' }), 422, [FR.eCategorie]);
    lire(await etape({ etape: 'quoi', categorie: 'bruit' }), 200, [circuit?.urgence?.question ?? '', FR.oui]);
    lire(await etape({ etape: 'urgence', categorie: 'bruit', danger: 'oui' }), 200, [FR.arretChapo, 'toute urgence, depuis toute l’Europe', FR.arretSuite]);
    lire(await etape({ etape: 'urgence', categorie: 'bruit', danger: 'non' }), 200, [FR.ouAide, FR.quartier]);
    const { categorie, danger } = champs;
    lire(await etape({ etape: 'lieu', categorie, danger, adresse: 'chez Mme Martin', point: 'ici', jour: '2999-01-01', heure: '99' }), 422, [
      FR.ePoint,
      FR.eAdresseNom,
      FR.gNom,
      FR.eJourFutur,
      FR.eHeure,
    ]);
    lire(await etape({ etape: 'lieu', ...champs, 'q.source': '', territoire: quartier }), 200, ['D’où vient le bruit ?', FR.courrielAide]);
    lire(await etape({ etape: 'faits', ...champs, 'q.source': '', territoire: quartier, texte: 'Mme Martin crie, 06 12 34 56 78', courriel: 'non' }), 422, [
      FR.eAttendue,
      FR.eTrouve,
      FR.gTelephone,
      FR.eCourriel,
    ]);
    lire(await etape({ etape: 'faits', ...champs, territoire: quartier }), 200, [FR.vTexte, FR.photosAide, 'Des personnes dans la rue']);
    const recu = lire(await envoyer(CIRCUIT, { langue: code, ...champs, territoire: quartier, courriel: `${code}@exemple.fr` }), 200, [
      FR.notezCodeEtCourriel,
      FR.courrielParti,
      FR.premierDelaiDit,
    ]);
    const suivi = /\/suivi\/([\w-]{14})/.exec(recu.body)?.[1] ?? '';
    lire(await app.serveur.inject(`/suivi/${suivi}?langue=${code}`), 200, [FR['recu.d'], FR.courrielParti]);
    const [d] = (await sql<{ id: string; titre: string }>`select d.id, d.titre from demandes d order by numero desc limit 1`.execute(app.base.owner)).rows;
    // What services read stays in the words of the contract.
    expect(d?.titre).toBe('Bruit, tapage');
    for (const [version, acte] of [
      { vers: 'pris-en-charge', message: '' },
      { vers: 'fait', message: 'Un équipage est passé.' },
    ].entries())
      expect((await app.post(`/signalements/demandes/${d?.id}/acte`, { version: `${version + 1}`, ...acte }, DPMP)).statusCode).toBe(303);
    lire(await app.serveur.inject(`/suivi/${suivi}?langue=${code}`), 200, [FR['fait.d'], FR.estCeRegle, ...(code === 'falc' ? [] : [FR.motsDuService])]);
    lire(await app.post(`/suivi/${suivi}`, { langue: code, acte: 'non-resolu' }), 422, [FR.eMots]);
    expect((await app.post(`/suivi/${suivi}`, { langue: code, acte: 'resolu' })).headers.location).toBe(`/suivi/${suivi}?fait=resolu&langue=${code}`);
    lire(await app.serveur.inject(`/suivi/${suivi}?fait=resolu&langue=${code}`), 200, [FR.fResolu, FR['resolu.d']]);
    lire(await app.serveur.inject(`/suivi/2222-2222-2222?langue=${code}`), 404, [FR.eCode]);
  });
});
