import { parse } from 'csv-parse/sync';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type AppDeTest, ouvrirApp, type Qui } from '../../../tests/support/app.ts';
import { lireFormulaire } from '../../../tests/support/formulaire.ts';
import { deCellules, fautesDuSchema } from '../../../tests/support/data-inclusion.ts';
import { jourDans } from '../../../tests/support/jours.ts';
import { dansLeFuseau } from '../../core/fuseau.ts';
import { creerService, creerStructure } from './annuaire.fixtures.ts';
import type { Bilan, Faute } from './echange/bilan.ts';
import { listParSource, updateChangees } from './echange/importer.queries.ts';
import { contenuDe, derives } from './structures/ecrire.ts';
import { cheminDe, listAccesOuverts } from './verification/lien.ts';
import { alterer } from '../../../tests/support/alterer.ts';

/** From what partners write to what anyone finds, over HTTP. */
const EN_SEMAINE = ['Su', 'Mo', 'Tu', 'We', 'Th', 'Fr', 'Sa'];
/** Closed now whatever the hour, open in three days. */
const FERME = `${EN_SEMAINE[(new Date().getUTCDay() + 3) % 7]} 14:00-18:00`;
const HIER = jourDans(-1);
const COORDINATION: Qui = { comme: 'coordination', organisation: 'DPMP' };
const AU_18E: Qui = { comme: 'coordonnateur', organisation: 'DPMP', territoire: 'mairie-18' };
const AU_12E: Qui = { comme: 'coordonnateur', organisation: 'DPMP', territoire: 'mairie-12' };
const PAV: Qui = { comme: 'association', organisation: 'PAV' };

let app: AppDeTest;
beforeAll(async () => {
  app = await ouvrirApp();
});
afterAll(() => app.close());

const lire = async <L>(q: ReturnType<typeof sql<L>>): Promise<L[]> => (await q.execute(app.base.owner)).rows;
const lieu = (o: Parameters<typeof creerStructure>[2] = {}) => creerStructure(app.base.owner, app.contratId, o);
const noms = (html: string) => [...html.matchAll(/href="\/aide\/lieux\/[^"]+">([^<]+)</g)].map((m) => m[1]);
const televerser = (url: string, cookie: string, nom: string, contenu: string) =>
  app.serveur.inject({
    method: 'POST',
    url,
    headers: { cookie, 'content-type': 'multipart/form-data; boundary=lim' },
    payload: `--lim\r\ncontent-disposition: form-data; name="fichier"; filename="${nom}"\r\ncontent-type: application/octet-stream\r\n\r\n${contenu}\r\n--lim--\r\n`,
  });

describe('Trouver un lieu', () => {
  test('OBS-03, annuaire-filtrable : le besoin, le lieu, la langue et l’heure choisissent ; ce qui est ouvert vient d’abord, puis le plus proche', async () => {
    const ouvert = await lieu({ nom: 'Alpha ouvert', territoire_id: '75119', horaires: '24/7', langues: ['fr', 'ar'] });
    const la = await lieu({ nom: 'Bravo du dix-huit', territoire_id: '75118', horaires: FERME });
    const sans = await lieu({ nom: 'Charlie sans horaires', territoire_id: '75118' });
    const loin = await lieu({ nom: 'Delta loin', territoire_id: '75115', horaires: '24/7' });
    await creerService(app.base.owner, app.contratId, ouvert, { besoins: ['tranquillite'], sans_rdv: true, anonyme: true, frais: 'gratuit' });
    for (const id of [la, sans, loin]) await creerService(app.base.owner, app.contratId, id, { besoins: ['tranquillite'] });
    const trouver = async (q: string) => noms((await app.get(`/aide/trouver?besoin=tranquillite${q}`)).body);
    expect(await trouver('')).toEqual(['Alpha ouvert', 'Delta loin', 'Bravo du dix-huit', 'Charlie sans horaires']);
    expect(await trouver('&lieu=mairie-18')).toEqual(['Bravo du dix-huit', 'Charlie sans horaires', 'Alpha ouvert', 'Delta loin']);
    expect(await trouver('&ouvert=1&lieu=mairie-18')).toEqual(['Alpha ouvert', 'Delta loin']);
    expect(await trouver('&langue=ar')).toEqual(['Alpha ouvert']);
    for (const f of ['sans_rdv', 'anonyme', 'gratuit']) expect([f, await trouver(`&${f}=1`)]).toEqual([f, ['Alpha ouvert']]);
    const page = (await app.get('/aide/trouver?besoin=tranquillite')).body;
    expect(page).toContain('Ouvert en ce moment');
    expect(page).toMatch(/ouvre le [a-z]+ \d+[^<]* à 14\u00a0h/);
    expect(page).toContain('Adresse, horaires et téléphone à compléter'.toLowerCase());
    // Neutral, light, and in the same words whatever was asked.
    expect(/<title>([^<]*)/.exec(page)?.[1]).not.toMatch(/voisinage|tranquillit/i);
    expect(Buffer.byteLength(page)).toBeLessThan(60_000);
    expect((await app.get('/aide/trouver?besoin=cyber&langue=ti')).body).toContain('Aucun lieu ne répond à tout cela');
  });

  test('un plan numéroté comme la liste ; qui dit où il est lit le plus proche d’abord, et à quelle distance', async () => {
    const point = (nom: string, longitude: number, latitude: number) => lieu({ nom, territoire_id: '75118', horaires: '24/7', longitude, latitude });
    const [loin, pres, sans] = [
      await point('Essai loin', 2.36, 48.9),
      await point('Essai tout près', 2.347, 48.893),
      await lieu({ nom: 'Essai sans point', horaires: '24/7' }),
    ];
    for (const id of [loin, pres, sans]) await creerService(app.base.owner, app.contratId, id, { besoins: ['harcelement'] });
    const page = (await app.get('/aide/trouver?besoin=harcelement&ici=48.892,2.346')).body;
    expect(noms(page)).toEqual(['Essai tout près', 'Essai loin', 'Essai sans point']);
    for (const dit of [
      'à 150 m',
      'à 1,4 km',
      `href="#lieu-${pres}"`,
      'aria-label="1. Essai tout près, à 150 m"',
      '1\u00a0lieu de cette liste n’a pas encore de point connu',
    ])
      expect([dit, page.includes(dit)]).toEqual([dit, true]);
    // Kept by the other choices, to a hundred metres, and undone.
    expect(page).toContain('name="ici" value="48.892,2.346"');
    expect((await app.get('/aide/trouver?ici=48.8923456,2.3461234')).body).toContain('ici=48.892%2C2.346');
    // Outside of the territory, inverted, or not a place: as if nothing was said.
    for (const faux of ['45.1,2.3', '2.346,48.892', 'ici', '48.892;2.346'])
      expect([faux, (await app.get(`/aide/trouver?besoin=harcelement&ici=${faux}`)).body.includes('Près d’ici</a>')]).toEqual([faux, false]);
    expect(noms((await app.get('/aide/trouver?besoin=harcelement')).body)).toEqual(['Essai loin', 'Essai sans point', 'Essai tout près']);
  });

  test('rien n’est écrit nulle part de qui cherche ni de ce qui est cherché', async () => {
    const tout = async () =>
      (await lire(sql<{ n: string }>`select (select count(*) from audit)::text || '/' || (select count(*) from soumissions)::text as n`))[0]?.n;
    const avant = await tout();
    const id = await lieu({ nom: 'Lieu discret' });
    for (const url of ['/aide/trouver?besoin=violences-couple&lieu=mairie-12', `/aide/lieux/${id}`, `/aide/lieux/${id}/carte.vcf`, '/aide/lieux/inconnu'])
      await app.get(url);
    await new Promise((r) => setImmediate(r));
    expect(await tout()).toBe(avant);
  });

  test('ORIENT-04, ressource : adresse, horaires, contact, conditions ; ce que personne n’a dit est à compléter, ce que personne n’a vérifié aussi', async () => {
    const reponse = await app.post(
      '/annuaire/structures/nouvelle',
      {
        nom: 'Permanence d’aide aux victimes',
        territoire: '75112',
        organisation: 'PAV',
        adresse: '1 rue de l’Exemple',
        code_postal: '75012',
        commune: 'Paris',
        telephone: '01 02 03 04 05',
        horaires: 'lun-ven 9h-18h',
        venir: 'Métro Exemple',
        correspondant_nom: 'Jeanne Martin',
        correspondant_courriel: 'jeanne.martin@exemple.fr',
        verifie: 'oui',
      },
      PAV,
    );
    expect([reponse.statusCode, reponse.body]).toEqual([303, '']);
    const id = String(reponse.headers.location).split('/').pop() ?? '';
    const service = { nom: 'Soutien psychologique', besoins: 'victime', frais: 'gratuit', sans_rdv: 'oui' };
    expect((await app.post(`/annuaire/structures/${id}/services/nouveau`, service, PAV)).statusCode).toBe(303);
    const carte = (await app.get(`/aide/lieux/${id}`)).body;
    for (const dit of [
      '1 rue de l’Exemple, 75012 Paris',
      'lun.-ven. 09:00-18:00',
      'tel:0102030405',
      'Métro Exemple',
      'Soutien psychologique',
      'Gratuit',
      'Vérifié par Paris Aide aux Victimes',
    ])
      expect([dit, carte.includes(dit)]).toEqual([dit, true]);
    expect(carte).toContain('à compléter</em>');
    // What a tab or a history shows says nothing of why.
    expect(/<title>([^<]*)/.exec(carte)?.[1]).toContain('Un lieu, ');
    expect(/<title>([^<]*)/.exec((await app.get('/aide/trouver?besoin=victime&langue=fr&lieu=75118')).body)?.[1]).toBe('Trouver un lieu – Concorde');
    expect(carte).not.toContain('Martin');
    expect((await app.get(`/aide/lieux/${id}/carte.vcf`)).body).toContain('TEL;VALUE=uri:tel:0102030405');
    // Hours that mean nothing are refused beside their field, with what was typed.
    const faux = await app.post(
      '/annuaire/structures/nouvelle',
      { nom: 'Lieu faux', territoire: '75112', organisation: 'PAV', horaires: 'quand on peut' },
      PAV,
    );
    expect([faux.statusCode, faux.body.includes('n’est pas compris'), faux.body.includes('Lieu faux')]).toEqual([422, true, true]);
    await sql`update structures set verifie_le = '2025-01-10', revoir_le = '2025-07-09' where id = ${id}::uuid`.execute(app.base.owner);
    expect((await app.get(`/aide/lieux/${id}`)).body).toContain('À vérifier : dernière vérification le 10\u00a0janvier 2025');
    expect((await app.post(`/annuaire/structures/${id}/retirer`, { acte: 'retirer' }, PAV)).statusCode).toBe(303);
    expect((await app.get(`/aide/lieux/${id}`)).statusCode).toBe(404);
  });

  test('PUBLIC-17, accessibilite : langue des signes, FALC, boucle, fauteuil et langues se lisent et se choisissent', async () => {
    await lieu({ nom: 'Accueil signé', accessibilite: ['lsf', 'boucle', 'pmr'], langues: ['uk'] });
    expect(noms((await app.get('/aide/trouver?accessible=lsf')).body)).toEqual(['Accueil signé']);
    const [id] = await lire(sql<{ id: string }>`select id from structures where nom = 'Accueil signé'`);
    const carte = (await app.get(`/aide/lieux/${id?.id}`)).body;
    for (const dit of ['Langue des signes (LSF)', 'Boucle magnétique', 'Accès en fauteuil roulant', 'Ukrainien'])
      expect([dit, carte.includes(dit)]).toEqual([dit, true]);
  });

  test('ALERTE-06, reseau-de-lieux : les lieux où se réfugier, avec leurs horaires et leur label', async () => {
    const id = await lieu({ nom: 'Refuge essayé', lieu_sur: true, label: 'Réseau essayé', horaires: '24/7' });
    expect(noms((await app.get('/aide/trouver?lieu_sur=1&ouvert=1')).body)).toEqual(['Refuge essayé']);
    expect((await app.get(`/aide/lieux/${id}`)).body).toContain('Réseau essayé');
  });
});

describe('Tenir une fiche à jour', () => {
  test('le correspondant confirme ou corrige par son lien, sans compte ; chaque écriture est une version que la coordination peut défaire', async () => {
    const id = await lieu({
      nom: 'Lieu à vérifier',
      organisation_id: 'PAV',
      territoire_id: '75118',
      correspondant_nom: 'Une correspondante',
      correspondant_courriel: 'c@exemple.fr',
    });
    expect((await app.post(`/annuaire/structures/${id}/lien`, {}, AU_18E)).headers.location).toBe(`/annuaire/structures/${id}?fait=lien`);
    const [acces] = await listAccesOuverts(app.base.owner, app.contratId, [id]);
    if (!acces) throw new Error('pas de lien');
    const url = cheminDe(app.coffre, acces);
    const page = await app.get(url);
    expect([page.statusCode, page.headers['cache-control']]).toEqual([200, 'private, no-store']);
    expect((await app.get(alterer(url))).statusCode).toBe(404);
    const f = lireFormulaire(page.body, url);
    expect((await app.post(url, f)).headers.location).toBe(`${url}?fait=inchange`);
    const corrige = await app.post(url, { ...f, telephone: '01 99 99 99 99', horaires: 'mar 14h-17h' });
    expect(corrige.headers.location).toBe(`${url}?fait=corrige`);
    const carte = async () => (await app.get(`/aide/lieux/${id}`)).body.replaceAll('\u00a0', ' ');
    expect(await carte()).toContain('01 99 99 99 99');
    // Corrected is not verified, and whoever holds the link does not confirm their own correction: the organisation reads it again within a week.
    expect(await carte()).toContain('Corrigé par le correspondant du lieu le');
    expect(await carte()).not.toContain('Vérifié par');
    expect((await app.post(`${url}/confirmer`, { version: '1', _vu: '{}' })).statusCode).toBe(422);
    expect((await app.get(url)).body).toContain('attend d’être relue');
    const due = async () =>
      (
        await lire(sql<{ due: string; personne: string }>`select due_le::text as due, personne from echeances where genre = 'structure' and objet_id = ${id}`)
      )[0];
    expect(await due()).toEqual({ due: jourDans(7), personne: '' });
    const lettres = await lire(sql<{ destinataire: string; texte: string }>`
      select destinataire, texte from courriels where objet = ${`/annuaire/structures/${id}`} and sujet like 'Corrigé par lien%'`);
    expect(lettres.length).toBeGreaterThan(0);
    for (const l of lettres) for (const dit of ['téléphone : vide → 01 99 99 99 99', `/annuaire/structures/${id}#historique`]) expect(l.texte).toContain(dit);
    expect(lettres.map((l) => l.destinataire)).not.toContain('c@exemple.fr');
    // Read again by an account, who says so: the link confirms from then on, and the debt is the correspondent's.
    const corriger = `/annuaire/structures/${id}/corriger`;
    expect((await app.get(`/annuaire/structures/${id}`, AU_18E)).body).toContain('a été corrigé par le lien du correspondant');
    expect((await app.post(corriger, { ...lireFormulaire((await app.get(corriger, AU_18E)).body, corriger), verifie: 'oui' }, AU_18E)).statusCode).toBe(303);
    expect(await carte()).toContain(`Vérifié par ${app.catalogue.nomActeur('DPMP')} le`);
    const confirmer = lireFormulaire((await app.get(url)).body, `${url}/confirmer`);
    expect((await app.post(`${url}/confirmer`, confirmer)).headers.location).toBe(`${url}?fait=confirme`);
    expect(await carte()).toContain('Vérifié par le correspondant du lieu le');
    expect(await due()).toEqual({ due: jourDans(180), personne: 'Une correspondante' });
    const versions = await lire(sql<{ quoi: string; voie: string; par: string }>`
      select quoi, voie, par from structure_versions where structure_id = ${id}::uuid order by version`);
    expect(versions.filter((v) => v.voie === 'lien').map((v) => `${v.quoi} ${v.par}`)).toEqual([
      'corrigée Le correspondant du lieu',
      'confirmée Le correspondant du lieu',
    ]);
    expect((await app.post(`/annuaire/structures/${id}/retablir`, { jusqua: '1' }, AU_18E)).statusCode).toBe(303);
    expect((await app.get(`/aide/lieux/${id}`)).body).not.toContain('01 99 99 99 99');
    const historique = (await app.get(`/annuaire/structures/${id}`, AU_18E)).body;
    expect(historique).toContain('contenu rétabli comme à la version 1');
    // Another correspondent: the former link opens nothing.
    const fiche = lireFormulaire((await app.get(`/annuaire/structures/${id}/corriger`, AU_18E)).body, `/annuaire/structures/${id}/corriger`);
    expect((await app.post(`/annuaire/structures/${id}/corriger`, { ...fiche, correspondant_courriel: 'autre@exemple.fr' }, AU_18E)).statusCode).toBe(303);
    expect((await app.get(url)).statusCode).toBe(410);
    // What a version keeps of who keeps the place: that it changed. Put back, the former one is not named again.
    const gardes = await lire(sql<{ champs: string }>`select champs::text from structure_versions where structure_id = ${id}::uuid`);
    expect(gardes.map((v) => v.champs).join()).toContain('"correspondant_courriel": [null, null]');
    expect(gardes.map((v) => v.champs).join()).not.toMatch(/exemple\.fr|correspondante/);
    await app.post(`/annuaire/structures/${id}/retablir`, { jusqua: '1' }, AU_18E);
    expect((await listAccesOuverts(app.base.owner, app.contratId, [id])).map((x) => x.courriel)).toEqual(['autre@exemple.fr']);
    // A link serves ninety days from its last sending.
    const [autre] = await listAccesOuverts(app.base.owner, app.contratId, [id]);
    if (!autre) throw new Error('pas de lien');
    const ancien = cheminDe(app.coffre, autre);
    await sql`update structure_acces set cree_le = now() - interval '91 days' where id = ${autre.id}::uuid`.execute(app.base.owner);
    expect([(await app.get(ancien)).statusCode, (await app.post(ancien, { telephone: '17' })).statusCode]).toEqual([410, 410]);
    expect((await app.get(`/annuaire/structures/${id}`, AU_18E)).body).toContain('qui n’ouvre plus');
    await app.post(`/annuaire/structures/${id}/lien`, {}, AU_18E);
    expect((await app.get(ancien)).statusCode).toBe(200);
  });

  test('qui corrige ne vérifie que s’il le dit, et au nom de son organisme ; la coordination seule dit un refuge, avec son label', async () => {
    const id = await lieu({ nom: 'Lieu de la PJJ', organisation_id: 'PJJ', territoire_id: '75118' });
    await sql`update structures set revoir_le = ${jourDans(40)}::date where id = ${id}::uuid`.execute(app.base.owner);
    const url = `/annuaire/structures/${id}/corriger`;
    const envoyer = async (plus: Record<string, string>, qui: Qui) => app.post(url, { ...lireFormulaire((await app.get(url, qui)).body, url), ...plus }, qui);
    const etat = async () => (await lire(sql`select verifie_par, corrige_par, revoir_le::text as le, lieu_sur from structures where id = ${id}::uuid`))[0];
    const DPMP = app.catalogue.nomActeur('DPMP');
    await envoyer({ nom: 'Lieu de la P.J.J.' }, AU_18E);
    expect(await etat()).toEqual({ verifiePar: 'x', corrigePar: DPMP, le: jourDans(40), lieuSur: false });
    await envoyer({ verifie: 'oui' }, AU_18E);
    expect(await etat()).toEqual({ verifiePar: DPMP, corrigePar: '', le: jourDans(180), lieuSur: false });
    const PJJ: Qui = { comme: 'agent', organisation: 'PJJ' };
    const seul = await envoyer({ lieu_sur: 'oui', label: 'Le nôtre' }, PJJ);
    expect([seul.statusCode, seul.body.includes('La coordination dit où')]).toEqual([422, true]);
    expect((await app.get(url, PJJ)).body).not.toMatch(/<input(?=[^>]*type="checkbox")[^>]*name="lieu_sur"/);
    expect((await app.get(url, AU_18E)).body).toMatch(/<input(?=[^>]*type="checkbox")[^>]*name="lieu_sur"/);
    const sansLabel = await envoyer({ lieu_sur: 'oui', label: '' }, AU_18E);
    expect([sansLabel.statusCode, sansLabel.body.includes('par quel réseau')]).toEqual([422, true]);
    expect((await envoyer({ lieu_sur: 'oui', label: 'Réseau essayé' }, AU_18E)).statusCode).toBe(303);
    expect((await envoyer({ adresse: '4 rue Haute' }, PJJ)).statusCode).toBe(303);
    expect(await etat()).toMatchObject({ lieuSur: true });
  });

  test('ce dont aucun organisme ne répond, la coordination le doit : une seule échéance, due avec la première fiche', async () => {
    const due = async () => (await lire(sql<{ due: string }>`select due_le::text as due from echeances where genre = 'structures-sans-organisme'`))[0]?.due;
    const id = await lieu({ nom: 'Lieu de personne' });
    const suivant = await lieu({ nom: 'Autre de personne' });
    await sql`update structures set revoir_le = case when id = ${id}::uuid then '2026-01-05' else '2026-02-05' end::date
      where id in (${id}::uuid, ${suivant}::uuid)`.execute(app.base.owner);
    const url = `/annuaire/structures/${id}/corriger`;
    const vue = '/annuaire/structures?vue=sans-organisme';
    expect((await app.get(vue, COORDINATION)).body).toContain('Lieu de personne');
    // Reviewed by the coordination: out of the list, and what is owed is due with the next one.
    const f = lireFormulaire((await app.get(url, COORDINATION)).body, url);
    expect((await app.post(url, { ...f, adresse: '9 rue de l’Exemple', verifie: 'oui' }, COORDINATION)).statusCode).toBe(303);
    expect((await app.get(vue, COORDINATION)).body).not.toContain('Lieu de personne');
    expect(await due()).toBe('2026-02-05');
    expect((await app.get('/echeances?genre=structures-sans-organisme', COORDINATION)).body).toContain('dont aucun organisme du contrat ne répond');
    expect((await app.get('/echeances?genre=structures-sans-organisme', PAV)).body).not.toContain('dont aucun organisme du contrat ne répond');
  });

  test('écrit qui en répond : son organisme, la coordination, celle de l’arrondissement ; les autres partenaires lisent, le public non', async () => {
    const id = await lieu({ nom: 'Lieu de PAV', organisation_id: 'PAV', territoire_id: '75118' });
    const url = `/annuaire/structures/${id}/corriger`;
    const statuts = async (...qui: (Qui | undefined)[]) => Promise.all(qui.map(async (q) => (await app.get(url, q)).statusCode));
    expect(await statuts(PAV, COORDINATION, AU_18E)).toEqual([200, 200, 200]);
    expect(await statuts(AU_12E, { comme: 'association', organisation: 'CIDFF' }, { comme: 'elu', organisation: 'VILLE' }, undefined)).toEqual([
      403, 403, 403, 303,
    ]);
    expect((await app.get(`/annuaire/structures/${id}`, AU_12E)).body).not.toContain('Historique');
    expect((await app.get('/annuaire/echanges', AU_18E)).statusCode).toBe(403);
    const prise = await app.post('/annuaire/structures/nouvelle', { nom: 'Lieu pris', territoire: '75112', organisation: 'PP' }, PAV);
    expect([prise.statusCode, prise.body.includes('Votre mandat ne couvre pas ce lieu')]).toEqual([422, true]);
  });
});

describe('Échanger', () => {
  const STRUCTURE = {
    source: 'essai',
    nom: 'Maison des Tilleuls',
    date_maj: HIER,
    adresse: '3 place Haute',
    code_postal: '75018',
    code_insee: '75118',
    telephone: '01 55 55 55 55',
  };
  const SERVICE = {
    source: 'essai',
    nom: 'Aide',
    description: 'Aide aux victimes',
    date_maj: HIER,
    thematiques: ['sante--addictions'],
    frais: 'gratuit',
  };

  test('5 000 services entrent, se réunissent, se trouvent ; les lignes fausses disent leur ligne et leur colonne', async () => {
    const structures = Array.from({ length: 2500 }, (_, i) => ({
      ...STRUCTURE,
      id: `s${i}`,
      nom: `Lieu numéro ${i}`,
      adresse: `${i} rue Longue`,
      telephone: `01${String(10_000_000 + i)}`,
      code_insee: `751${String((i % 20) + 1).padStart(2, '0')}`,
      horaires_accueil: i % 2 === 0 ? '24/7' : FERME,
    }));
    // The same place, from another source.
    structures.push({ ...(structures[0] as (typeof structures)[0]), source: 'autre', id: 'z0' });
    const services = Array.from({ length: 5000 }, (_, i) => ({
      ...SERVICE,
      id: `v${i}`,
      structure_id: `s${i % 2500}`,
      thematiques: i % 10 === 0 ? ['sante--sante-mentale'] : SERVICE.thematiques,
    }));
    const fautes = [
      { ...SERVICE, id: 'faux', structure_id: 's1', thematiques: ['inconnue'] },
      { ...SERVICE, id: 'perdu', structure_id: 'nulle-part' },
    ];
    const json = `{"structures": [\n${structures.map((s) => JSON.stringify(s)).join(',\n')}\n],\n"services": [\n${[...services, ...fautes].map((s) => JSON.stringify(s)).join(',\n')}\n]}`;
    const cookie = await app.temoin(COORDINATION);
    const reponse = await televerser('/annuaire/echanges', cookie, 'lieux.json', json);
    expect([reponse.statusCode, reponse.body.slice(0, 300)]).toEqual([303, '']);
    const [i] = await lire(sql<{ bilan: { structures: object; services: object; refusees: number; doublons: object }; fautes: object[] }>`
      select bilan, fautes from structure_imports order by le desc limit 1`);
    expect(i?.bilan).toMatchObject({ structures: { nouvelles: 2501 }, services: { ecrits: 5000 }, refusees: 2, doublons: { proposes: 0, joints: 1 } });
    expect(i?.fautes).toEqual([
      { ligne: 7505, objet: 'service 5001, « faux »', colonne: 'thematiques', message: '« inconnue » n’est pas dans la liste du schéma' },
      {
        ligne: 7506,
        objet: 'service 5002, « perdu »',
        colonne: 'structure_id',
        message: 'aucune structure de ce fichier ni de l’annuaire n’a cet identifiant',
      },
    ]);
    await sql`analyze structures, structure_services`.execute(app.base.owner);
    await app.get('/aide/trouver?besoin=addictions');
    const page = await app.get('/aide/trouver?besoin=sante-mentale&ouvert=1&lieu=mairie-18&gratuit=1');
    expect(noms(page.body)[0]).toBe('Lieu numéro 0');
    expect(Buffer.byteLength(page.body)).toBeLessThan(60_000);
    // The same file again changes nothing.
    await televerser('/annuaire/echanges', cookie, 'lieux.json', json);
    const [encore] = await lire(sql<{ bilan: object }>`select bilan from structure_imports order by le desc, id limit 1`);
    expect(encore?.bilan).toMatchObject({ structures: { nouvelles: 0, changees: 0 } });
    // Two cards again, as they were.
    const [d] = await lire(
      sql<{ id: string; double: string }>`select id, double_id as double from structure_doublons where etat = 'joint' order by trouve_le desc limit 1`,
    );
    expect((await app.get(`/aide/lieux/${d?.double}`)).statusCode).toBe(200);
    expect((await app.post(`/annuaire/doublons/${d?.id}`, { acte: 'separer' }, cookie)).statusCode).toBe(303);
    expect(await lire(sql`select 1 from structures where id = ${d?.double ?? ''}::uuid and jointe_a is null`)).toHaveLength(1);
  });

  test('un fichier n’efface rien de juste, ne vérifie rien, ne date rien de demain, et laisse ce qui est corrigé ici', async () => {
    const cookie = await app.temoin(COORDINATION);
    const importer = async (...lignes: object[]) => {
      expect((await televerser('/annuaire/echanges', cookie, 'x.json', JSON.stringify({ structures: lignes }))).statusCode).toBe(303);
      const [i] = await lire(sql<{ id: string; bilan: Bilan; fautes: Faute[] }>`select id, bilan, fautes from structure_imports order by le desc limit 1`);
      if (!i) throw new Error('pas d’import');
      return i;
    };
    const lui = { source: 'dora', id: 'juste', nom: 'Lieu juste', date_maj: jourDans(-9) };
    const juste = { ...STRUCTURE, ...lui, horaires_accueil: '24/7', complement_adresse: 'Bâtiment B', longitude: 2.35, latitude: 48.89 };
    const futur = await importer(juste, { ...juste, id: 'futur', date_maj: jourDans(1) });
    expect(futur.fautes).toEqual([{ ligne: 1, objet: 'structure 2, « futur »', colonne: 'date_maj', message: `« ${jourDans(1)} » est à venir` }]);
    expect(futur.bilan).toMatchObject({ structures: { nouvelles: 1 }, refusees: 1 });
    const COLONNES = sql`id, adresse, complement, telephone, horaires, longitude, description, source_le::text, verifie_le, revoir_le::text`;
    const fiche = async () => (await lire(sql<{ id: string; telephone: string }>`select ${COLONNES} from structures where source_id = 'juste'`))[0];
    const avant = await fiche();
    expect(avant).toMatchObject({ sourceLe: jourDans(-9), verifieLe: null, revoirLe: jourDans(30), telephone: '01 55 55 55 55' });
    const carte = async () => (await app.get(`/aide/lieux/${avant?.id}`)).body;
    expect(await carte()).toContain('Mis à jour par dora le');
    expect(await carte()).not.toContain('Vérifié');
    // Empty, or not understood: what the card said stays; a number that is not one is read, never dialled.
    const vide = { ...lui, date_maj: jourDans(-8), horaires_accueil: 'quand on peut', telephone: '01 23 45 67 89 / 06 11 22 33 44' };
    const { bilan, fautes, id: imp } = await importer(vide);
    expect(bilan).toMatchObject({ structures: { changees: 1 }, horairesIllisibles: 1, telephonesIllisibles: 1 });
    expect(fautes.map((f) => f.colonne).sort()).toEqual(['horaires_accueil', 'telephone']);
    expect(await fiche()).toEqual({ ...avant, sourceLe: jourDans(-8), description: 'Téléphone, tel que sa source l’écrit : 01 23 45 67 89 / 06 11 22 33 44' });
    expect(await carte()).toContain('tel:0155555555');
    expect((await app.get(`/annuaire/echanges/${imp}`, COORDINATION)).body).toContain('structure 1, « juste »');
    // Moved: the floor of the old address does not follow.
    await importer({ ...vide, date_maj: jourDans(-7), telephone: '', horaires_accueil: '', adresse: '9 rue Neuve' });
    expect(await fiche()).toMatchObject({ adresse: '9 rue Neuve', complement: '', longitude: null, horaires: '24/7' });
    // Corrected here today: a file of today says nothing more.
    const url = `/annuaire/structures/${avant?.id}/corriger`;
    await app.post(url, { ...lireFormulaire((await app.get(url, COORDINATION)).body, url), telephone: '3919' }, COORDINATION);
    const meme = await importer({ ...juste, date_maj: jourDans(0) });
    expect([meme.bilan.structures.plusRecentesIci, (await fiche())?.telephone]).toEqual([1, '3919']);
  });

  test('une correction faite pendant un import reste : la ligne est laissée et comptée, rien ne tombe', async () => {
    const id = await lieu({ nom: 'Lieu disputé', organisation_id: 'PAV' });
    await sql`update structures set source = 'essai', source_id = 'dispute' where id = ${id}::uuid`.execute(app.base.owner);
    const [lue] = await listParSource(app.base.owner, app.contratId, [{ source: 'essai', id: 'dispute' }]);
    if (!lue) throw new Error('pas de fiche');
    const url = `/annuaire/structures/${id}/corriger`;
    await app.post(url, { ...lireFormulaire((await app.get(url, PAV)).body, url), telephone: '3919' }, PAV);
    const contenu = { ...contenuDe(lue), telephone: '17' };
    const d = await dansLeFuseau('Europe/Paris', () => derives(app.catalogue, contenu, new Date()));
    const ligne = { s: lue, contenu, d, champs: {}, source_le: HIER, revoir_le: HIER };
    const auteur = { par: 'x', organisme: '', voie: 'import', quand: new Date() } as const;
    expect(await updateChangees(app.base.owner, app.contratId, [ligne], auteur)).toEqual([]);
    expect(await lire(sql`select telephone, version from structures where id = ${id}::uuid`)).toEqual([{ telephone: '3919', version: 2 }]);
  });

  test('ce qui sort suit le schéma : champs requis, listes fermées, rien de personnel ni de fictif ; ce qui sort rentre', async () => {
    await lieu({
      nom: 'Notre lieu',
      organisation_id: 'PAV',
      correspondant_nom: 'Une personne',
      correspondant_courriel: 'personne.secrete@exemple.fr',
      telephone: '+33 1 02 03 04 05',
    });
    await creerService(app.base.owner, app.contratId, await lieu({ nom: 'Notre autre lieu' }), { besoins: ['addictions', 'cyber'], frais: 'gratuit' });
    await sql`update structures set fictive = true where nom = 'Lieu discret'`.execute(app.base.owner);
    const json = await app.get('/aide/annuaire.json');
    const lu = JSON.parse(json.body) as { structures: Record<string, unknown>[]; services: Record<string, unknown>[] };
    expect([lu.structures.length > 2500, lu.services.length > 5000]).toEqual([true, true]);
    // By the schema as its publisher documents it, read by a validator that knows nothing of ours.
    expect(fautesDuSchema('structure', lu.structures)).toEqual([]);
    expect(fautesDuSchema('service', lu.services)).toEqual([]);
    const faux = fautesDuSchema('service', [{ ...lu.services[0], frais: 'gratuit sous conditions', publics: ['tous-publics', 'femmes'], description: null }]);
    for (const champ of ['frais', 'publics', 'description']) expect([champ, faux.some((x) => x.startsWith(`service 0, ${champ} :`))]).toEqual([champ, true]);
    for (const [quoi, fichier] of [
      ['structure', 'structures'],
      ['service', 'services'],
    ] as const) {
      const lignes = parse((await app.get(`/aide/${fichier}.csv`)).body, { columns: true, delimiter: ';', bom: true }) as Record<string, string>[];
      const objets = lignes.map(({ licence: _, ...l }) => deCellules(l));
      expect([objets.length, fautesDuSchema(quoi, objets)]).toEqual([lu[fichier].length, []]);
    }
    expect(json.body).not.toMatch(/personne\.secrete|Lieu discret/);
    const connues = new Set(lu.structures.map((s) => `${s.source} ${s.id}`));
    expect(lu.services.filter((s) => ![...connues].some((k) => k.endsWith(` ${s.structure_id}`))).length).toBe(0);
    expect(lu.services.find((s) => s.nom === 'Écoute' && (s.thematiques as string[] | undefined)?.includes('sante--addictions'))).toBeDefined();
    const csv = await app.get('/aide/structures.csv');
    expect(csv.headers.link).toContain('rel="license"');
    expect(csv.body.split('\r\n')[0]).toContain('source;id;nom;date_maj;siret');
    const rentre = await televerser('/annuaire/echanges', await app.temoin(COORDINATION), 'structures.csv', csv.body);
    expect(rentre.statusCode).toBe(303);
    const [i] = await lire(sql<{ bilan: object }>`select bilan from structure_imports order by le desc, id limit 1`);
    expect(i?.bilan).toMatchObject({ refusees: 0 });
    const mauvais = await televerser('/annuaire/echanges', await app.temoin(COORDINATION), 'x.csv', 'nom;ville\nLieu;Paris\n');
    expect([mauvais.statusCode, mauvais.body.includes('n’a pas les colonnes')]).toEqual([422, true]);
  });
});
