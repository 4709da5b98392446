import { acces, accesMetier } from '../../core/authorize.ts';
import { type Lien, type Objet, preuve, type Sert } from '../../core/capacites.ts';

/** The page of the kind of body, which leads to the sessions of each. */
const page = ({ instance }: Objet): Lien[] => [
  instance
    ? { href: `/instances/types/${instance}`, libelle: 'Les instances de ce type', qui: accesMetier }
    : { href: '/instances', libelle: 'Les instances', qui: acces.public },
];
const publiques = ({ instance = '' }: Objet): Lien[] => [
  ...page({ instance }),
  { href: `/instances?type=${instance}`, libelle: 'Les instances et leurs comptes rendus', qui: acces.public },
];

export const SERT: Sert = {
  convocation: preuve('GOUV-14', page),
  'ordre-du-jour': preuve('GOUV-01', page),
  releve: preuve('GOUV-01', page),
  'compte-rendu-public': preuve('PUBLIC-32', publiques),
  'reunions-comptees': preuve('GOUV-18', page),
  vote: preuve('GOUV-03', page),
  pieces: preuve('GOUV-49', page),
};
