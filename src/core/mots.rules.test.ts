import { expect, test } from 'vitest';
import { cleTexte, contientMots, sansAccents } from './mots.ts';

test('deux façons d’écrire le même mot se comparent', () => {
  expect(['Œuvre', 'ÉLUS', 'Lætitia', 'e\u0301té'].map(sansAccents)).toEqual(['oeuvre', 'elus', 'laetitia', 'ete']);
  expect(cleTexte('  L’Équipe-relais : n° 12 ')).toBe('l equipe relais n 12');
});

test('une recherche trouve chaque mot tapé, sans accents, dans n’importe quel ordre, l’apostrophe droite ou courbe', () => {
  const nom = 'Comité des élus de l’arrondissement (GOUV-03)';
  for (const q of ['elus', 'ÉLUS comite', "d'elus", 'l’arrondissement', "l'arrondissement", 'gouv-03', '', '  '])
    expect([q, contientMots(nom, q)]).toEqual([q, true]);
  expect(contientMots(nom, 'elus maires')).toBe(false);
});
