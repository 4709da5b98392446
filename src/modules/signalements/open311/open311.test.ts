/** A program of others, over HTTP: it discovers, reports, follows and adds. XML is read by a parser that knows nothing of who wrote it. */
import { SaxesParser } from 'saxes';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type AppDeTest, ouvrirApp, type Qui } from '../../../../tests/support/app.ts';
import { listCircuits } from '../circuits/circuits.ts';
import { PARIS } from '../../../../tests/support/template.ts';
import { idDe } from '../demandes/identifiants.ts';
import { arreterAu, codeDe, creerDemande } from '../signalements.fixtures.ts';
import { ouvrirId, scellerId } from './ids.ts';
import { ATTRIBUTS_COMMUNS, listServices } from './services.rules.ts';

const DPMP: Qui = { comme: 'agent', organisation: 'DPMP' };
const SERVICE = 'tranquillite-publique_bruit';
const BASE = '/open311/v2';

interface Element {
  nom: string;
  texte: string;
  enfants: Element[];
}
/** Throws on anything that is not well-formed XML. */
function lireXml(xml: string): Element {
  const pile: Element[] = [{ nom: '', texte: '', enfants: [] }];
  const lecteur = new SaxesParser();
  lecteur.on('error', (e) => {
    throw e;
  });
  lecteur.on('opentag', (t) => {
    const e = { nom: t.name, texte: '', enfants: [] };
    pile.at(-1)?.enfants.push(e);
    pile.push(e);
  });
  lecteur.on('text', (t) => {
    const e = pile.at(-1);
    if (e) e.texte += t;
  });
  lecteur.on('closetag', () => pile.pop());
  lecteur.write(xml).close();
  const racine = pile[0]?.enfants[0];
  if (!racine) throw new Error('Document vide.');
  return racine;
}
const dits = (e: Element | undefined): Record<string, string> => Object.fromEntries((e?.enfants ?? []).map((x) => [x.nom, x.texte]));

let app: AppDeTest;
let quartier = '';
let cle = '';
let autreCle = '';
let lecture = '';
let n = 0;
const ip = () => `10.3.${++n >> 8}.${n & 255}`;
const creerCle = async (qui: Qui, portees: string[]) =>
  /cc_[\w-]{43}/.exec((await app.post('/mon-compte/jetons', { nom: 'Application', portees, jours: '30' }, qui)).body)?.[0] ?? '';
const lire = async (chemin: string) => {
  const r = await app.serveur.inject({ url: `${BASE}${chemin}`, remoteAddress: ip() });
  return { statut: r.statusCode, type: String(r.headers['content-type']), corps: r.body, xml: () => lireXml(r.body), json: () => JSON.parse(r.body) };
};
const envoyer = async (chemin: string, champs: Record<string, string | string[]>, entetes: Record<string, string> = {}) => {
  const corps = new URLSearchParams();
  for (const [c, v] of Object.entries(champs)) for (const x of [v].flat()) corps.append(c, x);
  const r = await app.serveur.inject({
    method: 'POST',
    url: `${BASE}${chemin}`,
    remoteAddress: ip(),
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...entetes },
    payload: corps.toString(),
  });
  return { statut: r.statusCode, type: String(r.headers['content-type']), corps: r.body, xml: () => lireXml(r.body), json: () => JSON.parse(r.body) };
};
const BON = () => ({
  api_key: cle,
  service_code: SERVICE,
  address_string: '14 rue de l’Essai',
  'attribute[territoire]': quartier,
  'attribute[danger]': 'non',
  'attribute[source]': 'rue',
  description: 'Musique <forte> & cris de Mme Martin',
  email: 'riverain@exemple.fr',
});
/** Outside, an id says nothing of when it was received. */
const vrai = (id: string): string => ouvrirId(app.coffre, id) ?? '';
const creer = async (plus: Record<string, string> = {}, entetes: Record<string, string> = {}) => {
  const r = await envoyer('/requests.xml', { ...BON(), ...plus }, entetes);
  expect([r.statut, r.corps.includes('<error>')]).toEqual([200, false]);
  const d = dits(r.xml().enfants[0]);
  return {
    id: d.service_request_id ?? '',
    vrai: vrai(d.service_request_id ?? ''),
    code: codeDe(d.service_notice ?? ''),
    notice: d.service_notice,
  };
};
const agir = async (dit: string, champs: Record<string, string>) => {
  const id = vrai(dit);
  const { rows } = await sql<{ version: number }>`select version from demandes where id = ${id}::uuid`.execute(app.base.owner);
  expect((await app.post(`/signalements/demandes/${id}/acte`, { version: String(rows[0]?.version), ...champs }, DPMP)).statusCode).toBe(303);
};
const etatDe = async (id: string) =>
  (await sql<{ etat: string }>`select etat from demandes where id = ${vrai(id)}::uuid`.execute(app.base.owner)).rows[0]?.etat;

beforeAll(async () => {
  app = await ouvrirApp();
  quartier = [...app.catalogue.territoires.values()].find((t) => app.catalogue.enfants(t.id).length === 0)?.id ?? '';
  [cle, autreCle, lecture] = [await creerCle(DPMP, ['signaler']), await creerCle(DPMP, ['signaler']), await creerCle(DPMP, ['lire'])];
});
afterAll(() => app.close());

describe('Open311 GeoReport v2', () => {
  test('SIGN-01, import-de-doleances : un programme tiers découvre les services, signale, suit et complète, en XML', async () => {
    const decouverte = await lire('/discovery.xml');
    expect([decouverte.statut, decouverte.type]).toEqual([200, 'text/xml; charset=utf-8']);
    const point = decouverte.xml().enfants.find((x) => x.nom === 'endpoints')?.enfants[0];
    expect(dits(point)).toMatchObject({ specification: 'http://wiki.open311.org/GeoReport_v2', url: `http://concorde.exemple${BASE}`, type: 'production' });
    const services = (await lire('/services.xml?jurisdiction_id=paris-2023-2026')).xml();
    expect([services.nom, services.enfants[0]?.nom]).toEqual(['services', 'service']);
    // Those of the circuits that say so, and no other.
    const groupes = new Set(services.enfants.map((x) => dits(x).group));
    expect([...groupes].sort()).toEqual(['Nuisances professionnelles', 'Tranquillité publique']);
    const definition = (await lire(`/services/${SERVICE}.xml`)).xml();
    const attributs = definition.enfants.find((x) => x.nom === 'attributes')?.enfants ?? [];
    expect(attributs.map((a) => [dits(a).code, dits(a).datatype, dits(a).required, dits(a).order])).toEqual([
      ['danger', 'singlevaluelist', 'true', '1'],
      ['territoire', 'singlevaluelist', 'true', '2'],
      ['heure', 'singlevaluelist', 'false', '3'],
      ['source', 'singlevaluelist', 'true', '4'],
      ['repete', 'singlevaluelist', 'false', '5'],
    ]);
    const valeurs = attributs.find((a) => dits(a).code === 'source')?.enfants.find((x) => x.nom === 'values')?.enfants ?? [];
    expect(dits(valeurs[0])).toEqual({ key: 'rue', name: 'Des personnes dans la rue' });

    const { id, code, notice } = await creer({ media_url: 'http://ailleurs.exemple/a.jpg' });
    expect([code.length, notice?.includes('media_url n’est pas lu')]).toEqual([14, true]);
    expect(dits((await lire(`/tokens/${code}.xml`)).xml().enfants[0])).toEqual({ service_request_id: id, token: code });
    // The public knows what, which quartier and where it stands; neither the words, nor the place, nor who.
    const publique = await lire(`/requests/${id}.xml`);
    const lue = dits(publique.xml().enfants[0]);
    expect(lue).toMatchObject({ service_request_id: id, status: 'open', service_code: SERVICE, description: '', lat: '', long: '', media_url: '' });
    expect(lue.address).toBe(app.catalogue.ascendants(quartier).at(-2)?.nom);
    expect(publique.corps).not.toMatch(/Musique|Martin|rue de l|riverain/);
    // The day, which begins at midnight in Paris.
    expect(lue.requested_datetime).toMatch(/^\d{4}-\d\d-\d\dT2[23]:00:00Z$/);
    // A partner whose key may read it has the place, and the words without the name.
    const partenaire = dits((await lire(`/requests/${id}.xml?api_key=${lecture}`)).xml().enfants[0]);
    expect([partenaire.description, partenaire.address?.startsWith('14 rue de l’Essai, ')]).toEqual(['Musique <forte> & cris de [nom]', true]);
    // The service reads them all, and answers; the program sees it, and says for who reported that it is not solved.
    const page = (await app.get(`/signalements/demandes/${vrai(id)}`, DPMP)).body;
    expect([page.includes('Mme Martin'), page.includes('Programme tiers (Open311)'), page.includes('riverain@')]).toEqual([true, true, false]);
    await agir(id, { vers: 'pris-en-charge' });
    await agir(id, { vers: 'fait', message: 'Un équipage est passé.' });
    const nouvelles = (await lire(`/servicerequestupdates.xml?api_key=${lecture}`)).xml().enfants.map(dits);
    expect(nouvelles.filter((x) => x.service_request_id === id).map((x) => [x.update_id, x.status])).toEqual([
      [`${id}.3`, 'open'],
      [`${id}.2`, 'open'],
    ]);
    expect((await envoyer('/servicerequestupdates.xml', { api_key: autreCle, service_request_id: id, status: 'closed' })).statut).toBe(403);
    const encore = await envoyer('/servicerequestupdates.xml', { api_key: cle, service_request_id: id, status: 'open', description: 'Cela a repris.' });
    expect([encore.statut, dits(encore.xml().enfants[0]).update_id, await etatDe(id)]).toEqual([200, `${id}.4`, 'non-resolu']);
    await agir(id, { vers: 'fait', message: 'Un second passage.' });
    expect((await envoyer('/servicerequestupdates.json', { api_key: cle, service_request_id: id, status: 'closed' })).statut).toBe(200);
    expect([await etatDe(id), dits((await lire(`/requests/${id}.xml`)).xml().enfants[0]).status]).toEqual(['resolu', 'closed']);
    // Joined to another, its word goes to the lead.
    const [meneur, jointe] = [await creer({ address_string: '7 rue du Meneur' }), await creer({ address_string: '9 rue du Meneur' })];
    expect((await app.post(`/signalements/demandes/${jointe.vrai}/joindre`, { meneur: meneur.vrai }, DPMP)).statusCode).toBe(303);
    await agir(meneur.id, { vers: 'pris-en-charge' });
    await agir(meneur.id, { vers: 'fait', message: 'Passés.' });
    const redit = { api_key: cle, service_request_id: jointe.id, status: 'open', description: 'Rien n’a changé.' };
    expect((await envoyer('/servicerequestupdates.xml', redit)).statut).toBe(200);
    expect([await etatDe(jointe.id), await etatDe(meneur.id)]).toEqual(['non-resolu', 'non-resolu']);
    // Told by one, it is contested once; separated, it is as it was before it was joined.
    const dit = sql<{ n: number }>`select count(conteste_le)::int as n from demandes where id in (${meneur.vrai}::uuid, ${jointe.vrai}::uuid)`;
    expect((await dit.execute(app.base.owner)).rows).toEqual([{ n: 1 }]);
    expect((await app.post(`/signalements/demandes/${jointe.vrai}/disjoindre`, {}, DPMP)).statusCode).toBe(303);
    const rendue = sql`select etat, fait_le, repondu_le from demandes where id = ${jointe.vrai}::uuid`;
    expect((await rendue.execute(app.base.owner)).rows).toEqual([{ etat: 'recu', faitLe: null, reponduLe: null }]);
    // Out of its turn, it is a note to the service.
    const note = await creer({ address_string: '3 rue de la Note' });
    expect((await envoyer('/servicerequestupdates.xml', { api_key: cle, service_request_id: note.id, description: 'Surtout le soir.' })).statut).toBe(200);
    expect([await etatDe(note.id), (await app.get(`/signalements/demandes/${note.vrai}`, DPMP)).body.includes('Surtout le soir.')]).toEqual(['recu', true]);
  });

  test('JSON dit la même chose ; ce qui est demandé se filtre ; une clé d’idempotence ne reçoit qu’une fois', async () => {
    const cles = { 'idempotency-key': 'une-cle-tiree-au-hasard-0001' };
    const un = await creer({ address_string: '5 rue du Double' }, cles);
    expect((await creer({ address_string: '5 rue du Double' }, cles)).id).toBe(un.id);
    const deux = await envoyer('/requests.json', {
      ...BON(),
      service_code: 'nuisances-pro_chantier',
      address_string: '6 rue du Chantier',
      'attribute[source]': [],
      'attribute[gene][]': ['bruit', 'poussiere'],
    });
    const id = deux.json()[0].service_request_id;
    expect([deux.statut, deux.type]).toEqual([200, 'application/json; charset=utf-8']);
    const demander = async (q: string, qui = `&api_key=${lecture}`) =>
      ((await lire(`/requests.json?${q}${qui}`)).json() as { service_request_id: string }[]).map((x) => x.service_request_id);
    expect(await demander('service_code=nuisances-pro_chantier')).toEqual([id]);
    expect(await demander(`service_request_id=${id},${un.id},rien&status=closed`)).toEqual([id, un.id]);
    expect(await demander('status=open')).toContain(un.id);
    expect(await demander('status=closed')).not.toContain(un.id);
    expect(await demander('start_date=2024-01-01&end_date=2024-02-01')).toEqual([]);
    const { rows } = await sql<{ r: unknown }>`select reponses as r from demandes where id = ${vrai(id)}::uuid`.execute(app.base.owner);
    expect(rows[0]?.r).toEqual({ gene: ['bruit', 'poussiere'] });
    expect((await lire('/services.json')).json()).toContainEqual(expect.objectContaining({ service_code: SERVICE, metadata: true, type: 'realtime' }));
    expect((await lire(`/requests/${id}.json`)).json()[0]).toMatchObject({ status: 'open', lat: null });
    // Without a key, none is listed of a month that still runs, nor of too few of their kind; of enough of them, the day alone.
    expect([await demander('', ''), (await lire('/servicerequestupdates.json')).json()]).toEqual([[], []]);
    const mois = new Date(Date.now() - 35 * 86_400_000);
    const semer = async (combien: number) => {
      for (let i = 0; i < combien; i++) {
        const semee = await creerDemande(app.base.owner, app.contratId, { territoireId: quartier });
        const le = new Date(mois.getTime() + i);
        await sql`delete from demande_suiveurs where demande_id = ${semee.id}::uuid`.execute(app.base.owner);
        await sql`update demandes set id = ${idDe(le)}::uuid, recu_le = ${le}, etat_le = ${le} where id = ${semee.id}::uuid`.execute(app.base.owner);
      }
    };
    await semer(4);
    await semer(1);
    // Said at night, once: nothing of a month that was not told.
    expect(await demander('', '')).toEqual([]);
    await arreterAu(app.base.owner, app.catalogue);
    const listees = (await lire('/requests.json')).json() as Record<string, string>[];
    expect([listees.length, new Set(listees.map((x) => x.requested_datetime)).size]).toEqual([5, 1]);
  });

  /**
   * FixMyStreet (mySociety, AGPL) is the Open311 client that most cities have in front of them: its module Open311.pm sends these fields, in this case, by these
   * addresses (perllib/Open311.pm, perllib/Open311/GetServiceRequests.pm, as published). No client on npm is kept up, and its Perl does not run here: what it sends
   * is played again, and only what it reads of an answer is read.
   */
  test('le client de FixMyStreet découvre, signale, suit et complète, avec ce qu’il envoie et lit', async () => {
    const JURIDICTION = 'paris-2023-2026';
    const libwww = { 'user-agent': 'libwww-perl/6.67', te: 'deflate,gzip;q=0.3', connection: 'TE, close' };
    /** `_get`: the jurisdiction always, never a key. */
    const lireDeLui = (chemin: string, q: Record<string, string> = {}) => lire(`/${chemin}?${new URLSearchParams({ ...q, jurisdiction_id: JURIDICTION })}`);
    const envoyerDeLui = (chemin: string, champs: Record<string, string>) =>
      envoyer(`/${chemin}`, { jurisdiction_id: JURIDICTION, api_key: cle, ...champs }, libwww);
    // PopulateServiceList: each service, and the attributes that it will ask for where `metadata` is true.
    const service = (await lireDeLui('services.xml'))
      .xml()
      .enfants.map(dits)
      .find((x) => x.service_code === SERVICE);
    expect(service).toMatchObject({ service_code: SERVICE, metadata: 'true', type: 'realtime' });
    expect(service?.service_name).toBeTruthy();
    const meta = (await lireDeLui(`services/${SERVICE}.xml`)).xml().enfants.find((x) => x.nom === 'attributes')?.enfants ?? [];
    const voulus = meta.filter((a) => dits(a).required === 'true').map((a) => dits(a).code);
    const reponses: Record<string, string> = { territoire: quartier, danger: 'non', source: 'rue' };
    expect(voulus.filter((x) => x === undefined || reponses[x] === undefined)).toEqual([]);
    // send_service_request
    const personne = { email: 'sam@exemple.org', first_name: 'Samuelle', last_name: 'Dupontel', phone: '0600000000' };
    const envoi = await envoyerDeLui('requests.xml', {
      ...{ lat: '48.8566', long: '2.3522', service_code: SERVICE, media_url: 'https://fixmystreet.exemple/photo/1.full.jpeg', ...personne },
      description: 'title: Bruit\n\ndetail: Chaque soir, sous la fenêtre.\n\nurl: https://fixmystreet.exemple/report/1\n\nSubmitted via FixMyStreet\n',
      ...Object.fromEntries(Object.entries(reponses).map(([nom, v]) => [`attribute[${nom}]`, v])),
    });
    expect([envoi.statut, envoi.corps.includes('<error>')]).toEqual([200, false]);
    const id = dits(envoi.xml().enfants[0]).service_request_id ?? '';
    const { rows } = await sql<{ lat: number; tout: string }>`select lat, d::text as tout from demandes d where id = ${vrai(id)}::uuid`.execute(app.base.owner);
    // Of who reported, the address to answer to is kept apart; neither name nor telephone is.
    expect([rows[0]?.lat, /Samuelle|Dupontel|0600000000|sam@/.test(rows[0]?.tout ?? '')]).toEqual([48.8566, false]);
    // GetServiceRequests
    const suivie = async () => dits((await lireDeLui('requests.xml', { service_request_id: `${id},autre` })).xml().enfants[0]);
    expect(await suivie()).toMatchObject({ service_request_id: id, status: 'open', service_code: SERVICE });
    await agir(id, { vers: 'pris-en-charge' });
    await agir(id, { vers: 'fait', message: 'Un équipage est passé.' });
    // post_service_request_update: OPEN and CLOSED, with fields of its own.
    const dire = (status: string, description: string) =>
      envoyerDeLui('servicerequestupdates.xml', {
        ...{ update_id_ext: '7', updated_datetime: '2026-03-01T10:00:00+01:00', service_request_id: id, service_request_id_ext: '1', status, description },
        ...{ public_anonymity_required: 'FALSE', email_alerts_requested: 'FALSE', title: '', ...personne },
      });
    expect(dits((await dire('OPEN', 'Cela a repris.')).xml().enfants[0]).update_id).toMatch(new RegExp(`^${id}\\.\\d+$`));
    expect(await etatDe(id)).toBe('non-resolu');
    await agir(id, { vers: 'fait', message: 'Un second passage.' });
    expect([(await dire('CLOSED', 'Merci.')).statut, await etatDe(id), (await suivie()).status]).toEqual([200, 'resolu', 'closed']);
    // GetServiceRequestUpdates, without a key: a month late, as for everybody.
    const fenetre = { start_date: new Date(Date.now() - 7_200_000).toISOString(), end_date: new Date(Date.now() + 60_000).toISOString() };
    expect((await lireDeLui('servicerequestupdates.xml', fenetre)).statut).toBe(200);
    // _process_error
    const refus = await envoyerDeLui('requests.xml', { service_code: SERVICE, description: 'x', ...personne });
    expect([refus.statut, refus.xml().nom, refus.xml().enfants.every((e) => dits(e).code === '400' && (dits(e).description ?? '') !== '')]).toEqual([
      400,
      'errors',
      true,
    ]);
  });

  test('chaque erreur de la spécification, dans les deux formats, et rien n’est reçu', async () => {
    const combien = async () => (await sql<{ n: number }>`select count(*)::int as n from demandes`.execute(app.base.owner)).rows[0]?.n;
    const avant = await combien();
    const essais: [Promise<Awaited<ReturnType<typeof lire>>>, number, RegExp][] = [];
    for (const f of ['xml', 'json']) {
      const post = (plus: Record<string, string>, moins: string[] = []) =>
        envoyer(`/requests.${f}`, Object.fromEntries(Object.entries({ ...BON(), ...plus }).filter(([c]) => !moins.includes(c))));
      essais.push(
        [lire(`/services.${f}?jurisdiction_id=lyon`), 404, /jurisdiction_id « lyon »/],
        [lire(`/services/rien.${f}`), 404, /service_code « rien »/],
        [lire(`/requests/rien.${f}`), 404, /service_request_id « rien »/],
        [lire(`/tokens/2222-2222-2222.${f}`), 404, /Ce jeton/],
        [lire(`/requests.${f}?service_code=rien`), 404, /service_code « rien »/],
        [lire(`/requests.${f}?status=perdu`), 400, /open ou closed/],
        [lire(`/requests.${f}?start_date=hier`), 400, /start_date : cette date/],
        [lire(`/requests.${f}?start_date=2026-02-30`), 400, /start_date : cette date/],
        [lire(`/requests.${f}?start_date=2026-01-01&end_date=2026-06-01`), 400, /dépasse 90 jours/],
        [lire(`/requests.${f}?api_key=cc_${'x'.repeat(43)}`), 403, /Cette clé n’ouvre rien/],
        [lire(`/servicerequestupdates.${f}?start_date=2026-01-01`), 400, /se donnent ensemble/],
        [post({}, ['api_key']), 403, /api_key manque/],
        [post({ api_key: 'fausse-cle-qui-n-existe-pas' }), 403, /Cette clé n’ouvre rien/],
        [post({ api_key: lecture }), 403, /portée « signaler »/],
        [post({ jurisdiction_id: 'lyon' }), 404, /jurisdiction_id/],
        [post({}, ['service_code']), 400, /service_code : il manque/],
        [post({ service_code: 'rien' }), 404, /service_code « rien »/],
        [post({ service_code: 'halls-occupes_hall' }), 404, /service_code/],
        [post({}, ['address_string']), 400, /lat, long : un lieu est attendu/],
        [post({ address_id: '75' }, ['address_string']), 400, /address_id : aucun identifiant/],
        [post({ lat: '48.85' }), 400, /lat et long se donnent ensemble/],
        [post({ lat: '45.75', long: '4.85' }), 400, /lat, long : Ce point n’est pas à Paris/],
        [post({}, ['attribute[territoire]']), 400, /attribute\[territoire\]/],
        [post({}, ['attribute[source]']), 400, /attribute\[source\]/],
        [post({ 'attribute[source]': 'lune' }), 400, /attribute\[source\]/],
        [post({ 'attribute[inconnu]': 'x' }), 400, /attribute\[inconnu\]/],
        [post({ 'attribute[danger]': 'oui' }), 400, /appelez maintenant : 17/],
        [post({ description: 'x'.repeat(4001) }), 400, /description : Ce texte est trop long/],
        [post({ email: 'rien' }), 400, /email : /],
        [envoyer(`/servicerequestupdates.${f}`, { service_request_id: 'x' }), 403, /api_key/],
        [envoyer(`/servicerequestupdates.${f}`, { api_key: cle }), 400, /service_request_id : il manque/],
        [envoyer(`/servicerequestupdates.${f}`, { api_key: cle, service_request_id: 'x', description: 'y' }), 404, /Ce signalement/],
      );
    }
    for (const [i, [envoi, statut, motif]] of essais.entries()) {
      const r = await envoi;
      const xml = i < essais.length / 2;
      const erreurs: { code: unknown; description?: string }[] = xml ? r.xml().enfants.map((e) => dits(e) as { code: string; description: string }) : r.json();
      expect([i, r.statut, r.type.startsWith(xml ? 'text/xml' : 'application/json')]).toEqual([i, statut, true]);
      expect([i, erreurs.map((e) => String(e.code)), erreurs.map((e) => e.description).join('\n')]).toEqual([
        i,
        erreurs.map(() => String(statut)),
        expect.stringMatching(motif),
      ]);
    }
    expect(await combien()).toBe(avant);
    // Two faults are said together, each under its field.
    const deux = await envoyer('/requests.xml', { ...BON(), 'attribute[source]': '', email: 'rien' });
    expect(deux.xml().enfants.length).toBe(2);
  });

  test('ce qui est listé se lit de même par son identifiant, d’un circuit resté ouvert ; une clé a tout ce qu’elle lit, quoi qu’il y ait devant', async () => {
    const FENETRE = 'start_date=2023-03-01T00:00:00Z&end_date=2023-04-01T00:00:00Z';
    const ids: string[] = [];
    for (let i = 0; i < 6; i++) {
      const le = new Date(Date.UTC(2023, 2, 10, 12, i));
      const semee = await creerDemande(app.base.owner, app.contratId, { territoireId: quartier, serviceId: 'PARQUET' });
      ids.push(idDe(le));
      await sql`delete from demande_suiveurs where demande_id = ${semee.id}::uuid`.execute(app.base.owner);
      await sql`update demandes set id = ${ids[i]}::uuid, recu_le = ${le}, etat_le = ${le} where id = ${semee.id}::uuid`.execute(app.base.owner);
      await sql`insert into demande_evenements (contrat_id, demande_id, rang, quand, acte, vers)
        values (${app.contratId}, ${ids[i]}::uuid, 2, ${le}, 'pris-en-charge', 'pris-en-charge')`.execute(app.base.owner);
    }
    await arreterAu(app.base.owner, app.catalogue);
    const deCelui = async (url: string) =>
      ((await lire(url)).json() as { service_request_id?: string; service_code?: string }[]).map((x) => vrai(x.service_request_id ?? ''));
    const partout = async (i: number) => {
      const id = ids[i] ?? '';
      return [
        (await deCelui(`/requests.json?${FENETRE}`)).includes(id),
        (await deCelui(`/servicerequestupdates.json?${FENETRE}`)).includes(id),
        (await lire(`/requests/${scellerId(app.coffre, id)}.json`)).statut,
      ];
    };
    expect(await partout(0)).toEqual([true, true, 200]);
    // Moved to a circuit that is not open: said as it was counted.
    await sql`update demandes set circuit = 'halls-occupes', categorie = 'hall' where id = ${ids[0]}::uuid`.execute(app.base.owner);
    expect(await partout(0)).toEqual([true, true, 200]);
    expect((await lire(`/requests/${scellerId(app.coffre, ids[0] ?? '')}.json`)).json()).toMatchObject([{ service_code: SERVICE }]);
    // Counted in a circuit that is open no more.
    await sql`update open311_demandes set circuit = 'halls-occupes', categorie = 'hall' where demande_id = ${ids[1]}::uuid`.execute(app.base.owner);
    expect(await partout(1)).toEqual([false, false, 404]);

    // Of another service, not told yet, and after: more than an answer holds.
    await sql`
      insert into demandes (contrat_id, id, circuit, canal, categorie, titre, theme, jour, territoire_id, service_id, etat, etat_le, recu_le, modifie_le)
      select ${app.contratId}, (lpad(to_hex((extract(epoch from le) * 1000)::bigint), 12, '0') || substr(md5(i::text), 1, 20))::uuid, 'tranquillite-publique', 'web', 'bruit',
        'Bruit', 'vie-nocturne', le::date, ${quartier}, 'PARQUET', 'recu', le, le, le
      from generate_series(1, 1001) as i cross join lateral (select '2023-03-20'::timestamptz + i * interval '1 minute' as le) as t`.execute(app.base.owner);
    await sql`
      insert into demande_evenements (contrat_id, demande_id, rang, quand, acte, vers)
      select contrat_id, id, 2, timestamptz '2023-03-25' + interval '1 microsecond', 'pris-en-charge', 'pris-en-charge'
      from demandes where recu_le between '2023-03-20' and '2023-03-22'`.execute(app.base.owner);
    for (const url of ['/requests.json', '/servicerequestupdates.json'])
      expect([url, (await deCelui(`${url}?${FENETRE}&api_key=${lecture}`)).toSorted()]).toEqual([url, [ids[0], ...ids.slice(2)].toSorted()]);
  });

  test('aucune question d’un service n’a le code d’un attribut commun', async () => {
    for (const s of listServices(await listCircuits(PARIS)))
      expect([s.code, s.categorie.questions.filter((q) => ATTRIBUTS_COMMUNS.some((a) => a === q.code))]).toEqual([s.code, []]);
  });
});
