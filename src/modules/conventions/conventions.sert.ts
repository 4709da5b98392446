import { accesMetier } from '../../core/authorize.ts';
import { type Lien, type Objet, preuve, type Sert } from '../../core/capacites.ts';
import type { Nature } from './conventions.rules.ts';

/** The acts of the system that asks, or those of that nature. */
const actes =
  (libelle: string, nature: Nature) =>
  ({ systeme }: Objet): Lien[] => [{ href: systeme ? `/conventions?systeme=${systeme}` : `/conventions?nature=${nature}`, libelle, qui: accesMetier }];

export const SERT: Sert = {
  convention: preuve('CONV-01', actes('Conventions et protocoles', 'convention')),
  charte: preuve('CONV-22', actes('Chartes et signataires', 'charte')),
  acte: preuve('CONV-47', actes('Arrêtés et périmètres', 'arrete')),
  'protocole-de-site': preuve('CONV-27', actes('Protocoles de site', 'protocole-site')),
};
