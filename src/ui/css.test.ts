import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { contraste, couleursBrutes, fautesDeContraste, lireJetons, lireRegles, listPaires, type Roles } from '../../tests/support/css.ts';
import { listClasses, purge, rawColours, rebrand } from './css-purge.ts';

const lire = (f: string): string => readFileSync(f, 'utf8');
const sources = readdirSync('src', { recursive: true, encoding: 'utf8' }).map((f) => `src/${f.replaceAll('\\', '/')}`);
const feuilles = sources.filter((f) => f.endsWith('.css') && f !== 'src/ui/tokens.css');
/** Carried alone in a file with tokens.css: what it says of paper is its own. */
const SEULES = sources.filter((f) => f.endsWith('/document.css'));

const SURFACES = ['pierre', 'carte', 'creux'];
const NUIT = ['nuit', 'nuit-2'];
/** Texts that a page may put anywhere: links stand in whatever text. */
const COURANTS = ['encre', 'lien', 'lien-survol', 'lien-vu'];
const ROLES: Roles = {
  contextes: [
    [/c-tete|c-marque|c-recherche|c-compte|c-taches|c-pied|c-bilan__couverture/, NUIT],
    [/c-svg|c-figure|serie-|gamme-/, ['carte']],
    [/./, SURFACES],
  ],
  surFond: {
    pierre: [...COURANTS, 'gris'],
    carte: [...COURANTS, 'gris'],
    creux: [...COURANTS, 'gris'],
    nuit: ['sur-nuit', 'sur-nuit-2'],
    'nuit-2': ['sur-nuit', 'sur-nuit-2'],
    action: ['sur-action'],
    'action-survol': ['sur-action'],
    danger: ['sur-action'],
    'danger-survol': ['sur-action'],
    vise: ['sur-vise'],
    'laiton-fond': [...COURANTS, 'laiton-texte'],
    'garance-fond': [...COURANTS, 'garance-texte'],
    'vert-fond': [...COURANTS, 'vert-texte'],
    'bleu-fond': [...COURANTS, 'bleu-texte'],
    trait: ['encre'],
  },
  faitPour: {
    'sur-nuit': NUIT,
    'sur-nuit-2': NUIT,
    'sur-nuit-trait': NUIT,
    'sur-action': ['action', 'action-survol', 'danger', 'danger-survol'],
    'sur-vise': ['vise'],
    'laiton-vif': NUIT,
    'sur-gamme-clair': ['gamme-1', 'gamme-2', 'gamme-3'],
    'sur-gamme-fonce': ['gamme-4', 'gamme-5'],
    'serie-1': ['carte'],
    'serie-2': ['carte'],
    'serie-3': ['carte'],
    'serie-4': ['carte'],
    'serie-5': ['carte'],
    'serie-6': ['carte'],
  },
  // `trait` divides and frames; shadows lift; a shape of a map carries its number and is outlined; the ring of the focus is
  // doubled by a dark one (its own test).
  decor: ['trait', 'ombre', 'action-ombre', 'danger-ombre', 'bleu-fond', 'carte', 'vise', 'gamme-1', 'gamme-2', 'gamme-3', 'gamme-4', 'gamme-5'],
};

const jetons = lireJetons(lire('src/ui/tokens.css'), ...feuilles.filter((f) => !SEULES.includes(f)).map(lire));
const reglesDe = (fs: readonly string[]) => fs.flatMap((f) => lireRegles(f, lire(f)));
const regles = reglesDe(feuilles.filter((f) => !SEULES.includes(f)));

describe('Les couleurs', () => {
  test('chaque texte se lit sur son fond et chaque trait se voit, en clair, en sombre et sur papier', () => {
    const paires = listPaires(regles, ROLES);
    expect(new Set(paires.map((p) => `${p.dessus} sur ${p.dessous}`)).size).toBeGreaterThan(50);
    expect(fautesDeContraste(paires, jetons)).toEqual([]);
    for (const f of SEULES) expect(fautesDeContraste(listPaires(reglesDe([f]), ROLES), lireJetons(lire('src/ui/tokens.css'), lire(f)))).toEqual([]);
  });

  test('chaque fond employé dit quels textes il porte', () => {
    const fonds = [...new Set(reglesDe(feuilles).flatMap((r) => r.fond || []))];
    expect(
      fonds.filter((f) => !ROLES.surFond[f] && !reglesDe(feuilles).some((r) => r.fond === f && r.cle.endsWith('::before')) && !DESSINES.includes(f)),
    ).toEqual([]);
  });
  /** Grounds of drawings and logos, which carry no text. */
  const DESSINES = ['papier-blanc', 'trait-fort', 'voile', 'sur-nuit-voile', 'laiton', 'laiton-vif', 'garance', 'lien', 'vert'];

  test('aucune n’est écrite ailleurs que dans les jetons', () => {
    expect(feuilles.flatMap((f) => couleursBrutes(f, lire(f)))).toEqual([]);
    const classes = new Set(sources.filter((f) => /\.tsx?$/.test(f) && !/\.test\.|css-purge/.test(f)).flatMap((f) => listClasses(lire(f))));
    for (const f of ['govuk-frontend/dist/govuk/govuk-frontend.min.css', '@ministryofjustice/frontend/moj/moj-frontend.min.css'])
      expect(rawColours(purge(rebrand(lire(`node_modules/${f}`)), classes))).toEqual([]);
  });

  test('chaque jeton nommé existe', () => {
    const connus = new Set([
      ...jetons.clair.keys(),
      ...[lire('src/ui/tokens.css'), ...feuilles.map(lire)].flatMap((t) => [...t.matchAll(/(--[\w-]+)\s*:/g)].map((m) => m[1])),
    ]);
    expect(feuilles.flatMap((f) => [...lire(f).matchAll(/var\((--[\w-]+)/g)].map((m) => m[1] ?? '')).filter((n) => !connus.has(n))).toEqual([]);
  });

  test('aucun texte n’est pâli par transparence', () => {
    const pale = feuilles.flatMap((f) => [...lire(f).matchAll(/([^{}]+)\{[^{}]*\bopacity:\s*(0?\.\d+)/g)].map((m) => m[1]?.trim()));
    // An item that is being dragged.
    expect(pale).toEqual(['.c-odj__point--glisse']);
  });

  test('l’anneau de visée se voit sur tout fond : jaune, doublé d’un trait', () => {
    const vises = reglesDe(feuilles).filter((r) => r.traits.some((t) => t.propriete === 'outline' && t.jeton === 'vise'));
    expect(vises.length).toBeGreaterThan(8);
    const seul = vises.filter((r) => {
      const surNuit = ROLES.contextes[0]?.[0].test(r.selecteur);
      return !surNuit && !r.traits.some((t) => t.jeton === 'encre' || t.jeton === 'sur-vise');
    });
    expect(seul.map((r) => `${r.ou} ${r.selecteur}`)).toEqual([]);
    for (const f of NUIT) for (const s of ['clair', 'sombre'] as const) expect(contraste(jetons[s], 'vise', f)).toBeGreaterThan(3);
  });
});

describe('Le contrôle des couleurs', () => {
  const TOKENS =
    ':root{--pierre:#fff;--carte:#fff;--creux:#eee;--encre:#111;--gris:#bbb;--lien:#00c;--lien-survol:#00a;--lien-vu:#408;--nuit:#013;--nuit-2:#124;--sur-nuit:#fff;--sur-nuit-2:#ddd;--vise:#fd0;--sur-vise:#111;--trait-fort:#ccc}@media (prefers-color-scheme: dark){:root{--carte:#111;--encre:#222;--gris:#111}}';
  const essai = lireJetons(TOKENS);
  const fautes = (css: string) => fautesDeContraste(listPaires(lireRegles('x.css', css), ROLES), essai);

  test('voit un texte trop pâle dans la même règle, hérité, d’un état, et en sombre seulement', () => {
    expect(fautes('.a{background:var(--pierre);color:var(--gris)}')).toContainEqual(expect.stringContaining('gris sur pierre, clair'));
    expect(fautes('.a{color:var(--gris)}')).toContainEqual(expect.stringMatching(/gris sur creux, clair.*x\.css:1 \.a/));
    expect(fautes('.a{background:var(--nuit);color:var(--sur-nuit)}\n.a:hover{background:var(--vise)}')).toContainEqual(
      expect.stringMatching(/^sur-nuit sur vise.*x\.css:2/),
    );
    expect(fautes('.a{background:var(--carte);color:var(--encre)}')).toEqual([expect.stringContaining('encre sur carte, sombre')]);
    expect(fautes('.c-tete__x{color:var(--sur-nuit)}')).toEqual([]);
  });
  test('voit un trait trop pâle, et ne confond pas un état avec un autre', () => {
    expect(fautes('.a{background:var(--pierre);color:var(--encre);border:1px solid var(--trait-fort)}')).toContainEqual(
      expect.stringContaining('trait-fort sur pierre, clair, 3'),
    );
    expect(fautes('.a:checked{background:var(--nuit);color:var(--sur-nuit)}.a:hover{background:var(--pierre);color:var(--encre)}')).toEqual([]);
  });
  test('voit une couleur brute, sous toutes ses formes', () => {
    const brutes = (css: string) => couleursBrutes('x.css', css).length;
    for (const v of ['#fff', 'rgb(0 0 0 / 50%)', 'var(--carte, #fff)', 'red', 'color-mix(in srgb, white, black)', '1px solid #b3262e'])
      expect([v, brutes(`.a{border:${v}}`)]).toEqual([v, 1]);
    for (const v of ['var(--carte)', 'transparent', 'none', '1px solid currentColor', 'url("#a")']) expect([v, brutes(`.a{background:${v}}`)]).toEqual([v, 0]);
    expect(brutes(':root{--carte:#fff}')).toBe(0);
  });
});
