import { preuve, type Sert } from '../../core/capacites.ts';
import { accesCrises } from './crises.policy.ts';

const salles = () => [{ href: '/crises', libelle: 'Crises', qui: accesCrises }];

export const SERT: Sert = {
  crise: preuve('CRISE-01', salles),
  'main-courante': preuve('CRISE-06', salles),
  'fil-d-information': preuve('ALERTE-05', salles),
  'taches-de-crise': preuve('CRISE-14', salles),
};
