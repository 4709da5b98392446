import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { avecUnite, de, direComparaison, estUnChangement, evolution, formatPeriode, pourcentDit, pourcents } from './typographie.ts';
import { lierPonctuation } from './ponctuation.ts';

const dire = (avant: number, apres: number, unite = 'réunions') => evolution({ avant, apres, unite }).replace(/[\u00a0\u202f]/g, ' ');

describe('Une évolution', () => {
  test('donne les deux nombres quand l’un est petit ou quand le pourcentage tromperait', () => {
    expect([dire(2, 23), dire(23, 2), dire(0, 5), dire(19, 25), dire(20, 90)]).toEqual(['2 puis 23', '23 puis 2', '0 puis 5', '19 puis 25', '20 puis 90']);
  });
  test('est un pourcentage entre deux nombres qui s’y prêtent, des points entre deux parts', () => {
    expect([dire(100, 112), dire(200, 150), dire(1000, 1000), dire(100_000, 100_001)]).toEqual(['+12 %', '−25 %', 'inchangé', 'stable']);
    expect([dire(12, 15.5, '%'), dire(30, 29, '%')]).toEqual(['+3,5 points', '−1 point']);
  });
  const comparer = (avant: number, apres: number, periode: string, montree: string, unite = 'réunions') =>
    direComparaison({ avant, apres, unite, periode, precedente: periode.replace(/\d{4}/g, (a) => String(Number(a) - 1)) }, montree).replace(
      /[\u00a0\u202f]/g,
      ' ',
    );
  test('de l’année en cours dit les mois dont elle parle, avec ses deux nombres', () => {
    expect(comparer(36, 34, '2026-01..2026-10', '2026')).toBe('janvier à octobre : 34, contre 36 (−5,6 %)');
    expect(comparer(6, 4, '2026-01', '2026')).toBe('janvier : 4, contre 6');
    expect(comparer(12, 15.5, '2026-S1', '2026', '%')).toBe('1er semestre : 15,5 %, contre 12 % (+3,5 points)');
    expect(comparer(36, 41, '2026', '2027')).toBe('2026 : 41, contre 36 en 2025 (+13,9 %)');
    expect([comparer(2, 23, '2025', '2025'), comparer(100, 112, '2025', '2025')]).toEqual(['contre 2 en 2024', '+12 % par rapport à 2024']);
    expect(formatPeriode('2026-01..2026-10')).toBe('janvier à octobre 2026');
  });
  test('n’écrit jamais un pourcentage sur un petit nombre, ni au-delà de 200 %, ni « −100 % », quelle que soit la façon de la dire', () => {
    const valeur = fc.oneof(fc.integer({ min: 0, max: 60 }), fc.nat(100_000), fc.double({ min: 0, max: 1000, noNaN: true }));
    fc.assert(
      fc.property(
        valeur,
        valeur,
        fc.constantFrom('', 'nombre', 'actions', 'jours', '€'),
        fc.constantFrom('2026-01..2026-10', '2026-01', '2025'),
        (avant, apres, unite, periode) => {
          const dits = [dire(avant, apres, unite), comparer(avant, apres, periode, '2026', unite), comparer(avant, apres, periode, periode, unite)];
          const pourcents = dits.flatMap((d) => [...d.matchAll(/[+−-]?\d[\d ,]*%/g)].map((m) => m[0]));
          if (Math.min(avant, apres) < 20) expect([avant, apres, pourcents]).toEqual([avant, apres, []]);
          for (const p of pourcents) expect(Math.abs(Number(p.replace(/[ %+]/g, '').replace('−', '-').replace(',', '.')))).toBeLessThanOrEqual(200);
          expect(dits.filter((d) => /100 %/.test(d) && apres === 0)).toEqual([]);
          // What is not worth a percentage is not worth a colour either.
          if (pourcents.length === 0) expect(estUnChangement({ avant, apres, unite })).toBe(false);
        },
      ),
      { numRuns: 2000 },
    );
  });
});

test('une unité qui nomme un document n’est pas comptée', () => {
  expect(['carte', 'bilan', 'répartition', 'jours', 'km'].map((u) => avecUnite(214, u).replace('\u00a0', ' '))).toEqual([
    '214',
    '214',
    '214',
    '214 jours',
    '214 km',
  ]);
  expect(avecUnite(1, 'carte')).toBe('1\u00a0carte');
});

test('un nom prend son article après « de »', () => {
  expect(['Direction de la Police', 'Aide sociale à l’enfance', 'Barreau de Paris', 'Agents d’accueil', 'Paris Aide aux Victimes'].map(de)).toEqual([
    'de la Direction de la Police',
    'de l’Aide sociale à l’enfance',
    'du Barreau de Paris',
    'des Agents d’accueil',
    'de Paris Aide aux Victimes',
  ]);
});

test('tout et rien ne se disent jamais par arrondi', () => {
  expect([pourcentDit(3719, 3720), pourcentDit(3720, 3720), pourcentDit(1, 3720), pourcentDit(0, 3720), pourcentDit(0, 0), pourcentDit(1, 3)]).toEqual([
    99, 100, 1, 0, 0, 33,
  ]);
});

test('une part se tient à son signe', () => {
  expect([pourcents(12), pourcents(-3.44, 1), pourcents(1234)]).toEqual(['12\u202f%', '−3,4\u202f%', '1\u202f234\u202f%']);
});

test('la ponctuation haute ne commence jamais une ligne, et ce que tient un champ ne change pas', () => {
  expect(lierPonctuation('<p title="a : b">7 sièges : 5 ; <b>quand</b> ? « oui » ! 12:30</p>')).toBe(
    '<p title="a : b">7 sièges\u00a0: 5\u00a0; <b>quand</b>\u00a0? «\u00a0oui\u00a0»\u00a0! 12:30</p>',
  );
  expect(lierPonctuation('<td>34 %</td><td>12<!-- --> %</td>')).toBe('<td>34\u00a0%</td><td>12<!-- -->\u00a0%</td>');
  const tel = '<textarea name="t">a : b ?</textarea><input value="a : b"><code>x ? y : z</code>';
  expect(lierPonctuation(tel)).toBe(tel);
});
