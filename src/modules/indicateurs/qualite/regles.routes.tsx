/** Rules of quality: what each says, why it is true, what it caught. */
import { accesMetier } from '../../../core/authorize.ts';
import { introuvable } from '../../../core/errors.ts';
import { get, numeroDePage, page, type Route } from '../../../core/http/http.ts';
import { getCatalogue } from '../../contrats/index.ts';
import { listBilans, listPrises } from './controles.queries.ts';
import { ReglePage } from './pages/ReglePage.tsx';
import { ReglesPage } from './pages/ReglesPage.tsx';
import { listRegles } from './regles.rules.ts';

const PAR_PAGE = 20;
const FIL = [{ libelle: 'Chiffres à fournir', href: '/chiffres' }];

export const reglesRoutes: Route[] = [
  /** 200 every rule in force, a page at a time. */
  get('/chiffres/regles', accesMetier, async (c) => {
    const catalogue = await getCatalogue(c.db, c.contrat.id);
    const regles = listRegles(catalogue);
    const n = numeroDePage(c);
    const ici = regles.slice((n - 1) * PAR_PAGE, n * PAR_PAGE);
    const bilans = await listBilans(
      c.db,
      c.contrat.id,
      ici.map((r) => r.id),
    );
    return page({
      titre: 'Règles de qualité',
      largeur: 'travail',
      section: 'chiffres',
      fil: FIL,
      corps: <ReglesPage regles={ici} bilans={bilans} page={n} parPage={PAR_PAGE} total={regles.length} />,
    });
  }),
  /** 200 what one rule caught, a page at a time; 404 no such rule. */
  get('/chiffres/regles/:controle', accesMetier, async (c) => {
    const catalogue = await getCatalogue(c.db, c.contrat.id);
    const regle = listRegles(catalogue).find((r) => r.id === c.params.controle);
    if (!regle) throw introuvable('Cette règle');
    const n = numeroDePage(c);
    const { prises, total } = await listPrises(c.db, c.contrat.id, regle.id, { depuis: (n - 1) * PAR_PAGE, limite: PAR_PAGE });
    return page({
      titre: regle.libelle,
      largeur: 'travail',
      section: 'chiffres',
      fil: [...FIL, { libelle: 'Règles de qualité', href: '/chiffres/regles' }],
      corps: <ReglePage regle={regle} catalogue={catalogue} prises={prises} page={n} parPage={PAR_PAGE} total={total} />,
    });
  }),
];
