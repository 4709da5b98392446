import { expect, test } from 'vitest';
import { type Nature, trouverPersonnes, trouverSuspects } from './index.ts';

const TOUTES: readonly Nature[] = ['personne', 'capitales', 'courriel', 'telephone', 'plaque', 'adresse', 'sante', 'insulte'];
const lire = (texte: string, connus: readonly string[] = []) => trouverPersonnes(texte, TOUTES, { connus }).map((p) => `${p.nature} : ${p.passage}`);

/** What was found by one of the three detectors that this one replaces, and missed by another: reports, minutes and publications, figures. */
test.each([
  ['une civilité sans point, qu’aucun ne voyait', 'vu par M Dupont', ['personne : M Dupont']],
  ['une civilité en petites lettres', 'voir madame Diallo', ['personne : madame Diallo']],
  [
    'maître, professeur, plusieurs à la fois',
    'Me Roux, Pr. Petit, Mmes Blanc et Noir',
    ['personne : Me Roux', 'personne : Pr. Petit', 'personne : Mmes Blanc et Noir'],
  ],
  ['un prénom courant suivi d’un nom', 'Reçu Karim Benali hier', ['personne : Karim Benali']],
  ['qui s’appelle ainsi', 'le gérant se nomme Mourad', ['personne : se nomme Mourad']],
  ['un prénom rare, près de n’importe quel âge', 'Amara, 45 ans, est reçue.', ['personne : Amara']],
  ['quelqu’un dont on parle', 'le cas de Kévin D., la famille Diallo', ['personne : Kévin D.', 'personne : Diallo']],
  ['une adresse électronique qui se cache', 'jean.durand (at) exemple.fr', ['courriel : jean.durand (at) exemple.fr']],
  ['une adresse électronique sans point', 'écrire à jean@exemple', ['courriel : jean@exemple']],
  ['un numéro d’ailleurs', 'au +44 20 7946 0958', ['telephone : +44 20 7946 0958']],
  ['un numéro sans son zéro', 'au 6 12 34 56 78', ['telephone : 6 12 34 56 78']],
  ['un numéro après un point', 'tél.0612345678', ['telephone : 0612345678']],
  ['une plaque en petites lettres', 'la clio ab 123 cd', ['plaque : ab 123 cd']],
  ['une plaque d’avant, département à trois chiffres', 'le 1234 XY 974', ['plaque : 1234 XY 974']],
  ['une adresse postale', 'au 8 rue des Lilas', ['adresse : 8 rue des Lilas']],
  ['un nom en capitales après un prénom rare', 'reçu Amara DIALLO', ['capitales : Amara DIALLO']],
] as const)('%s', (_, texte, attendus) => expect(lire(texte)).toEqual(attendus));

test.each([
  'Monsieur le Préfet, Madame la maire, Monsieur le gardien.',
  'Ligne M Opéra, hall M Nord.',
  'Au square Marie Curie, à la fondation Abbé Pierre, au prix Louise Michel.',
  'Le contrat passe de 110 et 120 à 204 en 2026 ; 1 204 faits, 12 cours de soutien.',
  'Depuis 10 ans, peine de 3 ans, les 12-17 ans.',
  'Le 17, le 3919, le 3975 ; 75018 Paris.',
])('rien dans : %s', (texte) => expect(lire(texte)).toEqual([]));

test('ce que le contrat nomme n’est personne ; chacun choisit ce qui le regarde', () => {
  expect([lire('avec Claire Fontaine Insertion'), lire('avec Claire Fontaine Insertion', ['Claire Fontaine Insertion'])]).toEqual([
    ['personne : Claire Fontaine'],
    [],
  ]);
  // An acronym beside a capital is a name for who writes of a neighbour, none where institutions write.
  expect([lire('Direction DPMP').length, trouverSuspects('Direction DPMP')]).toEqual([1, []]);
  expect(trouverPersonnes('Mme Martin, 06 12 34 56 78', ['telephone']).map((p) => p.passage)).toEqual(['06 12 34 56 78']);
  expect(trouverSuspects('Vu Garnier.', { autres: [/Garnier/g] }).map((p) => p.passage)).toEqual(['Garnier']);
});

// Read anew from each of its places, or each name held against each age, the first two alone took longer than any test may.
test.each(['Aa-', 'a@', 'Aa 12 ans '])('un texte fait pour n’en pas finir, « %s », est lu en temps proportionnel à sa longueur', (motif) => {
  expect(lire(motif.repeat(600_000 / motif.length)).length).toBeLessThan(200_000);
});
