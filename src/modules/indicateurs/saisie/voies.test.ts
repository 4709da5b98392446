/** The way of the form, for each measure that it says it takes: what is typed there stands in the contributions. */
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type AppDeTest, ouvrirApp } from '../../../../tests/support/app.ts';
import { lireFormulaire } from '../../../../tests/support/formulaire.ts';
import { VOIES } from '../indicateurs.sert.ts';
import { genreDe } from './grain.rules.ts';

let app: AppDeTest;
beforeAll(async () => {
  app = await ouvrirApp();
});
afterAll(() => app.close());

test('1.8-01, voie-formulaire : chaque mesure qui n’est pas calculée se donne par son formulaire, chiffre, récit ou document', async () => {
  const temoin = await app.temoin({ comme: 'coordination', organisation: 'DPMP' });
  const prises = [...app.catalogue.mesures.values()].filter((m) => VOIES.formulaire?.ouverte(m, app.catalogue.mesures));
  const refusees: string[] = [];
  for (const m of prises) {
    const champs = lireFormulaire((await app.get(`/chiffres/${m.id}/saisir`, temoin)).body, `/chiffres/${m.id}/saisir`);
    const premier = Object.keys(champs).find((nom) => nom.startsWith('valeur'));
    const dit: Record<string, string> =
      genreDe(m) === 'nombre' ? { [premier ?? 'valeur']: '12' } : { texte: 'Trois réunions, un guide commun.', lien: 'https://exemple.fr/etude' };
    const r = await app.post(`/chiffres/${m.id}/saisir`, { ...champs, ...dit, source: 'Comptage du service' }, temoin);
    if (r.statusCode !== 303) refusees.push(`${m.id} : ${r.statusCode}`);
  }
  const { rows } = await sql<{ mesureId: string }>`
    select distinct mesure_id as "mesureId" from valeurs where contrat_id = ${app.contratId} and courante and etat = 'valeur'`.execute(app.base.owner);
  expect(refusees).toEqual([]);
  expect(rows.map((r) => r.mesureId).sort()).toEqual(prises.map((m) => m.id).sort());
  // What is computed has no form, whoever asks.
  const calculee = [...app.catalogue.mesures.values()].find((m) => m.obtention === 'calcul');
  expect((await app.get(`/chiffres/${calculee?.id}/saisir`, temoin)).statusCode).toBe(403);
});
