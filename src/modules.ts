/** The house, from the ground up: the only list of modules. Each one is described by its own manifest. */
import { buildHouse } from './core/house.ts';
import accueil from './modules/accueil/accueil.module.ts';
import alertes from './modules/alertes/alertes.module.ts';
import annuaire from './modules/annuaire/annuaire.module.ts';
import cellules from './modules/cellules/cellules.module.ts';
import collecte from './modules/collecte/collecte.module.ts';
import comptes from './modules/comptes/comptes.module.tsx';
import conventions from './modules/conventions/conventions.module.ts';
import contrats from './modules/contrats/contrats.module.ts';
import decisions from './modules/decisions/decisions.module.tsx';
import documents from './modules/documents/documents.module.ts';
import echeances from './modules/echeances/echeances.module.tsx';
import crises from './modules/crises/crises.module.ts';
import enquetes from './modules/enquetes/enquetes.module.ts';
import indicateurs from './modules/indicateurs/indicateurs.module.ts';
import instances from './modules/instances/instances.module.tsx';
import publications from './modules/publications/publications.module.ts';
import registres from './modules/registres/registres.module.ts';
import seances from './modules/seances/seances.module.ts';
import secours from './modules/secours/secours.module.ts';
import signalements from './modules/signalements/signalements.module.ts';

const MODULES = [
  contrats,
  echeances,
  comptes,
  annuaire,
  documents,
  cellules,
  secours,
  indicateurs,
  collecte,
  enquetes,
  registres,
  decisions,
  signalements,
  instances,
  conventions,
  seances,
  alertes,
  crises,
  publications,
  accueil,
];

export const HOUSE = buildHouse(MODULES);
