/** Meetings as facts: what the contract's measures on meetings count. */
import type { SourceDeFaits } from '../indicateurs/index.ts';
import { dimensions, libellesAjoutes } from '../instances/index.ts';

/**
 * Sessions that met. The figures are public; the list of their days is not: the view also holds restricted bodies and
 * nominative cells, and a day beside a place would tell the public when these met.
 */
export const sourceReunions: SourceDeFaits = {
  nom: 'reunions',
  libelle: 'Réunions des instances',
  vue: 'faits_reunions',
  dimensions,
  quantites: { presents: { libelle: 'Personnes présentes ou représentées', unite: 'personnes' } },
  cle: 'uuid',
  fin: false,
  publique: false,
  // A cell that meets tonight says that something happens. A month later, a number of meetings says no day.
  diffusion: {
    recul: 1,
    seuil: 0,
    grain: 'premier-niveau',
    dimensions: ['type'],
    pourquoi: 'Une cellule qui se réunit ce soir dit que quelque chose se passe.',
  },
  libellesAjoutes,
  lien: (id) => `/seances/${id}`,
};

/** Sessions of confidential cells, a number for each finished month of each: the last day of the month stands for it, and no session has one. */
export const sourceReunionsDeCellules: SourceDeFaits = {
  nom: 'reunions_de_cellules',
  libelle: 'Réunions des cellules, par mois fini',
  vue: 'faits_reunions_de_cellules',
  dimensions: { genre: { libelle: 'Genre de cellule', type: 'texte' } },
  quantites: { reunions: { libelle: 'Réunions', unite: 'réunions' } },
  cle: 'uuid',
  fin: false,
  publique: false,
  // As the meetings beside which they are added up.
  diffusion: {
    recul: 1,
    seuil: 0,
    grain: 'premier-niveau',
    dimensions: ['genre'],
    pourquoi: 'Une cellule qui se réunit ce soir dit que quelque chose se passe.',
  },
  lien: () => '/cellules/tableau',
};
