import { acces } from '../../core/authorize.ts';
import { get, numeroDePage, page, type Route, texte } from '../../core/http.ts';
import { auPlan } from '../../core/plans.ts';
import { getCatalogue } from './contrats.queries.ts';
import { AccessibilitePage } from './pages/AccessibilitePage.tsx';
import { ContratPage } from './pages/ContratPage.tsx';
import { DispositifsPage } from './pages/DispositifsPage.tsx';
import { DonneesPage, DonneesPersonnellesPage, MentionsPage } from './pages/MentionsPages.tsx';
import { AnomaliesPage, GlossairePage } from './pages/GlossairePage.tsx';

const PAR_PAGE = 50;
const cle = (t: string): string =>
  t
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase();

/** The same for everyone, signed in or not. */
export const routes: Route[] = auPlan('public', [
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
  get('/donnees-personnelles', acces.public, () => page({ titre: 'Données personnelles', corps: <DonneesPersonnellesPage /> })),
  get('/mentions', acces.public, async (c) => page({ titre: 'Mentions légales', corps: <MentionsPage catalogue={await getCatalogue(c.db, c.contrat.id)} /> })),
  get('/dispositifs', acces.public, async (c) => {
    const catalogue = await getCatalogue(c.db, c.contrat.id);
    const filtres = { q: texte(c.requete.q).slice(0, 100), archetype: texte(c.requete.archetype), etat: texte(c.requete.etat), fiche: texte(c.requete.fiche) };
    const trouves = [...catalogue.systemes.values()].filter(
      (s) =>
        (!filtres.archetype || s.archetype === filtres.archetype) &&
        (!filtres.etat || s.etat === filtres.etat) &&
        (!filtres.fiche || s.fiches.includes(filtres.fiche)) &&
        cle(`${s.id} ${s.nom} ${s.porteur}`).includes(cle(filtres.q)),
    );
    const n = numeroDePage(c);
    return page({
      titre: 'Dispositifs',
      section: 'dispositifs',
      fil: [{ libelle: 'Le contrat', href: '/contrat' }],
      corps: (
        <DispositifsPage
          catalogue={catalogue}
          systemes={trouves.slice((n - 1) * PAR_PAGE, n * PAR_PAGE)}
          total={trouves.length}
          page={n}
          parPage={PAR_PAGE}
          filtres={filtres}
        />
      ),
    });
  }),
]);
