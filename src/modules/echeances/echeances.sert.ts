import { acces } from '../../core/authorize.ts';
import { preuve, type Sert } from '../../core/capacites.ts';

export const SERT: Sert = {
  'rappels-d-echeance': preuve('ALERTE-09', () => [{ href: '/echeances', libelle: 'Les échéances', qui: acces.public }]),
};
