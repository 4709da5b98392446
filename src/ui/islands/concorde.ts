/** The one module of every page: nothing here is needed to use the page, it only makes it quicker. */
import { Accordion, Button, CharacterCount, Checkboxes, createAll, ErrorSummary, SkipLink, Tabs } from 'govuk-frontend';
import { startCles } from './parts/cles.ts';
import { startClavier } from './parts/clavier.ts';
import { startDepart } from './parts/depart.ts';
import { startFiltres } from './parts/filtres.ts';
import { startMots } from './parts/mots.ts';
import { startSortie } from './parts/quitter.ts';
import { startProgression } from './parts/progression.ts';
import { startRevelations } from './parts/revelations.ts';
import { startSelection } from './parts/selection.ts';
import { startSommes } from './parts/sommes.ts';

document.body.classList.add('js-enabled', 'govuk-frontend-supported');
for (const composant of [Accordion, Button, CharacterCount, Checkboxes, ErrorSummary, SkipLink, Tabs]) createAll(composant);
startSortie();
startDepart();
startFiltres();
startSelection();
startSommes();
startMots();
startRevelations();
startProgression();
startClavier();
startCles();
