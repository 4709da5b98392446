import { expect, test } from 'vitest';
import { compterMots, composer, decouper, direLongueur, type Recit } from './recits.rules.ts';

const recit: Recit = {
  faits: 'Douze contrôles.\n\nQuatre fermetures.',
  difficultes: '',
  perspectives: 'Un contrôle par mois.',
  appuis: '/registres/operations/1\nhttps://exemple.fr/etude',
  redacteur: 'Chargée de mission',
  signataire: 'Directeur',
  institution: 'Ville de Paris',
  signe_le: '2026-03-01',
};

test('les parties font un texte, qui se découpe de nouveau ; une partie vide n’y est pas', () => {
  const t = composer(recit);
  expect(t).not.toContain('Difficultés');
  expect(decouper(t)).toEqual([
    { titre: 'Faits', paragraphes: ['Douze contrôles.', 'Quatre fermetures.'] },
    { titre: 'Perspectives', paragraphes: ['Un contrôle par mois.'] },
    { titre: 'À l’appui', paragraphes: ['/registres/operations/1\nhttps://exemple.fr/etude'] },
    { titre: null, paragraphes: ['Signé : Directeur, Ville de Paris, le 1er\u00a0mars 2026. Rédigé par : Chargée de mission.'] },
  ]);
});

test('un bilan écrit d’un seul tenant se lit tel quel', () => {
  expect(decouper('Tout va bien.')).toEqual([{ titre: null, paragraphes: ['Tout va bien.'] }]);
  expect(decouper('Faits marquants de l’année\r\nbons')).toEqual([{ titre: null, paragraphes: ['Faits marquants de l’année\nbons'] }]);
});

test('la longueur se compte en mots', () => {
  expect([compterMots(''), compterMots('  l’an 2026 : – bon '), direLongueur([50, 150], ''), direLongueur([50, 150], 'un mot')]).toEqual([
    0,
    3,
    '50 à 150 mots conseillés.',
    '50 à 150 mots conseillés, 2 écrits.',
  ]);
});
