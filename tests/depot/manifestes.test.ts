/** Each module says everything of itself in its manifest, and nothing that is not so. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ACTES_DU_SOCLE } from '../../src/core/trace/audit.ts';
import { buildHouse, drawHouse } from '../../src/core/house.ts';
import { defineModule, type Module, SECTIONS } from '../../src/core/module.ts';
import { HOUSE } from '../../src/modules.ts';
import { servicesDEssai } from '../support/app.ts';
import { estEssai, fichiers, importsDe, lire, moduleDe, RACINE, sources } from './sources.ts';

const duModule = (code: string): string[] => sources.filter((f) => moduleDe(f) === code && !estEssai(f));

/** Literal acts of a text: what it gives to `auditer` or `entree`. */
const ACTE = /(?:auditer\(|entree\([^,()]+(?:\([^()]*\))?,)\s*([^,]+),/g;
const actesDe = (texte: string): string[] =>
  [...texte.matchAll(ACTE)].flatMap((m) => [...(m[1] ?? '').matchAll(/'([a-z_]+\.[a-z_]+)'/g)].map((x) => x[1] ?? ''));

interface Trouve {
  /** Acts written by the module's files. */
  actes: readonly string[];
  /** Modules that its files import. */
  importes: readonly string[];
  /** Kinds of jobs that its files queue. */
  taches: readonly string[];
  /** Keys of the navigation that its pages mark as current. */
  sections: readonly string[];
}
/** What a manifest forgets, or says without reason. `cles`: navigation of the whole house; `genres`: its jobs. */
function oublis(m: Module, t: Trouve, maison: { cles: readonly string[]; genres: readonly string[] }): string[] {
  const dits = [...Object.keys(ACTES_DU_SOCLE), ...Object.keys(m.actes ?? {})];
  return [
    ...t.actes.filter((a) => !dits.includes(a)).map((a) => `acte « ${a} » sans mots dans le journal`),
    ...t.importes.filter((d) => !m.depend.includes(d)).map((d) => `importe ${d} sans le dire`),
    ...m.depend.filter((d) => !t.importes.includes(d)).map((d) => `dit dépendre de ${d} sans s’en servir`),
    ...t.taches.filter((g) => !maison.genres.includes(g)).map((g) => `demande le travail « ${g} » que personne ne fait`),
    ...t.sections.filter((s) => !maison.cles.includes(s)).map((s) => `section « ${s} » absente de la navigation`),
    ...(m.libelle.trim() === '' ? ['sans libellé'] : []),
    ...(m.routes && (m.droits ?? []).length === 0 && aDesDroits(m.code) ? ['a des droits que la matrice n’imprime pas'] : []),
  ];
}
const aDesDroits = (code: string): boolean => duModule(code).some((f) => f.endsWith('.policy.ts'));

function trouverDans(code: string): Trouve {
  const fichiersDuModule = duModule(code);
  const textes = fichiersDuModule.map((f) => lire(f).replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, ''));
  const importes = fichiersDuModule.flatMap((f) => importsDe(f, lire(f)).flatMap((i) => moduleDe(i.vers) ?? []));
  const litteraux = (re: RegExp) => [...new Set(textes.flatMap((t) => [...t.matchAll(re)].map((m) => m[1] ?? '')))];
  return {
    actes: [...new Set(textes.flatMap(actesDe))],
    importes: [...new Set(importes)].filter((x) => x !== code),
    taches: litteraux(/ajouterTravail\([^{]*\{\s*genre: '([a-z-]+)'/g),
    sections: litteraux(/\bsection: '([a-z-]+)'/g).filter((s) => !(s in SECTIONS)),
  };
}
const MAISON = { cles: HOUSE.navigation.map((e) => e.cle), genres: HOUSE.taches.map((t) => t.genre) };

describe('Les manifestes', () => {
  test('chaque dossier de module a le sien, et la maison les connaît tous', () => {
    const dossiers = readdirSync(join(RACINE, 'src/modules')).sort();
    expect(HOUSE.modules.map((m) => m.code).sort()).toEqual(dossiers);
    for (const code of dossiers) expect(fichiers(`src/modules/${code}`).filter((f) => /\/[a-z-]+\.module\.tsx?$/.test(f))).toHaveLength(1);
  });

  test('aucun n’oublie un acte, une dépendance, un travail, un droit ou une section', () => {
    expect(HOUSE.modules.flatMap((m) => oublis(m, trouverDans(m.code), MAISON).map((o) => `${m.code} : ${o}`))).toEqual([]);
    // The reading sees what there is to see.
    const vus = HOUSE.modules.map((m) => trouverDans(m.code));
    expect(vus.flatMap((v) => v.actes).length).toBeGreaterThan(80);
    expect(vus.flatMap((v) => v.taches).length).toBeGreaterThan(1);
    expect(vus.flatMap((v) => v.sections).length).toBeGreaterThan(10);
  });

  test('un acte déclaré est écrit quelque part : le journal ne garde pas de mot mort', () => {
    const textes = sources.filter((f) => !estEssai(f) && !f.endsWith('.actes.ts')).map(lire);
    // Some are built where the words differ by the answer: `proposition.${…}`.
    const composes = new Set(textes.flatMap((t) => [...t.matchAll(/`([a-z_]+)\.\$\{/g)].map((m) => m[1])));
    const ecrit = (acte: string) => textes.some((t) => t.includes(`'${acte}'`)) || composes.has(acte.split('.')[0]);
    expect([...HOUSE.actes.keys()].filter((acte) => !ecrit(acte))).toEqual([]);
    expect(ecrit('essai.jamais')).toBe(false);
  });

  test('un manifeste qui oublie quelque chose est refusé', () => {
    const m = defineModule({ code: 'essai', libelle: 'Essai', plan: 'partenariat', depend: ['contrats'] });
    const rien: Trouve = { actes: [], importes: ['contrats'], taches: [], sections: [] };
    expect(oublis(m, rien, MAISON)).toEqual([]);
    for (const faute of [
      { ...rien, actes: ['essai.fait'] },
      { ...rien, importes: [] },
      { ...rien, importes: ['contrats', 'registres'] },
      { ...rien, taches: ['essai'] },
      { ...rien, sections: ['essai'] },
    ])
      expect(oublis(m, faute, MAISON)).toHaveLength(1);
    expect(actesDe("await c.auditer('essai.fait', x, {}); await c.auditer(oui ? 'essai.oui' : 'essai.non', x);")).toEqual([
      'essai.fait',
      'essai.oui',
      'essai.non',
    ]);
    expect(actesDe("entree(qui, 'essai.lu', objet)")).toEqual(['essai.lu']);
  });

  test('deux modules qui se contredisent ne font pas une maison', () => {
    const m = (code: string, o: Partial<Module> = {}) => defineModule({ code, libelle: code, plan: 'public', depend: [], ...o });
    expect(() => buildHouse([m('a', { depend: ['b'] }), m('b')])).toThrow('b n’est pas au-dessous');
    expect(() => buildHouse([m('a'), m('a')])).toThrow('Deux fois module « a »');
    expect(() => buildHouse([m('a', { actes: { 'x.y': '1' } }), m('b', { actes: { 'x.y': '2' } })])).toThrow('Deux fois acte');
    const touche = { cle: 'x', libelle: 'X', href: '/x', touche: 'x' };
    expect(() => buildHouse([m('a', { navigation: [touche] }), m('b', { navigation: [touche] })])).toThrow('Deux fois touche');
  });

  test('le plan de la maison dans docs/architecture.md est celui des manifestes', () => {
    expect(/```\n([\s\S]*?)\n```/.exec(lire('docs/architecture.md'))?.[1]).toBe(drawHouse(HOUSE));
  });

  test('chaque adresse du menu a sa route', async () => {
    const routes = (await Promise.all(HOUSE.modules.map((m) => m.routes?.(servicesDEssai()) ?? []))).flat();
    const gets = new Set(routes.filter((r) => r.methode === 'GET').map((r) => r.chemin));
    expect(HOUSE.navigation.filter((e) => !gets.has(e.href)).map((e) => e.href)).toEqual([]);
  });
});
