import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect, test } from 'vitest';
import { lirePoints, rendreAffichable } from './glyphes.ts';

const police = readFileSync(
  createRequire(import.meta.url).resolve('@expo-google-fonts/atkinson-hyperlegible-next/400Regular/AtkinsonHyperlegibleNext_400Regular.ttf'),
);

test('ce que la police ne montre pas est remplacé, le français reste intact', () => {
  const points = lirePoints(police);
  expect(points.has(0x1f44d)).toBe(false);
  const phrase = 'Œuvre « à l’été »\u202f: 1\u202f204 €, 12\u00a0% – ça va\u202f?';
  expect(rendreAffichable(phrase, points)).toBe(phrase);
  expect(rendreAffichable('oui 👍, a\u0007b\u0000c, e\u0301, pré\u2011ado', points)).toBe('oui [U+1F44D], abc, é, pré-ado');
  expect(rendreAffichable('deux\nlignes', points)).toBe('deux lignes');
});
