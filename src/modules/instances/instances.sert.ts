import { type Lien, type Objet, preuve, type Sert } from '../../core/capacites.ts';
import { acces, accesMetier } from '../../core/authorize.ts';

/** The page of the kind: its bodies, the last and next session of each; those that may not be known of are not on it. */
const page = ({ instance }: Objet): Lien[] => [
  instance
    ? { href: `/instances/types/${instance}`, libelle: 'Les instances de ce type', qui: accesMetier }
    : { href: '/instances', libelle: 'Les instances', qui: acces.public },
];
export const SERT: Sert = {
  composition: preuve('GOUV-05', page),
  cadence: preuve('GOUV-01', page),
  'couverture-des-mairies': preuve('GOUV-03', page),
  'acces-restreint': preuve('GOUV-28', page),
  'instance-parente': preuve('GOUV-02', page),
  'fiche-probleme': preuve('GOUV-12', page),
  'point-recurrent': preuve('GOUV-06', page),
  'dossier-en-seance': preuve('GOUV-35', page),
  remontee: preuve('GOUV-34', page),
  contribution: preuve('PUBLIC-27', () => [{ href: '/participer', libelle: 'Participer', qui: acces.public }]),
  'jour-et-nombre': preuve('GOUV-26', page),
};
