import { describe, expect, test } from 'vitest';
import { doutesDuTexte, mineurNomme } from './mineurs.rules.ts';

describe('Un mineur n’est jamais nommé dans un document diffusé', () => {
  test.each([
    ['Le mineur Karim Dulac a été vu devant le hall.', 'Karim Dulac'],
    ['Lina Morel, 14 ans, est suivie par le service.', 'Lina Morel'],
    ['Signalement de Paul D. né le 3 mai 2012.', 'Paul D.'],
    ['L’élève Jeanne Petit-Jean est absente.', 'Jeanne Petit'],
  ])('« %s » est refusé', (texte, nom) => expect(mineurNomme(texte, 2026)).toContain(nom.split(' ')[0]));
  test.each([
    'Accueil de mineurs : quatre dispositifs, deux mairies.',
    'Contact : Anne Martin, cheffe de service.',
    'Le gardien a 45 ans de métier, dit Marc Durand.',
    'Né en 1970, le quartier compte douze halls. Claire Simon coordonne.',
    'Les jeunes sont reçus le mercredi. Marie Blanc dirige la mission locale.',
  ])('« %s » passe', (texte) => expect(mineurNomme(texte, 2026)).toBeNull());
  test('une personne avec sa civilité est demandée, pas refusée', () => {
    expect(doutesDuTexte('texte', 'Écrire à Mme Durand, directrice.')).toHaveLength(1);
    expect(doutesDuTexte('texte', 'Rondes renforcées le samedi.')).toEqual([]);
  });
});
