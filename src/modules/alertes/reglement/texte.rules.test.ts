import { expect, test } from 'vitest';
import { lireTexte, refusDuTexte } from './texte.rules.ts';

test('ce qui est quelqu’un se refuse ; ce qui y ressemble se demande ; le reste passe', () => {
  expect(lireTexte('Scooter AB-123-CD, appelez le 06 12 34 56 78')).toMatchObject({ refus: expect.stringContaining('une plaque'), doute: null });
  expect(lireTexte('deux groupes devant Jean Jaurès')).toMatchObject({ refus: null, doute: expect.stringContaining('un nom de personne'), genres: ['nom'] });
  expect(lireTexte('la bande de riquet arrive')).toMatchObject({ refus: null, doute: expect.stringContaining('« bande de riquet »'), genres: ['groupe'] });
  for (const t of ['Groupe de jeunes devant le collège', 'Ils se traitent de bâtards rue Riquet', ''])
    expect([t, lireTexte(t)]).toEqual([t, { refus: null, doute: null, genres: [] }]);
  expect(refusDuTexte('Mme Martin, AB-123-CD')).toMatch(/une plaque.*un nom de personne/);
});
