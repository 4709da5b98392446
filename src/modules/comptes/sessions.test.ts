/** A mandate lives from the first to the last of its days, as the contract's clock counts them. */
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { aLHeureDeParis } from '../../../tests/support/fuseau.ts';
import { type AppDeTest, ouvrirApp } from '../../../tests/support/app.ts';
import { createJeton } from './moi/jetons.queries.ts';
import { createCompte, createSession, getUtilisateurDeSession } from './sessions.queries.ts';

let app: AppDeTest;
let compteId: string;
beforeAll(async () => {
  app = await ouvrirApp();
  compteId =
    (await createCompte(app.base.owner, app.contratId, {
      courriel: 'juin@exemple.fr',
      nom: 'Personne de juin',
      fonction: 'Essai',
      organisationId: 'VILLE',
      motDePasse: null,
      demonstration: false,
      ordre: 0,
      mandats: [{ role: 'agent', territoireId: null, fiche: null }],
      accordePar: 'essai',
      debut: '2026-06-01',
    })) ?? '';
  await sql`update mandats set fin = '2026-06-30' where compte_id = ${compteId}::uuid`.execute(app.base.owner);
});
afterAll(() => app.close());

test.each([
  ['avant le premier jour, à minuit moins une minute', '2026-05-31T21:59:00Z', 0],
  ['le premier jour, à minuit et une minute', '2026-05-31T22:01:00Z', 1],
  ['le dernier jour, à minuit moins une minute', '2026-06-30T21:59:00Z', 1],
  ['le lendemain, à minuit et une minute', '2026-06-30T22:01:00Z', 0],
])('%s', async (_, instant, mandats) => {
  const quand = new Date(instant);
  const session = { compteId, moyen: 'totp', forte: true, adresse: null, agent: null } as const;
  const jeton = await createSession(app.base.owner, app.contratId, session, quand);
  const utilisateur = await aLHeureDeParis(getUtilisateurDeSession)(app.db, app.contratId, jeton, quand);
  expect(utilisateur?.mandats).toHaveLength(mandats);
});

test('un jeton finit avec le mandat sous lequel il est fait : à minuit du dernier jour', async () => {
  const quand = new Date('2026-06-20T10:00:00Z');
  const cree = await aLHeureDeParis(createJeton)(
    app.base.owner,
    app.contratId,
    { id: compteId, forte: true },
    { nom: 'Outil', portees: ['lire'], jours: 90 },
    quand,
  );
  expect(cree?.expireLe.toISOString()).toBe('2026-06-30T22:00:00.000Z');
});
