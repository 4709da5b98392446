import { expect, test } from 'vitest';
import { type Lieux, nomEntier } from './instances.noms.rules.ts';

const catalogue: Lieux = {
  racine: { id: 'paris' },
  territoires: new Map([
    ['paris', { id: 'paris', nom: 'Paris', court: 'Paris' }],
    ['m18', { id: 'm18', nom: 'Mairie du 18e', court: '18e', de: 'du 18e arrondissement' }],
    ['gare', { id: 'gare', nom: 'Quartier de la gare', court: 'Gare' }],
  ]),
  typesInstance: new Map([
    ['cspda', { nom: 'Conseil de sécurité', sigle: 'CSPDA' }],
    ['rixes', { nom: 'Cellule de veille sur les rixes', sigle: 'Veille rixes' }],
    ['clav', { nom: 'Comité local d’aide aux victimes' }],
  ]),
};
const dire = (type: string | null, nom: string, territoireId = 'm18', entier = '') => nomEntier({ type, nom, territoireId, nomEntier: entier }, catalogue);

test.each([
  ['cspda', 'CSPDA, 18e', 'Conseil de sécurité (CSPDA) du 18e arrondissement'],
  ['cspda', 'CSPDA restreint, 18e', 'Conseil de sécurité (CSPDA) restreint du 18e arrondissement'],
  ['cspda', 'CSPDA du 18e', 'Conseil de sécurité (CSPDA) du 18e arrondissement'],
  ['cspda', 'Conseil de sécurité, 18e', 'Conseil de sécurité du 18e arrondissement'],
  ['rixes', 'Veille rixes, 18e', 'Cellule de veille sur les rixes du 18e arrondissement'],
  ['clav', 'Comité local d’aide aux victimes', 'Comité local d’aide aux victimes du 18e arrondissement'],
  [null, 'Groupe du square', 'Groupe du square du 18e arrondissement'],
])('%s « %s » s’écrit « %s »', (type, nom, attendu) => {
  expect(dire(type, nom)).toBe(attendu);
});

test('au centre rien ne s’ajoute, un territoire sans complément suit une virgule, un nom écrit par une personne prime', () => {
  expect(dire('cspda', 'CSPDA', 'paris')).toBe('Conseil de sécurité (CSPDA)');
  expect(dire('cspda', 'CSPDA, Gare', 'gare')).toBe('Conseil de sécurité (CSPDA), Quartier de la gare');
  expect(dire('cspda', 'CSPDA, 18e', 'm18', 'Conseil de la Goutte d’Or')).toBe('Conseil de la Goutte d’Or');
});
