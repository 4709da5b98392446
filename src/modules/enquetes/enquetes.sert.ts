import { acces } from '../../core/authorize.ts';
import { seDonne, voie, type Voies } from '../../core/voies.ts';
import { preuve, type Sert } from '../../core/capacites.ts';

const page = () => [{ href: '/enquetes', libelle: 'Enquêtes', qui: acces.public }];

/** Those whose definition the contract keeps are opened by a wave; any other of the kind waits for its file. */
export const VOIES: Voies = { enquete: voie('3.5-02', (m) => seDonne(m) && m.nature === 'enquete') };

export const SERT: Sert = {
  'vagues-d-enquete': preuve('INDIC-07', page),
  'formulaire-d-enquete': preuve('INDIC-09', page),
};
