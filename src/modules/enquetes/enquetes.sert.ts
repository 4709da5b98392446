import { acces } from '../../core/authorize.ts';
import { preuve, type Sert } from '../../core/capacites.ts';

const page = () => [{ href: '/enquetes', libelle: 'Enquêtes', qui: acces.public }];

export const SERT: Sert = {
  'vagues-d-enquete': preuve('INDIC-07', page),
  'formulaire-d-enquete': preuve('INDIC-09', page),
};
