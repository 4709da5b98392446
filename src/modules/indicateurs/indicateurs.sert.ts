import { type Lien, type Objet, preuve, type Sert } from '../../core/capacites.ts';
import { seDonne, voie, type Voies } from '../../core/voies.ts';
import { acces, accesMetier } from '../../core/authorize.ts';

/** The proof of each figure is public; what is still to be provided is for those at work. */
const liens = ({ mesures }: Objet): Lien[] =>
  mesures
    ? mesures.map((id) => ({ href: `/chiffres/${id}`, libelle: `Chiffre ${id}`, qui: acces.public }))
    : [{ href: '/chiffres', libelle: 'Chiffres à fournir', qui: accesMetier }];

/** Shown on the page of the system too. */
const suivis = (): Lien[] => [{ href: '/chiffres/suivis', libelle: 'Chiffres de suivi', qui: accesMetier }];

export const SERT: Sert = {
  chiffre: preuve('CELL-08', liens),
  'chiffre-compte': preuve('OPE-23', liens),
  recit: preuve('GOUV-20', liens),
  'secret-statistique': preuve('CELL-08', liens),
  ventilations: preuve('INDIC-01', liens),
  'parts-par-structure': preuve('INDIC-03', liens),
  'periodes-emboitees': preuve('INDIC-03', liens),
  'effectif-propre': preuve('CELL-20', suivis),
  'chiffre-de-suivi': preuve('OPE-21', suivis),
};

/** A computed figure follows its records; any other has its form, for whoever owes it. */
export const VOIES: Voies = {
  calcul: voie('3.1-06', (m) => m.obtention === 'calcul'),
  formulaire: voie('1.8-01', seDonne),
  recit: voie('3.3-04b', (m) => seDonne(m) && m.nature === 'bilan qualitatif'),
};
