import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { joindre, reunir } from './fusion.ts';

describe('Réunir deux textes', () => {
  test('des lignes que l’un ou l’autre a changées sont prises, ce qui se heurte est gardé deux fois', () => {
    const base = 'Ouverture\nLampes\nFin';
    expect(reunir(base, 'Ouverture à 9 h\nLampes\nFin', 'Ouverture\nLampes\nFin à 11 h')).toBe('Ouverture à 9 h\nLampes\nFin à 11 h');
    expect(reunir(base, 'Ouverture\nLampes posées\nFin', 'Ouverture\nLampes payées\nFin')).toBe('Ouverture\nLampes posées\nLampes payées\nFin');
    expect(reunir(base, 'Ouverture\nFin', base)).toBe('Ouverture\nFin');
  });

  test('sans texte commun connu, les deux sont joints', () => {
    expect(reunir(null, 'A\nC', 'B\nC')).toBe(joindre('A\nC', 'B\nC'));
    expect(reunir('', 'Un', 'Deux')).toBe('Un\nDeux');
  });

  test('aucune ligne ajoutée par l’un ou par l’autre ne se perd', () => {
    const lignes = fc.array(fc.constantFrom('a', 'b', 'c', 'd', 'e'), { maxLength: 6 });
    fc.assert(
      fc.property(lignes, lignes, lignes, (base, un, deux) => {
        const lues = new Set(reunir(base.join('\n'), un.join('\n'), deux.join('\n')).split('\n'));
        const ajoutees = [...un, ...deux].filter((l) => !base.includes(l));
        expect(ajoutees.filter((l) => !lues.has(l))).toEqual([]);
      }),
    );
  });
});
