/** Every component with its examples: what developers look at, and what the tests render. */
import { examples as abbr } from './Abbr.tsx';
import { examples as accordion } from './Accordion.tsx';
import { examples as actionBar } from './ActionBar.tsx';
import { examples as breadcrumbs } from './Breadcrumbs.tsx';
import { examples as button } from './Button.tsx';
import { examples as card } from './Card.tsx';
import { examples as cellInput } from './CellInput.tsx';
import { examples as barChart } from './charts/BarChart.tsx';
import { examples as chartFigure } from './charts/ChartFigure.tsx';
import { examples as lineChart } from './charts/LineChart.tsx';
import { examples as smallMultiples } from './charts/SmallMultiples.tsx';
import { examples as sparkline } from './charts/Sparkline.tsx';
import { examples as chiffre } from './Chiffre.tsx';
import { examples as choices } from './Choices.tsx';
import { examples as conflict } from './Conflict.tsx';
import { examples as dateInput } from './DateInput.tsx';
import { examples as details } from './Details.tsx';
import { examples as emptyState } from './EmptyState.tsx';
import { examples as errorMessage } from './ErrorMessage.tsx';
import { examples as errorSummary } from './ErrorSummary.tsx';
import { examples as annonces } from './Annonces.tsx';
import { examples as bandeau } from './Bandeau.tsx';
import { examples as exitThisPage } from './ExitThisPage.tsx';
import { examples as fieldset } from './Fieldset.tsx';
import { examples as fileUpload } from './FileUpload.tsx';
import { examples as filterPanel } from './FilterPanel.tsx';
import { examples as form } from './Form.tsx';
import { examples as identityBar } from './IdentityBar.tsx';
import { examples as insetText } from './InsetText.tsx';
import { examples as keyboardHelp } from './KeyboardHelp.tsx';
import { examples as mark } from './Mark.tsx';
import { examples as choroplethMap } from './maps/ChoroplethMap.tsx';
import { examples as tileMap } from './maps/TileMap.tsx';
import { examples as notificationBanner } from './NotificationBanner.tsx';
import { PageHeader, examples as pageHeader, Section } from './PageHeader.tsx';
import { examples as pagination } from './Pagination.tsx';
import { examples as panel } from './Panel.tsx';
import { examples as progressBar } from './ProgressBar.tsx';
import { examples as select } from './Select.tsx';
import { examples as subNavigation } from './SubNavigation.tsx';
import { examples as summaryList } from './SummaryList.tsx';
import { examples as table } from './Table.tsx';
import { examples as tabs } from './Tabs.tsx';
import { examples as tag } from './Tag.tsx';
import { examples as textarea } from './Textarea.tsx';
import { examples as textInput } from './TextInput.tsx';
import { examples as timeline } from './Timeline.tsx';
import type { Example } from './types.ts';
import { examples as warningText } from './WarningText.tsx';

interface Groupe {
  titre: string;
  composants: readonly { nom: string; examples: readonly Example[] }[];
}
const c = (nom: string, examples: readonly Example[]) => ({ nom, examples });

export const GALLERY: readonly Groupe[] = [
  {
    titre: 'Chiffres et données',
    composants: [
      c('Chiffre', chiffre),
      c('Card, StatTile', card),
      c('Table', table),
      c('SummaryList', summaryList),
      c('Tag', tag),
      c('Pagination', pagination),
      c('EmptyState', emptyState),
      c('Timeline', timeline),
    ],
  },
  {
    titre: 'Graphiques et cartes',
    composants: [
      c('LineChart', lineChart),
      c('BarChart', barChart),
      c('SmallMultiples', smallMultiples),
      c('Sparkline', sparkline),
      c('ChartFigure', chartFigure),
      c('TileMap', tileMap),
      c('ChoroplethMap', choroplethMap),
    ],
  },
  {
    titre: 'Formulaires',
    composants: [
      c('Button', button),
      c('Form', form),
      c('ErrorSummary', errorSummary),
      c('ErrorMessage', errorMessage),
      c('TextInput', textInput),
      c('CellInput', cellInput),
      c('Textarea', textarea),
      c('Select', select),
      c('Radios, Checkboxes', choices),
      c('DateInput', dateInput),
      c('FileUpload', fileUpload),
      c('Fieldset', fieldset),
      c('FilterPanel', filterPanel),
      c('ActionBar', actionBar),
    ],
  },
  {
    titre: 'Page et navigation',
    composants: [
      c('Mark', mark),
      c('PageHeader, Section, Columns', pageHeader),
      c('Breadcrumbs', breadcrumbs),
      c('SubNavigation', subNavigation),
      c('IdentityBar', identityBar),
      c('Tabs', tabs),
      c('Accordion', accordion),
      c('Details', details),
      c('KeyboardHelp', keyboardHelp),
      c('Abbr, GlossaryLink', abbr),
    ],
  },
  {
    titre: 'Messages',
    composants: [
      c('NotificationBanner', notificationBanner),
      c('Conflict', conflict),
      c('Panel', panel),
      c('WarningText', warningText),
      c('InsetText', insetText),
      c('ProgressBar, Steps', progressBar),
      c('Annonces', annonces),
      c('Bandeau', bandeau),
      c('ExitThisPage', exitThisPage),
    ],
  },
];

export function Gallery() {
  return (
    <>
      <PageHeader titre="Composants" chapo="Ce dont les pages de Concorde sont faites, avec des exemples." />
      {GALLERY.map((g) => (
        <Section key={g.titre} titre={g.titre}>
          {g.composants.map((composant) => (
            <Section key={composant.nom} titre={composant.nom} niveau={3}>
              {composant.examples.map((e) => (
                <div key={e.nom} className="c-galerie__exemple">
                  <p className="c-galerie__nom">{e.nom}</p>
                  {e.rendu}
                </div>
              ))}
            </Section>
          ))}
        </Section>
      ))}
    </>
  );
}
