import { preuve, type Sert } from '../../core/capacites.ts';
import { acces, accesMetier } from '../../core/authorize.ts';

export const SERT: Sert = {
  'bilan-annuel': preuve('INDIC-17', () => [{ href: '/bilan', libelle: 'Le bilan annuel', qui: acces.public }]),
  'document-diffuse': preuve('OPE-39', () => [{ href: '/documents-diffuses', libelle: 'Documents à lire', qui: accesMetier }]),
};
