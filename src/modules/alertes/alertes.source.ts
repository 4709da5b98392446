/**
 * Alerts as facts: what was spread, never an exercise nor the same written twice. An alert is of the day when it was spread, a brawl of the day when it took place.
 * Figures may be public; when and where each was is not.
 */
import { PETIT } from '../../core/petits-nombres.ts';
import type { DiffusionDifferee, SourceDeclaree } from '../../core/faits.ts';
import { GENRES, ISSUES, LISTES, PALIERS } from './reglement/reglement.ts';

/**
 * The bands, and the press, would read in a number that moves that the police was told, and of which quartier. Two months is what `/alertes/rixes` leaves out for partners
 * (`bilan.recul_mois`), the public reads no sooner; no place below the first level and neither tier nor outcome: each would be one evening.
 */
const DIFFUSION: DiffusionDifferee = {
  recul: 2,
  seuil: PETIT,
  grain: 'premier-niveau',
  dimensions: [],
  pourquoi: 'Qui guette ce nombre saurait qu’une alerte vient de partir, et où.',
};

export const sourceAlertes: SourceDeclaree = {
  nom: 'alertes',
  listes: [],
  listesPossibles: LISTES,
  pour: (lexique) => ({
    nom: 'alertes',
    libelle: 'Alertes diffusées',
    vue: 'faits_alertes',
    cle: 'uuid',
    dimensions: {
      palier: { libelle: 'Palier', type: 'liste', options: lexique.listes.get(PALIERS) ?? [] },
      genre: { libelle: 'Genre', type: 'liste', options: lexique.listes.get(GENRES) ?? [] },
      issue: { libelle: 'Issue', type: 'liste', options: lexique.listes.get(ISSUES) ?? [] },
      survenue: { libelle: 'Rixe survenue', type: 'booleen' },
    },
    quantites: {},
    fin: false,
    publique: false,
    diffusion: DIFFUSION,
    lien: (id) => `/alertes/${id}`,
  }),
};

export const sourceRixes: SourceDeclaree = {
  nom: 'rixes',
  listes: [],
  listesPossibles: [PALIERS, GENRES],
  pour: (lexique) => ({
    nom: 'rixes',
    libelle: 'Rixes survenues',
    vue: 'faits_rixes',
    cle: 'uuid',
    de: 'alertes',
    dimensions: {
      palier: { libelle: 'Palier', type: 'liste', options: lexique.listes.get(PALIERS) ?? [] },
      genre: { libelle: 'Genre', type: 'liste', options: lexique.listes.get(GENRES) ?? [] },
    },
    quantites: {},
    fin: false,
    publique: false,
    diffusion: DIFFUSION,
    lien: (id) => `/alertes/${id}`,
  }),
};
