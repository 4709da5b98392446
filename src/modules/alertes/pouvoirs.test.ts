/** What gives a power, and one fact written twice. */
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type AppDeTest, ouvrirApp, type Qui } from '../../../tests/support/app.ts';
import { ouvrirBoite } from '../../../tests/support/boite.ts';
import { courriels } from '../../../tests/support/courriels.ts';
import { lireFormulaire } from '../../../tests/support/formulaire.ts';
import { aLHeureDeParis } from '../../../tests/support/fuseau.ts';
import { inTransaction } from '../../core/base/database.ts';
import { openCourrier } from '../../core/courrier/mail.ts';
import { HOUSE } from '../../modules.ts';
import { fermerCompte } from '../comptes/gestion/gestion.queries.ts';
import { verifierChiffres } from '../indicateurs/formulaires.ts';
import { creerCreneau, creerInscrit } from './alertes.fixtures.ts';
import { expirer } from './relais/expirer.ts';

const AU_18E: Qui = { comme: 'coordonnateur', organisation: 'DPMP', territoire: 'mairie-18' };
const PAV: Qui = { comme: 'association', organisation: 'PAV', territoire: 'mairie-18' };
const AGENT_18: Qui = { comme: 'agent', organisation: 'VILLE', territoire: 'mairie-18' };
const RIXE = { palier: 'rixe', genre: 'rixe', territoire: '7511801', lieu: 'Place Hébert', faits: 'Deux groupes d’une dizaine de jeunes' };

let app: AppDeTest;
let maintenant = new Date('2026-11-26T20:00:00Z');
beforeAll(async () => {
  app = await ouvrirApp({ horloge: () => maintenant });
});
afterAll(() => app.close());

const lire = async <L>(q: ReturnType<typeof sql<L>>): Promise<L[]> => (await q.execute(app.base.owner)).rows;
const inscrit = (o: Parameters<typeof creerInscrit>[2]) => creerInscrit(app.base.owner, app.contratId, o);
const ecrire = async (champs: Record<string, string>, qui: Qui | string = AU_18E): Promise<string> => {
  const r = await app.post('/alertes/nouvelle', champs, qui);
  expect([r.statusCode, r.statusCode === 303 ? '' : r.body.match(/govuk-error-message[^>]*>[^<]*/g)]).toEqual([303, '']);
  return String(r.headers.location).split('/').pop() ?? '';
};
const vider = () => sql`update alerte_inscrits set retire_le = now() where retire_le is null`.execute(app.base.owner);
const lettres = async (id: string) => (await courriels(app)).filter((c) => c.objet.startsWith(`/alertes/${id}`));
const etat = async (id: string) => (await lire(sql<{ etat: string; validation: string }>`select etat, validation from alertes where id = ${id}::uuid`))[0];

describe('Un pouvoir', () => {
  test('une ligne d’un organisme qui ne peut pas tenir la fonction ne valide rien, ne conduit rien, ne comble aucun trou', async () => {
    await vider();
    const PIRATE: Qui = { ...PAV };
    const cookie = await app.temoin(PIRATE);
    const [compte] = await lire(sql<{ id: string; courriel: string }>`select id, courriel from comptes order by cree_le desc limit 1`);
    await inscrit({ fonction: 'commissariat', organisation: 'PAV', nom: 'Pirate', courriel: compte?.courriel ?? '', compteId: compte?.id ?? null });
    const page = (await app.get('/alertes/astreintes', AU_18E)).body;
    expect(page).toContain('organisme à revoir');
    expect(page).toMatch(/Commissariat d’arrondissement<\/th><td[^>]*>Mairie du 18e/);
    const id = await ecrire(RIXE, AGENT_18);
    // Nobody was there to be asked, and it says so; told, the line conducts nothing.
    expect(await etat(id)).toEqual({ etat: 'diffusee', validation: 'delai' });
    expect((await app.get(`/alertes/${id}`, AU_18E)).body).toContain('personne à prévenir : Commissariat d’arrondissement');
    expect((await app.post(`/alertes/${id}/lever`, { issue: 'evitee' }, cookie)).statusCode).toBe(403);
    // On a line of the police, an account of another house conducts nothing either; one of the police does.
    await inscrit({ fonction: 'commissariat', organisation: 'PP', courriel: compte?.courriel ?? '', compteId: compte?.id ?? null });
    expect((await app.post(`/alertes/${id}/lever`, { issue: 'evitee' }, cookie)).statusCode).toBe(403);
    const officier = await app.temoin({ comme: 'agent', organisation: 'PP', territoire: 'mairie-18' });
    const [police] = await lire(sql<{ id: string; courriel: string }>`select id, courriel from comptes order by cree_le desc limit 1`);
    await inscrit({ fonction: 'commissariat', organisation: 'PP', courriel: police?.courriel ?? '', compteId: police?.id ?? null });
    const autre = await ecrire({ ...RIXE, territoire: '7511802' }, officier);
    expect((await etat(autre))?.validation).toBe('directe');
    expect((await app.post(`/alertes/${autre}/lever`, { issue: 'evitee' }, officier)).statusCode).toBe(303);
  });

  test('un suppléant qui quitte la liste ne manque pas en silence', async () => {
    await vider();
    const [titulaire, suppleant] = [await inscrit({ fonction: 'mairie', organisation: 'VILLE' }), await inscrit({ fonction: 'mairie', organisation: 'VILLE' })];
    await creerCreneau(app.base.owner, app.contratId, titulaire, new Date('2026-11-28T17:00:00Z'), new Date('2026-11-29T07:00:00Z'), suppleant);
    expect((await app.post(`/alertes/astreintes/inscrits/${suppleant}/retirer`, {}, AU_18E)).statusCode).toBe(303);
    expect((await app.get(`/alertes/astreintes/inscrits/${titulaire}`, AU_18E)).body).toContain('sans suppléant : il a quitté la liste');
  });

  test('qui a quitté son compte n’est plus prévenu : ses lignes et ses créneaux à venir s’ôtent, qui coordonne l’apprend aussitôt', async () => {
    await vider();
    await app.temoin(AU_18E);
    await app.temoin({ comme: 'agent', organisation: 'VILLE', territoire: 'mairie-18' });
    const [parti] = await lire(sql<{ id: string; courriel: string }>`select id, courriel from comptes order by cree_le desc limit 1`);
    // One line by the address as it is now, one by the account, whose address was another.
    const sienne = await inscrit({ fonction: 'mairie', organisation: 'VILLE', nom: 'Léa Partie', courriel: parti?.courriel ?? '' });
    await inscrit({ fonction: 'mairie', organisation: 'VILLE', nom: 'Léa Partie', compteId: parti?.id ?? null });
    const reste = await inscrit({ fonction: 'mairie', organisation: 'VILLE', nom: 'Une autre' });
    const nuit = [new Date('2026-11-28T17:00:00Z'), new Date('2026-11-29T07:00:00Z')] as const;
    await creerCreneau(app.base.owner, app.contratId, sienne, ...nuit);
    await creerCreneau(app.base.owner, app.contratId, reste, ...nuit, sienne);
    await aLHeureDeParis(() =>
      inTransaction(app.db, { contratId: app.contratId }, (tx) =>
        fermerCompte(tx, app.contratId, parti?.id ?? '', { jour: '2026-11-26', par: 'essai', maintenant, ailleurs: HOUSE.titres }),
      ),
    )();
    expect(await lire(sql`select nom from alerte_inscrits where retire_le is null`)).toEqual([{ nom: 'Une autre' }]);
    expect(
      await lire(sql`select inscrit_id as qui, suppleant_id as suppleant from astreintes where annulee_le is null and inscrit_id in (${sienne}, ${reste})`),
    ).toEqual([{ qui: reste, suppleant: null }]);
    const dites = (await courriels(app, '/alertes/astreintes')).filter((x) => x.sujet.startsWith('Une personne a quitté'));
    expect([dites.length > 0, dites.every((x) => x.texte.includes('Léa Partie, 18e') || x.texte.includes('Léa Partie, Mairie du 18e'))]).toEqual([true, true]);
    expect(dites[0]?.texte).toMatch(/1.créneau d’astreinte à pourvoir/);
    const [trace] = await lire(sql<{ n: number }>`select count(*)::int as n from audit where action = 'inscrit.retire' and compte_id is null`);
    expect(trace).toEqual({ n: 2 });
  });
});

describe('Un fait, une alerte', () => {
  test('le même fait écrit deux fois : à l’écriture on demande, jointe elle s’ajoute ; après coup on joint ; les chiffres n’en comptent qu’une', async () => {
    await vider();
    await inscrit({ fonction: 'association', organisation: 'PAV', courriel: 'pav@exemple.fr', territoire: 'mairie-20' });
    const AU_20E: Qui = { ...AU_18E, territoire: 'mairie-20' };
    const BAGARRE = { ...RIXE, territoire: '7512001', faits: 'Une dizaine de jeunes' };
    const compter = async () =>
      (await lire(sql<{ a: number; r: number }>`select (select count(*)::int from faits_alertes) as a, (select count(*)::int from faits_rixes) as r`))[0];
    const avant = await compter();
    const premiere = await ecrire(BAGARRE, AU_20E);
    const seconde = { ...BAGARRE, territoire: '7512002', faits: 'Ils courent vers le métro' };
    const demande = await app.post('/alertes/nouvelle', seconde, AU_20E);
    expect([demande.statusCode, demande.body.includes('Une alerte est déjà ouverte ici'), demande.body.includes('Une dizaine de jeunes')]).toEqual([
      422,
      true,
      true,
    ]);
    const { vues } = lireFormulaire(demande.body, '/alertes/nouvelle');
    expect([vues, lireFormulaire(demande.body, '/alertes/nouvelle').faits]).toEqual([[premiere], ['Ils courent vers le métro']]);
    const muette = await app.post('/alertes/nouvelle', { ...seconde, vues: premiere }, AU_20E);
    expect([muette.statusCode, muette.body.includes('Dites si c’est la même alerte')]).toEqual([422, true]);
    const jointe = await app.post('/alertes/nouvelle', { ...seconde, vues: premiere, meme: premiere }, AU_20E);
    expect(jointe.headers.location).toBe(`/alertes/${premiere}`);
    const page = (await app.get(`/alertes/${premiere}`, AU_20E)).body;
    expect(page).toContain('Ils courent vers le métro');
    expect((await lettres(premiere)).filter((l) => l.pour === 'pav@exemple.fr')).toHaveLength(1);
    // Elsewhere, in an exercise, or two hours later, nothing is asked.
    await ecrire({ ...seconde, exercice: 'oui' }, AU_20E);
    // « C’en est une autre » leaves; who conducts joins it afterwards.
    const autre = await ecrire({ ...seconde, vues: premiere, meme: 'autre' }, AU_20E);
    // One that opened meanwhile is asked about again.
    expect((await app.post('/alertes/nouvelle', { ...seconde, vues: premiere, meme: 'autre' }, AU_20E)).statusCode).toBe(422);
    expect(await compter()).toEqual({ a: (avant?.a ?? 0) + 2, r: (avant?.r ?? 0) + 2 });
    const joindre = (id: string, vers: string, qui: Qui | string) => app.post(`/alertes/${id}/doublon`, { autre: vers }, qui);
    expect((await app.get(`/alertes/${autre}`, AU_20E)).body).toContain('C’est la même qu’une autre alerte');
    expect((await app.post(`/alertes/${autre}/lever`, { issue: 'doublon', heures: '1' }, AU_20E)).statusCode).toBe(422);
    expect([
      (await joindre(autre, '', AU_20E)).statusCode,
      (await joindre(autre, autre, AU_20E)).statusCode,
      (await joindre(autre, premiere, { ...PAV, territoire: 'mairie-20' })).statusCode,
      (await joindre(autre, premiere, AU_18E)).statusCode,
      (await joindre(autre, premiere, AU_20E)).statusCode,
      (await joindre(autre, premiere, AU_20E)).statusCode,
    ]).toEqual([422, 404, 403, 404, 303, 409]);
    expect(await compter()).toEqual({ a: (avant?.a ?? 0) + 1, r: (avant?.r ?? 0) + 1 });
    expect((await etat(autre))?.etat).toBe('close');
    // Nothing of the second leaves any more.
    const { rows } = await sql<{ n: number }>`
      select count(*)::int as n from courriels where objet like ${`/alertes/${autre}%`} and etat = 'attente'`.execute(app.base.owner);
    expect(rows).toEqual([{ n: 0 }]);
    expect((await app.get(`/alertes/${autre}`, AU_20E)).body).toContain('qui seule compte');
    expect((await app.get(`/alertes/${premiere}`, AU_20E)).body).toContain('Écrite aussi par');
    const { differences } = await verifierChiffres(app.base.owner, app.contratId);
    expect(differences.filter((d) => JSON.stringify(d).includes('1.6-'))).toEqual([]);
  });

  test('une rixe est du mois où elle a eu lieu, une alerte de celui où elle est partie', async () => {
    maintenant = new Date('2026-05-02T09:00:00Z');
    const id = await ecrire({ ...RIXE, territoire: '7511402', jour: '2026-04-30', heure: '22:00' }, { ...AU_18E, territoire: 'mairie-14' });
    const [jours] = await lire(sql<{ rixe: string; alerte: string }>`
      select r.jour::text as rixe, a.jour::text as alerte from faits_rixes r join faits_alertes a on a.id = r.id where r.id = ${id}::uuid`);
    expect(jours).toEqual({ rixe: '2026-04-30', alerte: '2026-05-02' });
    maintenant = new Date('2026-11-27T09:00:00Z');
    const rixes = (await app.get('/alertes/rixes?annee=2026', { ...AU_18E, territoire: 'mairie-15' })).body;
    expect([/>avril</.test(rixes), />mai</.test(rixes)]).toEqual([true, false]);
  });
});

describe('Parler au public', () => {
  const COORDINATION: Qui = { comme: 'coordination', organisation: 'DPMP' };
  const SCOP: Qui = { comme: 'operateur', organisation: 'SCOP' };
  const MESSAGE = {
    origine: 'PP',
    titre: 'Essai',
    texte: 'Restez chez vous.',
    origine_jour: '2026-11-26',
    origine_heure: '08:00',
    origine_lien: '',
    genre: 'securite',
    territoire: 'paris',
    jusqua_jour: '2026-11-28',
    jusqua_heure: '20:00',
    exercice: '',
  };
  const idDe = (r: { headers: Record<string, unknown> }): string => /relais\/([0-9a-f-]{36})/.exec(String(r.headers.location))?.[1] ?? '';

  test('personne ne parle seul au public : deux facteurs, preuve fraîche, une seconde personne, le seul lieu du mandat, et une lettre à qui l’on fait parler', async () => {
    const [ICI, AILLEURS] = ['/territoires/mairie-18', '/territoires/mairie-12'];
    const local = { ...MESSAGE, territoire: '7511801', titre: 'Gaz rue de l’Essai' };
    const qui = await app.temoin(AU_18E);
    const session = (quoi: ReturnType<typeof sql>) =>
      sql`update sessions set ${quoi} where compte_id = (select id from comptes order by cree_le desc limit 1)`.execute(app.base.owner);
    // One factor: refused before anything is typed, and after.
    await session(sql`forte = false`);
    expect((await app.get('/alertes/relais/nouveau', qui)).headers.location).toBe('/confirmer/second-facteur?retour=%2Falertes%2Frelais%2Fnouveau');
    const faible = await app.post('/alertes/relais/nouveau', local, qui);
    expect([faible.statusCode, faible.body.includes('Posez une application d’authentification ou une clé d’accès')]).toEqual([403, true]);
    await session(sql`forte = true, confirmee_le = ${new Date(maintenant.getTime() - 3_600_000)}`);
    expect((await app.get('/alertes/relais/nouveau', qui)).headers.location).toContain('/confirmer?retour=');
    const vieille = await app.post('/alertes/relais/nouveau', local, qui);
    expect([vieille.statusCode, vieille.body.includes('a plus de dix minutes'), vieille.body.includes('Gaz rue de l’Essai')]).toEqual([422, true, true]);
    await session(sql`confirmee_le = ${maintenant}`);
    await app.temoin({ comme: 'agent', organisation: 'PP' });
    await app.temoin(COORDINATION);
    const r = await app.post('/alertes/relais/nouveau', { ...local, origine_lien: 'https://ailleurs.exemple/avis' }, qui);
    const id = idDe(r);
    // Its own place, and nowhere else.
    const lus = await Promise.all(
      [
        ICI,
        `/messages?territoire=mairie-18`,
        '/territoires/mairie-18/nouvelles.xml',
        AILLEURS,
        '/',
        '/urgence',
        '/messages',
        '/messages/flux.xml',
        '/nouvelles.xml',
      ].map((u) => app.get(u)),
    );
    expect(lus.map((x) => [x.statusCode, x.body.includes('Gaz rue de l’Essai')])).toEqual([...Array(3).fill([200, true]), ...Array(6).fill([200, false])]);
    const recopie = /Texte recopié par /;
    for (const url of [ICI, `/messages/${id}`, '/messages/flux.xml?territoire=mairie-18', `/messages/${id}/cap.xml`]) {
      const { body } = await app.get(url);
      expect([url, recopie.test(body), body.includes('À confirmer : une seule personne')]).toEqual([url, true, true]);
    }
    // The authority, by an address of its own site, and everywhere by who holds everywhere.
    const deLaPP = idDe(
      await app.post(
        '/alertes/relais/nouveau',
        { ...MESSAGE, titre: 'Message vérifiable', origine_lien: 'https://www.prefecturedepolice.interieur.gouv.fr/avis' },
        SCOP,
      ),
    );
    const publique = (await app.get(`/messages/${deLaPP}`)).body;
    expect([publique.includes('Texte recopié'), (await app.get(AILLEURS)).body.includes('Message vérifiable')]).toEqual([false, true]);
    // Letters, over a real server.
    const boite = await ouvrirBoite();
    const courrier = openCourrier({
      db: app.db,
      contratId: app.contratId,
      smtp: boite.url,
      de: 'Concorde <c@exemple.fr>',
      retenir: false,
      coffre: app.coffre,
    });
    try {
      await courrier.expedier();
    } finally {
      await courrier.close();
      await boite.close();
    }
    const dits = boite.recus.filter((m) => m.text?.includes('Gaz rue de l’Essai'));
    const autorite = dits.find((m) => m.subject === 'Un message vient de paraître en votre nom');
    expect(autorite?.text).toContain(`http://concorde.exemple/alertes/relais/${id}`);
    expect(dits.some((m) => m.subject === 'Message à confirmer : Gaz rue de l’Essai')).toBe(true);
    expect((await app.get(`/alertes/relais/${id}`, COORDINATION)).body).toContain('Prévenus par lettre');
    expect((await app.get('/ma-journee', SCOP)).body).toContain('Messages officiels à confirmer');
    // Nobody confirms: it goes, and the letter says so.
    maintenant = new Date(maintenant.getTime() + 2 * 3_600_000);
    expect(await aLHeureDeParis(expirer)(app.db, app.contratId, 'http://concorde.exemple', maintenant)).toBe(2);
    expect((await app.get(ICI)).body).not.toContain('c-annonces__titre');
    expect((await app.get(`/messages/${id}`)).body).toContain('personne d’autre ne l’a confirmé');
    expect((await courriels(app, `/alertes/relais/${id}`)).map((l) => l.sujet)).toContain('Message retiré : Gaz rue de l’Essai');
    expect((await app.post(`/alertes/relais/${id}/confirmer`, {}, COORDINATION)).statusCode).toBe(409);
  });
});
