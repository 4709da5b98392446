export type { Action, Catalogue, Fiche, Ligne, Mesure } from './catalogue.ts';
export { ErreurContrat } from './contrats.files.ts';
export { lireDemonstration, verifierPersonnes } from './demonstration.files.ts';
export { chargerContrat, fuseauDe, getCatalogue, getContratServi, listVersionsObjet, reverifierCatalogue } from './contrats.queries.ts';
export type { Acteur, Territoire, TypeInstance } from './contrats.schema.ts';
export { ancre, GENRES_RECHERCHE, type GenreRecherche } from './recherche/entrees.rules.ts';
export { choisirLieu, type Lieu, optionsDeLieu, TOUT } from './lieu.ts';
export { rechercher, type Resultats } from './recherche/recherche.queries.ts';
export { buildLocaliser, getContours, type Localiser } from './territoires/localisation.ts';
