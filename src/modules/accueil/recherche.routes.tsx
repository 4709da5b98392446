/** The page of the search box. */
import { acces, auTravail } from '../../core/authorize.ts';
import { lireEnsemble } from '../../core/base/database.ts';
import { get, numeroDePage, page, type Route, texte } from '../../core/http/http.ts';
import type { House } from '../../core/module.ts';
import { choisirLieu, getCatalogue, rechercher } from '../contrats/index.ts';
import { RecherchePage } from './pages/RecherchePage.tsx';
import { chercherPartout } from './recherche.ts';

const PAR_PAGE = 30;

export const buildRechercheRoutes = (house: House): Route[] => [
  /** 200: the contract for anyone, beside it what this person may read */
  get('/recherche', acces.public, async (c) => {
    const q = texte(c.requete.q).slice(0, 200);
    const genre = texte(c.requete.genre);
    const n = numeroDePage(c);
    const catalogue = await getCatalogue(c.db, c.contrat.id);
    const lieu = choisirLieu(c.utilisateur, texte(c.requete.territoire), catalogue);
    const [resultats, groupes] =
      q === ''
        ? [null, []]
        : await lireEnsemble(c.db, [
            () => rechercher(c.db, c.contrat.id, q, { parPage: PAR_PAGE, page: n, genre: genre || null }),
            // Beside the first page of everything: who chose a kind of entry has left them.
            () => (genre === '' && n === 1 ? chercherPartout(house, c, { q, catalogue, lieu }) : []),
          ]);
    return page({
      titre: q ? `Recherche : ${q}` : 'Rechercher',
      corps: (
        <RecherchePage
          q={q}
          genre={genre}
          page={n}
          parPage={PAR_PAGE}
          resultats={resultats}
          groupes={groupes}
          lieu={lieu}
          connecte={auTravail(c.utilisateur)}
        />
      ),
    });
  }),
];
