/** Leaving the identity provider too: a page that names whoever leaves. Over HTTP, public pages kept as in production. */
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type AppDeTest, ouvrirApp, servicesDEssai } from '../../../../tests/support/app.ts';
import { testDatabase } from '../../../../tests/support/database.ts';
import { openPagesGardees, type PagesGardees } from '../../../core/http/kept-pages.ts';
import { empreinteDe } from '../sessions.queries.ts';
import { ouvrirFournisseur } from './fournisseur-demo.ts';
import { openOidc } from './oidc.client.ts';

const [RETOUR, APRES] = ['http://127.0.0.1:3999/connexion/oidc/retour', 'http://127.0.0.1:3999/'];
const CLIENT = { clientId: 'concorde', secret: 'secret-de-demonstration' };
const IDENTITE = 'jeton-qui-nomme-anne';
let app: AppDeTest;
let pages: PagesGardees;
let fournisseur: Awaited<ReturnType<typeof ouvrirFournisseur>>;
beforeAll(async () => {
  fournisseur = await ouvrirFournisseur({ ...CLIENT, port: 0, retours: [RETOUR], apresDeconnexion: [APRES], personnes: [] });
  const base = await testDatabase();
  const { rows } = await sql<{ id: number }>`select id from contrats where slug = 'paris-2023-2026'`.execute(base.owner);
  pages = await openPagesGardees(await base.service(rows[0]?.id ?? 0));
  const oidc = openOidc({ ...CLIENT, emetteur: fournisseur.emetteur, retour: RETOUR, apresDeconnexion: APRES, pkce: true, demanderAmr: true });
  app = await ouvrirApp({ base, pages, services: { ...servicesDEssai(), oidc } });
});
afterAll(async () => {
  await app.close();
  await pages.close();
  await app.base.close();
  await fournisseur.close();
});

describe('Quitter aussi le fournisseur d’identité', () => {
  test('le lien qui nomme la personne n’est montré qu’à elle, et gardé nulle part', async () => {
    const charge = { idToken: app.coffre.chiffrer(IDENTITE).toString('base64url'), repere: 'e'.repeat(43) };
    const etape = 'n'.repeat(43);
    await sql`
      insert into etapes (contrat_id, empreinte, genre, charge, expire_le)
      values (${app.contratId}, ${empreinteDe(etape)}, 'oidc', ${JSON.stringify(charge)}::jsonb, now() + interval '5 minutes')`.execute(app.base.owner);
    const url = '/connexion/oidc/deconnexion';
    const sienne = await app.serveur.inject({ url, cookies: { concorde_etape: etape } });
    const autre = await app.serveur.inject({ url });
    expect([sienne.body, autre.body].map((x) => x.includes(IDENTITE))).toEqual([true, false]);
    expect([sienne, autre].map((x) => [x.statusCode, x.headers['cache-control']])).toEqual([
      [200, 'private, no-store'],
      [303, undefined],
    ]);
  });
});
