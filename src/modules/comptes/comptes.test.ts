import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { SMTPServer } from 'smtp-server';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type AppDeTest, ouvrirApp } from '../../../tests/support/app.ts';
import { testDatabase } from '../../../tests/support/database.ts';
import { MOT_DE_PASSE, Navigateur, poserTotp } from '../../../tests/support/navigateur.ts';
import { createCoffre } from '../../core/coffre.ts';
import { openDatabase } from '../../core/base/database.ts';
import { openCourrier } from '../../core/courrier/mail.ts';
import { hacher } from './mot-de-passe.ts';
import { createCompte } from './sessions.queries.ts';
import { jourDans } from '../../../tests/support/jours.ts';
import { alterer } from '../../../tests/support/alterer.ts';

describe('Comptes', () => {
  let app: AppDeTest;
  let smtp: SMTPServer;
  const recus: { a: string; texte: string }[] = [];
  let refuser = false;
  let n = 0;
  beforeAll(async () => {
    smtp = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS'],
      onRcptTo: (a, _, fini) => {
        if (a.address.startsWith('absent')) fini(Object.assign(new Error('adresse inconnue'), { responseCode: 550 }));
        else if (refuser) fini(Object.assign(new Error('plus tard'), { responseCode: 451 }));
        else fini();
      },
      onData: (flux, session, fini) => {
        const morceaux: Buffer[] = [];
        flux.on('data', (d: Buffer) => morceaux.push(d));
        flux.on('end', () => {
          const brut = Buffer.concat(morceaux)
            .toString()
            .replace(/=\r?\n/g, '')
            .replace(/=3D/g, '=');
          recus.push({ a: session.envelope.rcptTo[0]?.address ?? '', texte: brut });
          fini();
        });
      },
    });
    await new Promise<void>((r) => smtp.listen(0, '127.0.0.1', () => r()));
    const port = (smtp.server.address() as { port: number }).port;
    const base = await testDatabase();
    const { rows } = await sql<{ id: number }>`select id from contrats where slug = 'paris-2023-2026'`.execute(base.owner);
    const contratId = rows[0]?.id ?? 0;
    const db = openDatabase(await base.service(contratId), { role: 'application', contratId, max: 2 });
    const coffre = createCoffre(randomBytes(32));
    const courrier = openCourrier({
      db,
      contratId,
      smtp: `smtp://127.0.0.1:${port}`,
      de: 'Concorde <c@exemple.fr>',
      retenir: false,
      url: await base.service(contratId),
      coffre,
    });
    app = await ouvrirApp({ base, services: { coffre, courrier, oidc: null, direct: null } });
    const fermer = app.close;
    app.close = async () => {
      await fermer();
      await courrier.close();
      await db.destroy();
      await base.close();
    };
  });
  afterAll(async () => {
    await app.close();
    await new Promise<void>((r) => smtp.close(() => r()));
  });

  async function compte(role: 'agent' | 'coordination' | 'administrateur' | 'dpo' = 'agent', organisationId = 'DPMP') {
    const courriel = `personne${++n}@exemple.fr`;
    const id = await createCompte(app.base.owner, app.contratId, {
      courriel,
      nom: `Personne ${n}`,
      fonction: 'Essai',
      organisationId,
      motDePasse: await hacher(MOT_DE_PASSE),
      demonstration: false,
      ordre: 0,
      mandats: [{ role, territoireId: null, fiche: null }],
      accordePar: 'essai',
      debut: '2020-01-01',
    });
    return { courriel, id: id ?? '' };
  }
  const dernierLien = async (a: string, chemin: string) => {
    await expect.poll(() => recus.filter((r) => r.a === a).length).toBeGreaterThan(0);
    return new RegExp(`${chemin}\\?jeton=[\\w-]+`).exec(recus.filter((r) => r.a === a).at(-1)?.texte ?? '')?.[0] ?? '';
  };
  test('un mandat sensible dort tant qu’il n’y a pas deux facteurs ; il s’éveille avec l’application, et le code ne sert qu’une fois', async () => {
    const { courriel } = await compte('dpo');
    const nav = new Navigateur(app);
    expect((await nav.entrer(courriel)).statusCode).toBe(303);
    expect((await nav.get('/journal')).statusCode).toBe(403);
    expect((await nav.get('/mon-compte')).body).toContain('Un second facteur est nécessaire');
    const { code, codes, pose } = await poserTotp(nav);
    expect([pose.statusCode, codes.length]).toEqual([200, 10]);
    await expect.poll(() => recus.filter((r) => r.a === courriel).length).toBe(1);
    expect((await nav.get('/journal')).statusCode).toBe(200);

    const autre = new Navigateur(app);
    const etape = await autre.entrer(courriel);
    expect(etape.headers.location).toMatch(/^\/connexion\/second-facteur\?etape=[\w-]{8}$/);
    expect((await autre.get('/registres')).statusCode).toBe(303);
    expect((await autre.post('/connexion/second-facteur', { code: '000000' })).statusCode).toBe(422);
    const bon = code();
    expect((await autre.post('/connexion/second-facteur', { code: bon })).headers.location).toBe('/registres');
    expect((await autre.get('/journal')).statusCode).toBe(200);

    // The same six digits, seen over a shoulder, open nothing.
    const espion = new Navigateur(app);
    await espion.entrer(courriel);
    expect((await espion.post('/connexion/second-facteur', { code: bon })).statusCode).toBe(422);
    // A recovery code opens once.
    expect((await espion.post('/connexion/second-facteur', { code: ` ${(codes[0] ?? '').toUpperCase()} ` })).statusCode).toBe(303);
    const encore = new Navigateur(app);
    await encore.entrer(courriel);
    expect((await encore.post('/connexion/second-facteur', { code: codes[0] ?? '' })).statusCode).toBe(422);
    const { rows } = await sql<{ totp: Buffer }>`select totp from comptes where courriel = ${courriel}`.execute(app.base.owner);
    expect(rows[0]?.totp.length).toBeGreaterThan(28);
  });

  test('mot de passe oublié : le lien arrive, sert une fois, ferme les sessions ; une adresse inconnue reçoit la même réponse', async () => {
    const { courriel } = await compte();
    const ouverte = new Navigateur(app);
    await ouverte.entrer(courriel);
    const nav = new Navigateur(app);
    const [connue, inconnue] = [await nav.post('/connexion/oubli', { courriel }), await nav.post('/connexion/oubli', { courriel: 'inconnue@exemple.fr' })];
    expect([connue.headers.location, inconnue.headers.location]).toEqual(['/connexion?fait=lien', '/connexion?fait=lien']);
    const lien = await dernierLien(courriel, '/connexion/lien');
    expect(lien).not.toBe('');
    // Once it has left, a letter that opens an account is kept nowhere.
    const { rows } = await sql<{ texte: string }>`select texte from courriels where destinataire = ${courriel}`.execute(app.base.owner);
    expect(rows.map((r) => r.texte)).toEqual(['']);
    const jeton = lien.split('=')[1] ?? '';
    expect((await nav.get(lien)).body).toContain('Nouveau mot de passe');
    expect((await nav.post('/connexion/lien', { jeton, mot_de_passe: 'court' })).statusCode).toBe(422);
    expect((await nav.post('/connexion/lien', { jeton, mot_de_passe: 'Une autre phrase, 8 mots' })).statusCode).toBe(303);
    expect((await nav.post('/connexion/lien', { jeton, mot_de_passe: 'Une autre phrase, 8 mots' })).statusCode).toBe(404);
    expect((await nav.get(lien)).statusCode).toBe(404);
    expect((await ouverte.get('/registres')).statusCode).toBe(303);
    expect((await nav.entrer(courriel)).statusCode).toBe(422);
    expect((await nav.entrer(courriel, 'Une autre phrase, 8 mots')).statusCode).toBe(303);
  });

  test('invitation : une personne entre avec le mandat promis ; celui qui invite ne donne que ce qu’il peut', async () => {
    const { courriel: chef } = await compte('coordination');
    const nav = new Navigateur(app);
    await nav.entrer(chef);
    await poserTotp(nav);
    const champs = {
      courriel: 'Nouvelle@exemple.fr',
      nom: 'Nouvelle Venue',
      fonction: 'Médiatrice',
      organisation: 'PAV',
      role: 'association',
      territoire: 'mairie-18',
    };
    expect((await nav.post('/comptes/inviter', { ...champs, role: 'administrateur' })).statusCode).toBe(422);
    expect((await nav.post('/comptes/inviter', { ...champs, organisation: 'AILLEURS' })).statusCode).toBe(403);
    const faux = await nav.post('/comptes/inviter', { ...champs, territoire: 'lyon', debut: '2026-02-01', fin: '2026-01-01' });
    expect(faux.statusCode).toBe(422);
    expect(faux.body).toContain('value="Nouvelle Venue"');
    const fini = await nav.post('/comptes/inviter', { ...champs, fin: '2020-01-01' });
    expect([fini.statusCode, fini.body.includes('Cette date est passée')]).toEqual([422, true]);
    expect((await nav.post('/comptes/inviter', champs)).statusCode).toBe(303);
    expect((await nav.get('/comptes?organisation=PAV')).body).toContain('nouvelle@exemple.fr');
    const lien = await dernierLien('nouvelle@exemple.fr', '/invitation');
    const elle = new Navigateur(app);
    expect((await elle.get(lien)).body).toContain('Association, Mairie du 18e');
    const jeton = lien.split('=')[1] ?? '';
    expect((await elle.post('/invitation', { jeton, nom: 'Nouvelle Venue', mot_de_passe: MOT_DE_PASSE })).statusCode).toBe(303);
    expect((await elle.get('/registres')).statusCode).toBe(200);
    expect((await elle.get('/comptes')).statusCode).toBe(403);
    expect((await new Navigateur(app).post('/invitation', { jeton, nom: 'Voleuse', mot_de_passe: MOT_DE_PASSE })).statusCode).toBe(404);
    // An invitation that was taken back opens nothing.
    await nav.post('/comptes/inviter', { ...champs, courriel: 'reprise@exemple.fr' });
    const repris = await dernierLien('reprise@exemple.fr', '/invitation');
    const id = /comptes\/invitations\/([0-9a-f-]+)\/annuler/.exec((await nav.get('/comptes')).body)?.[1] ?? '';
    expect((await nav.post(`/comptes/invitations/${id}/annuler`)).statusCode).toBe(303);
    expect((await new Navigateur(app).get(repris)).statusCode).toBe(404);
  });

  test('un gestionnaire local ne voit et ne touche que son organisation', async () => {
    const gerant = await compte('agent', 'PAV');
    const ailleurs = await compte('agent', 'RATP');
    const collegue = await compte('agent', 'PAV');
    await sql`update comptes set gestionnaire = true where id = ${gerant.id}::uuid`.execute(app.base.owner);
    const nav = new Navigateur(app);
    await nav.entrer(gerant.courriel);
    expect((await nav.get('/comptes')).statusCode).toBe(403);
    await poserTotp(nav);
    const liste = (await nav.get('/comptes?organisation=RATP')).body;
    expect([liste.includes(collegue.id), liste.includes(ailleurs.id)]).toEqual([true, false]);
    expect((await nav.get(`/comptes/${ailleurs.id}`)).statusCode).toBe(404);
    expect((await nav.post(`/comptes/${ailleurs.id}/fermer`)).statusCode).toBe(404);
    expect((await nav.post(`/comptes/${collegue.id}/mandats`, { role: 'coordination' })).statusCode).toBe(422);
    expect((await nav.post(`/comptes/${collegue.id}/mandats`, { role: 'producteur' })).statusCode).toBe(422);
    const fini = await nav.post(`/comptes/${collegue.id}/mandats`, { role: 'association', fin: '2020-01-01' });
    expect([fini.statusCode, fini.body.includes('Cette date est passée')]).toEqual([422, true]);
    expect((await nav.post(`/comptes/${collegue.id}/mandats`, { role: 'association', fin: '2099-01-01' })).statusCode).toBe(303);
    expect((await nav.post(`/comptes/${gerant.id}/mandats`, { role: 'association' })).statusCode).toBe(403);
    expect((await nav.post(`/comptes/${collegue.id}/gestionnaire`, { oui: '1' })).statusCode).toBe(403);
  });

  test('un mandat finit de lui-même, par une main, ou avec le départ de la personne et de son organisation', async () => {
    const chef = await compte('coordination');
    const agent = await compte('agent', 'RATP');
    const autre = await compte('agent', 'RATP');
    const nav = new Navigateur(app);
    await nav.entrer(chef.courriel);
    await poserTotp(nav);
    const lui = new Navigateur(app);
    await lui.entrer(agent.courriel);
    expect((await lui.get('/registres')).statusCode).toBe(200);
    await sql`update mandats set fin = current_date - 1 where compte_id = ${agent.id}::uuid`.execute(app.base.owner);
    expect((await lui.get('/registres')).statusCode).toBe(403);
    expect((await nav.post(`/comptes/${agent.id}/mandats`, { role: 'agent' })).statusCode).toBe(303);
    expect((await lui.get('/registres')).statusCode).toBe(200);
    const mandat = [...(await nav.get(`/comptes/${agent.id}`)).body.matchAll(/mandats\/([0-9a-f-]+)\/fin/g)].at(-1)?.[1] ?? '';
    expect((await nav.post(`/comptes/${agent.id}/mandats/${mandat}/fin`, { confirme: '1' })).statusCode).toBe(303);
    expect((await lui.get('/registres')).statusCode).toBe(403);
    expect((await nav.post(`/comptes/${agent.id}/mandats/${mandat}/fin`, { confirme: '1' })).statusCode).toBe(404);
    // Departure of the organisation: sessions, tokens and mandates of everyone end.
    const elle = new Navigateur(app);
    await elle.entrer(autre.courriel);
    const jeton = /cc_[\w-]{43}/.exec((await elle.post('/mon-compte/jetons', { nom: 'Logiciel', portees: 'lire', jours: '30' })).body)?.[0] ?? '';
    const api = () => app.serveur.inject({ url: '/api/v1/registres/formations', headers: { authorization: `Bearer ${jeton}` } });
    expect((await api()).statusCode).toBe(200);
    expect((await nav.post('/comptes/organisations/RATP/fermer')).statusCode).toBe(303);
    expect([(await elle.get('/registres')).statusCode, (await api()).statusCode, (await elle.entrer(autre.courriel)).statusCode]).toEqual([303, 401, 422]);
    expect((await nav.post('/comptes/organisations/DPMP/fermer')).statusCode).toBe(409);
    expect((await nav.get('/comptes')).statusCode).toBe(200);
  });

  test('déléguer pendant une absence : dans l’organisation, trois mois au plus, et jamais au-delà de son propre mandat', async () => {
    const [parti, reste, loin] = [await compte('agent', 'PM'), await compte('agent', 'PM'), await compte('agent', 'PP')];
    await sql`update mandats set role = 'coordonnateur', territoire_id = 'mairie-18' where compte_id = ${parti.id}::uuid`.execute(app.base.owner);
    const nav = new Navigateur(app);
    await nav.entrer(parti.courriel);
    const { rows } = await sql<{ id: string }>`select id from mandats where compte_id = ${parti.id}::uuid`.execute(app.base.owner);
    const mandat = rows[0]?.id ?? '';
    const jour = jourDans;
    const deleguer = (plus: Record<string, string>) =>
      nav.post('/mon-compte/delegations', { mandat, compte: reste.id, debut: jour(0), fin: jour(20), ...plus });
    expect((await deleguer({ compte: loin.id })).statusCode).toBe(422);
    expect((await deleguer({ fin: jour(200) })).statusCode).toBe(422);
    expect((await deleguer({ debut: jour(-3) })).statusCode).toBe(422);
    expect((await deleguer({ mandat: randomBytes(16).toString('hex') })).statusCode).toBe(422);
    expect((await deleguer({})).statusCode).toBe(303);
    const lui = new Navigateur(app);
    await lui.entrer(reste.courriel);
    expect((await lui.get('/mon-compte')).body).toContain('Coordonnateur d’arrondissement, Mairie du 18e');
    // What was delegated is not delegated again, and ends with the mandate it came from.
    expect((await lui.get('/mon-compte')).body).not.toContain(`<option value="">Choisir</option><option value="${mandat}`);
    await sql`update mandats set fin = current_date - 1 where delegue_de = ${mandat}::uuid`.execute(app.base.owner);
    expect((await lui.get('/mon-compte')).body).not.toContain('Coordonnateur d’arrondissement, Mairie du 18e');
  });

  test('jetons de l’API : portée, durée, révocation ; jamais pour les pages ni pour les actes sensibles', async () => {
    const { courriel, id } = await compte('agent', 'DPMP');
    const nav = new Navigateur(app);
    await sql`update comptes set ferme_le = null where id = ${id}::uuid`.execute(app.base.owner);
    await nav.entrer(courriel);
    expect((await nav.post('/mon-compte/jetons', { nom: 'x', portees: 'tout', jours: '900' })).statusCode).toBe(422);
    const page = await nav.post('/mon-compte/jetons', { nom: 'Tableur', portees: 'lire', jours: '30' });
    const jeton = /cc_[\w-]{43}/.exec(page.body)?.[0] ?? '';
    const avec = (url: string, method: 'GET' | 'POST' = 'GET', j = jeton) =>
      app.serveur.inject({ method, url, headers: { authorization: `Bearer ${j}` }, ...(method === 'POST' ? { payload: {} } : {}) });
    expect((await avec('/api/v1/registres/formations')).statusCode).toBe(200);
    expect((await avec('/api/v1/registres/formations', 'POST')).statusCode).toBe(403);
    expect((await avec('/registres/formations')).statusCode).toBe(303);
    expect((await avec('/mon-compte/cles/options', 'POST')).statusCode).toBe(403);
    expect((await avec('/api/v1/registres/formations', 'GET', alterer(jeton))).statusCode).toBe(401);
    const { rows } = await sql<{ t: string }>`select jetons_api::text as t from jetons_api`.execute(app.base.owner);
    expect(rows.some((r) => r.t.includes(jeton))).toBe(false);
    const idJeton = /jetons\/([0-9a-f-]+)\/revoquer/.exec((await nav.get('/mon-compte')).body)?.[1] ?? '';
    expect((await new Navigateur(app).post(`/mon-compte/jetons/${idJeton}/revoquer`)).statusCode).toBe(401);
    expect((await nav.post(`/mon-compte/jetons/${idJeton}/revoquer`)).statusCode).toBe(303);
    expect((await avec('/api/v1/registres/formations')).statusCode).toBe(401);
  });

  test('sessions : on les voit, on en ferme une, on ferme les autres ; un acte sensible redemande une preuve', async () => {
    const { courriel } = await compte();
    const [ici, la, plusLoin] = [new Navigateur(app), new Navigateur(app), new Navigateur(app)];
    for (const x of [ici, la, plusLoin]) await x.entrer(courriel);
    const autres = [...(await ici.get('/mon-compte')).body.matchAll(/name="session" value="([0-9a-f-]+)"/g)].map((m) => m[1] ?? '');
    expect(autres).toHaveLength(2);
    expect((await ici.post('/mon-compte/sessions', { session: autres[0] ?? '' })).statusCode).toBe(303);
    expect([(await la.get('/registres')).statusCode, (await plusLoin.get('/registres')).statusCode].sort()).toEqual([200, 303]);
    await ici.post('/mon-compte/sessions', { tout: '1' });
    expect([(await la.get('/registres')).statusCode, (await plusLoin.get('/registres')).statusCode, (await ici.get('/registres')).statusCode]).toEqual([
      303, 303, 200,
    ]);
    await sql`update sessions set confirmee_le = now() - interval '11 minutes'`.execute(app.base.owner);
    const change = await ici.post('/mon-compte/mot-de-passe', { mot_de_passe: 'Encore une phrase, 9 mots' });
    expect(change.headers.location).toBe('/confirmer?retour=%2Fmon-compte');
    expect((await ici.post('/confirmer', { mot_de_passe: 'faux', retour: '/mon-compte' })).statusCode).toBe(422);
    expect((await ici.post('/confirmer', { mot_de_passe: MOT_DE_PASSE, retour: 'https://ailleurs.fr' })).headers.location).toBe('/ma-journee');
    expect((await ici.post('/mon-compte/mot-de-passe', { mot_de_passe: 'Encore une phrase, 9 mots' })).statusCode).toBe(303);
    expect((await ici.get('/registres')).statusCode).toBe(200);
    await sql`update sessions set vue_le = now() - interval '9 hours'`.execute(app.base.owner);
    expect((await ici.get('/registres')).statusCode).toBe(303);
  });

  test('un courriel refusé pour toujours se voit, un refus passager est réessayé', async () => {
    const chef = await compte('administrateur', 'VILLE');
    const nav = new Navigateur(app);
    await nav.entrer(chef.courriel);
    await poserTotp(nav);
    const absent = { courriel: 'absent@exemple.fr', nom: 'Absente', fonction: 'Essai', organisation: 'VILLE' };
    expect((await nav.post('/comptes/inviter', absent)).statusCode).toBe(303);
    await expect.poll(async () => (await nav.get('/comptes/courriels')).body).toContain('en échec');
    refuser = true;
    await nav.post('/comptes/inviter', { ...absent, courriel: 'patiente@exemple.fr' });
    await expect.poll(async () => (await nav.get('/comptes/courriels')).body).toContain('en attente, 1');
    refuser = false;
    await nav.post('/comptes/courriels');
    await dernierLien('patiente@exemple.fr', '/invitation');
    // Someone else's mail is nobody's business, the administrator's included.
    expect((await nav.get('/comptes/courriels')).body).not.toContain('jeton=');
  });

  test('plus d’invitations qu’une page : leur nombre est dit partout, et la plus ancienne s’annule depuis la sienne', async () => {
    const COORDINATION = { comme: 'coordination', organisation: 'DPMP' } as const;
    await sql`
      insert into liens (contrat_id, empreinte, genre, courriel, charge, cree_le, expire_le)
      select ${app.contratId}, sha256(('rang ' || n)::bytea), 'invitation', 'rang-' || n || '@exemple.fr', '{"nom": "Essai", "fonction": "Essai", "organisation": "RATP", "mandat": null, "accordePar": "essai"}', now() - n * interval '1 minute',
        now() + interval '1 day'
      from generate_series(1, 120) as n`.execute(app.base.owner);
    const page = async (rang: number) => (await app.get(`/comptes?organisation=RATP&invitations=${rang}`, COORDINATION)).body;
    const [premiere, derniere] = [await page(1), await page(3)];
    expect([premiere.includes('rang-1@'), premiere.includes('rang-120@'), /120[\s\S]{0,80}invitations/.test(premiere)]).toEqual([true, false, true]);
    expect(premiere).toContain('/comptes?organisation=RATP&amp;page=1&amp;invitations=2#invitations');
    const annuler = /rang-120@[\s\S]*?\/comptes\/invitations\/([0-9a-f-]{36})\/annuler/.exec(derniere)?.[1] ?? '';
    expect((await app.post(`/comptes/invitations/${annuler}/annuler`, {}, COORDINATION)).statusCode).toBe(303);
    const { rows } = await sql<{ courriel: string }>`select courriel from liens where expire_le <= now() and courriel like 'rang-%'`.execute(app.base.owner);
    expect(rows.map((r) => r.courriel)).toEqual(['rang-120@exemple.fr']);
    const { rows: ouvertes } = await sql<{ n: number }>`
      select count(*)::int as n from liens where genre = 'invitation' and utilise_le is null and expire_le > now()`.execute(app.base.owner);
    const journee = (await app.get('/ma-journee', { comme: 'administrateur', organisation: 'VILLE' })).body;
    expect(ouvertes[0]?.n).toBeGreaterThan(100);
    expect(journee.replace(/<[^>]+>/g, ' ')).toMatch(new RegExp(`\\b${ouvertes[0]?.n}\\s+invitations`));
  });
});
