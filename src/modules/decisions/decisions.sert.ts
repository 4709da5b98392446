import { accesMetier, acces } from '../../core/authorize.ts';
import { type Lien, type Objet, preuve, type Sert } from '../../core/capacites.ts';

/** The page of the kind of body, which leads to what each decided; or the bodies. */
const page = ({ instance }: Objet): Lien[] => [
  instance
    ? { href: `/instances/types/${instance}`, libelle: 'Les instances de ce type', qui: accesMetier }
    : { href: '/instances', libelle: 'Les instances', qui: acces.public },
];

export const SERT: Sert = {
  decisions: preuve('GOUV-01', page),
  'decisions-par-ligne': preuve('GOUV-46', page),
};
