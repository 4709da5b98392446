import { expect, test } from 'vitest';
import { groupesNommes } from './groupes.rules.ts';

test('un nom de groupe est trouvé, écrit au pouce ou en tête de phrase aussi', () => {
  for (const t of [
    'la bande de Riquet arrive',
    'la bande de riquet arrive',
    'Bande à Riquet devant le hall',
    'le groupe des Bleus',
    'le gang « des cafards »',
    'un clan Machin',
    'des jeunes surnommés Les Loups',
    'ils se font appeler les loups',
    'Les Bleus contre ceux du 19',
    'les riquets contre les autres',
  ])
    expect([t, groupesNommes(t).length]).toEqual([t, 1]);
});

test('ce qu’une alerte dit sans nommer personne passe, majuscule en tête comprise', () => {
  for (const t of [
    'Groupe de jeunes devant le collège',
    'Bande de jeunes armés',
    'Groupes face à face',
    'Bandes rivales place Hébert',
    'Deux groupes devant Jean Jaurès',
    'deux groupes devant le collège Jean Jaurès',
    'Un groupe d’une trentaine de jeunes, rue Riquet',
    'Groupe du Collège Utrillo, vingt élèves',
    'l’équipe de la Ville est venue',
    'bande de trottoir',
    'Une bande d’une dizaine de garçons court vers le métro',
    'Les jeunes contre les policiers',
    'Le groupe se disperse. Une patrouille passe',
  ])
    expect([t, groupesNommes(t)]).toEqual([t, []]);
});
