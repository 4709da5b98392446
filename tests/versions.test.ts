/** Two people who edit one thing, for every form that changes something: generated over the table of routes. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type AppDeTest, ouvrirApp, routesDEssai } from './support/app.ts';
import { type ChampsEnvoyes, lireFormulaire } from './support/formulaire.ts';
import { MISES_A_JOUR } from './support/mises-a-jour.ts';
import { AUTRES } from './support/routes-sans-version.ts';
import type { MiseAJour, Scene } from './support/scenes.ts';

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
const voir = (page: string, dit: string) => expect([dit, normal(page).includes(dit)]).toEqual([dit, true]);

describe.each(Object.entries(MISES_A_JOUR))('%s', (_route, m) => {
  test('la seconde personne voit les deux valeurs, la première reste, et le choix s’enregistre', async () => {
    const s = await m.preparer(app);
    const [un, deux] = s.valeurs ?? m.valeurs;
    const [claire, nadia] = [await ouvrir(s), await ouvrir(s)];
    expect((await envoyer(s, m, claire, { [m.champ]: un })).statusCode).toBe(303);
    const refus = await envoyer(s, m, nadia, { [m.champ]: deux });
    expect(refus.statusCode).toBe(409);
    for (const dit of ['Modifié entre-temps', 'a enregistré d’autres changements', ...(m.dits ?? [un, deux])]) voir(refus.body, dit);
    expect(/Personne \d+ a enregistré/.test(refus.body)).toBe(true);
    expect(normal(await s.lire(m.champ))).toBe(un);

    const choix = lireFormulaire(refus.body, s.action);
    if (!m.long) {
      const sans = await envoyer(s, m, choix, {});
      expect([sans.statusCode, normal(await s.lire(m.champ))]).toEqual([422, un]);
      voir(sans.body, 'Choisissez ce qui est gardé');
    }
    const garde = await envoyer(s, m, choix, m.long ? {} : { [`choix.${m.compare ?? m.champ}`]: 'mienne' });
    expect(garde.statusCode).toBe(303);
    expect(normal(await s.lire(m.champ))).toBe(m.long ? `${un} ${deux}` : deux);
  });

  test('ce qui est enregistré peut aussi être gardé', async () => {
    const s = await m.preparer(app);
    const [un, deux] = s.valeurs ?? m.valeurs;
    const [claire, nadia] = [await ouvrir(s), await ouvrir(s)];
    await envoyer(s, m, claire, { [m.champ]: un });
    const choix = lireFormulaire((await envoyer(s, m, nadia, { [m.champ]: deux })).body, s.action);
    const garde = await envoyer(s, m, choix, m.long ? { [m.champ]: un } : { [`choix.${m.compare ?? m.champ}`]: 'actuelle' });
    expect([garde.statusCode, normal(await s.lire(m.champ))]).toEqual([303, un]);
  });

  test('à la même seconde, une seule personne enregistre', async () => {
    const s = await m.preparer(app);
    const [un, deux] = s.valeurs ?? m.valeurs;
    const champs = await ouvrir(s);
    const valeurs = [un, deux, un, deux];
    const reponses = await Promise.all(valeurs.map((v) => envoyer(s, m, champs, { [m.champ]: v })));
    const statuts = reponses.map((r) => r.statusCode);
    const ecrite = normal(await s.lire(m.champ));
    // Whoever wrote the same thing as the first has nothing to decide.
    expect(statuts.map((_, i) => (valeurs[i] === ecrite ? 303 : 409))).toEqual(statuts);
    expect(statuts).toContain(303);
    expect(statuts).toContain(409);
  });

  test('sans version, rien n’est remplacé', async () => {
    const s = await m.preparer(app);
    const [un, deux] = s.valeurs ?? m.valeurs;
    const champs = await ouvrir(s);
    await envoyer(s, m, champs, { [m.champ]: un });
    const { version: _v, vu: _w, _vu: _x, ...sans } = champs;
    const r = await envoyer(s, m, sans, { [m.champ]: deux });
    expect([409, 422]).toContain(r.statusCode);
    voir(r.body, m.dits?.[1] ?? deux);
    expect(normal(await s.lire(m.champ))).toBe(un);
  });

  test('un champ qui n’arrive pas garde sa valeur', async () => {
    const s = await m.preparer(app);
    const [un] = s.valeurs ?? m.valeurs;
    const premier = await ouvrir(s);
    await envoyer(s, m, premier, { [m.champ]: un });
    const { [m.champ]: _absent, ...sans } = m.uneFois ? premier : await ouvrir(s);
    const r = await envoyer(s, m, sans, m.autre ? { [m.autre[0]]: m.autre[1] } : {});
    expect(r.statusCode).toBeLessThan(500);
    expect(normal(await s.lire(m.champ))).toBe(un);
  });
});

const A_PLUSIEURS_CHAMPS = Object.entries(MISES_A_JOUR).flatMap(([route, m]) => (m.autre ? [{ route, m, autre: m.autre }] : []));
test.each(A_PLUSIEURS_CHAMPS)('$route : deux champs différents, les deux changements sont gardés, et c’est dit', async ({ m, autre: [autre, valeur] }) => {
  const s = await m.preparer(app);
  const [un] = s.valeurs ?? m.valeurs;
  const [claire, nadia] = [await ouvrir(s), await ouvrir(s)];
  expect((await envoyer(s, m, claire, { [m.champ]: un })).statusCode).toBe(303);
  const r = await envoyer(s, m, nadia, { [autre]: valeur });
  expect(r.statusCode).toBe(200);
  expect(/Personne \d+ a changé «.+» entre-temps.*les deux changements sont gardés/.test(r.body)).toBe(true);
  expect(normal(await s.lire(m.champ))).toBe(un);
  expect(normal(await s.lire(autre))).toContain(valeur);
});

describe('La table des routes', () => {
  test('chaque route qui écrit est éprouvée à deux, ou dit pourquoi elle ne remplace rien', async () => {
    // A route that only makes something new says so itself.
    const posts = (await routesDEssai()).filter((r) => r.methode === 'POST' && !r.options.creation).map((r) => r.chemin);
    expect(posts.filter((x) => !(x in MISES_A_JOUR) && !(x in AUTRES))).toEqual([]);
    expect([...Object.keys(MISES_A_JOUR), ...Object.keys(AUTRES)].filter((x) => !posts.includes(x))).toEqual([]);
    expect(Object.keys(MISES_A_JOUR).filter((x) => x in AUTRES)).toEqual([]);
  });
});
