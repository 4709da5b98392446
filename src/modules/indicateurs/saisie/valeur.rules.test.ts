import { describe, expect, test } from 'vitest';
import { lireValeur } from './valeur.rules.ts';

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
  test('ce qui n’est pas dit, ou caché, est demandé : rien n’est deviné', () => {
    for (const t of ['n.c.', 'NC', 'n.d.', 'n/a', '-', '–', '?', 'X', 'néant', 'non communiqué', 's.o.'])
      expect([t, message(personnes, t)]).toEqual([t, expect.stringMatching(/^« .* » n’est pas un nombre.*(laissez vide|Écrivez-le en chiffres)/)]);
    for (const t of ['<5', '< 5', '≤ 10', 'moins de 5', '‹5'.replace('‹', '<'), '<= 3'])
      expect([t, message(personnes, t)]).toEqual([t, expect.stringMatching(/cache le nombre.*« secret »/)]);
    expect(message(personnes, '-5')).toMatch(/négatif/);
  });
  test('espaces, virgules et unités : lus quand ils n’ont qu’un sens, demandés sinon', () => {
    expect(message({ nature: 'montant', unite: '€' }, '1 234,5')).toBe(1234.5);
    expect(message(personnes, '1 234,5')).toMatch(/nombre entier/);
    expect(message(personnes, '1\u202f234')).toBe(1234);
    expect(message(part, '12 %')).toBe(12);
    expect(message(personnes, '12 %')).toMatch(/pourcentage/);
    expect(message(personnes, '12 personnes')).toBe(12);
    expect(message({ nature: 'delai', unite: 'jours' }, '12 jours')).toBe(12);
    expect(message(personnes, '12 élèves')).toMatch(/sans « élèves ».*on compte en personnes/);
  });
});
