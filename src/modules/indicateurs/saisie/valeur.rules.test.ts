import { describe, expect, test } from 'vitest';
import { direEcart, lireValeur } from './valeur.rules.ts';

type Mesuree = Parameters<typeof lireValeur>[0];
const personnes: Mesuree = { nature: 'compte', unite: 'personnes' };
const part: Mesuree = { nature: 'pourcentage', unite: '%' };
const message = (m: Mesuree, t: string) => {
  const l = lireValeur(m, t);
  return l.ok ? l.valeur : l.message;
};

describe('Un chiffre fourni', () => {
  test('un compte refuse les décimales, un délai, un montant et un poids les acceptent', () => {
    expect(message(personnes, '12,5')).toMatch(/nombre entier.*personnes/);
    expect(message({ nature: 'evolution', unite: 'rixes' }, '1,5')).toMatch(/nombre entier/);
    const mesures: Mesuree[] = [
      { nature: 'delai', unite: 'jours' },
      { nature: 'montant', unite: '€' },
      { nature: 'compte', unite: 'quantités (kg, unités)' },
      part,
    ];
    for (const m of mesures) expect([m.unite, message(m, '12,5')]).toEqual([m.unite, 12.5]);
  });
  test('une part ne dépasse pas 100 %, une évolution le peut ; seule une évolution peut baisser', () => {
    expect(message(part, '100 %')).toBe(100);
    expect(message(part, '101')).toMatch(/ne dépasse pas 100/);
    expect(message({ nature: 'evolution', unite: '%' }, '250 %')).toBe(250);
    expect(message({ nature: 'evolution', unite: '%' }, '−12,5')).toBe(-12.5);
    expect(message(personnes, '-3')).toMatch(/négatif/);
  });
  test('un millier écrit avec un point est demandé, jamais choisi', () => {
    for (const t of ['1.250', '1,250'])
      expect(message({ nature: 'montant', unite: '€' }, t)).toBe(`${t} : est-ce 1\u202f250 ou 1,25\u00a0? Écrivez l’un des deux.`);
    expect(message({ nature: 'montant', unite: '€' }, '1.250,50 €')).toBe(1250.5);
  });
  test('dix fois plus ou dix fois moins que la fois d’avant se confirme', () => {
    expect(direEcart(4190, 419)).toMatch(/^4\u202f190 est au moins dix fois la dernière valeur, 419$/);
    expect(direEcart(41, 419)).toMatch(/dixième/);
    expect(direEcart(0, 419)).toMatch(/dixième/);
    for (const [a, b] of [
      [4189, 419],
      [42, 419],
      [12, 1],
      [500, 0],
      [500, null],
    ] as const)
      expect([a, direEcart(a, b)]).toEqual([a, null]);
  });
});
