/** Two people who edit one thing, for every form that changes something: generated over the table of routes. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type AppDeTest, ouvrirApp } from './support/app.ts';
import { type ChampsEnvoyes, lireFormulaire } from './support/formulaire.ts';
import { MISES_A_JOUR, type MiseAJour, type Scene } from './support/mises-a-jour.ts';

let app: AppDeTest;
beforeAll(async () => {
  app = await ouvrirApp();
});
afterAll(() => app.close());

const ouvrir = async (s: Scene): Promise<ChampsEnvoyes> => {
  const r = await app.get(s.page, s.qui);
  expect([s.page, r.statusCode]).toEqual([s.page, 200]);
  return lireFormulaire(r.body, s.action);
};
const envoyer = (s: Scene, m: MiseAJour, champs: ChampsEnvoyes, plus: Record<string, string | string[]>) =>
  app.post(s.action, { ...champs, ...m.plus, ...plus }, s.qui);
const normal = (t: string) => t.replace(/\s+/g, ' ').trim();

describe.each(Object.entries(MISES_A_JOUR))('%s', (_route, m) => {
  const [un, deux] = m.valeurs;

  test('la seconde personne voit les deux valeurs, la première reste, et le choix s’enregistre', async () => {
    const s = await m.preparer(app);
    const [claire, nadia] = [await ouvrir(s), await ouvrir(s)];
    expect((await envoyer(s, m, claire, { [m.champ]: un })).statusCode).toBe(303);
    const refus = await envoyer(s, m, nadia, { [m.champ]: deux });
    expect(refus.statusCode).toBe(409);
    expect(refus.body).toContain('Modifié entre-temps');
    expect(refus.body).toMatch(/Personne \d+ a enregistré d’autres changements/);
    for (const dit of [un, deux]) expect(refus.body).toContain(dit);
    expect(normal(await s.lire(m.champ))).toBe(un);

    const choix = lireFormulaire(refus.body, s.action);
    if (!m.long) {
      const sans = await envoyer(s, m, choix, {});
      expect([sans.statusCode, normal(await s.lire(m.champ))]).toEqual([422, un]);
      expect(sans.body).toContain('Choisissez ce qui est gardé');
    }
    const garde = await envoyer(s, m, choix, m.long ? {} : { [`choix.${m.champ}`]: 'mienne' });
    expect(garde.statusCode).toBe(303);
    expect(normal(await s.lire(m.champ))).toBe(m.long ? `${un} ${deux}` : deux);
  });

  test('ce qui est enregistré peut aussi être gardé', async () => {
    const s = await m.preparer(app);
    const [claire, nadia] = [await ouvrir(s), await ouvrir(s)];
    await envoyer(s, m, claire, { [m.champ]: un });
    const choix = lireFormulaire((await envoyer(s, m, nadia, { [m.champ]: deux })).body, s.action);
    const garde = await envoyer(s, m, choix, m.long ? { [m.champ]: un } : { [`choix.${m.champ}`]: 'actuelle' });
    expect([garde.statusCode, normal(await s.lire(m.champ))]).toEqual([303, un]);
  });

  test('à la même seconde, une seule personne enregistre', async () => {
    const s = await m.preparer(app);
    const champs = await ouvrir(s);
    const valeurs = [un, deux, un, deux];
    const reponses = await Promise.all(valeurs.map((v) => envoyer(s, m, champs, { [m.champ]: v })));
    const statuts = reponses.map((r) => r.statusCode);
    const ecrite = normal(await s.lire(m.champ));
    // Whoever wrote the same thing as the first has nothing to decide.
    expect(statuts.map((x, i) => (valeurs[i] === ecrite ? 303 : 409))).toEqual(statuts);
    expect(statuts).toContain(303);
    expect(statuts).toContain(409);
  });

  test('sans version, rien n’est remplacé', async () => {
    const s = await m.preparer(app);
    const champs = await ouvrir(s);
    await envoyer(s, m, champs, { [m.champ]: un });
    const { version: _v, vu: _w, _vu: _x, ...sans } = champs;
    const r = await envoyer(s, m, sans, { [m.champ]: deux });
    expect([409, 422]).toContain(r.statusCode);
    expect(r.body).toContain(deux);
    expect(normal(await s.lire(m.champ))).toBe(un);
  });

  test('un champ qui n’arrive pas garde sa valeur', async () => {
    const s = await m.preparer(app);
    await envoyer(s, m, await ouvrir(s), { [m.champ]: un });
    const { [m.champ]: _absent, ...sans } = await ouvrir(s);
    const r = await envoyer(s, m, sans, m.autre ? { [m.autre[0]]: m.autre[1] } : {});
    expect(r.statusCode).toBeLessThan(500);
    expect(normal(await s.lire(m.champ))).toBe(un);
  });

  test.runIf(m.autre !== null)('deux champs différents : les deux changements sont gardés, et c’est dit', async () => {
    const [autre, valeur] = m.autre ?? ['', ''];
    const s = await m.preparer(app);
    const [claire, nadia] = [await ouvrir(s), await ouvrir(s)];
    expect((await envoyer(s, m, claire, { [m.champ]: un })).statusCode).toBe(303);
    const r = await envoyer(s, m, nadia, { [autre]: valeur });
    expect(r.statusCode).toBe(200);
    expect(r.body).toMatch(/Personne \d+ a changé «.+» entre-temps.*les deux changements sont gardés/);
    expect(normal(await s.lire(m.champ))).toBe(un);
    expect(normal(await s.lire(autre))).toContain(valeur);
  });
});
