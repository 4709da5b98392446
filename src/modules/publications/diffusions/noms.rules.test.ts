import { expect, test } from 'vitest';
import { lireLesNoms } from './noms.rules.ts';

const lire = (texte: string, fichier?: true) => {
  const { erreurs, doutes } = lireLesNoms([{ champ: 'texte', texte, ...(fichier ? { fichier } : {}) }], 2026, new Set(['Grand Belleville']));
  return [...erreurs, ...doutes].map((x) => x.message.replace(/^(« .*? »).*$/, '$1')).concat(erreurs.length > 0 ? ['refusé'] : []);
};

test('ce qu’un document nomme est refusé à côté d’un âge, demandé sinon, chaque nom une fois', () => {
  expect(lire('Lucas, 14 ans, sera reçu.')).toEqual(['« Lucas »', 'refusé']);
  expect(lire('Écrire à Mme Durand, qui reçoit Karim Dulac et d’autres jeunes.')).toEqual(['« Karim Dulac »', '« Mme Durand »']);
  expect(lire('Écrire à Mme Durand, directrice.')).toEqual(['« Mme Durand »']);
  expect(lire('Rondes renforcées le samedi, pour les jeunes de Grand Belleville.')).toEqual([]);
  expect(lire('Lucas_Martin-14-ans.pdf', true)).toEqual(['« Lucas Martin »', 'refusé']);
  expect(lire('Bilan 2025.pdf', true)).toEqual([]);
});
