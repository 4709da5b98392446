/** What is told late and in whole packets, attacked: everything that was ever shown, taken together, gives back no small number. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { echelonner, reduire, seRetrouve } from '../../../../tests/support/equations.ts';
import type { SourceDeFaits } from '../../../core/faits.ts';
import type { Formule } from '../calcul/atomes.rules.ts';
import { periode } from '../periode.rules.ts';
import { buildSources, refusDeDiffusion } from '../sources.ts';
import { AU_PUBLIC, cleAn, type Comptes, EN_DIRECT, lectureDe, type Regime, regimeDe } from './diffusion.rules.ts';
import { direDiffusion } from './dire.rules.ts';

const source = (nom: string, diffusion: SourceDeFaits['diffusion'], publique = false): SourceDeFaits => ({
  nom,
  libelle: nom,
  vue: `faits_${nom}`,
  dimensions: { genre: { libelle: 'Genre', type: 'texte' } },
  quantites: {},
  cle: 'uuid',
  fin: false,
  publique,
  diffusion,
  lien: (id) => id,
});
const differee = (recul: number, seuil: number, grain: Regime['grain'] = 'premier-niveau') => ({ recul, seuil, grain, dimensions: [], pourquoi: 'Essai.' });
const atome = (cle: string, nom: string, rang: number | null = null) =>
  ({ cle, rang, source: nom, ou: [{}], sauf: [], mode: 'compte', colonne: null, ventilations: [], tenues: [nom] }) as const;
const formule = (id: string, ...noms: string[]): Formule => ({
  mesureId: id,
  atomes: noms.map((n, i) => atome(id, n, noms.length > 1 ? i : null)),
  expression: { genre: 'atome', cle: id, mode: 'compte' },
});
const sources = buildSources([
  source('ouverte', 'immediate', true),
  source('alertes', differee(2, 5)),
  source('operations', { ...differee(1, 0, 'contrat'), dimensions: 'toutes' }),
]);
const formules = new Map(
  [formule('A', 'alertes'), formule('O', 'operations'), formule('L', 'ouverte'), formule('AO', 'alertes', 'operations')].map((f) => [f.mesureId, f]),
);
const regime = (id: string) => regimeDe({ sources, formules }, id, AU_PUBLIC) as Regime;

describe('Une source dit sa diffusion', () => {
  test('ce qui n’est pas public à la ligne ne l’est pas à l’instant, et sans diffusion rien n’est construit', () => {
    const refus = (diffusion: unknown, publique = false) => refusDeDiffusion({ diffusion: diffusion as SourceDeFaits['diffusion'], publique, dimensions: {} });
    expect(refus(undefined)).toContain('sa diffusion');
    expect(refus('immediate')).toContain('recul');
    expect(refus('immediate', true)).toBeNull();
    expect(refus(differee(0, 5))).toContain('mois entier');
    expect(refus({ ...differee(1, 5), pourquoi: ' ' })).toContain('pourquoi');
    expect(refus({ ...differee(1, 5), dimensions: ['inconnue'] })).toContain('inconnue');
    expect(() => buildSources([source('x', 'immediate')])).toThrow('Source x');
  });

  test('une mesure prend le plus strict de ses sources ; qui les lit toutes en direct lit tout', () => {
    expect(regimeDe({ sources, formules }, 'L', AU_PUBLIC)).toBeNull();
    expect(regimeDe({ sources, formules }, 'AO', EN_DIRECT)).toBeNull();
    expect(regime('AO')).toMatchObject({ recul: 2, seuil: 5, grain: 'contrat', dimensions: [], parPaquets: false });
    expect(regimeDe({ sources, formules }, 'AO', (s) => s.nom === 'alertes')).toMatchObject({ recul: 2, seuil: 5 });
  });

  test('sans seuil, une période se lit jusqu’au mois qui a l’âge, et dit son jour avant', () => {
    const lire = (p: string, niveau = 0) => lectureDe(regime('O'), p, '2026-11-29', { niveau, parts: [] }, { parAn: new Map(), parMois: new Map() });
    expect(lire('2026')).toEqual({ genre: 'lu', lu: '2026-01..2026-09' });
    expect(lire('2026-09')).toEqual({ genre: 'lu', lu: '2026-09' });
    expect(lire('2026-10')).toEqual({ genre: 'a-venir', le: '2026-12-01' });
    expect(lire('2027')).toEqual({ genre: 'a-venir', le: '2027-03-01' });
    expect(lire('2025', 1)).toEqual({ genre: 'trop-fin' });
    expect(direDiffusion(regime('O'), '2026-11-29')).toContain('jusqu’à septembre 2026');
  });
});

describe('Rien de petit ne se retrouve', () => {
  const LIEUX = ['nord', 'sud', 'est'];
  const ANS = [2025, 2026];
  /** Every reading of every month of two years and of the year after, from outside. */
  function observer(n: readonly (readonly number[])[]): number[][] {
    const total = (an: number, lieu: number | null, mois: number) =>
      LIEUX.reduce((s, _, l) => s + (lieu === null || lieu === l ? (n[(an - 2025) * 12 + mois]?.[l] ?? 0) : 0), 0);
    const parMois = (an: number) => new Map(Array.from({ length: 12 }, (_, m) => [`${an}-${String(m + 1).padStart(2, '0')}-01`, total(an, null, m)]));
    const parAn = new Map(
      ANS.map((an) => [cleAn('A', an), new Map(LIEUX.map((x, l) => [x, Array.from({ length: 12 }, (_, m) => total(an, l, m)).reduce((a, b) => a + b, 0)]))]),
    );
    const equations: number[][] = [];
    const equation = (lu: string, lieu: number | null) => {
      const { debut, fin } = periode(lu);
      equations.push(
        n.flatMap((_, i) => {
          const mois = `${2025 + Math.floor(i / 12)}-${String((i % 12) + 1).padStart(2, '0')}-01`;
          return LIEUX.map((_x, l) => (mois >= debut && mois < fin && (lieu === null || lieu === l) ? 1 : 0));
        }),
      );
    };
    for (let i = 0; i < 36; i += 1) {
      const jour = `${2025 + Math.floor(i / 12)}-${String((i % 12) + 1).padStart(2, '0')}-15`;
      for (const an of ANS) {
        const comptes: Comptes = { parAn, parMois: new Map([['A', parMois(an)]]) };
        for (const p of [`${an}`, `${an}-S1`, `${an}-T3`, `${an}-07`, `${an}-01..${an}-05`])
          for (const lieu of [null, 0, 1, 2]) {
            const l = lectureDe(regime('A'), p, jour, { niveau: lieu === null ? 0 : 1, parts: LIEUX.map((x) => [x]) }, comptes);
            if (l.genre === 'lu') equation(l.lu, lieu);
          }
      }
    }
    return equations;
  }
  function petitsRetrouves(n: readonly (readonly number[])[]): string[] {
    const base = echelonner(observer(n));
    const trouves: string[] = [];
    for (const an of [0, 1])
      for (let de = 0; de < 12; de += 1)
        for (let a = de + 1; a <= 12; a += 1)
          for (const lieu of [null, 0, 1, 2]) {
            const dans = (i: number, l: number) => i >= an * 12 + de && i < an * 12 + a && (lieu === null || lieu === l);
            const cible = n.flatMap((_, i) => LIEUX.map((_x, l) => (dans(i, l) ? 1 : 0)));
            const valeur = n.reduce((s, mois, i) => s + mois.reduce((t, x, l) => t + (dans(i, l) ? x : 0), 0), 0);
            if (valeur > 0 && valeur < 5 && seRetrouve(base, cible)) trouves.push(`${2025 + an}, mois ${de + 1} à ${a}, ${lieu ?? 'tout'} : ${valeur}`);
          }
    return trouves;
  }

  test('ni par les mois, ni par les lieux, ni par les éditions qui se suivent, sur quarante tirages', () => {
    const mois = fc.array(fc.oneof({ weight: 3, arbitrary: fc.integer({ min: 0, max: 3 }) }, fc.integer({ min: 0, max: 9 })), { minLength: 3, maxLength: 3 });
    fc.assert(
      fc.property(fc.array(mois, { minLength: 24, maxLength: 24 }), (n) => {
        expect(petitsRetrouves(n)).toEqual([]);
      }),
      { numRuns: 40 },
    );
  });

  test('l’attaque voit ce qu’elle cherche : un mois de deux se retrouve si l’on montre les deux bouts', () => {
    const n = Array.from({ length: 24 }, (_, i) => [i === 10 ? 2 : 5, 0, 0]);
    expect(observer(n).length).toBeGreaterThan(20);
    const base: number[][] = [];
    for (const jusqua of [10, 11])
      base.push(
        reduire(
          base,
          n.flatMap((_, i) => LIEUX.map(() => (i < jusqua ? 1 : 0))),
        ),
      );
    expect(
      reduire(
        base,
        n.flatMap((_, i) => LIEUX.map(() => (i === 10 ? 1 : 0))),
      ).every((x) => x === 0),
    ).toBe(true);
  });

  test('ni par deux chiffres dont l’un contient l’autre : ce qui reste est une part comme une autre', () => {
    const filtree = (id: string, ou: Record<string, string | boolean | string[]>): Formule => ({
      mesureId: id,
      atomes: [{ ...atome(id, 'alertes'), ou: [ou] }],
      expression: { genre: 'atome', cle: id, mode: 'compte' },
    });
    // All; the true ones; of these, those answered in two ways that share nothing; one that nothing holds but all.
    const FILTRES = {
      tout: {},
      vrai: { genre: 'vrai' },
      oui: { genre: 'vrai', suite: ['a', 'b'] },
      non: { genre: 'vrai', suite: 'c' },
      faux: { genre: 'faux' },
    };
    const lus = { sources, formules: new Map(Object.entries(FILTRES).map(([id, ou]) => [id, filtree(id, ou)])) };
    const regimes = new Map(Object.keys(FILTRES).map((id) => [id, regimeDe(lus, id, AU_PUBLIC) as Regime]));
    expect([...regimes].map(([id, r]) => [id, r.restes.get(id)?.length ?? 0, r.parPaquets])).toEqual([
      ['tout', 0, true],
      ['vrai', 2, false],
      ['oui', 6, false],
      ['non', 6, false],
      ['faux', 5, false],
    ]);
    // What a record is: true and answered so, true and not answered, false, neither.
    const GENRES = [['tout', 'vrai', 'oui'], ['tout', 'vrai', 'non'], ['tout', 'vrai'], ['tout', 'faux'], ['tout']];
    const nombres = fc.array(fc.array(fc.oneof(fc.integer({ min: 0, max: 6 }), fc.integer({ min: 0, max: 20 })), { minLength: 3, maxLength: 3 }), {
      minLength: GENRES.length,
      maxLength: GENRES.length,
    });
    fc.assert(
      fc.property(nombres, (n) => {
        const parAn = new Map(
          Object.keys(FILTRES).map((id) => [
            cleAn(id, 2025),
            new Map(LIEUX.map((x, l) => [x, GENRES.reduce((s, g, i) => s + (g.includes(id) ? (n[i]?.[l] ?? 0) : 0), 0)])),
          ]),
        );
        const equations: number[][] = [];
        for (const [id, r] of regimes)
          for (const lieu of [null, 0, 1, 2])
            if (
              lectureDe(r, '2025', '2026-11-29', { niveau: lieu === null ? 0 : 1, parts: LIEUX.map((x) => [x]) }, { parAn, parMois: new Map() }).genre === 'lu'
            )
              equations.push(GENRES.flatMap((g) => LIEUX.map((_, l) => (g.includes(id) && (lieu === null || lieu === l) ? 1 : 0))));
        const base = echelonner(equations);
        // Every group of kinds, everywhere and in each place.
        for (let quels = 1; quels < 2 ** GENRES.length; quels += 1)
          for (const lieu of [null, 0, 1, 2]) {
            const dans = (i: number, l: number) => (quels >> i) % 2 === 1 && (lieu === null || lieu === l);
            const valeur = n.reduce((s, x, i) => s + x.reduce((t, y, l) => t + (dans(i, l) ? y : 0), 0), 0);
            if (valeur > 0 && valeur < 5)
              expect([
                quels,
                lieu,
                valeur,
                seRetrouve(
                  base,
                  GENRES.flatMap((_, i) => LIEUX.map((_x, l) => (dans(i, l) ? 1 : 0))),
                ),
              ]).toEqual([quels, lieu, valeur, false]);
          }
      }),
      { numRuns: 60 },
    );
    expect(direDiffusion(regimes.get('oui') as Regime, '2026-11-29')).toContain('ce chiffre est une partie d’un autre et attend la fin de l’année');
    // What is written late moves what was told: it is said, and no more is promised.
    for (const r of regimes.values()) expect(direDiffusion(r, '2026-11-29')).toMatch(/d’un jour à l’autre, la différence peut être un petit nombre/);
  });

  test('une année en cours avance par paquets : assez avant, assez après ; un lieu attend la fin de l’année', () => {
    const lire = (mois: readonly number[], niveau = 0, p = '2026', jour = '2026-11-29') => {
      const parMois = new Map([['A', new Map(mois.map((x, m) => [`2026-${String(m + 1).padStart(2, '0')}-01`, x]))]]);
      const somme = mois.reduce((a, b) => a + b, 0);
      return lectureDe(
        regime('A'),
        p,
        jour,
        { niveau, parts: [['nord'], ['sud']] },
        { parAn: new Map([[cleAn('A', 2026), new Map([['nord', somme]])]]), parMois },
      );
    };
    expect(lire([3, 3, 0, 0, 5, 1, 1, 1])).toEqual({ genre: 'lu', lu: '2026-01..2026-02' });
    expect(lire([3, 3, 0, 0, 0, 1, 1, 1])).toEqual({ genre: 'a-venir', le: '2027-03-01' });
    expect(lire([9, 9, 9, 9, 9, 9, 9, 9], 1)).toEqual({ genre: 'a-venir', le: '2027-03-01' });
    expect(lire([9, 9, 9, 9, 9, 9, 9, 9], 0, '2026-03')).toEqual({ genre: 'secret' });
    expect(lire([2, 1], 0, '2026', '2027-03-02')).toEqual({ genre: 'secret' });
    expect(lire([2, 3], 1, '2026', '2027-03-02')).toEqual({ genre: 'lu', lu: '2026' });
  });
});
