import { expect, test } from 'vitest';
import { detecter, direTrouvailles, masquer } from './detecteur.rules.ts';

const genres = (t: string) => detecter(t).map((x) => x.genre);

test('ce qui dit qui est quelqu’un est trouvé, et masqué', () => {
  const cas: [string, string][] = [
    ['Mme Martin crie la nuit', '[nom] crie la nuit'],
    ['Monsieur Jean Le Goff laisse son chien', '[nom] laisse son chien'],
    ['le voisin s’appelle Mourad', 'le voisin [nom]'],
    ['c’est Karim Benali du 3e', 'c’est [nom] du 3e'],
    ['DUPONT Paul, mais aussi Paul DUPONT', 'DUPONT [nom], mais aussi [nom]'],
    ['le scooter AB-123-CD gêne', 'le scooter [plaque] gêne'],
    ['une clio ab 123 cd', 'une clio [plaque]'],
    ['la camionnette 4321 XY 75', 'la camionnette [plaque]'],
    ['rappelez le 06 12 34 56 78', 'rappelez le [téléphone]'],
    ['au +33 6 12.34.56.78 svp', 'au [téléphone] svp'],
    ['écrire à jean.durand@exemple.fr', 'écrire à [adresse électronique]'],
    ['un schizophrène sans traitement', 'un [santé] sans traitement'],
    ['Bruit chaque soir - Mme Martin crie au 3e', 'Bruit chaque soir - [nom] crie au 3e'],
    ['- Karim vend devant la porte', '- [nom] vend devant la porte'],
    ['au 12 rue Jean Jaurès Mme Martin crie', 'au 12 rue Jean Jaurès [nom] crie'],
    ['devant le parc avec Mme Dupont', 'devant le parc avec [nom]'],
    ['sur la place mon voisin Karim Benali hurle', 'sur la place mon voisin [nom] hurle'],
    ['au centre il y a Karim', 'au centre il y a [nom]'],
    ['devant l’école avec Mohamed Traoré', 'devant l’école avec [nom]'],
    ['yanis ou Yanis, 14 ans, vend', 'yanis ou [nom], 14 ans, vend'],
    ['KARIM BENALI vend au 3e', '[nom] vend au 3e'],
    ['ces connards du rez-de-chaussée', 'ces […] du rez-de-chaussée'],
  ];
  for (const [texte, masque] of cas) expect(masquer(texte), texte).toBe(masque);
});

test('ce qui nomme un lieu, une heure, un numéro de rue ou une fonction n’est pas touché', () => {
  const justes = [
    'Devant le 12 rue Jean Jaurès, vers 23 h 30',
    'Au square Marie Curie et à la station Jean Moulin',
    'École Paul Bert, entrée rue Pierre Leroux',
    'Musique forte tous les samedis de 22 h à 4 h, immeuble C, 3e étage',
    'Madame la maire a été prévenue, Monsieur le gardien aussi',
    'Le 3975 a répondu ; bus 26 arrêté 15 minutes',
    'Dix personnes, poubelles renversées, 75018 Paris',
    'PIERRE JETÉE RUE VICTOR HUGO, pour les 12-14 ans',
    'Éclairer le boulodrome Paul Éluard et la médiathèque Françoise Sagan',
    'Le 15 mai 2026, lettre recommandée no 1234',
  ];
  for (const t of justes) expect(genres(t), t).toEqual([]);
});

test('dit ce qu’il a trouvé, dans l’ordre du texte', () => {
  expect(direTrouvailles(detecter('Mme Martin, voiture AB-123-CD'))).toBe(
    'un nom de personne (« Mme Martin ») et une plaque d’immatriculation (« AB-123-CD »)',
  );
  expect(direTrouvailles([])).toBe('');
});
