import { type Lien, type Objet, preuve, type Sert } from '../../core/capacites.ts';
import { accesMetier } from '../../core/authorize.ts';

const liste = (filtre: string, libelle: string): Lien[] => [{ href: `/signalements${filtre}`, libelle, qui: accesMetier }];

/** The only register of this module: what residents ask, under the filters of its list. */
const demandes = ({ registre, ou = {} }: Objet): Lien[] | null =>
  registre === 'doleances' ? liste(`?${new URLSearchParams(Object.entries(ou).map(([code, v]) => [code, String(v)]))}`, 'Demandes d’habitants') : null;

export const SERT: Sert = {
  enregistrement: preuve('SIGN-01', demandes),
  'import-de-doleances': preuve('SIGN-01', () => liste('', 'Demandes d’habitants')),
};
