import { type Lien, preuve, type Sert } from '../../core/capacites.ts';
import { accesMetier } from '../../core/authorize.ts';

const alertes = (href: string, libelle: string): Lien[] => [{ href, libelle, qui: accesMetier }];

export const SERT: Sert = {
  alerte: preuve('ALERTE-01', () => alertes('/alertes', 'Alertes')),
  'liste-de-diffusion': preuve('ALERTE-04', () => alertes('/alertes/astreintes', 'Listes et astreintes')),
  'carte-des-rixes': preuve('OBS-12', () => alertes('/alertes/rixes', 'Bilan des rixes')),
  astreinte: preuve('CRISE-21', () => alertes('/alertes/astreintes', 'Listes et astreintes')),
};
