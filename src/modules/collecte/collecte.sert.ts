import { accesMetier } from '../../core/authorize.ts';
import { preuve, type Sert } from '../../core/capacites.ts';
import { seDonne, voie, type Voies } from '../../core/voies.ts';

export const SERT: Sert = {
  'campagne-de-collecte': preuve('INDIC-02', () => [{ href: '/collecte/campagnes', libelle: 'Campagnes', qui: accesMetier }]),
  'import-de-chiffres': preuve('INDIC-04', () => [{ href: '/collecte/campagnes', libelle: 'Campagnes', qui: accesMetier }]),
};

const ecrite: typeof seDonne = (m) => seDonne(m) && m.nature !== 'document' && m.nature !== 'enquete';

/** A document is given by its file or its address on the page; a cell of a workbook holds a number or a text. */
export const VOIES: Voies = {
  campagne: voie('2.6-01', seDonne),
  classeur: voie('2.6-01', ecrite),
  courriel: voie('2.6-01', ecrite),
  interface: voie('1.8-01', seDonne),
};
