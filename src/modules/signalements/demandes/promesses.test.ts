/** What reports promise to who makes them, and to who they are about: each is tried by what would make it false. */
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type AppDeTest, ouvrirApp, type Qui } from '../../../../tests/support/app.ts';
import { PARIS } from '../../../../tests/support/template.ts';
import { lireFormulaire } from '../../../../tests/support/formulaire.ts';
import { listCompteurs } from '../compteurs/compteurs.ts';
import { ouvrirPeriodes } from '../compteurs/compteurs.dus.ts';
import { teneurs } from '../compteurs/compteur.rules.ts';
import { listCourriels } from '../../../core/courrier/mail.ts';
import { arreterAu, codeDe, listLiensDeConfirmation } from '../signalements.fixtures.ts';
import { listCircuits } from '../circuits/circuits.ts';
import { cloreSansRetour } from './silence.ts';
import { aLHeureDeParis } from '../../../../tests/support/fuseau.ts';

const DPMP: Qui = { comme: 'agent', organisation: 'DPMP' };
const COMM: Qui = { comme: 'agent', organisation: 'COMM' };
const ELU: Qui = { comme: 'elu', organisation: 'VILLE' };
const SAISIR = '/signalements/saisir/tranquillite-publique';
const BRUIT = { categorie: 'bruit', danger: 'non', 'q.source': 'rue', territoire: '7511801', heure: '', texte: '', courriel: '' };
type Champs = Record<string, string | string[]>;

let app: AppDeTest;
let n = 0;
const lire = async <L>(q: ReturnType<typeof sql<L>>): Promise<L[]> => (await q.execute(app.base.owner)).rows;
const poster = (url: string, champs: Champs) => {
  const corps = new URLSearchParams();
  for (const [cle, v] of Object.entries(champs)) for (const x of [v].flat()) corps.append(cle, x);
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  return app.serveur.inject({ method: 'POST', url, remoteAddress: `10.7.${++n >> 8}.${n & 255}`, headers, payload: corps.toString() });
};
const etatDe = async (code: string) => {
  const [d] = await lire(sql<{ id: string; etat: string; meneur: string | null; numero: string; service: string; recu: number; repondu: number | null }>`
    select d.id, d.etat, d.meneur_id as meneur, d.numero::text as numero, d.service_id as service,
      extract(epoch from d.recu_le)::float8 as recu, extract(epoch from d.repondu_le)::float8 as repondu
    from demandes d join demande_suiveurs s on s.contrat_id = d.contrat_id and s.demande_id = d.id
    where s.empreinte = sha256(convert_to('suivi' || chr(10) || ${code}, 'UTF8'))`);
  if (!d) throw new Error(`Aucune demande n’a le code ${code}.`);
  return d;
};
async function signaler(plus: Champs = {}) {
  const r = await poster('/signaler/tranquillite-publique', { ...BRUIT, adresse: `${++n} rue des Promesses`, ...plus });
  expect(r.statusCode).toBe(200);
  const code = codeDe(r.body);
  return { code, ...(await etatDe(code)) };
}
const agir = async (id: string, champs: Record<string, string>, qui: Qui = DPMP) => {
  const [v] = await lire(sql<{ version: number }>`select version from demandes where id = ${id}::uuid`);
  return (await app.post(`/signalements/demandes/${id}/acte`, { version: String(v?.version), ...champs }, qui)).statusCode;
};
const joindre = async (id: string, meneur: string, qui: Qui = DPMP) => (await app.post(`/signalements/demandes/${id}/joindre`, { meneur }, qui)).statusCode;
beforeAll(async () => {
  app = await ouvrirApp();
});
afterAll(() => app.close());

describe('Ce qui est joint', () => {
  test('le mot de l’un n’est pas celui des autres ; chacun a sa réponse, à l’heure où on la lui dit', async () => {
    const [meneur, jointe, autre] = [await signaler(), await signaler(), await signaler()];
    expect(await agir(meneur.id, { vers: 'pris-en-charge', message: 'Nous y allons.' })).toBe(303);
    for (const x of [jointe, autre]) expect(await joindre(x.id, meneur.id)).toBe(303);
    expect((await etatDe(jointe.code)).repondu).toBeNull();
    expect(await agir(meneur.id, { vers: 'fait', message: 'Un équipage est passé.' })).toBe(303);
    const repondue = await etatDe(jointe.code);
    expect([repondue.etat, (repondue.repondu ?? 0) > repondue.recu]).toEqual(['fait', true]);
    // The lead’s author confirms: the others have not.
    expect((await poster(`/suivi/${meneur.code}`, { acte: 'resolu' })).statusCode).toBe(303);
    expect([(await etatDe(meneur.code)).etat, (await etatDe(jointe.code)).etat]).toEqual(['resolu', 'fait']);
    // One of them does, the other says no, at length: the lead is opened again, and who confirmed still has. As much as can be said, an emoji at its end.
    expect((await poster(`/suivi/${jointe.code}`, { acte: 'resolu' })).statusCode).toBe(303);
    expect((await poster(`/suivi/${autre.code}`, { acte: 'non-resolu', mots: `${'Encore '.repeat(142)}fin\u{1F332}` })).statusCode).toBe(303);
    const etats = async () => [(await etatDe(meneur.code)).etat, (await etatDe(jointe.code)).etat, (await etatDe(autre.code)).etat];
    expect(await etats()).toEqual(['non-resolu', 'resolu', 'non-resolu']);
    expect((await app.get(`/suivi/${meneur.code}`)).body).not.toContain('Vous avez');
    expect([await agir(meneur.id, { vers: 'pris-en-charge' }), (await etats()).slice(1)]).toEqual([303, ['resolu', 'pris-en-charge']]);
    const [mois] = await lire(sql<{ resolus: number; contestes: number; minutes: number }>`
      select sum(resolus)::int as resolus, sum(contestes)::int as contestes, min(minutes_de_reponse)::int as minutes from demande_mois`);
    expect([mois?.resolus, mois?.contestes, (mois?.minutes ?? -1) >= 0]).toEqual([2, 1, true]);
    // Answered since, the lead is closed: one who had confirmed says that it is back, and a service has it in hand again.
    expect(await agir(meneur.id, { vers: 'repondu', message: 'Le secteur est suivi.' })).toBe(303);
    expect((await poster(`/suivi/${jointe.code}`, { acte: 'non-resolu', mots: 'Ils sont revenus.' })).statusCode).toBe(303);
    expect(await etats()).toEqual(['conteste', 'non-resolu', 'repondu']);
  });

  test('rien ne se joint à ce qui est fini ; ce qui est séparé redevient comme avant ; un autre service ne s’en sert pas', async () => {
    const [meneur, seconde] = [await signaler(), await signaler()];
    expect(await agir(meneur.id, { vers: 'repondu', message: 'Le secteur est suivi.' })).toBe(303);
    expect(await joindre(seconde.id, meneur.id)).toBe(409);
    // Nor is it proposed to who takes it down.
    expect((await app.post(SAISIR, { ...BRUIT, adresse: '1 rue Close', canal: 'totem' }, { comme: 'operateur', organisation: 'DPMP' })).statusCode).toBe(200);
    const [lead, jointe] = [await signaler({ heure: '0' }), await signaler()];
    expect([lead.service, jointe.service]).toEqual(['SCOP', 'DT']);
    expect(await agir(lead.id, { vers: 'transmis', service: 'COMM', motif: 'De la police nationale.' })).toBe(303);
    expect(await joindre(jointe.id, lead.id)).toBe(403);
    const tenu = await signaler({ heure: '0' });
    expect(await joindre(jointe.id, tenu.id)).toBe(303);
    expect([(await etatDe(jointe.code)).service, await agir(tenu.id, { vers: 'repondu', message: 'Vu.' })]).toEqual(['SCOP', 303]);
    expect((await app.post(`/signalements/demandes/${jointe.id}/disjoindre`, {}, DPMP)).statusCode).toBe(303);
    const rendue = await etatDe(jointe.code);
    expect([rendue.etat, rendue.service, rendue.meneur]).toEqual(['recu', 'DT', null]);
    expect(
      (
        await lire(sql<{ ouverte: boolean }>`
      select soldee_le is null and sans_objet_le is null as ouverte from echeances where objet_id = ${jointe.id} and organisation_id = 'DT'`)
      )[0]?.ouverte,
    ).toBe(true);
  });
});

describe('Qui lit quoi', () => {
  test('le texte entier et le lieu exact sont du service ; les autres lisent le quartier, sans nom ni rue', async () => {
    const texte = 'Mme Martin crie toute la nuit.';
    const d = await signaler({ adresse: '8 rue qui se Tait', texte, texte_vu: texte });
    expect(await agir(d.id, { vers: 'pris-en-charge', note: 'Vu avec la gardienne', message: 'Nous passerons au 8 rue qui se Tait.' })).toBe(303);
    const page = `/signalements/demandes/${d.id}`;
    const [service, elu] = [(await app.get(page, DPMP)).body, (await app.get(page, ELU)).body];
    for (const mot of ['Mme Martin', 'rue qui se Tait', 'Vu avec la gardienne', 'Des personnes dans la rue'])
      expect([mot, service.includes(mot), elu.includes(mot)]).toEqual([mot, true, false]);
    expect(elu).toContain('[nom] crie');
    const boite = '/signalements/boite?service=tous&territoire=tous&etat=ouvertes';
    expect([(await app.get(boite, DPMP)).body.includes('rue qui se Tait'), (await app.get(boite, ELU)).body.includes('rue qui se Tait')]).toEqual([
      true,
      false,
    ]);
    // Nor does looking for the street tell that it is there.
    expect((await app.get(`${boite}&q=qui+se+Tait`, ELU)).body).not.toContain(d.id);
    expect((await app.get(`${boite}&q=qui+se+Tait`, DPMP)).body).toContain(d.id);
  });

  test('ce qui est réservé n’entre dans aucun registre avec son lieu ni son numéro, et son opération n’est pas dite', async () => {
    const social = { categorie: 'petit-campement', danger: 'non', territoire: '7511801', adresse: '3 quai Réservé', texte: '', courriel: '' };
    const r = await poster('/signaler/urgence-sociale', social);
    expect(r.statusCode).toBe(200);
    const d = await etatDe(codeDe(r.body));
    const MUS: Qui = { comme: 'agent', organisation: 'MUS' };
    // Reserved, it is read where one's mandate acts: elsewhere, by an elected person or by who holds the money, it is not.
    const boite = '/signalements/boite?service=tous&territoire=tous';
    for (const [qui, lit] of [
      [MUS, true],
      [{ ...MUS, territoire: 'mairie-18' }, true],
      [{ ...MUS, territoire: 'mairie-12' }, false],
      ...(['elu', 'financement'] as const).map((comme): [Qui, boolean] => [{ ...MUS, comme }, false]),
    ] satisfies [Qui, boolean][])
      expect([qui, (await app.get(`/signalements/demandes/${d.id}`, qui)).statusCode === 200, (await app.get(boite, qui)).body.includes(d.id)]).toEqual([
        qui,
        lit,
        lit,
      ]);
    expect(await agir(d.id, { vers: 'pris-en-charge' }, MUS)).toBe(303);
    expect(await agir(d.id, { vers: 'fait', message: 'Une équipe est passée.', enregistrer: 'oui' }, MUS)).toBe(303);
    const [a] = await lire(sql<{ titre: string; adresse: string | null; lon: number | null }>`
      select a.titre, a.adresse, a.lon from activites a join demandes d on d.activite_id = a.id where d.id = ${d.id}::uuid`);
    expect([a?.titre, a?.adresse ?? '', a?.lon ?? null]).toEqual(['Petit campement', '', null]);
    const operation = { titre: 'Passage discret', jour: '2026-03-14', type: 'mise-a-l-abri', service: 'uasa', cadre: 'ordinaire' };
    const seconde = await etatDe(codeDe((await poster('/signaler/urgence-sociale', { ...social, adresse: '5 quai Réservé' })).body));
    const faite = await app.post('/signalements/operations/nouvelle', { ...operation, demandes: seconde.id }, MUS);
    const chemin = String(faite.headers.location);
    expect(chemin).toMatch(/operations\/[0-9a-f-]{36}$/);
    const liste = '/signalements/operations';
    const RATP: Qui = { comme: 'agent', organisation: 'RATP' };
    expect([(await app.get(liste, MUS)).body.includes('Passage discret'), (await app.get(liste, RATP)).body.includes('Passage discret')]).toEqual([
      true,
      false,
    ]);
    // Nothing is told of what was withdrawn, nor of what is still to come.
    await sql`update activites set etape = 'programmee', jour = '2099-01-01' where id = ${chemin.split('/').pop()}::uuid`.execute(app.base.owner);
    expect((await app.post(`${chemin}/compte`, { message: 'C’est fait.' }, MUS)).statusCode).toBe(409);
    await sql`update activites set statut = 'retire' where id = ${chemin.split('/').pop()}::uuid`.execute(app.base.owner);
    expect((await app.post(`${chemin}/compte`, { message: 'C’est fait.' }, MUS)).statusCode).toBe(409);
  });

  test('transmis sans garder : ni mots, ni réponses, ni lieu', async () => {
    const champs = {
      categorie: 'isolement',
      'q.qui-repere': 'gardien',
      'q.voie': 'parquet',
      territoire: '7511801',
      canal: 'partenaire',
      courriel: '',
      texte: 'Un voisin ne répond plus.',
    };
    const r = await app.post('/signalements/saisir/seniors-vulnerables', champs, { comme: 'agent', organisation: 'GARDIENS' });
    expect(r.statusCode).toBe(200);
    const d = await etatDe(codeDe(r.body));
    await sql`update demandes set adresse = '2 rue Âgée', lon = 2.34, lat = 48.89 where id = ${d.id}::uuid`.execute(app.base.owner);
    expect(await agir(d.id, { vers: 'transmis', service: 'M2A', motif: 'Voie légale.' }, { comme: 'agent', organisation: 'PARQUET' })).toBe(303);
    const [reste] = await lire(
      sql<{ tout: string; lon: number | null }>`select texte || adresse || reponses::text as tout, lon from demandes where id = ${d.id}::uuid`,
    );
    expect(reste).toEqual({ tout: '{}', lon: null });
  });
});

describe('Les étapes', () => {
  test('OPE-13, lien-signalement : l’enregistrement qu’a fait une demande mène à elle, pour qui peut la lire', async () => {
    const r = await app.post(
      '/signalements/saisir/demandes-partenaires',
      {
        ...{
          categorie: 'presence-abords',
          'q.etablissement': 'college',
          territoire: '7511801',
          texte: 'Sorties de 17 heures.',
          canal: 'partenaire',
          courriel: '',
        },
      },
      { comme: 'agent', organisation: 'RECTORAT' },
    );
    const d = await etatDe(codeDe(r.body));
    expect(await agir(d.id, { vers: 'accepte' })).toBe(303);
    expect(await agir(d.id, { vers: 'fait', message: 'Présence assurée.', enregistrer: 'oui' })).toBe(303);
    const [a] = await lire(sql<{ id: string }>`select activite_id as id from demandes where id = ${d.id}::uuid`);
    expect((await app.get(`/registres/interventions/${a?.id}`, DPMP)).body).toContain(`href="/signalements/demandes/${d.id}"`);
    await sql`update demandes set lecteurs = '{EPM}' where id = ${d.id}::uuid`.execute(app.base.owner);
    expect((await app.get(`/registres/interventions/${a?.id}`, { comme: 'agent', organisation: 'RATP' })).body).not.toContain(d.id);
  });

  test('SIGN-32, compteur-de-circuit : ce qui est transmis ailleurs n’est ici qu’une date et une étape', async () => {
    const UASA: Qui = { comme: 'agent', organisation: 'UASA' };
    const saisir = '/signalements/saisir/enfance-en-danger';
    expect((await app.get(saisir, { comme: 'agent', organisation: 'RATP' })).statusCode).toBe(403);
    const champs = { categorie: 'refus-d-abri', territoire: '7511801', canal: 'partenaire', courriel: '', texte: '' };
    const d = await etatDe(codeDe((await app.post(saisir, champs, UASA)).body));
    const CRIP: Qui = { comme: 'agent', organisation: 'CRIP' };
    expect(await agir(d.id, { vers: 'pris-en-charge' }, CRIP)).toBe(303);
    expect((await app.get('/signalements/etapes', CRIP)).body).toContain('Évaluation en cours');
    // Whoever is of no part of it does not read that it is used.
    expect((await app.get('/signalements/etapes', { comme: 'agent', organisation: 'RATP' })).body).not.toContain('Enfance en danger');
    expect((await app.get('/signaler/enfance-en-danger/parcours')).body).toMatch(/Évaluation en cours.*90.jours/s);
    expect((await app.get('/signaler/rien/parcours')).statusCode).toBe(404);
    expect((await app.get('/dispositifs/SIGN-32', DPMP)).body).toContain('/signalements/etapes#enfance-en-danger');
  });

  test('CELL-10, compteur-de-circuit : ce qui va à la cellule des informations préoccupantes se compte par étape, et aucun mot n’y entre', async () => {
    const UASA: Qui = { comme: 'agent', organisation: 'UASA' };
    const CRIP: Qui = { comme: 'agent', organisation: 'CRIP' };
    const champs = { categorie: 'refus-d-abri', territoire: '7511801', canal: 'partenaire' };
    const page = (await app.get('/signalements/saisir/enfance-en-danger?categorie=refus-d-abri', UASA)).body;
    for (const champ of ['texte', 'courriel', 'adresse', 'heure']) expect(page).not.toContain(`name="${champ}"`);
    const refusee = await app.post('/signalements/saisir/enfance-en-danger', { ...champs, texte: 'Une famille' }, UASA);
    expect([refusee.statusCode, refusee.body.includes('Rien ne s’écrit dans ce circuit')]).toEqual([422, true]);
    const code = codeDe(
      (await app.post('/signalements/saisir/enfance-en-danger', { ...champs, adresse: '3 rue Cachée', courriel: 'a@exemple.fr' }, UASA)).body,
    );
    const d = await etatDe(code);
    // No picture by the page of follow-up.
    expect((await app.get(`/suivi/${code}`)).body).not.toContain(`/suivi/${code}/photos`);
    expect((await poster(`/suivi/${code}/photos`, {})).statusCode).toBe(409);
    const [garde] = await lire(sql<{ adresse: string; contacts: number }>`
      select d.adresse, (select count(*)::int from demande_suiveurs s where s.demande_id = d.id and s.contact is not null) as contacts
      from demandes d where d.id = ${d.id}::uuid`);
    expect(garde).toEqual({ adresse: '', contacts: 0 });
    // By no form, sent by hand.
    for (const champ of ['message', 'motif', 'note']) expect(await agir(d.id, { vers: 'pris-en-charge', [champ]: 'La famille M.' }, CRIP)).toBe(422);
    expect((await app.post(`/signalements/demandes/${d.id}/note`, { note: 'La famille M.' }, CRIP)).statusCode).toBe(422);
    const lot = await app.post('/signalements/boite/lot', { demande: `${d.id}:1`, acte: 'note', motif: 'La famille M.' }, CRIP);
    expect(lot.statusCode).toBe(422);
    expect(await agir(d.id, { vers: 'pris-en-charge' }, CRIP)).toBe(303);
    expect(await agir(d.id, { vers: 'transmis', service: 'PARQUET' }, CRIP)).toBe(303);
    expect((await app.get('/dispositifs/CELL-10', DPMP)).body).toContain('/signalements/etapes#enfance-en-danger');
    const [mots] = await lire(
      sql<{ mots: string }>`select string_agg(note || motif || message, '') as mots from demande_evenements where demande_id = ${d.id}::uuid`,
    );
    expect(mots?.mots).toBe('');
  });

  test('CELL-12, delai-sans-identite : les huit jours courent de la réquisition, et rien d’autre qu’un jour n’est gardé', async () => {
    const PAV: Qui = { comme: 'agent', organisation: 'PAV' };
    const saisir = '/signalements/saisir/evvi';
    for (const qui of ['RATP', 'DPMP']) expect((await app.get(saisir, { comme: 'agent', organisation: qui })).statusCode).toBe(403);
    const page = (await app.get(`${saisir}?categorie=requisition`, PAV)).body;
    expect(page).toContain('Réquisition reçue le');
    for (const champ of ['texte', 'courriel', 'adresse', 'territoire', 'heure']) expect(page).not.toContain(`name="${champ}"`);
    // Received three days ago, noted today: five are left.
    const [jours] = await lire(sql<{ avant: string; apres: string }>`select (current_date - 3)::text as avant, (current_date + 5)::text as apres`);
    const creer = async (jour: string) =>
      etatDe(codeDe((await app.post(saisir, { categorie: 'requisition', canal: 'partenaire', jour, territoire: '7511801' }, PAV)).body));
    const d = await creer(jours?.avant ?? '');
    // Another of the same day is another one.
    const autre = await creer(jours?.avant ?? '');
    expect([d.id === autre.id, d.meneur, autre.meneur]).toEqual([false, null, null]);
    const [garde] = await lire(sql<{ du: string; lieu: string; reste: string }>`
      select d.du_le::text as du, d.territoire_id as lieu, d.texte || d.adresse || d.reponses::text as reste from demandes d where d.id = ${d.id}::uuid`);
    expect(garde).toEqual({ du: jours?.apres, lieu: app.catalogue.racine.id, reste: '{}' });
    const [due] = await lire(
      sql<{ due: string; qui: string }>`select due_le::text as due, organisation_id as qui from echeances where objet = ${d.id}::uuid and soldee_le is null`,
    );
    expect(due).toEqual({ due: jours?.apres, qui: 'PAV' });
    // Reserved to those it concerns.
    expect((await app.get(`/signalements/demandes/${d.id}`, { comme: 'agent', organisation: 'RATP' })).statusCode).toBe(404);
    expect(await agir(d.id, { vers: 'repondu' }, PAV)).toBe(303);
    expect((await lire(sql<{ n: number }>`select count(*)::int as n from echeances where objet = ${d.id}::uuid and soldee_le is null`))[0]?.n).toBe(0);
    expect((await app.get('/signaler/evvi/parcours')).body).toMatch(/Évaluation attendue.*8.jours/s);
    expect((await app.get('/dispositifs/CELL-12', DPMP)).body).toContain('/signaler/evvi/parcours');
  });

  test('CELL-19, demande-tracee : un bailleur demande, le service répond ailleurs ; ici, une date, une étape et un retard', async () => {
    const BAILLEUR: Qui = { comme: 'agent', organisation: 'BAILLEURS' };
    const PARQUET: Qui = { comme: 'agent', organisation: 'PARQUET' };
    const r = await app.post('/signalements/saisir/pieces-de-bail', { categorie: 'decision-penale', canal: 'partenaire' }, BAILLEUR);
    const d = await etatDe(codeDe(r.body));
    expect([r.statusCode, d.service]).toEqual([200, 'PARQUET']);
    expect((await app.get(`/signalements/demandes/${d.id}`, PARQUET)).body).toContain('Rien ne s’écrit dans ce circuit');
    expect(await agir(d.id, { vers: 'repondu' }, PARQUET)).toBe(303);
    const { version } = lireFormulaire((await app.get(`/signalements/demandes/${d.id}`, BAILLEUR)).body, `/signalements/demandes/${d.id}/dire`);
    expect((await app.post(`/signalements/demandes/${d.id}/dire`, { version: String(version), vers_declarant: 'conteste' }, BAILLEUR)).statusCode).toBe(303);
    expect((await etatDe(codeDe(r.body))).etat).toBe('conteste');
    expect((await app.get('/dispositifs/CELL-19', DPMP)).body).toContain('/signaler/pieces-de-bail/parcours');
  });

  test('SIGN-23, compteur-de-circuit : des nombres par étape et par période, donnés par qui tient le circuit, attendus, corrigés sans rien effacer', async () => {
    const compteurs = await listCompteurs(PARIS);
    const maintenant = new Date('2026-04-02T06:00:00Z');
    expect(await aLHeureDeParis(ouvrirPeriodes)({ db: app.db, contrat: { id: app.contratId }, maintenant }, compteurs)).toBe(
      [...compteurs.values()].flatMap(teneurs).length,
    );
    expect(await aLHeureDeParis(ouvrirPeriodes)({ db: app.db, contrat: { id: app.contratId }, maintenant }, compteurs)).toBe(0);
    const [p] = await lire(sql<{ id: string }>`select id from circuit_periodes where compteur = 'lettre-plainte'`);
    const chemin = `/signalements/compteurs/${p?.id}`;
    const due = () =>
      lire(sql<{ due: string; soldee: boolean }>`select due_le::text as due, soldee_le is not null as soldee from echeances where objet_id = ${p?.id}`);
    expect(await due()).toEqual([{ due: '2026-05-16', soldee: false }]);
    const PP: Qui = { comme: 'agent', organisation: 'PP' };
    const RATP: Qui = { comme: 'agent', organisation: 'RATP' };
    const nombres = { version: '0', 'n.prises': '0', 'n.enregistrees': '1 234', 'n.delai': '2,5', 'n.reponses': '', source: 'Relevé du service au 31 mars' };
    expect((await app.get(chemin, RATP)).body).not.toContain('name="source"');
    expect((await app.post(chemin, nombres, RATP)).statusCode).toBe(403);
    expect((await app.post(chemin, nombres, { comme: 'elu', organisation: 'PP' })).statusCode).toBe(403);
    expect((await app.post(chemin, nombres, { ...PP, territoire: 'mairie-18' })).statusCode).toBe(403);
    expect((await app.get(chemin)).statusCode).not.toBe(200);
    const faux = await app.post(chemin, { ...nombres, 'n.prises': 'beaucoup', source: '' }, PP);
    expect([faux.statusCode, faux.body.includes('value="beaucoup"'), faux.body.includes('href="#n.prises"'), faux.body.includes('href="#source"')]).toEqual([
      422,
      true,
      true,
      true,
    ]);
    expect((await app.post(chemin, { version: '0', source: 'Rien de compté' }, PP)).statusCode).toBe(422);
    expect((await app.post(chemin, nombres, PP)).statusCode).toBe(303);
    expect(await due()).toEqual([{ due: '2026-05-16', soldee: true }]);
    // Zero is said, and what nobody counts is not a zero.
    const lue = (await app.get(chemin, RATP)).body;
    expect(lue).toMatch(/Prises sur place.*?>0</s);
    expect(lue).toMatch(/Suite dite au plaignant.*?non compté/s);
    expect(lue).toContain('Relevé du service au 31 mars');
    const depassee = await app.post(chemin, { ...nombres, 'n.prises': '7' }, PP);
    expect([depassee.statusCode, depassee.body.includes('value="7"')]).toEqual([409, true]);
    expect((await app.post(chemin, { ...nombres, version: '1', 'n.prises': '7', source: 'Relevé corrigé' }, PP)).statusCode).toBe(303);
    const corrigee = (await app.get(chemin, RATP)).body;
    for (const dit of ['Relevé du service au 31 mars', 'Relevé corrigé', 'Prises sur place, 0 ;']) expect(corrigee).toContain(dit);
    const etapes = (await app.get('/signalements/etapes', RATP)).body;
    expect(etapes).toMatch(/id="lettre-plainte".*?>7</s);
    expect(etapes).toMatch(/id="preuves-sans-plainte".*?(attendu pour le|en retard depuis le)/s);
    for (const s of ['SIGN-18', 'SIGN-24', 'ORIENT-01', 'CELL-10'])
      expect((await app.get(`/dispositifs/${s}`, DPMP)).body, s).toContain('/signalements/etapes#');
    expect((await app.get('/signalements/compteurs/00000000-0000-7000-8000-000000000000', PP)).statusCode).toBe(404);
  });

  test('on lit à qui l’information passe, et que rien n’en est gardé', async () => {
    const parcours = (await app.get('/signaler/enfance-en-danger/parcours')).body;
    for (const dit of ['Cellule de recueil des informations préoccupantes', 'Ce qui est transmis est effacé d’ici', 'passe par son propre canal'])
      expect(parcours).toContain(dit);
  });

  test('SIGN-14, formulaire-papier : un formulaire à imprimer, dont on compte seulement combien ont été pris', async () => {
    expect((await app.get('/dispositifs/SIGN-14', DPMP)).body).toContain('/signaler/seniors-vulnerables/parcours');
    expect((await app.get('/signaler/seniors-vulnerables/parcours')).body).toContain('action="/signaler/seniors-vulnerables/formulaire"');
    expect((await poster('/signaler/tranquillite-publique/formulaire', {})).statusCode).toBe(404);
    for (let i = 0; i < 2; i++) {
      const r = await poster('/signaler/seniors-vulnerables/formulaire', {});
      expect([r.statusCode, r.headers['content-type'], r.rawPayload.subarray(0, 5).toString()]).toEqual([200, 'application/pdf', '%PDF-']);
    }
    const JUSTICE: Qui = { comme: 'agent', organisation: 'PARQUET' };
    expect((await app.get('/signalements/etapes', JUSTICE)).body).toContain('formulaire à imprimer pris 2 fois');
    expect(await lire(sql<{ n: number }>`select nombre as n from formulaire_diffusions`)).toEqual([{ n: 2 }]);
  });

  test('PUBLIC-28, retour-aux-habitants : ce qui est devenu de leurs signalements se lit mairie par mairie', async () => {
    const d = await signaler();
    expect(await agir(d.id, { vers: 'pris-en-charge' })).toBe(303);
    await sql`update demandes set recu_le = date_trunc('month', now()) - interval '10 days', note = 3 where id = ${d.id}::uuid`.execute(app.base.owner);
    await arreterAu(app.base.owner, app.catalogue);
    const bilan = (await app.get('/signaler/bilan')).body;
    for (const t of app.catalogue.enfants(app.catalogue.racine.id)) expect(bilan).toContain(t.nom);
  });
});

describe('L’adresse de qui signale', () => {
  test('n’est en clair nulle part, ne reçoit pas plus de cinq premières lettres par jour, et s’oublie avec les mots', async () => {
    const courriel = 'habitante@exemple.fr';
    const d = await signaler({ courriel, adresse: '4 rue des Lettres', texte: 'Bruit chaque soir.' });
    const lettres = await lire(sql<{ destinataire: string; sujet: string }>`select destinataire, sujet from courriels order by cree_le`);
    expect(lettres.filter((x) => x.destinataire.includes('@') || x.sujet.includes(d.numero))).toEqual([]);
    for (let i = 0; i < 4; i++) await signaler({ courriel });
    const sixieme = await poster('/signaler/tranquillite-publique', { ...BRUIT, adresse: '5 rue des Lettres', courriel: 'HABITANTE@exemple.fr' });
    expect(sixieme.body).toContain('Aucun courriel ne partira');
    expect(
      (await lire(sql<{ n: number }>`select count(*)::int as n from demande_suiveurs where contact is not null and cree_le > now() - interval '1 minute'`))[0]
        ?.n,
    ).toBe(5);
    // An address that no key opens stops neither an act, nor the night.
    await sql`update demande_suiveurs set contact = '\\x00' where demande_id = ${d.id}::uuid`.execute(app.base.owner);
    expect(await agir(d.id, { vers: 'pris-en-charge', note: 'Appelé au 4 rue des Lettres' })).toBe(303);
    expect(await agir(d.id, { vers: 'fait', message: 'Passés au 4 rue des Lettres.' })).toBe(303);
    await sql`update demandes set etat_le = now() - interval '40 days' where id = ${d.id}::uuid`.execute(app.base.owner);
    const o = { contrat: { id: app.contratId, slug: 'x' }, circuits: await listCircuits(PARIS), coffre: app.coffre, adresse: '', maintenant: new Date() };
    expect(await aLHeureDeParis(cloreSansRetour)(app.db, o)).toBe(1);
    await sql`update demandes set anonymisee_le = now() where id = ${d.id}::uuid`.execute(app.base.owner);
    const [mots] = await lire(
      sql<{ mots: string }>`select string_agg(note || motif || message, '') as mots from demande_evenements where demande_id = ${d.id}::uuid`,
    );
    expect(mots?.mots).toBe('');
  });

  test('ne reçoit rien de plus avant d’être confirmée d’un clic, ni ce qui attend quand on l’oublie', async () => {
    const d = await signaler({ courriel: 'victime@exemple.fr', adresse: '8 rue des Confirmations' });
    const [lien = ''] = await listLiensDeConfirmation(app.db, app.contratId, app.coffre);
    const lettres = async () =>
      (await listCourriels(app.db, app.contratId, ['attente', 'retenu'], 100, app.coffre))
        .filter((l) => l.destinataire === 'victime@exemple.fr')
        .map((l) => l.sujet);
    expect(await lettres()).toEqual(['Confirmez votre adresse']);
    // Mistyped, it is a stranger’s: neither the letter nor where its link leads says the code, nor what was reported.
    const lettre = (await listCourriels(app.db, app.contratId, ['attente', 'retenu'], 100, app.coffre)).find((l) => l.destinataire === 'victime@exemple.fr');
    const ouverte = await app.get(lien);
    expect([lettre?.texte.match(/https?:\S+/g)?.length, ouverte.statusCode]).toEqual([1, 200]);
    for (const dit of [lettre?.texte ?? d.code, ouverte.body])
      expect([codeDe(dit), dit.includes('Bruit'), dit.includes('Confirmations')]).toEqual(['', false, false]);
    expect(await agir(d.id, { vers: 'pris-en-charge', message: 'Nous y allons.' })).toBe(303);
    expect(await lettres()).toHaveLength(1);
    expect((await app.get(`/suivi/${d.code}`)).body).toContain('ouvrez son lien');
    // A program that opens links confirms nothing; another’s link neither.
    expect((await app.get(`${lien}?langue=en`)).body).toContain('Confirm my address');
    expect(await agir(d.id, { vers: 'programme', jour: '2030-01-01' })).toBe(303);
    expect(await lettres()).toHaveLength(1);
    await signaler({ courriel: 'autre@exemple.fr', adresse: '9 rue des Confirmations' });
    const [dAutrui = ''] = await listLiensDeConfirmation(app.db, app.contratId, app.coffre);
    const melange = dAutrui.replace(/[^/]+$/, lien.split('/').pop() ?? '');
    expect([(await app.get(melange)).statusCode, (await app.post(melange, {})).statusCode, dAutrui === lien]).toEqual([404, 404, false]);
    expect((await app.post(lien, {})).headers.location).toBe('/suivi?fait=confirme');
    const apres = await app.get('/suivi?fait=confirme');
    expect([apres.body.includes('Votre adresse est confirmée'), codeDe(apres.body)]).toEqual([true, '']);
    // What was said before it was confirmed is told now, once.
    expect((await app.post(lien, {})).statusCode).toBe(303);
    expect(await lettres()).toEqual(['Des nouvelles de votre demande', 'Confirmez votre adresse']);
    expect(await agir(d.id, { vers: 'fait', message: 'Passés.' })).toBe(303);
    const toutes = (await listCourriels(app.db, app.contratId, ['attente', 'retenu'], 100, app.coffre)).filter((l) => l.destinataire === 'victime@exemple.fr');
    expect(toutes.map((l) => [l.sujet, l.texte.includes('Nous y allons.'), codeDe(l.texte)])).toEqual([
      ['Des nouvelles de votre demande', false, ''],
      ['Des nouvelles de votre demande', true, ''],
      ['Confirmez votre adresse', false, ''],
    ]);
    expect((await poster(`/suivi/${d.code}`, { acte: 'oublier' })).statusCode).toBe(303);
    expect(await lettres()).toEqual([]);
    expect(await lire(sql<{ n: number }>`select count(*)::int as n from courriels where erreur = 'adresse effacée avant le départ' and ferme is null`)).toEqual(
      [{ n: 3 }],
    );
    // What waits for somebody else stays.
    expect(await listLiensDeConfirmation(app.db, app.contratId, app.coffre)).not.toEqual([]);
  });
  test('un même formulaire renvoyé avec autre chose est autre chose', async () => {
    const d = await signaler();
    expect(await agir(d.id, { vers: 'pris-en-charge' })).toBe(303);
    expect(await agir(d.id, { vers: 'fait', message: 'Passés.' })).toBe(303);
    const champs = lireFormulaire((await app.get(`/suivi/${d.code}`)).body, `/suivi/${d.code}`);
    expect((await poster(`/suivi/${d.code}`, { ...champs, acte: 'resolu' })).headers.location).toContain('fait=resolu');
    expect((await poster(`/suivi/${d.code}`, { ...champs, acte: 'non-resolu', mots: 'Finalement non.' })).headers.location).toContain('fait=non-resolu');
    expect((await etatDe(d.code)).etat).toBe('non-resolu');
    // No step of the form leaves a digest of what is typed.
    const compter = async () =>
      (
        await lire(
          sql<{
            n: number;
          }>`select count(*)::int as n from soumissions where route like '%etapes%' and contenu <> sha256(convert_to('["contenu",""]', 'UTF8'))`,
        )
      )[0]?.n;
    await poster('/signaler/tranquillite-publique/etapes', { ...BRUIT, _cle: 'abcdefgh-12345678', etape: 'quoi' });
    expect(await compter()).toBe(0);
  });

  test('une photo n’est publique que d’une demande ouverte, et réservée à personne', async () => {
    const d = await signaler();
    const [p] = await lire(sql<{ id: string }>`
      insert into demande_photos (contrat_id, demande_id, contenu, largeur, hauteur, etat, recue_le)
      values (${app.contratId}, ${d.id}::uuid, '\\x00', 1, 1, 'publiee', now()) returning id`);
    const adresse = `/signalements/photos/${p?.id}`;
    expect((await app.get(adresse)).statusCode).toBe(200);
    await sql`update demandes set lecteurs = '{COMM}' where id = ${d.id}::uuid`.execute(app.base.owner);
    expect((await app.get(adresse)).statusCode).toBe(404);
    await sql`update demande_photos set etat = 'retenue' where id = ${p?.id}::uuid`.execute(app.base.owner);
    await sql`update demandes set service_id = 'COMM' where id = ${d.id}::uuid`.execute(app.base.owner);
    expect((await app.post(`/signalements/demandes/${d.id}/photos/${p?.id}`, { acte: 'publier' }, COMM)).statusCode).toBe(409);
    await sql`update demandes set lecteurs = null, clos_le = now() where id = ${d.id}::uuid`.execute(app.base.owner);
    expect((await app.get(adresse)).statusCode).toBe(404);
  });
});
