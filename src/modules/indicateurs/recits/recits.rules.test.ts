import { expect, test } from 'vitest';
import { compterMots } from '../../../ui/mots.ts';
import { composer, decouper, direLongueur, type Recit } from './recits.rules.ts';

const recit: Recit = {
  faits: 'Douze contrôles.\n\nQuatre fermetures.',
  difficultes: '',
  perspectives: 'Un contrôle par mois.',
  appuis: '/registres/operations/1\nhttps://exemple.fr/etude',
  redacteur: 'Chargée de mission',
  institution: 'Ville de Paris',
};

test('les parties font un texte, qui se découpe de nouveau ; une partie vide n’y est pas', () => {
  const t = composer(recit);
  expect(t).not.toContain('Difficultés');
  const morceaux = (fin: string) => [
    { titre: 'Faits', paragraphes: ['Douze contrôles.', 'Quatre fermetures.'] },
    { titre: 'Perspectives', paragraphes: ['Un contrôle par mois.'] },
    { titre: 'À l’appui', paragraphes: ['/registres/operations/1\nhttps://exemple.fr/etude'] },
    { titre: null, paragraphes: [fin] },
  ];
  expect(decouper(t)).toEqual(morceaux('Rédigé par : Chargée de mission, Ville de Paris.'));
  // One written when a signature was typed is still read by its parts.
  expect(decouper(t.replace('Rédigé par : Chargée de mission', 'Signé : Directeur'))).toEqual(morceaux('Signé : Directeur, Ville de Paris.'));
});

test('un bilan écrit d’un seul tenant se lit tel quel', () => {
  expect(decouper('Tout va bien.')).toEqual([{ titre: null, paragraphes: ['Tout va bien.'] }]);
  expect(decouper('Faits marquants de l’année\r\nbons')).toEqual([{ titre: null, paragraphes: ['Faits marquants de l’année\nbons'] }]);
});

test('la longueur se compte en mots', () => {
  expect([compterMots(''), compterMots('  l’an 2026 : – bon '), direLongueur([50, 150])]).toEqual([0, 3, '50 à 150 mots conseillés.']);
});
