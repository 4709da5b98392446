/** A token or a feed never gives more than what made it. */
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type AppDeTest, ouvrirApp } from '../../../tests/support/app.ts';
import { MOT_DE_PASSE, Navigateur, poserTotp } from '../../../tests/support/navigateur.ts';
import type { Role } from '../../core/authorize.ts';
import { creerInstance, creerMembre, creerSeance } from '../instances/instances.fixtures.ts';
import { addMandat, finirMandat } from './gestion/gestion.queries.ts';
import { hacher } from './mot-de-passe.ts';
import { createCompte } from './sessions.queries.ts';
import { jourDans } from '../../../tests/support/jours.ts';

let app: AppDeTest;
beforeAll(async () => {
  app = await ouvrirApp();
});
afterAll(() => app.close());

let n = 0;
const aujourdhui = jourDans();
const dans = jourDans;
async function compte(role: Role | null, organisationId = 'DPMP', fin: string | null = null) {
  const courriel = `titulaire${++n}@exemple.fr`;
  const id = await createCompte(app.base.owner, app.contratId, {
    courriel,
    nom: `Titulaire ${n}`,
    fonction: 'Essai',
    organisationId,
    motDePasse: await hacher(MOT_DE_PASSE),
    demonstration: false,
    ordre: 0,
    mandats: role ? [{ role, territoireId: null, fiche: null }] : [],
    accordePar: 'essai',
    debut: '2020-01-01',
    fin,
  });
  const nav = new Navigateur(app);
  await nav.entrer(courriel);
  return { courriel, id: id ?? '', nav };
}
const donner = (compteId: string, role: Role) =>
  addMandat(app.base.owner, app.contratId, compteId, {
    role,
    territoireId: null,
    fiche: null,
    registre: null,
    debut: aujourdhui,
    fin: null,
    accordePar: 'essai',
    delegueDe: null,
  });
const mandatDe = async (compteId: string, role: Role) =>
  (await sql<{ id: string }>`select id from mandats where compte_id = ${compteId}::uuid and role = ${role}`.execute(app.base.owner)).rows[0]?.id ?? '';
const finir = async (compteId: string, role: Role) => finirMandat(app.base.owner, app.contratId, compteId, await mandatDe(compteId, role), aujourdhui, 'essai');
const creer = async (nav: Navigateur, portees: string[] = ['lire', 'ecrire']) =>
  /cc_[\w-]{43}/.exec((await nav.post('/mon-compte/jetons', { nom: 'Logiciel', portees, jours: '365' })).body)?.[0] ?? '';
const lire = async (jeton: string) =>
  (await app.serveur.inject({ url: '/api/v1/registres/formations?limite=1', headers: { authorization: `Bearer ${jeton}` } })).statusCode;
const ecrire = async (jeton: string, organisation: string, territoire = 'mairie-12') =>
  (
    await app.serveur.inject({
      method: 'POST',
      url: '/api/v1/registres/formations',
      headers: { authorization: `Bearer ${jeton}`, 'content-type': 'application/json' },
      payload: JSON.stringify({
        jour: '2026-03-14',
        titre: 'Formation d’essai',
        territoire_id: territoire,
        organisation_id: organisation,
        donnees: { type: 'continue', theme: 'rixes', employeur: 'dpmp', public: 'police-municipale', participants: 5 },
      }),
    })
  ).statusCode;

describe('Jetons', () => {
  test('une session à un facteur ne crée pas de jeton quand un mandat en demande deux, et mène au second facteur', async () => {
    const { nav } = await compte('coordination');
    expect((await nav.get('/registres/interventions')).statusCode).toBe(403);
    const refus = await nav.post('/mon-compte/jetons', { nom: 'Outil', portees: ['lire'], jours: '365' });
    expect([refus.statusCode, String(refus.headers.location).split('?')[0]]).toEqual([303, '/confirmer/second-facteur']);
    expect((await nav.get(String(refus.headers.location))).body).toContain('href="/mon-compte/second-facteur"');
    // What was typed comes back.
    const retour = new URL(String(refus.headers.location), 'http://x').searchParams.get('retour') ?? '';
    expect((await nav.get(retour)).body).toContain('value="Outil"');
    await poserTotp(nav);
    expect(await lire(await creer(nav))).toBe(200);
  });

  test('un jeton d’une session à un facteur n’éveille jamais un mandat qui en demande deux, même inscrit parmi les siens', async () => {
    const { nav, id } = await compte('agent', 'PM');
    const jeton = await creer(nav);
    await donner(id, 'coordination');
    await sql`update jetons_api set mandats = mandats || ${await mandatDe(id, 'coordination')}::uuid where compte_id = ${id}::uuid`.execute(app.base.owner);
    expect(await lire(jeton)).toBe(200);
    expect(await ecrire(jeton, 'VILLE')).toBe(403);
    await sql`update jetons_api set forte = true where compte_id = ${id}::uuid`.execute(app.base.owner);
    expect(await ecrire(jeton, 'VILLE')).toBe(201);
  });

  test('un jeton d’avant, dont la force n’a pas été notée, est faible ; sans mandat noté, il n’ouvre rien', async () => {
    const { nav, id } = await compte('coordination');
    await poserTotp(nav);
    const jeton = await creer(nav);
    await sql`update jetons_api set forte = default where compte_id = ${id}::uuid`.execute(app.base.owner);
    expect(await lire(jeton)).toBe(403);
    await sql`update jetons_api set forte = true, mandats = default where compte_id = ${id}::uuid`.execute(app.base.owner);
    expect(await lire(jeton)).toBe(401);
  });

  test('un jeton ne gagne rien des mandats donnés après lui, et finit avec le dernier des siens', async () => {
    const { nav, id } = await compte('elu', 'PM');
    const jeton = await creer(nav);
    await donner(id, 'agent');
    expect((await nav.get('/registres/formations/nouveau')).statusCode).toBe(200);
    expect(await ecrire(jeton, 'PM')).toBe(403);
    await finir(id, 'elu');
    expect(await lire(jeton)).toBe(401);
    expect((await nav.get('/mon-compte')).body).toContain('terminé');
  });

  test('un jeton ne dure ni plus d’un an ni plus que le mandat ; sans mandat en vigueur il n’y en a pas', async () => {
    const { nav, id } = await compte('agent', 'PM', dans(20));
    await creer(nav);
    const { rows } = await sql<{
      j: number;
    }>`select ceil(extract(epoch from expire_le - now()) / 86400)::int as j from jetons_api where compte_id = ${id}::uuid`.execute(app.base.owner);
    expect([20, 21]).toContain(rows[0]?.j);
    await expect(sql`update jetons_api set expire_le = cree_le + interval '400 days' where compte_id = ${id}::uuid`.execute(app.base.owner)).rejects.toThrow(
      /jetons_api_duree/,
    );
    const sans = await compte(null);
    expect((await sans.nav.post('/mon-compte/jetons', { nom: 'Rien', portees: ['lire'], jours: '30' })).statusCode).toBe(422);
  });

  test('créer un jeton ou une adresse de calendrier redemande une preuve récente', async () => {
    const { nav, id } = await compte('agent');
    await sql`update sessions set confirmee_le = now() - interval '11 minutes' where compte_id = ${id}::uuid`.execute(app.base.owner);
    for (const [url, champs] of [
      ['/mon-compte/jetons', { nom: 'Outil', portees: 'lire', jours: '30' }],
      ['/calendrier/abonnement', { acte: 'creer' }],
    ] as const)
      expect(String((await nav.post(url, champs)).headers.location)).toMatch(/^\/confirmer\?/);
  });

  test('le gestionnaire de l’organisation voit ses jetons et les révoque ; celui d’une autre ne les connaît pas', async () => {
    const { nav, id, courriel } = await compte('agent', 'PAV');
    const jeton = await creer(nav);
    const gerant = async (organisation: string) => {
      const g = await compte('agent', organisation);
      await sql`update comptes set gestionnaire = true where id = ${g.id}::uuid`.execute(app.base.owner);
      await poserTotp(g.nav);
      return g.nav;
    };
    const [sien, autre] = [await gerant('PAV'), await gerant('RATP')];
    const page = (await sien.get(`/comptes/${id}`)).body;
    expect(page).toContain('Agent partenaire');
    const revoquer = /\/comptes\/[0-9a-f-]+\/jetons\/[0-9a-f-]+\/revoquer/.exec(page)?.[0] ?? '';
    expect((await autre.post(revoquer)).statusCode).toBe(404);
    expect(await lire(jeton)).toBe(200);
    expect((await sien.post(revoquer)).statusCode).toBe(303);
    expect(await lire(jeton)).toBe(401);
    const { rows } = await sql<{ texte: string }>`select texte from courriels where destinataire = ${courriel}`.execute(app.base.owner);
    expect(rows.some((r) => r.texte.includes('révoquer un jeton'))).toBe(true);
  });

  test('chaque lecture par un jeton est notée au nom de son titulaire', async () => {
    const { nav, id } = await compte('agent', 'PM');
    expect(await lire(await creer(nav))).toBe(200);
    await app.audit.vider();
    const { rows } = await sql<{ objet: string }>`select objet from audit where compte_id = ${id}::uuid and action = 'objet.lu'`.execute(app.base.owner);
    expect(rows.map((r) => r.objet)).toContain('/api/v1/registres/formations');
  });
});

describe('Adresses de calendrier', () => {
  const creerFlux = async (nav: Navigateur) =>
    /\/calendrier\/flux\/[\w-]{32}\.ics/.exec((await nav.post('/calendrier/abonnement', { acte: 'creer' })).body)?.[0] ?? '';
  const evenements = async (flux: string) => {
    const r = await app.serveur.inject({ url: flux });
    return r.statusCode === 200 ? r.body.replace(/\r\n /g, '') : r.statusCode;
  };

  test('faite avec un facteur, elle ne montre pas ce qu’un mandat à deux facteurs ouvre ; elle finit avec le mandat', async () => {
    const instance = await creerInstance(app.base.owner, app.contratId, {
      territoire: 'mairie-18',
      porteur: 'DPMP',
      confidentialite: 'partenaires',
      nom: 'Conseil au flux',
    });
    await creerSeance(app.base.owner, app.contratId, instance, { etat: 'convoquee', jour: dans(9) });
    const { nav, id } = await compte('coordination');
    const refus = await nav.post('/calendrier/abonnement', { acte: 'creer' });
    expect(String(refus.headers.location)).toMatch(/^\/confirmer\/second-facteur/);
    await poserTotp(nav);
    const flux = await creerFlux(nav);
    expect(await evenements(flux)).toContain('Conseil au flux');
    await sql`update calendrier_flux set forte = default where compte_id = ${id}::uuid`.execute(app.base.owner);
    expect(await evenements(flux)).not.toContain('Conseil au flux');
    await sql`update calendrier_flux set forte = true where compte_id = ${id}::uuid`.execute(app.base.owner);
    await donner(id, 'agent');
    await finir(id, 'coordination');
    expect(await evenements(flux)).toBe(404);
  });

  test('elle suit le siège, expire, revit quand son titulaire revient, et se révoque', async () => {
    const { nav, id, courriel } = await compte('agent', 'RATP');
    const instance = await creerInstance(app.base.owner, app.contratId, {
      territoire: 'mairie-18',
      porteur: 'DPMP',
      confidentialite: 'restreinte',
      nom: 'Cellule au flux',
    });
    const siege = await creerMembre(app.base.owner, app.contratId, instance, { organisation: 'RATP', courriel });
    await creerSeance(app.base.owner, app.contratId, instance, { etat: 'convoquee', jour: dans(9) });
    const flux = await creerFlux(nav);
    expect(await evenements(flux)).toContain('BEGIN:VEVENT');
    await sql`update instance_membres set fin = current_date - 1 where id = ${siege}::uuid`.execute(app.base.owner);
    expect(await evenements(flux)).not.toContain('BEGIN:VEVENT');
    await sql`update calendrier_flux set expire_le = now() + interval '3 days' where compte_id = ${id}::uuid`.execute(app.base.owner);
    await nav.get('/calendrier/abonnement');
    const { rows } = await sql<{ j: number }>`select extract(day from expire_le - now())::int as j from calendrier_flux where compte_id = ${id}::uuid`.execute(
      app.base.owner,
    );
    expect(rows[0]?.j).toBeGreaterThan(390);
    // Reading it does not make it live longer: only its holder does.
    await sql`update calendrier_flux set expire_le = now() - interval '1 second' where compte_id = ${id}::uuid`.execute(app.base.owner);
    expect(await evenements(flux)).toBe(404);
    await nav.get('/calendrier/abonnement');
    expect(await evenements(flux)).toBe(404);
  });

  test('chaque lecture est notée au nom de son titulaire, et l’adresse n’est écrite nulle part', async () => {
    const { nav, id } = await compte('agent', 'PM');
    const flux = await creerFlux(nav);
    await evenements(flux);
    await app.audit.vider();
    const { rows } = await sql<{ t: string; objet: string; action: string }>`
      select audit::text as t, objet, action from audit where compte_id = ${id}::uuid`.execute(app.base.owner);
    expect(rows.filter((r) => r.action === 'objet.lu' && r.objet.startsWith('/calendrier/flux/'))).toHaveLength(1);
    const secret = /flux\/([\w-]{32})/.exec(flux)?.[1] ?? 'x';
    expect((await sql<{ n: number }>`select count(*)::int as n from audit a where a::text like ${`%${secret}%`}`.execute(app.base.owner)).rows[0]?.n).toBe(0);
  });
});
