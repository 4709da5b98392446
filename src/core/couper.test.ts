import { expect, test } from 'vitest';
import { couper, ecrivable, enJson, sansMoities } from './couper.ts';

const PIN = '\u{1F332}';
test('un texte coupé ne laisse jamais la moitié d’un caractère', () => {
  expect(couper(`${'a'.repeat(999)}${PIN}`, 1000)).toBe('a'.repeat(999));
  expect(couper(`${'a'.repeat(998)}${PIN}b`, 1000)).toBe(`${'a'.repeat(998)}${PIN}`);
  expect([couper('court', 10), couper('', 3), couper('abc', 0), couper('abc', -2), couper(PIN, 1)]).toEqual(['court', '', '', '', '']);
  expect(sansMoities(`a${PIN[0]}b${PIN[1]}${PIN}`)).toBe(`a\ufffdb\ufffd${PIN}`);
});

test('ce qu’une écriture donne en JSON n’a pas de moitié de caractère, et rien d’autre n’y change', () => {
  const v = { mots: [`a${PIN[0]}`, PIN, 'écrit \\ud83d à la main'], le: new Date(0), n: 1, rien: null, tu: undefined };
  expect(JSON.parse(enJson(v))).toEqual({ mots: ['a\ufffd', PIN, 'écrit \\ud83d à la main'], le: '1970-01-01T00:00:00.000Z', n: 1, rien: null });
  const sain = { texte: PIN, de: 'écrit \\ud83d à la main' };
  expect(enJson(sain)).toBe(JSON.stringify(sain));
});

test('U+0000 se retire de ce qui s’écrit, sauf d’un nom, qui n’en devient pas un autre', () => {
  expect([ecrivable('Rue\0 Haute'), ecrivable('a\0\0'), ecrivable('sain')]).toEqual(['Rue Haute', 'a', 'sain']);
  const v = { adresse: 'Rue\0', de: ['écrit \\u0000 à la main', 'a\0b'], '__pro\0to__': 1 };
  expect(enJson(v)).toBe('{"adresse":"Rue","de":["écrit \\\\u0000 à la main","ab"],"__pro\ufffdto__":1}');
});
