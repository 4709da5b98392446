/** A register that exists only here goes through every screen: nothing but its definition was written for it. */
import type { FastifyInstance } from 'fastify';
import { sql } from 'kysely';
import { renderToStaticMarkup } from 'react-dom/server';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { lireFormulaire } from '../../../tests/support/formulaire.ts';
import { type BaseDeTest, testDatabase } from '../../../tests/support/database.ts';
import type { Mandat, Utilisateur } from '../../core/authorize.ts';
import { type Db, openDatabase } from '../../core/base/database.ts';
import { createServer } from '../../core/http/server.ts';
import { buildLexique } from '../contrats/lexique.rules.ts';
import { createRoutes } from './registres.routes.ts';
import { publierVues } from './registres.views.ts';
import { createRegistres } from './registres.contexte.ts';
import { essais, petiteVille } from './registres.fixtures.ts';

const BASE = `/registres/${essais.code}`;
const personne = (id: number, organisationId: string, role: Mandat['role'], territoireId: string | null = null): Utilisateur => ({
  id: `00000000-0000-4000-8000-00000000000${id}`,
  nom: `Personne ${id}`,
  courriel: `${id}@exemple.fr`,
  organisationId,
  fonction: '',
  mandats: [{ role, territoireId, fiche: null }],
  forte: true,
});
const GENS: Record<string, Utilisateur> = {
  agent: personne(1, 'POLICE', 'agent'),
  asso: personne(2, 'ASSO', 'association'),
  coordination: personne(3, 'POLICE', 'coordination'),
  admin: personne(4, 'POLICE', 'administrateur'),
};

let base: BaseDeTest;
let db: Db;
let app: FastifyInstance;
let contratId = 0;

/** Counts facts by sign in a table, so that a forgotten or doubled move of the figures shows. */
async function bouger(tx: Db, contrat: number, source: string, cible: { ids: string[] } | { lot: string }, signe: 1 | -1) {
  const ou = 'ids' in cible ? sql`id = any(${cible.ids}::uuid[])` : sql`lot_id = ${cible.lot}::uuid`;
  await sql`
    insert into compteur (theme, n, participants, faites)
    select theme, ${signe}::int, coalesce(participants, 0) * ${signe}::int, suites_faites * ${signe}::int
    from faits_essais_de_terrain where contrat_id = ${contrat} and ${ou}`.execute(tx);
  expect(source).toBe(essais.code);
  return [];
}
async function ecarts() {
  const { rows } = await sql`
    with tenu as (select theme, sum(n)::int as n, sum(participants)::int as p, sum(faites)::int as f from compteur group by 1 having sum(n) <> 0),
      vrai as (select theme, count(*)::int as n, coalesce(sum(participants), 0)::int as p, sum(suites_faites)::int as f from faits_essais_de_terrain group by 1)
    (select * from tenu except select * from vrai) union all (select * from vrai except select * from tenu)`.execute(base.owner);
  return rows;
}
const nombreDeFaits = async () => (await sql<{ n: number }>`select count(*)::int as n from faits_essais_de_terrain`.execute(base.owner)).rows[0]?.n;

beforeAll(async () => {
  base = await testDatabase();
  const { rows } = await sql<{ id: number }>`insert into contrats (slug, nom, fuseau) values ('registres-essai', 'Essai', 'Europe/Paris') returning id`.execute(
    base.owner,
  );
  contratId = rows[0]?.id ?? 0;
  await publierVues(base.owner, [essais]);
  await sql`create table compteur (theme text, n int, participants int, faites int)`.execute(base.owner);
  await sql`grant select, insert on compteur to concorde_application`.execute(base.owner);
  db = openDatabase(await base.service(contratId), { role: 'application', contratId, max: 4 });
  const registres = createRegistres([essais], {
    appliquerFaits: bouger,
    compterNouveau: async (tx, id, source, nouveau) => void (await bouger(tx, id, source, { ids: [nouveau] }, 1)),
    accorderEtapes: async () => {},
    seuilsDe: async () => [],
    noterMouvements: async () => {},
    getMouvements: async () => null,
    getRepertoire: async () => petiteVille,
    getLexique: async () => buildLexique([], []),
    mesuresDe: async () => [{ id: '1.1-1', libelle: 'Essais menés', fiche: '1.1', href: '/chiffres/1.1-1' }],
    lignesDe: async () => [],
  });
  app = await createServer({
    bases: { public: db, partenariat: db, nominatif: db },
    contrat: { id: contratId, slug: 'essai' },
    fuseau: () => 'Europe/Paris',
    routes: createRoutes(registres),
    adresse: 'http://concorde.exemple',
    mandataires: false,
    audit: null,
    identifierJeton: async () => null,
    identifier: async (jeton) => GENS[jeton] ?? null,
    rendre: async (_, p) => renderToStaticMarkup(p.corps),
    pageErreur: (e) => ({ titre: 'Erreur', corps: e.message }),
    horloge: () => new Date('2026-07-01T10:00:00Z'),
    statique: null,
    pages: null,
    journal: false,
    demonstration: false,
  });
});
afterAll(async () => {
  await app.close();
  await db.destroy();
  await base.close();
});
beforeEach(async () => {
  await sql`truncate activites, activite_liens, activite_lieux, activite_versions, lots, lot_lignes, listes_extensions, compteur`.execute(base.owner);
});

const voir = (url: string, qui = 'agent') => app.inject({ url, cookies: { concorde_session: qui } });
function envoyer(url: string, champs: Record<string, string | string[]>, qui = 'agent') {
  const p = new URLSearchParams();
  for (const [k, v] of Object.entries(champs)) for (const x of [v].flat()) p.append(k, x);
  return app.inject({
    method: 'POST',
    url,
    cookies: { concorde_session: qui },
    payload: p.toString(),
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  });
}
function deposer(contenu: string | Buffer, nom = 'essais.csv', qui = 'agent') {
  const debut = `--lim\r\ncontent-disposition: form-data; name="fichier"; filename="${nom}"\r\ncontent-type: application/octet-stream\r\n\r\n`;
  const payload = Buffer.concat([Buffer.from(debut), typeof contenu === 'string' ? Buffer.from(contenu) : contenu, Buffer.from('\r\n--lim--\r\n')]);
  return app.inject({
    method: 'POST',
    url: `${BASE}/imports`,
    cookies: { concorde_session: qui },
    payload,
    headers: { 'content-type': 'multipart/form-data; boundary=lim' },
  });
}
const vers = (r: { headers: Record<string, unknown>; statusCode: number; body: string }) => {
  expect(r.statusCode, r.body.slice(0, 600)).toBe(303);
  return String(r.headers.location);
};
const saisie = {
  jour: '2026-03-14',
  titre: 'Essai de mars',
  territoire_id: '99101',
  organisation_id: 'POLICE',
  lignes: ['1.1-R1.1'],
  'donnees.theme': 'rixes',
  'donnees.conjointe': 'oui',
  'donnees.participants': '12',
  'donnees.suites.0.quoi': 'Relancer',
  'donnees.suites.0.etat': 'faite',
};

describe('Saisir', () => {
  test('le formulaire vient de la définition, la saisie se retrouve dans la page, la liste et les chiffres', async () => {
    const formulaire = (await voir(`${BASE}/nouveau`)).body;
    for (const t of ['Nouvel essai', 'Rixes et bandes', 'Menée à plusieurs', 'Chercher une autre action du contrat', 'donnees.suites.0.etat'])
      expect(formulaire).toContain(t);
    const url = vers(await envoyer(`${BASE}/nouveau`, saisie));
    const detail = (await voir(url)).body;
    for (const t of ['Essai de mars', '1er arrondissement', 'Police municipale', 'Rixes et bandes', '12\u00a0personnes', 'Faite', '1.1-R1.1', 'Essais menés'])
      expect(detail).toContain(t);
    expect((await voir(`${BASE}?theme=rixes&territoire=mairie-a&q=Essai+MARS&du=01/03/2026&conjointe=oui`)).body).toContain('Essai de mars');
    expect((await voir(`${BASE}?theme=seniors`)).body).toContain('Rien ne correspond');
    expect(await ecarts()).toEqual([]);
    expect((await voir('/registres')).body).toContain('14/03/2026');
  });
  test('une erreur garde tout ce qui a été tapé', async () => {
    const r = await envoyer(`${BASE}/nouveau`, { ...saisie, jour: '32/13/2026', 'donnees.note': 'à garder' });
    expect(r.statusCode).toBe(422);
    for (const t of ['32/13/2026', 'à garder', 'Essai de mars', 'value="Relancer"']) expect(r.body).toContain(t);
  });
  test('on n’enregistre pas pour une autre organisation', async () => {
    expect((await envoyer(`${BASE}/nouveau`, saisie, 'asso')).statusCode).toBe(422);
    expect((await voir(BASE, 'admin')).statusCode).toBe(403);
    expect((await app.inject({ url: BASE })).headers.location).toContain('/connexion');
  });
  test('corriger garde l’histoire ; deux corrections à la fois ne s’écrasent pas', async () => {
    const url = vers(await envoyer(`${BASE}/nouveau`, saisie));
    const correction = { ...saisie, version: '1', motif: 'recompté', 'donnees.participants': '15' };
    vers(await envoyer(`${url}/corriger`, correction));
    const conflit = await envoyer(`${url}/corriger`, { ...correction, titre: 'Mon titre' }, 'coordination');
    expect(conflit.statusCode).toBe(409);
    for (const t of ['Mon titre', 'Essai de mars', 'Personne 1', 'value="2"']) expect(conflit.body).toContain(t);
    const detail = (await voir(url)).body;
    for (const t of ['Version 2', 'Version 1', 'recompté', '<del>12</del>', '<ins>15</ins>']) expect(detail).toContain(t);
    expect(await ecarts()).toEqual([]);
    expect((await envoyer(`${url}/corriger`, { ...correction, version: '2' }, 'asso')).statusCode).toBe(403);
  });
  test('un champ que le formulaire n’envoie pas garde sa valeur : coordonnées, fiches, lignes répétées', async () => {
    const url = vers(await envoyer(`${BASE}/nouveau`, saisie));
    const id = url.split('/').at(-1) ?? '';
    await sql`update activites set lon = 2.35, lat = 48.85 where id = ${id}::uuid`.execute(base.owner);
    vers(await envoyer(`${url}/corriger`, { version: '1', motif: 'titre', titre: 'Titre seul' }));
    const { rows } = await sql<{ titre: string; lon: number; fiches: string[]; suites: number; theme: string }>`
      select titre, lon::float8 as lon, fiches, jsonb_array_length(donnees -> 'suites') as suites, donnees ->> 'theme' as theme
      from activites where id = ${id}::uuid`.execute(base.owner);
    expect(rows[0]).toMatchObject({ titre: 'Titre seul', lon: 2.35, suites: 1, theme: 'rixes' });
    expect(rows[0]?.fiches.length).toBeGreaterThan(0);
    expect(await ecarts()).toEqual([]);
  });
  test('deux personnes sur des lignes répétées : les deux listes sont montrées, et l’on choisit', async () => {
    const url = vers(await envoyer(`${BASE}/nouveau`, saisie));
    const action = `${url}/corriger`;
    const formulaire = lireFormulaire((await voir(action)).body, action);
    vers(await envoyer(action, { ...formulaire, motif: 'un', 'donnees.suites.0.quoi': 'Relancer le bailleur' }));
    const refus = await envoyer(action, { ...formulaire, motif: 'deux', 'donnees.suites.0.quoi': 'Relancer la mairie' });
    expect(refus.statusCode).toBe(409);
    for (const dit of ['Relancer le bailleur', 'Relancer la mairie']) expect([dit, refus.body.includes(dit)]).toEqual([dit, true]);
    const choix = { ...lireFormulaire(refus.body, action), 'choix.donnees.suites': 'mienne' };
    vers(await envoyer(action, choix));
    expect((await voir(url)).body).toContain('Relancer la mairie');
  });
  test('retirer demande un motif, ôte des chiffres, et se rétablit', async () => {
    const url = vers(await envoyer(`${BASE}/nouveau`, saisie));
    expect((await envoyer(`${url}/retirer`, { version: '1', motif: '' })).statusCode).toBe(422);
    vers(await envoyer(`${url}/retirer`, { version: '1', motif: 'saisi deux fois' }));
    expect(await nombreDeFaits()).toBe(0);
    expect(await ecarts()).toEqual([]);
    expect((await envoyer(`${url}/retablir`, { version: '1' })).statusCode).toBe(409);
    vers(await envoyer(`${url}/retablir`, { version: '2' }));
    expect(await nombreDeFaits()).toBe(1);
    expect(await ecarts()).toEqual([]);
  });
  test('le public lit la preuve d’un registre public, sans texte libre ni histoire', async () => {
    const url = vers(await envoyer(`${BASE}/nouveau`, { ...saisie, 'donnees.note': 'entre nous', commentaire: 'interne' }));
    const public_ = await app.inject({ url });
    expect(public_.statusCode).toBe(200);
    expect(public_.body).toContain('Rixes et bandes');
    for (const t of ['entre nous', 'interne', 'Version 1', 'Personne 1']) expect(public_.body).not.toContain(t);
  });
  test('dupliquer reprend tout sauf la date', async () => {
    vers(await envoyer(`${BASE}/nouveau`, saisie));
    const f = (await voir(`${BASE}/nouveau?dupliquer=dernier`)).body;
    expect(f).toContain('value="Essai de mars"');
    expect(f).not.toContain('2026-03-14');
  });
});

const CSV = [
  'Identifiant;Date;Titre;Territoire;Organisme;Thème;Participants;Suites',
  'a1;14/03/2026;Un;1er;PM;Rixes et bandes;10;Relancer | Faite',
  'a2;2026-04-02;Deux;Valmont 2;PM;seniors;;',
];

describe('Importer', () => {
  test('rien n’est publié avant la relecture ; le même fichier ne compte pas deux fois ; une ligne changée corrige', async () => {
    const lot = vers(await deposer(CSV.join('\n')));
    expect(await nombreDeFaits()).toBe(0);
    expect((await voir(lot)).body).toContain('Publier 2\u00a0lignes');
    vers(await envoyer(`${lot}/publier`, {}));
    expect(await nombreDeFaits()).toBe(2);
    const encore = vers(await deposer(CSV.join('\n')));
    const relu = (await voir(`${encore}?etat=connue`)).body;
    expect(relu).toContain('Déjà connue');
    expect(relu).toContain('déjà été publié');
    expect(relu).not.toContain('Publier');
    const change = vers(await deposer(CSV.join('\n').replace(';10;', ';25;')));
    vers(await envoyer(`${change}/publier`, {}));
    expect(await nombreDeFaits()).toBe(2);
    expect(await ecarts()).toEqual([]);
    vers(await envoyer(`${change}/annuler`, { motif: 'mauvais fichier' }));
    const { rows } = await sql<{ p: number }>`select sum(participants)::int as p from faits_essais_de_terrain`.execute(base.owner);
    expect(rows[0]?.p).toBe(10);
    expect(await ecarts()).toEqual([]);
  });
  test('annuler retire les nouveaux et laisse ce qui a été corrigé depuis', async () => {
    const lot = vers(await deposer(CSV.join('\r\n')));
    vers(await envoyer(`${lot}/publier`, {}));
    const { rows } = await sql<{ id: string }>`select id from activites where id_externe = 'a1'`.execute(base.owner);
    vers(await envoyer(`${BASE}/${rows[0]?.id}/corriger`, { ...saisie, version: '1', motif: 'précision' }));
    vers(await envoyer(`${lot}/annuler`, { motif: 'erreur' }));
    expect(await nombreDeFaits()).toBe(1);
    expect((await voir(lot)).body).toContain('1\u00a0enregistrement corrigé');
    expect(await ecarts()).toEqual([]);
    const retour = vers(await deposer(CSV.join('\r\n')));
    vers(await envoyer(`${retour}/publier`, {}));
    expect(await nombreDeFaits()).toBe(2);
    expect(await ecarts()).toEqual([]);
  });
  test('chaque cellule fautive est dite, les bonnes lignes passent', async () => {
    const lignes = [...CSV, 'a1;14/03/2026;Doublon;1er;PM;rixes;1;', 'a3;hier;Trois;Atlantide;PM;inconnu;-1;'];
    const lot = vers(await deposer(lignes.join('\n')));
    const vue = (await voir(`${lot}?etat=erreur`)).body;
    for (const t of ['Déjà employé à la ligne 2', 'Atlantide', 'n’est pas dans la liste', 'ne peut pas être négatif', 'jj/mm/aaaa', '>5<'])
      expect(vue).toContain(t);
    vers(await envoyer(`${lot}/publier`, {}));
    expect(await nombreDeFaits()).toBe(2);
  });
  test('une organisation ne corrige pas les enregistrements d’une autre par un import', async () => {
    const lot = vers(await deposer(CSV.join('\n')));
    vers(await envoyer(`${lot}/publier`, {}));
    const autre = vers(await deposer(CSV.join('\n').replaceAll(';PM;', ';Association des jeunes;'), 'x.csv', 'asso'));
    expect((await voir(`${autre}?etat=erreur`, 'asso')).body).toContain('Votre mandat ne permet pas d’écrire cet enregistrement, ou de corriger');
    expect((await envoyer(`${lot}/annuler`, { motif: 'x' }, 'asso')).statusCode).toBe(404);
  });
  test('Windows-1252, virgules et guillemets se lisent ; un fichier étranger est refusé sans rien laisser', async () => {
    const latin = Buffer.from('Date,Titre,Territoire,Organisme,Thème\n14/03/2026,"Été, suite",1er,PM,"Sécurité des seniors"\n', 'latin1');
    const lot = vers(await deposer(latin));
    expect((await voir(lot)).body).toContain('Été, suite');
    for (const mauvais of ['', 'bonjour\nmonde\n', Buffer.from([1, 0, 2, 0])]) expect((await deposer(mauvais)).statusCode).toBe(422);
    const { rows } = await sql<{ n: number }>`select count(*)::int as n from lots`.execute(base.owner);
    expect(rows[0]?.n).toBe(1);
  });
});

describe('Exporter et relire', () => {
  test('le CSV exporté se réimporte sans rien changer, et ne contient aucune formule', async () => {
    vers(await envoyer(`${BASE}/nouveau`, { ...saisie, titre: '=CMD()' }));
    const csv = await voir(`${BASE}/export.csv`);
    expect(csv.body.startsWith('\ufeff')).toBe(true);
    expect(csv.body).toContain("'=CMD()");
    const lot = vers(await deposer(csv.body, 'retour.csv'));
    expect((await voir(lot)).body).toContain('Publier 1\u00a0ligne');
  });
  test('le XLSX exporté se réimporte : les identifiants sont reconnus', async () => {
    const lot = vers(await deposer(CSV.join('\n')));
    vers(await envoyer(`${lot}/publier`, {}));
    const xlsx = await voir(`${BASE}/export.xlsx?theme=rixes`);
    const retour = vers(await deposer(xlsx.rawPayload, 'retour.xlsx'));
    const { rows } = await sql`select lues, connues, en_erreur from lots where fichier = 'retour.xlsx'`.execute(base.owner);
    expect(rows, (await voir(retour)).body).toEqual([{ lues: 1, connues: 1, enErreur: 0 }]);
  });
  test('le modèle porte les titres de colonnes et s’ouvre', async () => {
    expect((await voir(`${BASE}/modele.csv`)).body).toContain('Menée à plusieurs');
    expect((await voir(`${BASE}/modele.xlsx`)).rawPayload.subarray(0, 2).toString()).toBe('PK');
  });
});

describe('Les preuves d’une ligne d’action', () => {
  test('la page liste les enregistrements qui l’appuient, et eux seuls ; un retrait les ôte', async () => {
    const un = vers(await envoyer(`${BASE}/nouveau`, saisie));
    vers(await envoyer(`${BASE}/nouveau`, { ...saisie, titre: 'Sans rapport', lignes: [] }));
    const page = (await voir('/registres?ligne=1.1-R1.1&annee=2026')).body;
    expect(page).toContain('1\u00a0preuve en 2026');
    expect(page).toContain(`href="${un}"`);
    expect(page).not.toContain('Sans rapport');
    expect((await voir('/registres?ligne=1.1-R1.1&annee=2024')).body).toContain('0\u00a0preuve');
    expect((await voir('/registres?ligne=1.1-R1.1&annee=2026&territoire=99102')).statusCode).toBe(200);
    expect((await voir('/registres?ligne=nulle-part')).statusCode).toBe(404);
  });
});

describe('API et listes', () => {
  const corps = { jour: '2026-05-01', titre: 'Par l’API', territoire_id: '99102', organisation_id: 'POLICE', id_externe: 'z1', donnees: { theme: 'rixes' } };
  const poster = (payload: object, qui = 'agent') => app.inject({ method: 'POST', url: `/api/v1${BASE}`, cookies: { concorde_session: qui }, payload });
  test('l’API crée, refuse un doublon, liste par clé et se décrit', async () => {
    const cree = await poster(corps);
    expect(cree.statusCode, cree.body).toBe(201);
    expect((await poster(corps)).statusCode).toBe(409);
    const faux = await poster({ ...corps, id_externe: 'z2', donnees: { theme: 'nimporte', intrus: 1 } });
    expect(faux.statusCode).toBe(422);
    expect(faux.json().erreurs.length).toBeGreaterThan(0);
    await poster({ ...corps, id_externe: 'z3' });
    const une = (await voir(`/api/v1${BASE}?limite=1`)).json();
    const suite = (await voir(`/api/v1${BASE}?limite=1&apres=${une.suite}`)).json();
    expect([une.donnees[0].id, suite.donnees[0].id].length).toBe(new Set([une.donnees[0].id, suite.donnees[0].id]).size);
    const doc = (await app.inject({ url: '/api/v1/openapi.json' })).json();
    expect(doc.openapi).toBe('3.1.0');
    expect(doc.components.schemas.EssaisDeTerrainCreation.properties.donnees.properties.theme.enum).toEqual(['rixes', 'seniors']);
    expect(await ecarts()).toEqual([]);
  });
  test('une valeur ajoutée à une liste sert aussitôt partout ; un agent ne peut pas en ajouter', async () => {
    expect((await envoyer(`${BASE}/listes`, { champ: 'theme', libelle: 'Gares' })).statusCode).toBe(403);
    vers(await envoyer(`${BASE}/listes`, { champ: 'theme', libelle: 'Gares et métro' }, 'admin'));
    expect((await envoyer(`${BASE}/listes`, { champ: 'theme', libelle: 'GARES ET METRO' }, 'admin')).statusCode).toBe(422);
    expect((await voir(`${BASE}/nouveau`)).body).toContain('gares-et-metro');
    vers(await envoyer(`${BASE}/nouveau`, { ...saisie, 'donnees.theme': 'gares-et-metro' }));
    expect((await voir(`${BASE}?theme=gares-et-metro`)).body).toContain('Gares et métro');
  });
});

test('les vues ne sont réécrites que si leur définition change', async () => {
  expect(await publierVues(base.owner, [essais])).toEqual([]);
  const moins = { ...essais, champs: essais.champs.slice(0, 3) };
  expect(await publierVues(base.owner, [moins])).toEqual(['faits_essais_de_terrain']);
  expect(await publierVues(base.owner, [essais])).toEqual(['faits_essais_de_terrain']);
});
