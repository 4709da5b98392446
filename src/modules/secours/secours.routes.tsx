/** Help, the same for everybody: numbers by need, in each language, and to whom to report what. 200; 404 a language that it does not speak. */
import { acces } from '../../core/authorize.ts';
import { introuvable } from '../../core/errors.ts';
import { get, type Route } from '../../core/http/http.ts';
import type { Services } from '../../core/module.ts';
import { buildDemarchesRoutes } from './demarches/demarches.routes.tsx';
import { buildGuideRoutes } from './guide/guide.routes.tsx';
import { LANGUES } from './langues/langues.ts';
import { NumerosPage, SansNumeros } from './pages/NumerosPage.tsx';
import { SignalerPage } from './pages/SignalerPage.tsx';
import { enSecours } from './secours.cadre.ts';
import { chargerSecours, type Secours } from './secours.donnees.ts';
import { PAGES, type PageDAide } from './secours.schema.ts';
import { lireNumeros } from './verifications/lire.ts';
import { buildVerificationsRoutes } from './verifications/verifications.routes.tsx';

export async function buildRoutes(services: Pick<Services, 'dossierContrat'>): Promise<Route[]> {
  const s = await chargerSecours(services.dossierContrat);
  return [
    ...PAGES.flatMap((p) => numerosRoutes(p, s)),
    get(
      '/signaler',
      acces.public,
      async (c) => enSecours({ titre: 'Signaler', corps: s.numeros ? <SignalerPage s={await lireNumeros(c, s.numeros)} /> : <SansNumeros /> }),
      {
        secours: ['/signaler'],
      },
    ),
    ...buildVerificationsRoutes(s.numeros),
    ...buildGuideRoutes(s),
    ...buildDemarchesRoutes(s),
  ];
}

function numerosRoutes(p: PageDAide, { numeros, guide, traductions }: Secours): Route[] {
  const langues = [...traductions.keys()];
  const commun = { page: p, langues, guide: guide !== null };
  return [
    get(
      `/${p}`,
      acces.public,
      async (c) =>
        enSecours({ corps: numeros ? <NumerosPage {...commun} s={await lireNumeros(c, numeros)} langue={null} traduction={null} /> : <SansNumeros /> }),
      {
        secours: [`/${p}`],
      },
    ),
    get(
      `/${p}/:langue`,
      acces.public,
      async (c) => {
        const langue = c.params.langue ?? '';
        const traduction = traductions.get(langue);
        const mots = LANGUES[langue];
        if (!numeros || !traduction || !mots) throw introuvable('Cette page d’aide');
        return enSecours({
          titre: mots.titrePage,
          langue: mots.langue,
          quitter: mots,
          corps: <NumerosPage {...commun} s={await lireNumeros(c, numeros)} langue={langue} traduction={traduction} />,
        });
      },
      { secours: langues.map((l) => `/${p}/${l}`) },
    ),
  ];
}
