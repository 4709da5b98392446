import { expect, test } from 'vitest';
import { calculSchema, direIllisible } from './calcul.schema.ts';

test.each([
  ['sans forme', { registre: 'formations' }, /aucune clé parmi compte, somme/],
  ['rien', null, /aucune clé parmi compte/],
  ['une somme sans registre', { somme: 'participants' }, /« somme », il manque « registre »/],
  ['une clé inventée', { compte: 'formations', filtre: { theme: 'rixes' } }, /« filtre » n’y est pas attendu/],
  ['un filtre sur un rapport', { ratio: ['a', 'b'], ou: {} }, /« ratio », « ou » n’y est pas attendu/],
  ['une valeur de travers', { ratio: ['a'] }, /« ratio », une valeur n’a pas la forme attendue/],
])('une formule illisible dit pourquoi : %s', (_, calcul, attendu) => {
  expect(calculSchema.safeParse(calcul).success).toBe(false);
  expect(direIllisible(calcul)).toMatch(attendu);
});

test.each([
  { compte: 'formations' },
  { somme: 'participants', registre: 'evenements', ou: { type: ['jrj', 'autre'], dont: { min: 1 } }, sauf: [{ public: true }] },
  { distinct: 'domaine', registre: 'postes' },
  { distinct: 'domaine', presents: 'postes' },
  { presents: 'postes' },
  { addition: [{ compte: 'formations' }, { somme: 'participants', registre: 'evenements' }] },
  { ratio: ['1.2-02a', { compte: 'formations' }] },
  { variation: '1.6-02' },
])('chaque forme du README se lit', (calcul) => {
  expect(calculSchema.safeParse(calcul).success).toBe(true);
});
