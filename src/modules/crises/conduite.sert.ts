import { preuve, type Sert } from '../../core/capacites.ts';
import { accesCrises } from './crises.policy.ts';

const salles = () => [{ href: '/crises', libelle: 'Crises', qui: accesCrises }];

/** The list of victims (CRISE-15) is nobody's here: out of scope, with its reason, in `systemes.yaml`. */
export const SERT_DE_CONDUITE: Sert = {
  'moyens-de-crise': preuve('CRISE-09', salles),
  'centre-d-accueil': preuve('CRISE-12', salles),
  equipements: preuve('CRISE-23', salles),
  exercice: preuve('CRISE-18', salles),
  retex: preuve('CRISE-19', salles),
};
