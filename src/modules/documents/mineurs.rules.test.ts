import { describe, expect, test } from 'vitest';
import { mineursDuFichier, mineursNommes, presDUnAge } from './mineurs.rules.ts';

const CONNUS = new Set(['Grand Belleville', 'Aurore', 'Emmaüs Solidarité', 'Belleville', 'RATP', 'DPMP', 'Paris']);
const lire = (texte: string) => mineursNommes(texte, 2026, CONNUS);

describe('Un mineur nommé dans un texte', () => {
  test.each([
    ['Lucas, 14 ans, sera reçu.', 'Lucas'],
    ['LUCAS MARTIN, 14 ans.', 'LUCAS MARTIN'],
    ['LUCAS, 14 ANS', 'LUCAS'],
    ['Lina Morel, 14 ans, est suivie par le service.', 'Lina Morel'],
    ['Signalement de Paul D. né le 3 mai 2012.', 'Paul D.'],
    ['Lucas a 14 ans.', 'Lucas'],
    ['Inès (15 ans) et sa sœur.', 'Inès'],
    ['Le service reçoit Karim, qui a treize ans.', 'Karim'],
    ['Un garçon de 12 ans, Yanis, a été vu.', 'Yanis'],
    ['Le jeune de 16 ans, prénommé Yanis, a été vu.', 'Yanis'],
    ['MARTIN Lucas, date de naissance : 03/05/2012.', 'MARTIN Lucas'],
    ['Emma est née le 1er juin 2011 à Paris.', 'Emma'],
    ['La famille de Jean-Baptiste, scolarisé en 4e, 13 ans, demande.', 'Jean-Baptiste'],
    ['Fatou Diallo, élève de 6e, âgée de 11 ans.', 'Fatou Diallo'],
    ['Convoqué : Nathan, né en 2010.', 'Nathan'],
    ['Hier soir Lucas 14 ans était devant le hall.', 'Lucas'],
    ['Mme Durand suit Lucas, 14 ans.', 'Lucas'],
    ['Mlle Morel, 14 ans, est reçue.', 'Morel'],
    ['Un garçon de 14 ans (Yanis) est vu.', 'Yanis'],
    ['Emma, née en mai 2012.', 'Emma'],
    ['Emma Roy, né(e) le 3/5/12.', 'Emma Roy'],
    ['Le service a reçu Lucas : 14 ans.', 'Lucas'],
    ['14 ans, Lucas.', 'Lucas'],
  ])('« %s » est refusé', (texte, nom) => expect(lire(texte).refus).toBe(nom));

  test.each([
    ['Le mineur Karim Dulac a été vu devant le hall.', 'Karim Dulac'],
    ['L’élève Jeanne Petit-Jean est absente.', 'Jeanne Petit-Jean'],
    ['Le jeune Yanis est reçu.', 'Yanis'],
    ['Karim, mineur, est reçu.', 'Karim'],
    ['Anne Martin reçoit les jeunes.', 'Anne Martin'],
    ['KARIM est un enfant du hall.', 'KARIM'],
    ['Anne Martin, éducatrice, suit un garçon de 14 ans.', 'Anne Martin'],
    ['Aurore, 14 ans, est reçue.', 'Aurore'],
    ['Karim Dulac accueille les 12-17 ans.', 'Karim Dulac'],
    ['Pour les enfants de 6 à 12 ans, Marc Durand anime un atelier.', 'Marc Durand'],
    ['Contact : Marc Durand, 14 ans et plus.', 'Marc Durand'],
    ['L’accueil de Karim, 14 ans, est prévu.', 'Karim'],
    ['Le collège Lucie Aubrac a 14 ans.', 'Lucie Aubrac'],
    ['Noël, 14 ans, est reçu.', 'Noël'],
    ['Lucas est vu avec d’autres jeunes.', 'Lucas'],
    ['On a reçu lucas, 14 ans.', 'lucas, 14 ans'],
    ['Lucas Martin (03/05/2012) est reçu.', 'Lucas Martin'],
    ['Lucas : 14 ans', 'Lucas'],
  ])('« %s » est demandé, pas refusé', (texte, nom) => expect(lire(texte)).toMatchObject({ refus: null, doutes: expect.arrayContaining([nom]) }));

  test.each([
    'Accueil de mineurs : quatre dispositifs, deux mairies.',
    'Contact : Anne Martin, cheffe de service.',
    'Le gardien a 45 ans de métier, dit Marc Durand.',
    'Né en 1970, le quartier compte douze halls. Claire Simon coordonne.',
    'Les jeunes sont reçus le mercredi. Marie Blanc dirige la mission locale.',
    'Des rixes entre jeunes autour du collège Georges Brassens.',
    'Les mineurs suivis par la Protection Judiciaire de la Jeunesse.',
    'Les jeunes du quartier Grand Belleville.',
    'Les jeunes de Grand Belleville et de Paris.',
    'Depuis 10 ans, la RATP accueille des élèves.',
    'Un contrat de 5 ans lie Emmaüs Solidarité et la Ville.',
    'En 3 ans, Claire Simon a ouvert deux accueils.',
    'Rondes renforcées près des lycées, de 12 à 17 ans.',
    'Les Jeunes et les Enfants, au square Léon Blum.',
    'La DPMP et l’Éducation Nationale parlent aux collégiens.',
    'RONDES PRÈS DES LYCÉENS',
    'Claire Simon, vingt-deux ans de service, coordonne.',
    'M. Durand suit un mineur de 14 ans.',
    'À Noël, les jeunes de France sont reçus.',
    'Un élève, 14 ans, est reçu.',
    'Chacun est reçu avec les jeunes.',
    'Réunion du 12/10/2026 avec Marc Durand.',
    'Durée : 10 ans. Bail 9 ans.',
    'Il y a 12 ans, Marc Durand ouvrait ce foyer.',
    'Le programme fête ses 10 ans de présence avec Marc Durand.',
  ])('« %s » passe', (texte) => expect(lire(texte)).toEqual({ refus: null, doutes: [] }));

  test('le nom du fichier est lu aussi', () => {
    expect(mineursDuFichier('Lucas_Martin-14-ans.pdf', 2026)).toMatchObject({ refus: 'Lucas Martin' });
    expect(mineursDuFichier('MARTIN-Lucas_ne_le_03-05-2012.pdf', 2026)).toMatchObject({ refus: null });
    expect(mineursDuFichier('lucas-14-ans.pdf', 2026)).toEqual({ refus: null, doutes: ['lucas 14 ans'] });
    expect(mineursDuFichier('Fiche_eleve_Karim_Dulac.docx', 2026).refus).toBeNull();
    expect(mineursDuFichier('Note-jeunes_Belleville.pdf', 2026, CONNUS)).toEqual({ refus: null, doutes: [] });
    expect(mineursDuFichier('Bilan 2025.pdf', 2026)).toEqual({ refus: null, doutes: [] });
  });
  test('ce qui se lit ailleurs ne garde que ce qui touche un âge', () => {
    const lus = (t: string) => presDUnAge(t).map((n) => t.slice(n.de, n.a));
    expect(lus('Yanis, 14 ans, et MARTIN Lucas, né le 03/05/2012.')).toEqual(['Yanis', 'MARTIN Lucas']);
    expect(lus('Anne Martin suit un garçon de 14 ans ; le collège Lucie Aubrac a 14 ans.')).toEqual([]);
  });
});
