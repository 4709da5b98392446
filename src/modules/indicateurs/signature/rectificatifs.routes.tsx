/** The public errata: a page, and a feed for who follows it from elsewhere. */
import { acces } from '../../../core/authorize.ts';
import { fichier, get, numeroDePage, page, type Route } from '../../../core/http/http.ts';
import { getCatalogue } from '../../contrats/index.ts';
import { fluxAtom } from './rectificatifs.atom.ts';
import { listRectificatifs } from './rectificatifs.queries.ts';
import { RectificatifsPage } from './RectificatifsPage.tsx';

const PAR_PAGE = 25;
const DANS_LE_FLUX = 100;

/** `adresse`: public address of the platform, which a feed says whole. */
export const rectificatifsRoutes = (adresse: string): Route[] => [
  get('/rectificatifs', acces.public, async (c) => {
    const cat = await getCatalogue(c.db, c.contrat.id);
    const n = numeroDePage(c);
    const lus = await listRectificatifs(c.db, cat, {}, { limite: PAR_PAGE, depuis: (n - 1) * PAR_PAGE });
    return page({
      titre: 'Rectificatifs',
      section: 'barometre',
      fil: [{ libelle: 'Baromètre', href: '/barometre' }],
      corps: <RectificatifsPage catalogue={cat} {...lus} page={n} parPage={PAR_PAGE} />,
    });
  }),
  get('/rectificatifs.xml', acces.public, async (c) => {
    const cat = await getCatalogue(c.db, c.contrat.id);
    const { rectificatifs } = await listRectificatifs(c.db, cat, {}, { limite: DANS_LE_FLUX, depuis: 0 });
    return fichier(fluxAtom(cat, rectificatifs, adresse), {
      nom: 'rectificatifs.xml',
      type: 'application/atom+xml; charset=utf-8',
      affiche: true,
      licence: cat.contrat.licence,
    });
  }),
];
