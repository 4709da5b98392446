import { arreterAu, codeDe, listLiensDeConfirmation } from '../signalements.fixtures.ts';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type AppDeTest, ouvrirApp, type Qui } from '../../../../tests/support/app.ts';
import { aLHeureDeParis } from '../../../../tests/support/fuseau.ts';
import { lireFormulaire } from '../../../../tests/support/formulaire.ts';
import { PARIS } from '../../../../tests/support/template.ts';
import { purgerSeules } from '../../comptes/dpo/conservation.ts';
import { verifierEcheances } from '../../echeances/accorder.ts';
import { listCircuits } from '../circuits/circuits.ts';
import { CONSERVATION } from '../signalements.conservation.ts';
import { cloreSansRetour } from './silence.ts';

/** A report from who saw something to their own word on what was done, over HTTP. */
const DPMP: Qui = { comme: 'agent', organisation: 'DPMP' };
const CIRCUIT = '/signaler/tranquillite-publique';
const BRUIT = {
  categorie: 'bruit',
  danger: 'non',
  'q.source': 'rue',
  adresse: '12 rue des Essais',
  territoire: '',
  heure: '',
  texte: 'Musique très forte sous les fenêtres.',
  courriel: '',
};

let app: AppDeTest;
let quartier = '';
let autre = '';
let n = 0;
type Champs = Record<string, string | string[]>;
/** Each from an address of its own: the limit by minute is tried apart. */
const poster = (url: string, champs: Champs, ip = `10.${++n >> 8}.${n & 255}.1`) => {
  const corps = new URLSearchParams();
  for (const [cle, v] of Object.entries(champs)) for (const x of [v].flat()) corps.append(cle, x);
  return app.serveur.inject({
    method: 'POST',
    url,
    remoteAddress: ip,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    payload: corps.toString(),
  });
};
const lire = async <L>(q: ReturnType<typeof sql<L>>): Promise<L[]> => (await q.execute(app.base.owner)).rows;
const faute = (html: string) => [...html.matchAll(/govuk-error-message[^>]*>(?:<span[^>]*>[^<]*<\/span>)?([^<]*)/g)].map((m) => m[1]?.trim());
const demande = async (code: string) => {
  const [d] = await lire(sql<{ id: string; etat: string; serviceId: string; version: number; meneurId: string | null; texte: string; numero: string }>`
    select d.id, d.etat, d.service_id as "serviceId", d.version, d.meneur_id as "meneurId", d.texte, d.numero::text as numero from demandes d
    join demande_suiveurs s on s.contrat_id = d.contrat_id and s.demande_id = d.id where s.empreinte = sha256(convert_to('suivi' || chr(10) || ${code}, 'UTF8'))`);
  if (!d) throw new Error(`Aucune demande n’a le code ${code}.`);
  return d;
};
async function signaler(plus: Champs = {}) {
  const r = await poster(CIRCUIT, { ...BRUIT, territoire: quartier, ...plus });
  expect([r.statusCode, faute(r.body)]).toEqual([200, []]);
  const code = codeDe(r.body);
  return { code, ...(await demande(code)) };
}
const agir = async (id: string, champs: Champs, qui: Qui | string = DPMP) => {
  const [v] = await lire(sql<{ version: number }>`select version from demandes where id = ${id}::uuid`);
  return app.post(`/signalements/demandes/${id}/acte`, { version: String(v?.version), ...(champs as Record<string, string>) }, qui);
};

beforeAll(async () => {
  app = await ouvrirApp();
  [quartier = '', autre = ''] = [...app.catalogue.territoires.values()].filter((t) => app.catalogue.enfants(t.id).length === 0).map((t) => t.id);
});
afterAll(() => app.close());

describe('Signaler, traiter, répondre', () => {
  test('du formulaire à la confirmation de qui a signalé, une page à la fois', async () => {
    const debut = await app.get(CIRCUIT);
    expect([debut.statusCode, debut.body.length < 100_000]).toEqual([200, true]);
    // Step by step, each page carries what was said before.
    let champs: Champs = { ...lireFormulaire(debut.body, `${CIRCUIT}/etapes`), categorie: 'bruit' };
    const urgence = await poster(`${CIRCUIT}/etapes`, champs);
    expect(urgence.body).toContain('en danger en ce moment');
    const arret = await poster(`${CIRCUIT}/etapes`, { ...lireFormulaire(urgence.body, `${CIRCUIT}/etapes`), danger: 'oui' });
    expect(arret.body).toContain('href="tel:17"');
    const lieu = await poster(`${CIRCUIT}/etapes`, { ...lireFormulaire(urgence.body, `${CIRCUIT}/etapes`), danger: 'non' });
    const faits = await poster(`${CIRCUIT}/etapes`, {
      ...lireFormulaire(lieu.body, `${CIRCUIT}/etapes`),
      adresse: '3 rue des Essais',
      territoire: quartier,
      heure: '0',
    });
    const verifier = await poster(`${CIRCUIT}/etapes`, {
      ...lireFormulaire(faits.body, `${CIRCUIT}/etapes`),
      'q.source': 'etablissement',
      texte: 'Cris et musique.',
      courriel: 'riveraine@exemple.fr',
    });
    expect([verifier.statusCode, faute(verifier.body)]).toEqual([200, []]);
    expect(verifier.body).toContain('Un bar, un restaurant, un commerce');
    champs = lireFormulaire(verifier.body, CIRCUIT);
    const recu = await poster(CIRCUIT, champs);
    const code = codeDe(recu.body);
    expect([recu.statusCode, code.length]).toEqual([200, 14]);
    // Sent twice, it is received once, and the same code comes back.
    expect(codeDe((await poster(CIRCUIT, champs)).body)).toBe(code);
    const d = await demande(code);
    // At night, the control room; its clock runs in the one list.
    expect([d.etat, d.serviceId]).toEqual(['recu', 'SCOP']);
    const [due] = await lire(sql<{ organisation: string; ouverte: boolean }>`
      select organisation_id as organisation, soldee_le is null as ouverte from echeances where genre = 'demande' and objet_id = ${d.id}`);
    expect(due).toEqual({ organisation: 'SCOP', ouverte: true });
    // The address is apart and enciphered; the letter says nothing of what was reported.
    const [s] = await lire(sql<{ contact: Buffer }>`select contact from demande_suiveurs where demande_id = ${d.id}::uuid`);
    expect([s?.contact.includes('riveraine'), app.coffre.dechiffrer(s?.contact ?? Buffer.alloc(0))]).toEqual([false, 'riveraine@exemple.fr']);
    const suivi = `/suivi/${code}`;
    expect((await app.get(suivi)).body).toContain('Cris et musique.');
    expect((await app.get(`/suivi?code=${code.toLowerCase().replaceAll('-', ' ')}`)).headers.location).toBe(suivi);
    expect([(await app.get('/suivi/2222-2222-2222')).statusCode, (await app.get('/suivi?code=rien')).statusCode]).toEqual([404, 404]);

    const boite = await app.get('/signalements/boite', DPMP);
    expect(boite.body).toContain(`/signalements/demandes/${d.id}`);
    const page = `/signalements/demandes/${d.id}`;
    expect((await app.get(page, DPMP)).body).not.toContain('riveraine');
    // A state asks for what it means; nothing typed is lost.
    const sans = await agir(d.id, { vers: 'hors-competence', note: 'Vu avec le chef de poste' });
    expect([sans.statusCode, sans.body.includes('Vu avec le chef de poste')]).toEqual([422, true]);
    expect((await agir(d.id, { vers: 'resolu' })).statusCode).toBe(422);
    expect((await agir(d.id, { vers: 'pris-en-charge' })).statusCode).toBe(303);
    expect((await agir(d.id, { vers: 'fait' })).statusCode).toBe(422);
    expect((await agir(d.id, { vers: 'fait', message: 'Un équipage est passé à minuit, la musique a cessé.' })).statusCode).toBe(303);
    // Two people act at once: the second reads what the first did, and keeps what they wrote.
    const depasse = await app.post(`${page}/acte`, { version: '1', vers: 'transmis', motif: 'Ailleurs' }, DPMP);
    expect([depasse.statusCode, depasse.body.includes('Ailleurs')]).toEqual([409, true]);
    const [solde] = await lire(sql<{ soldee: boolean }>`select soldee_le is not null as soldee from echeances where genre = 'demande' and objet_id = ${d.id}`);
    expect(solde?.soldee).toBe(true);
    const reponse = await app.get(suivi);
    expect(reponse.body).toContain('Un équipage est passé');
    // Only who reported says that it is solved, or not, and reopens it.
    expect((await poster(suivi, { acte: 'non-resolu' })).statusCode).toBe(422);
    expect((await poster(suivi, { acte: 'non-resolu', mots: 'Cela a repris.', note: '2' })).headers.location).toBe(`${suivi}?fait=non-resolu`);
    expect((await demande(code)).etat).toBe('non-resolu');
    expect((await agir(d.id, { vers: 'fait', message: 'Deux passages de plus.' })).statusCode).toBe(303);
    expect((await poster(suivi, { acte: 'resolu', note: '4' })).statusCode).toBe(303);
    expect([(await demande(code)).etat, (await poster(suivi, { acte: 'resolu' })).statusCode]).toEqual(['resolu', 409]);
    // What is published is counted as it is written.
    const [mois] = await lire(sql<{ recus: number; repondus: number; resolus: number; contestes: number; notes: number; total: number }>`
      select sum(recus)::int as recus, sum(repondus)::int as repondus, sum(resolus)::int as resolus, sum(contestes)::int as contestes, sum(notes)::int as notes,
        sum(total_des_notes)::int as total from demande_mois`);
    expect(mois).toEqual({ recus: 1, repondus: 1, resolus: 1, contestes: 1, notes: 1, total: 4 });
    const ecarts = (await aLHeureDeParis(verifierEcheances)(app.db, app.contratId, { maintenant: new Date() })).differences.filter(
      (x: { source: string }) => x.source === 'demandes',
    );
    expect(ecarts).toEqual([]);
    // Who reported has their address forgotten at once, and still follows.
    expect((await poster(suivi, { acte: 'oublier' })).statusCode).toBe(303);
    expect((await lire(sql<{ contact: null }>`select contact from demande_suiveurs where demande_id = ${d.id}::uuid`))[0]?.contact).toBeNull();
  });

  test('SIGN-03, saisie-de-doleance : un agent saisit ce qu’on lui dit, et ce qui est déjà là lui est proposé', async () => {
    const scop: Qui = { comme: 'operateur', organisation: 'DPMP' };
    const saisir = '/signalements/saisir/tranquillite-publique';
    const champs = { ...BRUIT, territoire: autre, adresse: '40 avenue du Test', canal: 'totem' };
    expect((await app.get(`${saisir}?categorie=bruit`, scop)).body).toContain('Totem');
    const premiere = await app.post(saisir, champs, scop);
    expect(premiere.statusCode).toBe(200);
    const lead = await demande(codeDe(premiere.body));
    const proposee = await app.post(saisir, { ...champs, adresse: '40 av. du Test', canal: 'terrain' }, scop);
    expect([proposee.statusCode, proposee.body.includes(lead.id)]).toEqual([422, true]);
    const memeRue = await app.post(saisir, { ...champs, adresse: '40, avenue du test', canal: 'terrain' }, scop);
    expect([memeRue.statusCode, memeRue.body.includes(lead.id)]).toEqual([422, true]);
    const jointe = await app.post(saisir, { ...champs, adresse: '40, avenue du test', canal: 'terrain', meme: lead.id }, scop);
    const code = codeDe(jointe.body);
    expect((await demande(code)).meneurId).toBe(lead.id);
    // Answered with the one that leads it; undone, it stands by itself.
    expect((await agir(lead.id, { vers: 'repondu', message: 'Ajouté aux passages du soir.' })).statusCode).toBe(303);
    expect((await app.get(`/suivi/${code}`)).body).toContain('Ajouté aux passages du soir.');
    const seconde = await demande(code);
    expect([seconde.etat, (await agir(seconde.id, { vers: 'conteste' })).statusCode]).toEqual(['repondu', 409]);
    expect((await app.post(`/signalements/demandes/${seconde.id}/disjoindre`, {}, DPMP)).statusCode).toBe(303);
    expect((await demande(code)).meneurId).toBeNull();
    expect((await app.post(saisir, { ...champs, canal: 'dmr' }, scop)).statusCode).toBe(422);
  });

  test('ce qui est mal rempli dit où et quoi faire, et ne perd rien', async () => {
    const essai = async (plus: Champs) => {
      const r = await poster(CIRCUIT, { ...BRUIT, territoire: quartier, adresse: `${++n} rue des Erreurs`, ...plus });
      return [r.statusCode, ...faute(r.body)];
    };
    expect(await essai({ categorie: 'rien' })).toEqual([422, 'Choisissez ce dont il s’agit.']);
    expect(await essai({ danger: 'oui' })).toEqual([422, 'Dites si quelqu’un est en danger maintenant.']);
    expect(await essai({ territoire: '' })).toEqual([422, 'Choisissez le quartier dans la liste.']);
    expect(await essai({ point: '2,3522 48,8566' })).toEqual([422, 'Latitude et longitude semblent inversées : écrivez d’abord la latitude.']);
    expect(await essai({ point: '45,75 4,85' })).toEqual([422, 'Ce point n’est pas à Paris : vérifiez-le, ou laissez-le vide et choisissez le quartier.']);
    expect((await essai({ point: 'par là' }))[0]).toBe(422);
    expect(await essai({ jour: '2099-01-01' })).toEqual([422, 'Ce jour n’est pas encore passé.']);
    expect(await essai({ jour: '2026-02-31' })).toEqual([422, 'Cette date n’existe pas : choisissez le jour où vous l’avez vu.']);
    expect(await essai({ 'q.source': 'ailleurs' })).toEqual([422, 'D’où vient le bruit : choisissez une réponse de la liste.']);
    expect(await essai({ courriel: 'pas-une-adresse' })).toHaveLength(2);
    expect(await essai({ adresse: 'Chez Mme Martin, 3 rue des Erreurs' })).toEqual([
      422,
      'L’adresse contient un nom de personne (« Mme Martin ») : écrivez le lieu seulement.',
    ]);
    // A name is asked about once; said again, services read it and nobody else does.
    const nomme = 'Mme Martin crie toute la nuit.';
    const demandee = await poster(CIRCUIT, { ...BRUIT, territoire: quartier, adresse: '99 rue des Noms', texte: nomme });
    expect([demandee.statusCode, demandee.body.includes('un nom de personne (« Mme Martin »)'), demandee.body.includes(nomme)]).toEqual([422, true, true]);
    const { id, code } = await signaler({ adresse: '99 rue des Noms', texte: nomme, texte_vu: nomme });
    const [t] = await lire(sql<{ texte: string; public: string }>`select texte, texte_public as public from demandes where id = ${id}::uuid`);
    expect(t).toEqual({ texte: nomme, public: '[nom] crie toute la nuit.' });
    const proche = await poster(CIRCUIT, { ...BRUIT, territoire: quartier, adresse: '99 rue des Noms' });
    // Whoever names a place learns nothing of what others said of it, not even that they did.
    expect([proche.statusCode, proche.body.includes('déjà'), proche.body.includes('Martin')]).toEqual([200, false, false]);
    expect((await app.get(`/suivi/${code}`)).body).toContain(nomme);
    // Scripts are words.
    const script = await signaler({ adresse: '101 rue <script>alert(1)</script>', texte: '<img src=x onerror=alert(1)>' });
    for (const vue of [await app.get(`/suivi/${script.code}`), await app.get(`/signalements/demandes/${script.id}`, DPMP)])
      expect([vue.statusCode, /<script>alert|<img src=x/.test(vue.body)]).toEqual([200, false]);
    // A flood from one address stops.
    const statuts = [];
    for (let i = 0; i < 22; i++) statuts.push((await poster(CIRCUIT, { ...BRUIT, categorie: 'rien' }, '10.99.99.99')).statusCode);
    expect(statuts.slice(-2)).toEqual([429, 429]);
  });

  test('la boîte d’un service : filtres dans l’adresse, plusieurs à la fois, et rien à qui ce n’est pas confié', async () => {
    const a = await signaler({ adresse: '7 rue des Lots', categorie: 'stationnement' });
    const b = await signaler({ adresse: '700 rue des Lots du fond', categorie: 'deux-roues' });
    const boite = await app.get('/signalements/boite?circuit=tranquillite-publique&categorie=stationnement&service=tous', DPMP);
    expect([boite.body.includes(a.id), boite.body.includes(b.id)]).toEqual([true, false]);
    expect((await app.get(`/signalements/boite?q=${b.numero}&etat=ouvertes`, DPMP)).body).toContain(b.id);
    expect((await app.get('/signalements/boite?retard=oui', DPMP)).body).not.toContain(a.id);
    const lot = { demande: [`${a.id}:${a.version}`, `${b.id}:${b.version}`], acte: 'prise' };
    expect((await app.post('/signalements/boite/lot', { ...lot, demande: [] }, DPMP)).statusCode).toBe(422);
    expect((await app.post('/signalements/boite/lot', lot, { comme: 'agent', organisation: 'RATP' })).statusCode).toBe(403);
    expect((await app.post('/signalements/boite/lot', lot, { comme: 'agent', organisation: 'DPMP', territoire: 'mairie-20' })).statusCode).toBe(403);
    expect((await app.post('/signalements/boite/lot', lot, DPMP)).headers.location).toBe('/signalements/boite?fait=prise-2');
    const encore = await app.post('/signalements/boite/lot', lot, DPMP);
    expect([encore.statusCode, encore.body.includes('modifiées entre-temps')]).toEqual([409, true]);
    // Passed on with a reason; the first service owes it no more, the second one does.
    expect((await agir(a.id, { vers: 'transmis', service: 'COMM' })).statusCode).toBe(422);
    expect((await agir(a.id, { vers: 'transmis', service: 'COMM', motif: 'Relève de la police nationale.' })).statusCode).toBe(303);
    const dues = await lire(sql<{ o: string; ouverte: boolean }>`
      select organisation_id as o, soldee_le is null and sans_objet_le is null as ouverte from echeances where genre = 'demande' and objet_id = ${a.id} order by 1`);
    expect(dues).toEqual([
      { o: 'COMM', ouverte: true },
      { o: 'DT', ouverte: false },
    ]);
    expect((await agir(a.id, { vers: 'pris-en-charge' }, DPMP)).statusCode).toBe(403);
    expect((await agir(a.id, { vers: 'pris-en-charge' }, { comme: 'agent', organisation: 'PP' })).statusCode).toBe(303);
    expect([(await app.get('/signalements/boite')).statusCode, (await app.get(`/signalements/demandes/${a.id}`)).statusCode]).toEqual([303, 303]);
    expect((await app.post(`/signalements/demandes/${b.id}/note`, { note: 'Vu sur place.' }, DPMP)).statusCode).toBe(303);
    expect((await app.get(`/signalements/demandes/${b.id}`, DPMP)).body).toContain('Vu sur place.');
    // Counts by state are those of the rows.
    const [ecart] = await lire(sql<{ n: number }>`
      select count(*)::int as n from (
        (select circuit, service_id, etat, count(*)::int from demandes where meneur_id is null group by 1, 2, 3
          except select circuit, service_id, etat, sum(nombre)::int from demande_comptes group by 1, 2, 3)
        union all
        (select circuit, service_id, etat, sum(nombre)::int from demande_comptes group by 1, 2, 3 having sum(nombre) <> 0
          except select circuit, service_id, etat, count(*)::int from demandes where meneur_id is null group by 1, 2, 3)) x`);
    expect(ecart?.n).toBe(0);
  });
});

describe('Entre partenaires', () => {
  const EPM: Qui = { comme: 'agent', organisation: 'DPMP' };
  const ECOLE: Qui = { comme: 'agent', organisation: 'RECTORAT' };
  const DEMANDE = {
    categorie: 'presence-abords',
    'q.etablissement': 'college',
    territoire: '',
    texte: 'Deux classes de sixième.',
    canal: 'partenaire',
    courriel: '',
  };

  /** Asked for by a school, with its programme and what came of it; the record is made of it. */
  const demanderEtRendre = async (quoi: Record<string, string>, service: string, registre: string, [champ, valeur]: readonly [string, string]) => {
    const ecole = await app.temoin(ECOLE);
    const saisir = '/signalements/saisir/demandes-partenaires';
    const commun = { territoire: quartier, canal: 'partenaire', courriel: '' };
    expect((await app.post(saisir, { ...commun, ...quoi, texte: 'Pour Jean Dupont, exclu lundi.' }, ecole)).statusCode).toBe(422);
    const d = await demande(codeDe((await app.post(saisir, { ...commun, ...quoi, texte: 'Du lundi au vendredi.' }, ecole)).body));
    expect(d.serviceId).toBe(service);
    // Whoever is neither the service nor its house says nothing of it; the coordination may.
    expect((await agir(d.id, { vers: 'accepte' }, { comme: 'agent', organisation: 'RATP' })).statusCode).toBe(403);
    const qui: Qui = { comme: 'coordination', organisation: 'DPMP' };
    expect((await agir(d.id, { vers: 'accepte', message: 'Une place est réservée.' }, qui)).statusCode).toBe(303);
    expect((await agir(d.id, { vers: 'programme', jour: '2099-01-15', message: 'Programme : accueil, atelier, entretien.' }, qui)).statusCode).toBe(303);
    expect((await app.get(`/signalements/demandes/${d.id}`, ecole)).body).toContain('Programme : accueil, atelier, entretien.');
    expect((await agir(d.id, { vers: 'fait', enregistrer: 'oui' }, qui)).statusCode).toBe(422);
    const faite = await agir(d.id, { vers: 'fait', message: 'Bilan : présent chaque jour.', enregistrer: 'oui' }, qui);
    expect([faite.statusCode, faute(faite.body)]).toEqual([303, []]);
    const [a] = await lire(sql<{ registre: string; donnees: Record<string, unknown> }>`
      select a.registre, a.donnees from activites a join demandes d on d.activite_id = a.id where d.id = ${d.id}::uuid`);
    expect([a?.registre, a?.donnees[champ]]).toEqual([registre, valeur]);
    expect((await app.get(`/signalements/demandes/${d.id}`, ecole)).body).toContain('Bilan : présent chaque jour.');
  };
  test('OPE-01, circuit-d-activite : une intervention à l’école, demandée, planifiée, réalisée, avec son bilan', () =>
    demanderEtRendre({ categorie: 'intervention-scolaire', 'q.theme': 'harcelement-scolaire', 'q.eleves': '50' }, 'MPCE', 'interventions', [
      'service',
      'mpce',
    ]));
  test('OFFRE-11, demande-de-place : une mesure de responsabilisation, demandée, avec son programme et son bilan', () =>
    demanderEtRendre({ categorie: 'accueil-exclusion', 'q.personnes': '2', 'q.duree': '5', 'q.etablissement-d-origine': 'college' }, 'DT', 'placements', [
      'dispositif',
      'mesure-responsabilisation',
    ]));
  test('OFFRE-12, demande-de-place : un accueil en centre, demandé, avec son programme et son bilan', () =>
    demanderEtRendre({ categorie: 'accueil-en-centre', 'q.personnes': '1', 'q.duree': '3', 'q.etablissement-d-origine': 'lycee' }, 'CSX', 'placements', [
      'dispositif',
      'accueil-alternatif',
    ]));

  test('OPE-08, demande-d-intervention : reçue, acceptée, programmée, faite (et enregistrée), confirmée par qui l’a demandée', async () => {
    const saisir = '/signalements/saisir/demandes-partenaires';
    const ecole = await app.temoin(ECOLE);
    expect((await app.get('/signaler/demandes-partenaires')).statusCode).toBe(303);
    const r = await app.post(saisir, { ...DEMANDE, territoire: quartier }, ecole);
    expect([r.statusCode, faute(r.body)]).toEqual([200, []]);
    const d = await demande(codeDe(r.body));
    expect(d.serviceId).toBe('EPM');
    const page = `/signalements/demandes/${d.id}`;
    expect((await agir(d.id, { vers: 'refuse', motif: 'Complet' }, EPM)).statusCode).toBe(422);
    // The reason of a refusal is given to who asked, on their page and in the letter: it names nobody.
    const refusee = await demande(codeDe((await app.post(saisir, { ...DEMANDE, territoire: quartier, texte: 'Une autre classe.' }, ecole)).body));
    const refus = { vers: 'refuse', motif: 'Complet jusqu’en juin.', message: 'Redemandez à la rentrée.' };
    for (const faux of [
      { ...refus, motif: 'Mme Martin est absente.' },
      { ...refus, motif: 'x'.repeat(999), message: 'y'.repeat(1200) },
    ])
      expect((await agir(refusee.id, faux, EPM)).statusCode).toBe(422);
    expect((await agir(refusee.id, refus, EPM)).statusCode).toBe(303);
    expect(await lire(sql<{ m: string }>`select message as m from demande_evenements where demande_id = ${refusee.id}::uuid and vers = 'refuse'`)).toEqual([
      { m: 'Raison : Complet jusqu’en juin.\nRedemandez à la rentrée.' },
    ]);
    for (const acte of [{ vers: 'accepte' }, { vers: 'programme', jour: '2099-01-15' }] as Champs[]) expect((await agir(d.id, acte, EPM)).statusCode).toBe(303);
    const faite = await agir(d.id, { vers: 'fait', message: 'Deux séances faites.', enregistrer: 'oui' }, EPM);
    expect([faite.statusCode, faite.body]).toEqual([303, '']);
    const [a] = await lire(sql<{ registre: string; titre: string; theme: string; organisation: string }>`
      select a.registre, a.titre, a.donnees->>'theme' as theme, a.organisation_id as organisation from activites a join demandes d on d.activite_id = a.id where d.id = ${d.id}::uuid`);
    expect(a).toMatchObject({
      registre: 'interventions',
      theme: 'rixes',
      organisation: 'DPMP',
      titre: `Présence aux abords d’un établissement, demande n° ${d.numero}`,
    });
    // The school says, from its own page, that it is not what it asked; another house cannot.
    const dire = async (champs: Record<string, string>, qui: Qui | string) => {
      const [v] = await lire(sql<{ version: number }>`select version from demandes where id = ${d.id}::uuid`);
      return (await app.post(`${page}/dire`, { version: String(v?.version), ...champs }, qui)).statusCode;
    };
    expect([await dire({ vers_declarant: 'resolu' }, EPM), await dire({ vers_declarant: 'non-resolu' }, ecole)]).toEqual([403, 422]);
    expect(await dire({ vers_declarant: 'non-resolu', mots: 'Il manque une classe.' }, ecole)).toBe(303);
    expect((await agir(d.id, { vers: 'fait', message: 'Troisième séance faite.' }, EPM)).statusCode).toBe(303);
    // Nobody says anything: after the circuit’s delay it is closed without their word.
    await sql`update demandes set etat_le = now() - interval '31 days' where id = ${d.id}::uuid`.execute(app.base.owner);
    const o = { contrat: { id: app.contratId, slug: 'x' }, circuits: await listCircuits(PARIS), coffre: app.coffre, adresse: '', maintenant: new Date() };
    const clore = aLHeureDeParis(cloreSansRetour);
    expect([await clore(app.db, o), await clore(app.db, o)]).toEqual([1, 0]);
    const [close] = await lire(sql<{ etat: string; close: boolean; efface: boolean }>`
      select etat, clos_le is not null as close, efface_apres > now() as efface from demandes where id = ${d.id}::uuid`);
    expect(close).toEqual({ etat: 'sans-retour', close: true, efface: true });
  });

  test('SIGN-12, signalement-route : un hall transmis par un bailleur va au service de l’heure, qui fait une opération et en rend compte', async () => {
    const bailleur: Qui = { comme: 'agent', organisation: 'GPIS' };
    const saisir = '/signalements/saisir/halls-occupes';
    const champs = { categorie: 'hall', 'q.creneau': ['soiree'], 'q.faits': ['bruit'], territoire: quartier, canal: 'partenaire', courriel: '', texte: '' };
    expect((await app.get(saisir, ECOLE)).statusCode).toBe(403);
    const nuit = await app.post(saisir, { ...champs, 'q.surveillance': 'oui', adresse: '1 cité des Essais', heure: '0' }, bailleur);
    const jour = await app.post(saisir, { ...champs, 'q.surveillance': 'non', adresse: '30 cité des Essais, hall C' }, bailleur);
    const d = await demande(codeDe(jour.body));
    expect([(await demande(codeDe(nuit.body))).serviceId, d.serviceId]).toEqual(['GPIS', 'DT']);
    expect((await agir(d.id, { vers: 'pris-en-charge' })).statusCode).toBe(303);
    expect((await agir(d.id, { vers: 'fait', message: 'Opération menée avec le gardien.', enregistrer: 'oui' })).statusCode).toBe(303);
    expect(
      await lire(sql<{ type: string }>`select a.donnees->>'type' as type from activites a join demandes d on d.activite_id = a.id where d.id = ${d.id}::uuid`),
    ).toEqual([{ type: 'parc-social' }]);
    expect((await app.get(`/signalements/demandes/${d.id}`, bailleur)).body).toContain('Opération menée avec le gardien.');
  });

  test('SIGN-13, rendez-vous-de-plainte : un créneau demandé sans identité, accordé à une date', async () => {
    const r = await app.post(
      '/signalements/saisir/demandes-partenaires',
      { categorie: 'creneau-de-plainte', 'q.moment': 'matin', territoire: quartier, texte: 'Trois constats.', canal: 'partenaire', courriel: '' },
      { comme: 'agent', organisation: 'BAILLEURS' },
    );
    const d = await demande(codeDe(r.body));
    expect((await agir(d.id, { vers: 'accepte' }, EPM)).statusCode).toBe(403);
    const commissariat: Qui = { comme: 'agent', organisation: 'PP' };
    for (const acte of [{ vers: 'accepte' }, { vers: 'programme', jour: '2099-03-02' }] as Champs[])
      expect((await agir(d.id, acte, commissariat)).statusCode).toBe(303);
    expect((await app.get(`/suivi/${codeDe(r.body)}`)).body).toContain('2\u00a0mars 2099');
  });

  test('SIGN-04, traitement-de-doleance : un message sur un chantier, reçu, qualifié, attribué, répondu', async () => {
    const champs = {
      categorie: 'chantier',
      'q.gene': ['bruit'],
      adresse: '8 rue du Chantier',
      territoire: quartier,
      canal: 'nuisances-pro',
      texte: 'Dès six heures.',
      courriel: 'riverain@exemple.fr',
    };
    const r = await app.post('/signalements/saisir/nuisances-pro', champs, { comme: 'teleconseiller', organisation: '3975' });
    const d = await demande(codeDe(r.body));
    expect(d.serviceId).toBe('DT');
    // The address that an operator typed is its holder’s once they say so.
    const [lien = ''] = await listLiensDeConfirmation(app.db, app.contratId, app.coffre);
    expect((await app.post(lien, {})).statusCode).toBe(303);
    expect((await agir(d.id, { vers: 'transmis', service: 'MA', motif: 'Autorisation à vérifier.' })).statusCode).toBe(303);
    expect(
      (
        await agir(
          d.id,
          { vers: 'repondu', message: 'Le chantier est autorisé à partir de sept heures ; il a été averti.' },
          { comme: 'agent', organisation: 'VILLE' },
        )
      ).statusCode,
    ).toBe(303);
    // Nothing that is kept says whom they were written to.
    const lettres = await lire(
      sql<{ n: number }>`select count(*)::int as n from courriels where cree_le >= (select recu_le from demandes where id = ${d.id}::uuid)`,
    );
    expect(lettres).toEqual([{ n: 3 }]);
  });

  test('le formulaire type d’un senior transmet et ne garde rien', async () => {
    const bailleur: Qui = { comme: 'agent', organisation: 'GARDIENS' };
    const saisir = '/signalements/saisir/seniors-vulnerables';
    const champs = { categorie: 'isolement', 'q.qui-repere': 'gardien', 'q.voie': 'parquet', territoire: quartier, canal: 'partenaire', courriel: '' };
    const refus = await app.post(saisir, { ...champs, texte: 'Mme Martin ne sort plus.' }, bailleur);
    expect([refus.statusCode, refus.body.includes('ne reçoit rien sur une personne')]).toEqual([422, true]);
    const r = await app.post(saisir, { ...champs, texte: 'Volets fermés depuis dix jours.' }, bailleur);
    const d = await demande(codeDe(r.body));
    // Reserved: who is not of the circuit does not even learn that it exists.
    expect([d.serviceId, (await app.get(`/signalements/demandes/${d.id}`, { comme: 'agent', organisation: 'RATP' })).statusCode]).toEqual(['PARQUET', 404]);
    expect((await agir(d.id, { vers: 'transmis', service: 'M2A', motif: 'Par la voie légale.' }, { comme: 'agent', organisation: 'PARQUET' })).statusCode).toBe(
      303,
    );
    const [reste] = await lire(sql<{ texte: string; reponses: object }>`select texte, reponses from demandes where id = ${d.id}::uuid`);
    expect(reste).toEqual({ texte: '', reponses: {} });
    // Erased by retention with its line in the desk’s list: the place and the words of what is closed.
    const { id, code } = await signaler({ adresse: '5 rue Oubliée', texte: 'Un texte à oublier.', courriel: 'quelquun@exemple.fr' });
    expect((await agir(id, { vers: 'repondu', message: 'Noté.' })).statusCode).toBe(303);
    await sql`update demandes set efface_apres = now() - interval '3 days' where id = ${id}::uuid`.execute(app.base.owner);
    await sql`update demande_suiveurs set effacer_le = now() - interval '3 days' where demande_id = ${id}::uuid`.execute(app.base.owner);
    expect(await purgerSeules(app.db, app.contratId, CONSERVATION, new Date())).toBe(2);
    const [oubliee] = await lire(sql<{ texte: string; adresse: string; contact: null; regles: number }>`
      select d.texte, d.adresse, s.contact, (select count(*)::int from purges where regle in ('adresses-de-suivi', 'mots-des-demandes')) as regles
      from demandes d join demande_suiveurs s on s.demande_id = d.id where d.id = ${id}::uuid`);
    expect(oubliee).toEqual({ texte: '', adresse: '', contact: null, regles: 2 });
    expect((await app.get(`/suivi/${code}`)).statusCode).toBe(200);
  });

  test('ce qui est devenu des signalements se lit par lieu, sans taux de trop peu', async () => {
    // Of the month before this one, which is over.
    await sql`update demandes set recu_le = date_trunc('month', now()) - interval '10 days', repondu_le = null where circuit = 'tranquillite-publique'`.execute(
      app.base.owner,
    );
    await arreterAu(app.base.owner, app.catalogue);
    const ensemble = await app.get('/signaler/bilan');
    expect([ensemble.statusCode, /\d+.signalements reçus/.test(ensemble.body), ensemble.body.includes('masqué')]).toEqual([200, true, true]);
    const [lieu] = app.catalogue.enfants(app.catalogue.racine.id);
    expect((await app.get(`/signaler/bilan?territoire=${lieu?.id}`)).statusCode).toBe(200);
    expect((await app.get('/signaler/bilan?trimestre=2099-T9&territoire=rien')).statusCode).toBe(200);
  });
});

test('un circuit de plus est un fichier de plus : celui d’un autre contrat sert tel quel', async () => {
  const valbourg = await ouvrirApp({ contrat: 'valbourg' });
  try {
    const champs = { categorie: 'ponton', adresse: 'Ponton 3', territoire: 'v-lac', heure: '0', texte: '', courriel: '' };
    const r = await valbourg.post('/signaler/pontons', champs);
    expect(r.statusCode).toBe(200);
    const { rows } = await sql<{ circuit: string; serviceId: string }>`select circuit, service_id as "serviceId" from demandes`.execute(valbourg.base.owner);
    expect(rows).toEqual([{ circuit: 'pontons', serviceId: 'ASSOV' }]);
    expect((await valbourg.get('/signaler/tranquillite-publique')).statusCode).toBe(404);
  } finally {
    await valbourg.close();
  }
});

test('ce que la base refuse d’un texte n’en fait échouer aucun de ceux qui arrivent ensemble', async () => {
  const adresses = ['1 rue Nulle', '2 rue\0 Nulle\0', '3 rue Nulle'];
  await Promise.all(adresses.map((adresse) => signaler({ adresse, texte: 'Un mot\0 de trop' })));
  const gardees = await lire(sql<{ adresse: string; texte: string }>`select adresse, texte from demandes where adresse like '%rue Nulle' order by adresse`);
  expect(gardees).toEqual(adresses.map((a) => ({ adresse: a.replaceAll('\0', ''), texte: 'Un mot de trop' })));
  // In an address too: in what is asked it is a space, however it is hidden; in a path it leads nowhere.
  for (const q of ['a%00b', '%0%000', '%00'.repeat(50)]) expect([q, (await app.get(`/recherche?q=${q}`)).statusCode]).toEqual([q, 200]);
  expect((await app.get('/fiches/1%00')).statusCode).toBe(404);
});
