/** A seat and a mandate are two rights: ending one ends what it opened. And what is looked up for display passes the policy of its own page. */
import { sql } from 'kysely';
import { PassThrough } from 'node:stream';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cadreDe } from './instances.contexte.ts';
import { creerDecision, creerInstance, creerMembre, creerSeance } from './instances.fixtures.ts';
import { peutLireSeances } from './instances.policy.ts';
import { listInstances } from './instances.queries.ts';
import { buildTenueRoutes } from '../seances/tenue/tenue.routes.tsx';
import { vueDe } from './instances.vue.ts';
import { type AppDeTest, ouvrirApp } from '../../../tests/support/app.ts';
import { type Mandat, ROLES_METIER, type Role } from '../../core/authorize.ts';
import type { Direct } from '../../core/direct/direct.ts';
import type { Contexte } from '../../core/http/http.ts';
import { getUtilisateurDeTitre, listMandatsEveilles } from '../comptes/sessions.queries.ts';
import { aLHeureDeParis } from '../../../tests/support/fuseau.ts';
import { listDecisions } from '../decisions/listes.queries.ts';
import { jourDans } from '../../../tests/support/jours.ts';

const AUJOURDHUI = jourDans();
let app: AppDeTest;
let k: number;
let instance: string;
let seance: string;
let decision: string;
beforeAll(async () => {
  app = await ouvrirApp();
  k = app.contratId;
  instance = await creerInstance(app.base.owner, k, { nom: 'Cellule des Glycines', territoire: 'mairie-18', porteur: 'DPMP', confidentialite: 'restreinte' });
  seance = await creerSeance(app.base.owner, k, instance, {
    titre: 'Séance des Glycines',
    jour: '2027-05-12',
    etat: 'ouverte',
    points: ['Point des Glycines'],
  });
  decision = await decider(instance, seance, 'Décision des Glycines');
});
afterAll(() => app.close());

const decider = async (instanceId: string, seanceId: string | null, libelle: string): Promise<string> =>
  (
    await creerDecision(
      app.base.owner,
      k,
      {
        instanceId,
        seanceId,
        pointId: null,
        nature: 'decision',
        libelle,
        responsableId: 'RATP',
        responsableNom: '',
        responsableCourriel: '',
        echeance: null,
        fiche: null,
        ligne: null,
        territoireId: 'mairie-18',
      },
      { auteur: 'x', quand: new Date() },
    )
  )?.id ?? '';
async function asseoir(role: Role = 'elu') {
  const cookie = await app.temoin({ comme: role, organisation: 'PP' });
  const { rows } = await sql<{ id: string; courriel: string }>`select id, courriel from comptes where contrat_id = ${k} order by cree_le desc limit 1`.execute(
    app.base.owner,
  );
  const { id = '', courriel = '' } = rows[0] ?? {};
  const membre = await creerMembre(app.base.owner, k, instance, { organisation: 'PP', qualite: 'president', courriel });
  return { cookie, id, membre };
}
const lire = (cookie: string, url: string) => app.serveur.inject({ method: 'GET', url, headers: { cookie } });
const finirMandats = (id: string) => sql`update mandats set fin = current_date - 1 where compte_id = ${id}::uuid`.execute(app.base.owner);
const finirSiege = (id: string) => sql`update instance_membres set fin = current_date - 1 where id = ${id}::uuid`.execute(app.base.owner);
/** What the route of the live stream asks again and again about its reader. */
const garde = aLHeureDeParis(async (compteId: string): Promise<() => Promise<boolean>> => {
  const direct = { ouvrirFlux: () => new PassThrough(), presents: () => [] } as unknown as Direct;
  const route = buildTenueRoutes({ direct, coffre: app.coffre, adresse: 'http://localhost' }).find((r) => r.chemin === '/seances/:id/direct');
  const qui = async () => {
    const mandats = (await listMandatsEveilles(app.db, k, { id: compteId, forte: true }, new Date())).map((m) => m.id);
    return getUtilisateurDeTitre(app.db, k, { compteId, forte: true, mandats }, new Date());
  };
  const c = { db: app.db, contrat: { id: k, slug: '' }, utilisateur: await qui(), params: { id: seance }, maintenant: new Date() } as unknown as Contexte;
  const reponse = await route?.executer(c);
  if (reponse?.genre !== 'flux') throw new Error('Le direct n’a pas répondu par un flux.');
  return aLHeureDeParis(async () => {
    const u = await qui();
    return u !== null && reponse.garde(u);
  });
});

describe('Siège et mandat', () => {
  const pages = () => [`/instances/${instance}`, `/seances/${seance}`, `/seances/${seance}/tenir`, `/decisions/${decision}`];
  const listes = ['/instances', '/decisions', '/decisions.csv', '/calendrier?mois=2027-05', '/calendrier.csv?annee=2027', '/ma-journee'];

  test.each([
    ['le mandat', async (p: { id: string }) => finirMandats(p.id)],
    ['le siège', async (p: { membre: string }) => finirSiege(p.membre)],
  ] as const)('finir %s ferme les pages, les listes, le flux privé et le direct que le siège ouvrait', async (_, finir) => {
    const p = await asseoir();
    const flux = /\/calendrier\/flux\/[\w-]{32}\.ics/.exec(
      (
        await app.serveur.inject({
          method: 'POST',
          url: '/calendrier/abonnement',
          headers: { cookie: p.cookie, 'content-type': 'application/x-www-form-urlencoded' },
          payload: 'acte=creer',
        })
      ).body,
    )?.[0];
    const encore = await garde(p.id);
    for (const url of pages()) expect([url, (await lire(p.cookie, url)).statusCode]).toEqual([url, 200]);
    expect((await lire(p.cookie, '/decisions')).body).toContain('Décision des Glycines');
    expect((await app.get(flux ?? '')).body).toContain('BEGIN:VEVENT');
    expect(await encore()).toBe(true);
    await finir(p);
    for (const url of pages()) {
      const r = await lire(p.cookie, url);
      expect([url, [403, 404].includes(r.statusCode), r.body.includes('Glycines')]).toEqual([url, true, false]);
    }
    for (const url of listes) expect([url, (await lire(p.cookie, url)).body.includes('Glycines')]).toEqual([url, false]);
    expect((await app.get(flux ?? '')).body).not.toContain('BEGIN:VEVENT');
    expect(await encore()).toBe(false);
  });

  test('un siège n’ouvre rien à qui n’a qu’un mandat limité à un registre', async () => {
    const p = await asseoir('agent');
    await sql`update mandats set registre = 'formations' where compte_id = ${p.id}::uuid`.execute(app.base.owner);
    for (const url of pages()) expect([url, [403, 404].includes((await lire(p.cookie, url)).statusCode)]).toEqual([url, true]);
    expect((await lire(p.cookie, '/registres/formations')).statusCode).toBe(200);
    expect((await lire(p.cookie, '/registres/interventions')).statusCode).toBe(403);
  });
});

describe('Ce qui est montré passe par le droit de sa propre page', () => {
  test('le nom d’une instance réservée ne se lit dans le filtre d’aucune liste, par personne du dehors', async () => {
    for (const comme of ROLES_METIER.filter((r) => r !== 'coordination' && r !== 'coordonnateur')) {
      const cookie = await app.temoin({ comme, organisation: 'RATP' });
      for (const url of [`/decisions?instance=${instance}`, `/calendrier?instance=${instance}&mois=2027-05`, `/seances/${seance}`]) {
        const r = await lire(cookie, url);
        expect([comme, url, r.body.includes('Glycines')]).toEqual([comme, url, false]);
      }
    }
    expect((await app.get(`/decisions?instance=${instance}`, { comme: 'coordination' })).body).toContain('Cellule des Glycines');
  });

  test('les types d’instances ne comptent que celles que l’on peut voir', async () => {
    const type = [...app.catalogue.typesInstance.values()].find((t) => t.territoires === 'mairies');
    await creerInstance(app.base.owner, k, {
      type: type?.id ?? null,
      nom: 'Cellule comptée',
      territoire: 'mairie-14',
      porteur: 'DPMP',
      confidentialite: 'restreinte',
    });
    const ligne = (html: string) => new RegExp(`types/${type?.id}"[\\s\\S]*?(\\d+) sur \\d+`).exec(html)?.[1];
    expect(ligne((await app.get('/instances/types', { comme: 'agent' })).body)).toBe('0');
    expect(ligne((await app.get('/instances/types', { comme: 'coordination' })).body)).toBe('1');
  });

  test('une adresse ne met pas ses propres mots sur la page', async () => {
    const faux = 'Votre compte est suspendu, appelez le 01 00 00 00 00';
    const qui = { comme: 'coordination' } as const;
    expect((await app.get(`/decisions?fait=${encodeURIComponent(faux)}`, qui)).body).not.toContain('est suspendu');
    expect((await app.get('/decisions?fait=echeance-3', qui)).body).toMatch(/3\s(?:&nbsp;)?échéances changées\./u);
    for (const url of ['/connexion?fait=', '/instances?etat=', '/dispositifs?etat=', '/dispositifs?archetype='])
      for (const v of ['__proto__', 'constructor', encodeURIComponent(faux)]) {
        const r = await app.get(url + v);
        expect([url, v, r.statusCode, r.body.includes('est suspendu')]).toEqual([url, v, 200, false]);
      }
  });

  test('les listes écrivent en SQL le même droit que les pages, pour tout mandat, tout siège et toute confidentialité', async () => {
    const corps: string[] = [];
    for (const confidentialite of ['publique', 'partenaires', 'restreinte', 'nommee'] as const)
      for (const territoire of ['paris', 'mairie-18', 'mairie-12'])
        for (const fiches of [[], ['1.6'], ['2.1', '1.6']]) {
          const id = await creerInstance(app.base.owner, k, { nom: `Corps ${corps.length}`, territoire, porteur: 'DPMP', confidentialite, fiches });
          await decider(id, null, `Décision ${corps.length}`);
          corps.push(id);
        }
    const limites: Partial<Mandat>[] = [
      {},
      { territoireId: 'mairie-18' },
      { fiche: '1.6' },
      { territoireId: 'mairie-18', fiche: '2.1' },
      { registre: 'formations' },
      { territoireId: 'mairie-12', registre: 'formations' },
    ];
    for (const [n, role] of (['coordination', 'coordonnateur', 'agent', 'administrateur'] as const).entries())
      for (const [i, l] of limites.entries()) {
        const courriel = `lecteur-${n}-${i}@exemple.fr`;
        await creerMembre(app.base.owner, k, corps[(7 * n + 11 * i) % corps.length] ?? '', { organisation: 'PP', courriel });
        const mandats: Mandat[] = [{ role, territoireId: null, fiche: null, ...l }];
        const u = { id: '', nom: '', courriel, organisationId: 'PP', fonction: '', mandats, forte: true };
        const parPage = (await listInstances(app.db, k, { courriel, aujourdhui: AUJOURDHUI }, vueDe(u, app.catalogue, AUJOURDHUI)))
          .filter((x) => peutLireSeances(u, cadreDe(x), app.catalogue.contient))
          .map((x) => x.id);
        const parListe = await listDecisions(app.db, k, { u, catalogue: app.catalogue, aujourdhui: AUJOURDHUI }, {}, null, 1000);
        const vues = [...new Set(parListe.map((d) => d.origineId))];
        expect([role, l, vues.filter((id) => corps.includes(id)).sort()]).toEqual([role, l, parPage.filter((id) => corps.includes(id)).sort()]);
      }
  });
});
