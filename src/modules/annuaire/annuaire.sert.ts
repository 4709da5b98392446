import { acces, accesMetier } from '../../core/authorize.ts';
import { preuve, type Sert } from '../../core/capacites.ts';

const lieux = { href: '/aide/trouver', libelle: 'Trouver un lieu', qui: acces.public };
const referents = { href: '/annuaire/referents', libelle: 'Référents et correspondants', qui: accesMetier };

export const SERT: Sert = {
  ressource: preuve('ORIENT-04', () => [lieux]),
  'annuaire-filtrable': preuve('OBS-03', () => [lieux]),
  accessibilite: preuve('PUBLIC-17', () => [lieux]),
  'reseau-de-lieux': preuve('ALERTE-06', () => [{ ...lieux, href: '/aide/trouver?lieu_sur=1', libelle: 'Lieux où se réfugier' }]),
  referent: preuve('CONV-33', () => [referents]),
  'carte-de-couverture': preuve('CONV-38', () => [referents]),
};
