/** The thread of tensions, instructions, official messages and CAP, over HTTP. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type AppDeTest, ouvrirApp, type Qui } from '../../../tests/support/app.ts';
import { courriels } from '../../../tests/support/courriels.ts';
import { lireFormulaire } from '../../../tests/support/formulaire.ts';
import { aLHeureDeParis } from '../../../tests/support/fuseau.ts';
import { PARIS } from '../../../tests/support/template.ts';
import { jourDe } from '../../core/clock.ts';
import { openPagesGardees, type PagesGardees } from '../../core/http/kept-pages.ts';
import { FRAICHEUR } from '../../fraicheur.ts';
import { creerStructure } from '../annuaire/annuaire.fixtures.ts';
import { purgerSeules } from '../comptes/dpo/conservation.ts';
import { plusJours } from '../echeances/index.ts';
import { verifierEcheances } from '../echeances/accorder.ts';
import { creerInstance } from '../instances/instances.fixtures.ts';
import { creerAlerte } from './alertes.fixtures.ts';
import { CONSERVATION_DE_LA_VEILLE } from './alertes.veille.ts';
import { lireCap } from './cap/cap.lire.ts';
import { surveillerAdresse } from './cap/recevoir.ts';
import { expirer } from './relais/expirer.ts';
import { listNouveaux } from './relais/relais.queries.ts';
import { evaluer } from './veille/evaluer.ts';
import { getVeille } from './veille/veille.donnees.ts';

const COORDINATION: Qui = { comme: 'coordination', organisation: 'DPMP' };
const AU_18E: Qui = { comme: 'coordonnateur', organisation: 'DPMP', territoire: 'mairie-18' };
const GPIS: Qui = { comme: 'agent', organisation: 'GPIS', territoire: 'mairie-18' };
const ECOLE: Qui = { comme: 'agent', organisation: 'ETAB', territoire: 'mairie-18' };
const CLUB: Qui = { comme: 'association', organisation: 'APREVSPE' };
const AU_12E: Qui = { comme: 'agent', organisation: 'BAILLEURS', territoire: 'mairie-12' };
const SCOP: Qui = { comme: 'operateur', organisation: 'SCOP' };
const FIL = '/alertes/tensions';
const DANS_LE_18E = '7511801';

let app: AppDeTest;
let pages: PagesGardees;
const aujourdhui = aLHeureDeParis(() => jourDe(new Date()))();
beforeAll(async () => {
  const seule = await ouvrirApp();
  pages = await openPagesGardees(await seule.base.service(seule.contratId), { politique: FRAICHEUR });
  app = await ouvrirApp({ base: seule.base, pages });
  await seule.serveur.close();
});
afterAll(async () => {
  await app.close();
  await pages.close();
});
const lire = async <L>(q: ReturnType<typeof sql<L>>): Promise<L[]> => (await q.execute(app.base.owner)).rows;
const verifier = aLHeureDeParis(async () =>
  (await verifierEcheances(app.base.owner, app.contratId, { maintenant: new Date() })).differences.filter((x) => /propositions|consignes/.test(x.source)),
);
const faute = (html: string) => [...html.matchAll(/govuk-error-message[^>]*>(?:<span[^>]*>[^<]*<\/span>)?([^<]*)/g)].map((m) => m[1]?.trim()).join(' ');
const TENSION = {
  nature: 'tension',
  jour: aujourdhui,
  creneau: 'soiree',
  territoire: DANS_LE_18E,
  lieu: 'hall',
  fiabilite: 'recoupe',
  ailleurs: 'non',
  texte: '',
};
const ecrire = (plus: Partial<typeof TENSION> = {}, qui: Qui | string = GPIS) => app.post(`${FIL}/nouvelle`, { ...TENSION, ...plus }, qui);
async function signalementDEcole(categorie: string, texte: string, jour = aujourdhui): Promise<string> {
  const [d] = await lire(sql<{ id: string }>`
    insert into demandes (contrat_id, id, circuit, canal, categorie, titre, theme, jour, territoire_id, service_id, auteur_organisation, lecteurs, etat, etat_le,
      du_le, recu_le, texte, texte_public, modifie_le)
    values (${app.contratId}, (premier_uuid(2026)::text)::uuid, 'signaux-scolaires', 'partenaire', ${categorie}, 'Tension entre groupes', 'rixes', ${jour}::date,
      ${DANS_LE_18E}, 'CCPSA', 'ETAB', '{CCPSA,ETAB}', 'recu', now(), current_date + 1, now(), ${texte}, ${texte}, now()) returning id`);
  return d?.id ?? '';
}

describe('Fil des tensions', () => {
  test('GOUV-18, tension : un bailleur, un club, une école écrivent un lieu et un moment ; ni personne ni groupe ; chacun lit dans son territoire', async () => {
    const formulaire = await app.get(`${FIL}/nouvelle`, GPIS);
    expect([formulaire.statusCode, formulaire.body.includes('mairie-12')]).toEqual([200, false]);
    // Nothing typed is lost, and each fault says what to do.
    const vide = await ecrire({ nature: '', lieu: '', ailleurs: '', texte: 'Vers la fontaine.' });
    expect([vide.statusCode, faute(vide.body)]).toEqual([422, expect.stringContaining('Choisissez ce qui est observé')]);
    expect(lireFormulaire(vide.body, `${FIL}/nouvelle`).texte).toEqual(['Vers la fontaine.']);
    const chiffre = await ecrire({ texte: 'appelez le 06 12 34 56 78' });
    expect([chiffre.statusCode, faute(chiffre.body)]).toEqual([422, expect.stringContaining('jamais qui')]);
    // What only looks like somebody is asked about, and what was typed is there.
    for (const texte of ['Kévin Durand est là', 'la bande de riquet attend', 'des jeunes surnommés Les Loups']) {
      const r = await ecrire({ texte });
      expect([texte, r.statusCode, r.body.includes('Quelqu’un est-il nommé'), lireFormulaire(r.body, `${FIL}/nouvelle`).texte]).toEqual([
        texte,
        422,
        true,
        [texte],
      ]);
    }
    expect(await lire(sql`select 1 from tensions`)).toEqual([]);
    expect((await ecrire({ jour: plusJours(aujourdhui, 1) })).statusCode).toBe(422);
    expect((await ecrire({ jour: plusJours(aujourdhui, -28) })).statusCode).toBe(422);
    expect((await ecrire({ texte: 'Attroupement prévu au pied de la tour.' })).headers.location).toBe(`${FIL}?fait=ecrite`);
    expect((await ecrire({ nature: 'rumeur', fiabilite: 'rumeur' }, CLUB)).statusCode).toBe(303);
    // Elsewhere, without the organisation or without a mandate: neither written nor read.
    expect((await ecrire({ territoire: '75112' })).statusCode).toBe(403);
    for (const qui of [
      { comme: 'agent', organisation: 'PAV' },
      { comme: 'elu', organisation: 'VILLE' },
      { comme: 'agent', organisation: 'GPIS', registre: 'sites' },
    ] as const) {
      const page = await app.get(FIL, qui);
      // Outside their mandate by a register, the door is shut; elsewhere the page says to whom it is open, and shows nothing.
      expect([
        (await ecrire({}, qui)).statusCode,
        page.statusCode === 403 || page.body.includes('Ce fil n’est pas ouvert'),
        page.body.includes('Attroupement'),
      ]).toEqual([403, true, false]);
    }
    expect((await app.get(FIL)).headers.location).toContain('/connexion');
    const lu = await app.get(FIL, AU_18E);
    expect(lu.body).toContain('Attroupement prévu au pied de la tour.');
    expect(lu.body).toMatch(/2.signaux en quatre semaines, 0 les quatre d’avant : trop peu pour parler de tendance/);
    expect((await app.get(`${FIL}?territoire=tous`, AU_12E)).body).not.toContain('Attroupement');
    expect((await app.get(`${FIL}?nature=rumeur`, AU_18E)).body).not.toContain('Attroupement');
  });

  test('un signalement d’école y est lu là où il est, son texte pour ses destinataires seuls ; trois signaux proposent une alerte, quelqu’un décide', async () => {
    const v = await getVeille(PARIS);
    if (!v) throw new Error('Le contrat n’a pas de fil.');
    const id = await signalementDEcole('tension-groupes', 'Rendez-vous annoncé à la sortie.');
    const [ecole, autre] = [await app.get(FIL, ECOLE), await app.get(FIL, GPIS)];
    expect([ecole.body.includes('Rendez-vous annoncé'), autre.body.includes('Rendez-vous annoncé')]).toEqual([true, false]);
    expect(autre.body).toContain('réservé à ses destinataires');
    expect(await lire(sql`select 1 from tensions where texte like '%Rendez-vous%'`)).toEqual([]);
    // One written, one of a school: the third makes the rule.
    const neuve = await ecrire({ fiabilite: 'constate' });
    expect(neuve.headers.location).toBe(`${FIL}?fait=propose`);
    const page = await app.get(FIL, AU_18E);

    const [p] = await lire(sql<{ id: string; signaux: number }>`select id, signaux from tension_propositions where etat = 'ouverte'`);
    expect(p?.signaux).toBe(3);
    expect(page.body).toContain(`/alertes/nouvelle?proposition=${p?.id}&amp;palier=signal`);
    const [due] = await lire(sql<{ n: number }>`select count(*)::int as n from echeances where genre = 'proposition-d-alerte' and soldee_le is null`);
    expect(due?.n).toBe(1);
    // Who writes does not decide; setting aside asks why; two decide once.
    const decider = (champs: Record<string, string>, qui: Qui) => app.post(`/alertes/propositions/${p?.id}`, champs, qui);
    expect((await decider({ acte: 'ecarter', motif: 'x' }, GPIS)).statusCode).toBe(403);
    expect((await decider({ acte: 'ecarter', motif: 'x' }, AU_12E)).statusCode).toBe(404);
    // « It is done » is no decision: the alert settles it, in its own transaction.
    expect([(await decider({ acte: 'alerte' }, AU_18E)).statusCode, (await decider({ acte: 'ecarter', motif: '' }, AU_18E)).statusCode]).toEqual([422, 422]);
    const ALERTE = { palier: 'signal', genre: 'rixe', territoire: DANS_LE_18E, proposition: p?.id ?? '' };
    const alerter = (champs: Record<string, string>, qui: Qui) => app.post('/alertes/nouvelle', { ...ALERTE, ...champs }, qui);
    expect((await app.get(`/alertes/nouvelle?proposition=${p?.id}&palier=signal`, AU_18E)).body).toContain('elle la soldera');
    expect([(await alerter({}, GPIS)).statusCode, (await alerter({ palier: 'x' }, AU_18E)).statusCode]).toEqual([404, 422]);
    const ailleurs = await alerter({ territoire: '7511804' }, AU_18E);
    expect([ailleurs.statusCode, faute(ailleurs.body)]).toEqual([422, expect.stringContaining('L’alerte proposée est ailleurs')]);
    expect(await lire(sql`select 1 from tension_propositions where etat <> 'ouverte'`)).toEqual([]);
    const ecrite = String((await alerter({}, AU_18E)).headers.location);
    expect((await lire(sql<{ etat: string; alerteId: string }>`select etat, alerte_id from tension_propositions where id = ${p?.id ?? ''}::uuid`))[0]).toEqual({
      etat: 'alerte',
      alerteId: ecrite.split('/').pop(),
    });
    expect((await app.get(FIL, AU_18E)).body).toContain(`href="${ecrite}"`);
    expect((await decider({ acte: 'ecarter', motif: 'Trop tard.' }, AU_18E)).statusCode).toBe(409);
    const deuxFois = await alerter({}, AU_18E);
    expect([deuxFois.statusCode, faute(deuxFois.body)]).toEqual([422, expect.stringContaining('déjà décidé')]);
    // What was known then proposes nothing again.
    expect(await aLHeureDeParis(() => evaluer(app.base.owner, app.catalogue, v, new Date()))()).toBe(0);
    expect(await verifier()).toEqual([]);
    // Reports of schools appear in numbers, and the thread, on the pages of the bodies that the contract names.
    const veille = await creerInstance(app.base.owner, app.contratId, { territoire: 'mairie-18', porteur: 'DPMP', type: 'cellule-veille-rixes' });
    const bandes = await creerInstance(app.base.owner, app.contratId, { territoire: 'paris', porteur: 'CELBANDES', type: 'cellule-bandes' });
    expect((await app.get(`/instances/${veille}`, COORDINATION)).body).toContain('Lire et écrire le fil');
    const nombres = (await app.get(`/instances/${bandes}`, COORDINATION)).body;
    expect(nombres).toContain('En nombres seulement');
    expect(nombres).not.toContain('Rendez-vous annoncé');
    expect(id).not.toBe('');
  });

  test('un signal se retire avec sa raison, une fois ; ses mots s’effacent au bout du délai', async () => {
    const [t] = await lire(sql<{ id: string }>`select id from tensions where texte <> ''`);
    const retirer = (motif: string, qui: Qui) => app.post(`${FIL}/${t?.id}/retirer`, { motif }, qui);
    expect((await retirer('Doublon', ECOLE)).statusCode).toBe(403);
    expect((await retirer('Doublon', AU_12E)).statusCode).toBe(404);
    expect((await retirer('', GPIS)).statusCode).toBe(422);
    expect([(await retirer('Doublon', GPIS)).statusCode, (await retirer('Doublon', GPIS)).statusCode]).toEqual([303, 409]);
    // Rewritten by nobody, not even by the application's own account.
    await expect(sql`update tensions set texte = 'autre' where id = ${t?.id}::uuid`.execute(app.db)).rejects.toThrow();
    await aLHeureDeParis(() => purgerSeules(app.db, app.contratId, CONSERVATION_DE_LA_VEILLE, new Date(Date.now() + 181 * 86_400_000)))();
    expect(await lire(sql`select texte, auteur, auteur_id from tensions where id = ${t?.id}::uuid`)).toEqual([{ texte: '', auteur: '', auteurId: null }]);
  });
});

describe('Messages officiels', () => {
  const TEXTE = '  Quais fermés.\r\n\r\nÉvitez le secteur & suivez les consignes <officielles>.\r\n';
  const demain = plusJours(aujourdhui, 1);
  const MESSAGE = {
    origine: 'PP',
    titre: 'Crue : quais fermés',
    texte: TEXTE,
    origine_jour: plusJours(aujourdhui, -1),
    origine_heure: '18:00',
    origine_lien: '',
    genre: 'inondation',
    territoire: 'paris',
    jusqua_jour: demain,
    jusqua_heure: '20:00',
    exercice: '',
  };
  const relayer = (plus: Record<string, string> = {}, qui: Qui = SCOP) => app.post('/alertes/relais/nouveau', { ...MESSAGE, ...plus }, qui);
  const idDe = (r: { headers: Record<string, unknown> }): string => /relais\/([0-9a-f-]{36})/.exec(String(r.headers.location))?.[1] ?? '';

  test('PUBLIC-30, message-relaye : sans changement, avec son origine, son heure et qui relaie, en tête des pages publiques tant qu’il est en vigueur', async () => {
    // Kept pages first: they change at once.
    expect((await app.get('/')).body).not.toContain('c-annonces');
    const propose = lireFormulaire((await app.get('/alertes/relais/nouveau', SCOP)).body, '/alertes/relais/nouveau');
    expect([propose.jusqua_jour?.[0], propose.jusqua_heure?.[0]]).toEqual([expect.stringMatching(/^\d{4}-\d\d-\d\d$/), expect.stringMatching(/^\d\d:\d\d$/)]);
    const faux = await relayer({ origine: 'VILLE', jusqua_jour: plusJours(aujourdhui, -2), texte: '' });
    expect([faux.statusCode, faute(faux.body)]).toEqual([422, expect.stringContaining('Collez le texte')]);
    expect(faute((await relayer({ origine_jour: plusJours(aujourdhui, 2) })).body)).toContain('pas encore venu');
    expect(faute((await relayer({ jusqua_jour: plusJours(aujourdhui, 30) })).body)).toContain('168 heures au plus');
    expect((await relayer({}, GPIS)).statusCode).toBe(403);
    expect((await relayer({}, AU_18E)).statusCode).toBe(403);
    const r = await relayer();
    const id = idDe(r);
    expect(r.statusCode).toBe(303);
    const accueil = (await app.get('/')).body;
    expect(accueil).toContain('Crue : quais fermés');
    expect(accueil).toContain('Le préfet de police dirige les opérations de secours et alerte la population.');
    expect((await app.get('/urgence')).body).toContain(`href="/messages/${id}"`);
    const page = (await app.get(`/messages/${id}`)).body;
    expect(page).toContain('&lt;officielles&gt;');
    const [m] = await lire(sql<{ texte: string; empreinte: string; vraie: string }>`
      select texte, empreinte, encode(sha256(convert_to(texte, 'UTF8')), 'hex') as vraie from messages_relayes where id = ${id}::uuid`);
    expect([m?.texte, m?.empreinte]).toEqual([TEXTE.replaceAll('\r\n', '\n'), m?.vraie]);
    expect(page).toContain(String(m?.empreinte));
    // Nobody changes it: neither the application nor the owner of the tables.
    await expect(sql`update messages_relayes set texte = 'autre' where id = ${id}::uuid`.execute(app.db)).rejects.toThrow();
    await expect(sql`update messages_relayes set texte = 'autre' where id = ${id}::uuid`.execute(app.base.owner)).rejects.toThrow('ne change pas');
    await expect(sql`delete from messages_relayes where id = ${id}::uuid`.execute(app.base.owner)).rejects.toThrow('ne s’efface pas');
    // Feeds, CAP.
    expect((await app.get('/messages/flux.xml')).body).toContain('Crue : quais fermés');
    const nouvelles = async () => (await app.get('/nouvelles.xml')).body;
    expect(await nouvelles()).toMatch(/Message officiel à confirmer : Crue : quais fermés[\s\S]*À confirmer : une seule personne l’a relayé/);
    expect((await app.get('/fiches/1.1/nouvelles.xml')).body).not.toContain('Crue');
    const cap = lireCap(Buffer.from((await app.get(`/messages/${id}/cap.xml`)).body));
    expect(cap.ok && [cap.cap.portee, cap.cap.references?.[0]?.emetteur, cap.cap.infos[0]?.description]).toEqual(['Public', 'PP', m?.texte]);
    // Another takes its place once somebody else confirms it; withdrawn, it leaves every page, and says why.
    const cookie = await app.temoin(SCOP);
    const suivant = idDe(await app.post('/alertes/relais/nouveau', { ...MESSAGE, titre: 'Crue : quais rouverts', remplace: id }, cookie));
    expect((await app.get('/')).body).toContain('Crue : quais fermés');
    const confirmer = (qui: Qui | string) => app.post(`/alertes/relais/${suivant}/confirmer`, {}, qui);
    const seule = await confirmer(cookie);
    expect([seule.statusCode, seule.body.includes('une autre personne le confirme'), (await confirmer(AU_18E)).statusCode]).toEqual([403, true, 403]);
    expect([(await confirmer(SCOP)).statusCode, (await confirmer(SCOP)).statusCode]).toEqual([303, 409]);
    expect((await app.get(`/messages/${suivant}`)).body).toContain('Confirmé par une seconde personne');
    expect((await app.get(`/messages/${suivant}/cap.xml`)).body).toContain(`relais-${suivant}-confirme`);
    expect((await app.get('/')).body).not.toContain('Crue : quais fermés');
    expect((await relayer({ remplace: id })).statusCode).toBe(409);
    const retirer = (motif: string, qui: Qui = SCOP) => app.post(`/alertes/relais/${suivant}/retirer`, { motif }, qui);
    expect([(await retirer('')).statusCode, (await retirer('x', AU_18E)).statusCode]).toEqual([422, 403]);
    expect([(await retirer('Levé par la préfecture.')).statusCode, (await retirer('x')).statusCode]).toEqual([303, 409]);
    expect((await app.get('/')).body).not.toContain('c-annonces');
    expect((await app.get(`/messages/${suivant}`)).body).toContain('Levé par la préfecture.');
    expect((await app.get(`/messages/${suivant}/cap.xml`)).body).toContain('<msgType>Cancel</msgType>');
    // Feeds and letters, which read the same: neither stands any more, and each says since when and why, on the day it ended.
    const apres = await nouvelles();
    expect(apres).toMatch(/Message officiel retiré : Crue : quais rouverts[\s\S]*Retiré le [^<]* : Levé par la préfecture\. Texte recopié/);
    expect(apres).toMatch(/Message officiel remplacé : Crue : quais fermés[\s\S]*Remplacé le/);
    expect(apres).not.toMatch(/Message officiel (à confirmer )?: Crue/);
    const messages = (await app.get('/messages/flux.xml')).body;
    expect(messages).toMatch(/<title>Retiré : Crue : quais rouverts<\/title>[\s\S]*>Retiré le [^<]* : Levé par la préfecture\./);
    expect(messages).toMatch(/<title>Remplacé : Crue : quais fermés<\/title>/);
    const [{ fini } = { fini: '' }] = await lire(sql<{ fini: string }>`
      select to_char(fini_le at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI') as fini from messages_relayes where id = ${suivant}::uuid`);
    expect(/<entry>(?:(?!<\/entry>)[\s\S])*quais rouverts(?:(?!<\/entry>)[\s\S])*<\/entry>/.exec(apres)?.[0]).toContain(fini);
    // By when they ended: a message told last week and withdrawn since is told again.
    const depuis = async (jours: number) =>
      (await listNouveaux(app.db, app.contratId, new Date(Date.now() + jours * 86_400_000), ['paris'], 50)).map((m) => m.id);
    expect(await depuis(1)).toEqual([]);
    expect(await depuis(-1)).toEqual([suivant, id]);
  });

  test('son heure venue, il quitte les pages ; joué, il n’est nulle part en public', async () => {
    const id = idDe(await relayer({ titre: 'Canicule en exercice', exercice: 'oui' }));
    const travail = await app.get(`/alertes/relais/${id}`, SCOP);
    expect(travail.body).toContain('EXERCICE');
    expect((await app.get(`/alertes/relais/${id}/cap.xml`, SCOP)).body).toContain('<status>Exercise</status>');
    expect([(await app.get(`/messages/${id}`)).statusCode, (await app.get(`/messages/${id}/cap.xml`)).statusCode]).toEqual([404, 404]);
    for (const url of ['/', '/messages', '/messages/flux.xml', '/nouvelles.xml']) expect((await app.get(url)).body).not.toContain('Canicule en exercice');
    expect((await sql`select 1 from messages_relayes where exercice`.execute(app.bases.public)).rows).toEqual([]);
    expect(faute((await relayer({ remplace: id })).body + (await relayer({ remplace: id })).body)).toBe('');
    const vrai = idDe(await relayer({ titre: 'Message bref' }));
    expect((await app.get('/')).body).toContain('Message bref');
    expect(await aLHeureDeParis(expirer)(app.db, app.contratId, 'http://concorde.exemple', new Date(Date.now() + 2 * 86_400_000))).toBeGreaterThan(0);
    await pages.ecrit();
    expect((await app.get('/')).body).not.toContain('Message bref');
    expect((await app.get(`/messages/${vrai}`)).body).toContain('personne d’autre ne l’a confirmé');
  });

  test('un message reçu en CAP, déposé ou lu à l’adresse surveillée, se relaie avec ses mots ; son annulation le dit', async () => {
    const cookie = await app.temoin(SCOP);
    const deposer = (contenu: string) =>
      app.serveur.inject({
        method: 'POST',
        url: '/alertes/cap/deposer',
        headers: { cookie, 'content-type': 'multipart/form-data; boundary=lim' },
        payload: `--lim\r\ncontent-disposition: form-data; name="fichier"; filename="m.xml"\r\ncontent-type: application/xml\r\n\r\n${contenu}\r\n--lim--\r\n`,
      });
    const message = (
      genre: string,
      plus = '',
    ) => `<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2"><identifier>PP-${genre}-1</identifier><sender>alerte@pp.exemple</sender>
<sent>2026-03-14T18:00:00+01:00</sent><status>Actual</status><msgType>${genre}</msgType><scope>Public</scope>${plus}
<info><language>fr-FR</language><category>Fire</category><event>Incendie</event><urgency>Immediate</urgency><severity>Severe</severity><certainty>Observed</certainty>
<headline>Incendie quai de l’Essai</headline><description>Fumées : restez chez vous.</description><instruction>Fermez les fenêtres.</instruction><area><areaDesc>Paris</areaDesc></area></info></alert>`;
    const bombe = await deposer(`<!DOCTYPE a [<!ENTITY a "x">]>${message('Alert')}`);
    expect([bombe.statusCode, faute(bombe.body)]).toEqual([422, expect.stringContaining('DOCTYPE')]);
    expect((await deposer('x'.repeat(300_000))).statusCode).toBe(413);
    const recu = String((await deposer(message('Alert'))).headers.location);
    expect(String((await deposer(message('Alert'))).headers.location)).toBe(`${recu}?fait=deja`);
    expect((await app.get('/ma-journee', SCOP)).body).toContain('Incendie quai de l’Essai');
    const detail = (await app.get(recu, SCOP)).body;
    expect(detail).toContain('Rien ne prouve ici qui a émis ce message');
    const cap = recu.split('/').pop() ?? '';
    expect(lireFormulaire((await app.get(`/alertes/relais/nouveau?cap=${cap}`, SCOP)).body, '/alertes/relais/nouveau')).toMatchObject({
      cap: [cap],
      genre: ['incendie'],
    });
    // Whatever else is typed, its words are its own.
    const id = idDe(await relayer({ cap, titre: 'Autre titre', texte: 'Autre texte', genre: 'incendie' }));
    expect(await lire(sql`select titre, texte, origine_identifiant from messages_relayes where id = ${id}::uuid`)).toEqual([
      { titre: 'Incendie quai de l’Essai', texte: 'Fumées : restez chez vous.\n\nFermez les fenêtres.', origineIdentifiant: 'PP-Alert-1' },
    ]);
    expect((await app.get(`/messages/${id}/cap.xml`)).body).toContain('<references>alerte@pp.exemple,PP-Alert-1,2026-03-14T18:00:00+01:00</references>');
    // From the watched address: once, without following anything.
    const annulation = message('Cancel', '<references>alerte@pp.exemple,PP-Alert-1,2026-03-14T18:00:00+01:00</references>');
    const serveur = createServer((q, a) => {
      if (q.url === '/ailleurs') a.writeHead(302, { location: '/cap' }).end();
      else if (q.url === '/lourd') a.end(Buffer.alloc(400_000, 'x'));
      else a.end(annulation);
    });
    await new Promise<void>((ok) => serveur.listen(0, '127.0.0.1', ok));
    const ici = (chemin: string) => `http://127.0.0.1:${(serveur.address() as AddressInfo).port}${chemin}`;
    const surveiller = (adresse: string | null) => aLHeureDeParis(() => surveillerAdresse(app.db, app.contratId, adresse, new Date()))();
    try {
      expect(await surveiller(ici('/cap'))).toBe('1 message reçu');
      expect(await surveiller(ici('/cap'))).toBe('rien de neuf');
      await expect(surveiller(ici('/ailleurs'))).rejects.toThrow('redirection');
      await expect(surveiller(ici('/lourd'))).rejects.toThrow('Ko');
      await expect(surveiller(ici('/cap').replace('127.0.0.1', 'localhost'))).rejects.toThrow('pas publique');
      await expect(surveiller('http://169.254.169.254/')).rejects.toThrow('pas de celles');
      expect(await surveiller(null)).toContain('aucune adresse');
    } finally {
      serveur.close();
    }
    const [c] = await lire(sql<{ id: string }>`select id from cap_recus where genre = 'Cancel'`);
    const page = (await app.get(`/alertes/cap/${c?.id}`, SCOP)).body;
    expect(page).toContain('annule un message que vous relayez encore');
    expect([page.includes(`/alertes/relais/${id}`), page.includes('Relayer ce message')]).toEqual([true, false]);
    expect((await app.get(`/alertes/relais/nouveau?cap=${c?.id}`, SCOP)).statusCode).toBe(409);
    expect((await app.get('/alertes/cap', GPIS)).statusCode).toBe(403);
    // An alert of ours in CAP: for those who read it, never public.
    const alerte = await creerAlerte(app.base.owner, app.contratId, { etat: 'diffusee', faits: 'Affrontement signalé.' });
    const sienne = await app.get(`/alertes/${alerte}/cap.xml`, AU_18E);
    const dite = lireCap(Buffer.from(sienne.body));
    expect(dite.ok && [dite.cap.portee, dite.cap.statut, dite.cap.infos[0]?.description]).toEqual(['Restricted', 'Actual', 'Affrontement signalé.']);
    expect([(await app.get(`/alertes/${alerte}/cap.xml`)).statusCode, (await app.get(`/alertes/${alerte}/cap.xml`, AU_12E)).statusCode]).toEqual([303, 404]);
  });
});

describe('Consignes', () => {
  test('ALERTE-08, consigne : diffusée par type de site dans les mots de sa version, accusée par lien sans compte ou par l’organisme, comptée, levée', async () => {
    const [site] = await lire(sql<{ id: string }>`
      insert into activites (contrat_id, registre, jour, titre, territoire_id, organisation_id, donnees, auteur)
      values (${app.contratId}, 'sites', '2026-01-10', 'Gare essayée', 'mairie-18', 'RATP', '{"type": "gare-station", "etat": "actif"}', 'x') returning id`);
    await sql`insert into activites (contrat_id, registre, jour, titre, territoire_id, organisation_id, donnees, auteur)
      values (${app.contratId}, 'sites', '2026-01-10', 'Gare close', 'mairie-18', 'RATP', '{"type": "gare-station", "etat": "clos"}', 'x')`.execute(
      app.base.owner,
    );
    await creerStructure(app.base.owner, app.contratId, {
      nom: 'Collège essayé',
      territoire_id: '75118',
      organisation_id: 'ETAB',
      correspondant_nom: 'Mme Principale',
      correspondant_courriel: 'principale@exemple.fr',
    });
    const chemin = '/alertes/consignes/diffuser/vigilance';
    const CONSIGNE = {
      autorite: 'PP',
      ordonnee_jour: aujourdhui,
      ordonnee_heure: '00:00',
      territoire: 'mairie-18',
      precision: 'Jusqu’à nouvel ordre.',
      exercice: '',
    };
    const vierge = (await app.get(`${chemin}?territoire=mairie-18`, AU_18E)).body;
    expect(vierge).toMatch(/2.sites concernés/);
    expect([lireFormulaire(vierge, chemin).ordonnee_jour, lireFormulaire(vierge, chemin).ordonnee_heure?.[0]]).toEqual([
      [aujourdhui],
      expect.stringMatching(/^\d\d:\d\d$/),
    ]);
    const nommee = await app.post(chemin, { ...CONSIGNE, precision: 'Voir Kévin Durand' }, AU_18E);
    expect([nommee.statusCode, lireFormulaire(nommee.body, chemin).precision]).toEqual([422, ['Voir Kévin Durand']]);
    expect((await app.post(chemin, CONSIGNE, GPIS)).statusCode).toBe(403);
    expect((await app.post(chemin, { ...CONSIGNE, territoire: 'mairie-12' }, AU_18E)).statusCode).toBe(403);
    const sansSite = await app.post(chemin, { ...CONSIGNE, territoire: 'mairie-16', precision: 'Gardée.' }, COORDINATION);
    expect([sansSite.statusCode, faute(sansSite.body), lireFormulaire(sansSite.body, chemin).precision]).toEqual([
      422,
      expect.stringContaining('Aucun site'),
      ['Gardée.'],
    ]);
    const r = await app.post(chemin, CONSIGNE, AU_18E);
    const page = String(r.headers.location).split('?')[0] ?? '';
    expect(r.statusCode).toBe(303);
    // The letter says it whole; its link says « read », once, to nobody else.
    const [lettre] = (await courriels(app, page)).filter((x) => x.pour === 'principale@exemple.fr');
    // The queue says neither whom nor what.
    expect(await lire(sql`select destinataire, sujet, texte from courriels where objet = ${page} limit 1`)).toEqual([
      { destinataire: 'adresse non gardée', sujet: 'Consigne', texte: '' },
    ]);
    expect(lettre?.texte).toContain('signaler tout événement suspect');
    const lien = /(\/consignes\/\S+)/.exec(lettre?.texte ?? '')?.[1] ?? '';
    expect((await app.get(lien)).body).toContain('J’ai lu cette consigne');
    expect((await app.get(`${lien}x`)).statusCode).toBe(404);
    expect([(await app.post(lien, {})).statusCode, (await app.post(lien, {})).statusCode]).toEqual([303, 303]);
    expect((await app.get(lien)).body).toContain('Vous avez dit l’avoir lue');
    expect((await app.get(page, AU_18E)).body).toMatch(/1.sur.2 sites ont accusé réception/);
    // Whoever opened the letter: it says by which link, not by whom.
    expect((await app.get(page, AU_18E)).body).toMatch(/par le lien envoyé à [^<]*principale@exemple\.fr/);
    // A site of the register: by an account of its organisation, which sees its own sites alone.
    const RATP: Qui = { comme: 'agent', organisation: 'RATP' };
    const [envoi] = await lire(sql<{ id: string }>`select id from consigne_envois where objet_id = ${site?.id}::uuid`);
    const chez = (await app.get(page, RATP)).body;
    expect([chez.includes('Gare essayée'), chez.includes('Collège essayé'), chez.includes('ont accusé réception')]).toEqual([true, false, false]);
    expect((await app.get(page, CLUB)).statusCode).toBe(404);
    expect((await app.post(`${page}/accuser`, { envoi: envoi?.id ?? '' }, AU_18E)).statusCode).toBe(403);
    expect([
      (await app.post(`${page}/accuser`, { envoi: envoi?.id ?? '' }, RATP)).statusCode,
      (await app.post(`${page}/accuser`, { envoi: envoi?.id ?? '' }, RATP)).statusCode,
    ]).toEqual([303, 409]);
    const dues = await lire(sql<{ soldee: boolean }>`select soldee_le is not null as soldee from echeances where genre = 'consigne'`);
    expect(dues).toEqual([{ soldee: true }, { soldee: true }]);
    // In exercise every message says so; lifted, nothing is owed any more and those told by mail know it.
    const joue = String((await app.post(chemin, { ...CONSIGNE, exercice: 'oui' }, COORDINATION)).headers.location).split('?')[0] ?? '';
    expect((await app.get(joue, COORDINATION)).body).toContain('EXERCICE');
    expect([(await app.post(`${joue}/lever`, {}, RATP)).statusCode, (await app.post(`${joue}/lever`, {}, COORDINATION)).statusCode]).toEqual([403, 303]);
    expect((await app.post(`${joue}/lever`, {}, COORDINATION)).statusCode).toBe(409);
    const lettres = await courriels(app, joue);
    expect(lettres.map((l) => l.sujet)).toEqual([
      '[EXERCICE] Consigne : Vigilance aux abords et aux accès',
      '[EXERCICE] Consigne levée : Vigilance aux abords et aux accès',
    ]);
    expect(lettres.every((l) => l.texte.includes('EXERCICE EXERCICE EXERCICE'))).toBe(true);
    expect((await lire(sql<{ n: number }>`select count(*)::int as n from echeances where genre = 'consigne' and sans_objet_le is not null`))[0]?.n).toBe(2);
    expect(await verifier()).toEqual([]);
  });
});
