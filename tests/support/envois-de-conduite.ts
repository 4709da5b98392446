/** What each form of the conduct of a crisis needs to be accepted. */
import { ouvrirSalle } from '../../src/modules/crises/conduite.fixtures.ts';
import type { AppDeTest } from './app.ts';

interface Exemple {
  url: string;
  champs: Record<string, string>;
  table: string;
}
/** `app`: asked when a form is sent, once the application is there. */
export const envoisDeConduite = (app: () => AppDeTest): Record<string, () => Promise<Exemple>> => {
  const dans =
    (suite: string, table: string, champs: Record<string, string>, exercice = false) =>
    async (): Promise<Exemple> => ({
      url: `${await ouvrirSalle(app(), { exercice })}${suite}`,
      champs,
      table,
    });
  return {
    '/crises/:crise/moyens': dans('/moyens', 'crise_moyens', { moyen: 'vpu', nombre: '1', lieu: 'Quai des Essais' }),
    '/crises/:crise/centres': dans('/centres', 'crise_centres', {
      genre: 'local',
      nom: 'Salle des Essais',
      adresse: '1 rue des Essais',
      territoire: 'mairie-18',
      capacite: '40',
      dans: '',
    }),
    '/crises/:crise/services': dans('/services', 'crise_services', {
      service: 'ecoles',
      lieu: '',
      territoire: 'mairie-18',
      etat: 'ferme',
      depuis: '',
      dit_par: 'MA',
      note: '',
    }),
    '/crises/:crise/fil': dans('/fil', 'crise_notes', { texte: 'Quais bas fermés.', origine: 'scop' }),
    '/crises/:crise/points': dans('/points', 'crise_points', {}),
    '/crises/:crise/exercice': dans('/exercice', 'exercices', { scenario: 'inondation', population: '', population_ou: '', etablissement: '' }, true),
    '/crises/:crise/retex/constats': dans('/retex/constats', 'retex_constats', { temps: 'chaud', nature: 'fort', texte: 'La radio a bien marché.' }),
  };
};
