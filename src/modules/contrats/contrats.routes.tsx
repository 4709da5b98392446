import { acces } from '../../core/authorize.ts';
import type { House } from '../../core/module.ts';
import { get, page, type Route } from '../../core/http/http.ts';
import { getCatalogue } from './contrats.queries.ts';
import { dispositifsRoutes } from './dispositifs/dispositifs.routes.tsx';
import { AccessibilitePage } from './pages/AccessibilitePage.tsx';
import { ContratPage } from './pages/ContratPage.tsx';
import { DonneesPage, MentionsPage } from './pages/MentionsPages.tsx';
import { AnomaliesPage, GlossairePage } from './pages/GlossairePage.tsx';

export const buildRoutes = (house: House): Route[] => [
  get('/contrat', acces.public, async (c) =>
    page({ titre: 'Le contrat', section: 'contrat', corps: <ContratPage catalogue={await getCatalogue(c.db, c.contrat.id)} /> }),
  ),
  get('/glossaire', acces.public, async (c) => page({ titre: 'Glossaire', corps: <GlossairePage catalogue={await getCatalogue(c.db, c.contrat.id)} /> })),
  get('/anomalies', acces.public, async (c) =>
    page({
      titre: 'À savoir sur le document',
      section: 'contrat',
      fil: [{ libelle: 'Le contrat', href: '/contrat' }],
      corps: <AnomaliesPage catalogue={await getCatalogue(c.db, c.contrat.id)} />,
    }),
  ),
  get('/accessibilite', acces.public, () => page({ titre: 'Accessibilité', corps: <AccessibilitePage /> })),
  get('/donnees', acces.public, async (c) => page({ titre: 'Données ouvertes', corps: <DonneesPage catalogue={await getCatalogue(c.db, c.contrat.id)} /> })),
  get('/mentions', acces.public, async (c) => page({ titre: 'Mentions légales', corps: <MentionsPage catalogue={await getCatalogue(c.db, c.contrat.id)} /> })),
  ...dispositifsRoutes(house),
];
