/** Who a decision of the session is given to: someone around the table, or an organisation of its place. Over HTTP, on a real PostgreSQL. */
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { ouvrirSalle, type Salle } from './tenue.fixtures.ts';

describe('Une décision prise en séance', () => {
  let salle: Salle;
  beforeAll(async () => {
    salle = await ouvrirSalle();
  });
  afterAll(() => salle.app.close());
  beforeEach(() => salle.preparer());

  const prise = async (libelle: string) =>
    (
      await sql<{ responsable: string; nom: string; courriel: string }>`
        select responsable_id as responsable, responsable_nom as nom, responsable_courriel as courriel from decisions where libelle = ${libelle}`.execute(
        salle.app.base.owner,
      )
    ).rows[0];

  test('l’écran propose ceux de la table, puis les organisations d’ici, et le choix d’un siège dit qui et d’où', async () => {
    const page = (await salle.lire(salle.anne, '/tenir')).body;
    const liste = /<select[^>]*name="responsable"[\s\S]*?<\/select>/.exec(page)?.[0] ?? '';
    expect(liste).toContain('Jeanne Essai, Directrice du collège');
    expect(liste).toContain('Commissaire central, Préfecture de Police (siège à pourvoir)');
    expect(liste).toContain('Mairie du 18e arrondissement');
    const [directrice, commissaire] = [await salle.siege('Directrice du collège'), await salle.siege('Commissaire central')];
    await sql`update seance_participants set courriel = 'jeanne@college.exemple.fr' where id = ${directrice}::uuid`.execute(salle.app.base.owner);
    const confier = (libelle: string, responsable: string, plus: Record<string, string> = {}) =>
      salle.poster(salle.anne, '/decisions', salle.decision({ libelle, responsable, ...plus }));
    expect((await confier('Réunir les parents', `siege:${directrice}`)).statusCode).toBe(303);
    expect(await prise('Réunir les parents')).toEqual({ responsable: 'RECTORAT', nom: 'Jeanne Essai', courriel: 'jeanne@college.exemple.fr' });
    await confier('Tenir une permanence', `siege:${commissaire}`);
    expect(await prise('Tenir une permanence')).toEqual({ responsable: 'PP', nom: 'Commissaire central', courriel: '' });
    const faux = await confier('Rien', 'siege:00000000-0000-4000-8000-000000000000');
    expect([faux.statusCode, faux.body.includes('Choisissez qui en est chargé')]).toEqual([422, true]);
    const ailleurs = await confier('Rien', 'COMM-PC');
    expect([ailleurs.statusCode, ailleurs.body.includes('n’agit pas ici')]).toEqual([422, true]);
    expect(await prise('Rien')).toBeUndefined();
  });
});
