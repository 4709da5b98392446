import { expect, test } from 'vitest';
import { fautesDeTaille, paragraphe } from './fields.ts';
import { lire, texte } from './http.ts';

test('une fin de ligne compte pour un caractère, comme sur la page, et se garde ainsi', () => {
  const ecrit = 'a\r\nb\r\nc';
  expect(lire(paragraphe('Le texte', 5), ecrit)).toEqual({ ok: true, valeur: 'a\nb\nc' });
  expect(texte([` ${ecrit}\r\n`])).toBe('a\nb\nc');
});
test('un texte trop long se refuse en disant où et de combien, et n’est jamais coupé', () => {
  const long = 'x'.repeat(1600);
  const message = `Le texte : ${(1000).toLocaleString('fr-FR')} caractères au plus, il y en a ${(1600).toLocaleString('fr-FR')}.`;
  expect(fautesDeTaille('mots', 'Le texte', long, 1000)).toEqual([{ champ: 'mots', message }]);
  expect(fautesDeTaille('mots', 'Le texte', long, 1600)).toEqual([]);
  expect(lire(paragraphe('Le texte', 1000), long)).toEqual({ ok: false, erreurs: [{ champ: '', message }] });
});
