export type { Action, Catalogue, Fiche, Indicateur, Ligne, Mesure, TexteOfficiel } from './catalogue.ts';
export { ErreurContrat, lireDemonstration } from './contrats.files.ts';
export { chargerContrat, getCatalogue, listVersionsObjet, oublierCatalogue, saveTextes } from './contrats.queries.ts';
export type { Acteur, ContratLu, DemonstrationFichier, Systeme, Terme, Territoire } from './contrats.schema.ts';
export { type Couverture, couvrir, etatSysteme, MODULES } from './couverture.rules.ts';
export { ancre, GENRES_RECHERCHE, type GenreRecherche } from './recherche/entrees.rules.ts';
export { rechercher, type Resultats } from './recherche/recherche.queries.ts';
export { importerContours } from './territoires/importer.ts';
export { buildLocaliser, type Localiser } from './territoires/localisation.ts';
