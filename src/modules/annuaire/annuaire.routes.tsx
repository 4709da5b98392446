import { couper } from '../../core/couper.ts';
import { contientMots } from '../../core/mots.ts';
import { acces } from '../../core/authorize.ts';
import { introuvable } from '../../core/errors.ts';
import { get, numeroDePage, page, type Route, texte } from '../../core/http/http.ts';
import { getCatalogue } from '../contrats/index.ts';
import { ActeurPage } from './pages/ActeurPage.tsx';
import { ActeursPage } from './pages/ActeursPage.tsx';

const PAR_PAGE = 50;
export const routes: Route[] = [
  get('/acteurs', acces.public, async (c) => {
    const catalogue = await getCatalogue(c.db, c.contrat.id);
    const filtres = { q: couper(texte(c.requete.q), 100), type: texte(c.requete.type) };
    const tous = [...catalogue.acteurs.values()];
    const trouves = tous.filter((a) => (!filtres.type || a.type === filtres.type) && contientMots(`${a.nom} ${a.sigle ?? ''}`, filtres.q));
    const n = numeroDePage(c);
    return page({
      titre: 'Acteurs',
      section: 'acteurs',
      corps: (
        <ActeursPage
          catalogue={catalogue}
          acteurs={trouves.slice((n - 1) * PAR_PAGE, n * PAR_PAGE)}
          total={trouves.length}
          page={n}
          parPage={PAR_PAGE}
          types={[...new Set(tous.map((a) => a.type))].sort()}
          filtres={filtres}
        />
      ),
    });
  }),
  get('/acteurs/:id', acces.public, async (c) => {
    const catalogue = await getCatalogue(c.db, c.contrat.id);
    const acteur = catalogue.acteurs.get(c.params.id ?? '');
    if (!acteur) throw introuvable('Cet acteur');
    return page({
      titre: acteur.nom,
      section: 'acteurs',
      fil: [{ libelle: 'Acteurs', href: '/acteurs' }],
      corps: <ActeurPage catalogue={catalogue} acteur={acteur} />,
    });
  }),
];
