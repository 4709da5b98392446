import { preuve, type Sert } from '../../core/capacites.ts';
import { acces } from '../../core/authorize.ts';

const page = (href: string, libelle: string) => () => [{ href, libelle, qui: acces.public }];

export const SERT: Sert = {
  catalogue: preuve('CONTRAT-01', page('/contrat', 'Le contrat')),
  recherche: preuve('CONTRAT-01', page('/recherche', 'Rechercher dans le contrat')),
  'texte-officiel': preuve('CONTRAT-01', page('/contrat', 'Le contrat')),
  glossaire: preuve('OBS-10', page('/glossaire', 'Le glossaire')),
};
