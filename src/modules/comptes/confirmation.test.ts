/** Proving again who one is: with what, and under which token the session then goes on. */
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { aLHeureDeParis } from '../../../tests/support/fuseau.ts';
import { type AppDeTest, ouvrirApp } from '../../../tests/support/app.ts';
import { MOT_DE_PASSE, Navigateur, poserTotp } from '../../../tests/support/navigateur.ts';
import { COOKIE_SESSION } from '../../core/http/cookies.ts';
import { renouvelerCodes } from './connexion/second-facteur.ts';
import { hacher } from './mot-de-passe.ts';
import { createCompte, getUtilisateurDeSession } from './sessions.queries.ts';

let app: AppDeTest;
beforeAll(async () => {
  app = await ouvrirApp();
});
afterAll(() => app.close());

let n = 0;
async function compte() {
  const courriel = `confirme${++n}@exemple.fr`;
  const id = await createCompte(app.base.owner, app.contratId, {
    courriel,
    nom: `Confirmée ${n}`,
    fonction: 'Essai',
    organisationId: 'DPMP',
    motDePasse: await hacher(MOT_DE_PASSE),
    demonstration: false,
    ordre: 0,
    mandats: [{ role: 'coordination', territoireId: null, fiche: null }],
    accordePar: 'essai',
    debut: '2020-01-01',
    fin: '2026-12-31',
  });
  const nav = new Navigateur(app);
  const entree = await nav.entrer(courriel);
  return { id: id ?? '', courriel, nav, jeton: jetonDe(entree) };
}
const jetonDe = (r: { headers: Record<string, unknown> }) =>
  new RegExp(`${COOKIE_SESSION}=([^;,]+)`).exec([r.headers['set-cookie'] ?? []].flat().join())?.[1] ?? '';
const ouvre = async (jeton: string) => (await app.serveur.inject({ url: '/mon-compte', headers: { cookie: `${COOKIE_SESSION}=${jeton}` } })).statusCode === 200;

describe('Confirmer son identité', () => {
  test('la session continue sous un autre jeton, et l’ancien n’ouvre plus rien', async () => {
    const { nav, jeton } = await compte();
    expect(await ouvre(jeton)).toBe(true);
    const faux = await nav.post('/confirmer', { mot_de_passe: 'faux', retour: '/mon-compte' });
    expect([faux.statusCode, jetonDe(faux), await ouvre(jeton)]).toEqual([422, '', true]);
    const r = await nav.post('/confirmer', { mot_de_passe: MOT_DE_PASSE, retour: '/mon-compte' });
    expect([r.statusCode, await ouvre(jeton), await ouvre(jetonDe(r))]).toEqual([303, false, true]);
    // A factor just set makes the session a strong one: under another token again.
    const { pose, code } = await poserTotp(nav);
    expect([pose.statusCode, await ouvre(jetonDe(r)), await ouvre(jetonDe(pose))]).toEqual([200, false, true]);
    const fort = await nav.post('/confirmer', { code: code(0), retour: '/mon-compte' });
    expect([fort.statusCode, await ouvre(jetonDe(pose)), await ouvre(jetonDe(fort))]).toEqual([303, false, true]);
    expect((await nav.get('/comptes')).statusCode).toBe(200);
  });

  test('entrer de nouveau dans le même navigateur finit la session d’avant, et elle seule', async () => {
    const { nav, jeton, courriel } = await compte();
    const ailleurs = jetonDe(await new Navigateur(app).entrer(courriel));
    const autre = await compte();
    const entree = await nav.entrer(autre.courriel);
    expect([await ouvre(jetonDe(entree)), await ouvre(jeton), await ouvre(ailleurs), await ouvre(autre.jeton)]).toEqual([true, false, true, true]);
  });

  test('un mot de passe seul ne confirme plus rien pour qui a une clé d’accès ; un code de secours, oui', async () => {
    const { id, nav } = await compte();
    await sql`insert into cles_acces (contrat_id, id, compte_id, cle_publique, nom) values (${app.contratId}, ${`cle-${id}`}, ${id}::uuid, 'x', 'Clé')`.execute(
      app.base.owner,
    );
    const [code = ''] = await renouvelerCodes(app.base.owner, app.contratId, id);
    const page = (await nav.get('/confirmer?retour=/mon-compte')).body;
    expect([page.includes('name="mot_de_passe"'), page.includes('Code de secours')]).toEqual([false, true]);
    expect((await nav.post('/confirmer', { mot_de_passe: MOT_DE_PASSE, retour: '/mon-compte' })).statusCode).toBe(422);
    expect((await nav.post('/confirmer', { code, retour: '/mon-compte' })).statusCode).toBe(303);
    expect((await nav.post('/confirmer', { code, retour: '/mon-compte' })).statusCode).toBe(422);
  });

  test('un mandat finit avec le jour de Paris, pas avec celui de Greenwich', async () => {
    const { id, nav } = await compte();
    const { pose } = await poserTotp(nav);
    await sql`update sessions set vue_le = '2026-12-31T22:30:00Z', expire_le = '2027-01-02T00:00:00Z' where compte_id = ${id}::uuid`.execute(app.base.owner);
    const mandats = async (quand: string) =>
      (await aLHeureDeParis(getUtilisateurDeSession)(app.base.owner, app.contratId, jetonDe(pose), new Date(quand)))?.mandats.length;
    expect(await mandats('2026-12-31T22:59:00Z')).toBe(1);
    // Half past midnight in Paris, on 1 January.
    expect(await mandats('2026-12-31T23:30:00Z')).toBe(0);
  });
});
