import { couper } from '../../../core/couper.ts';
import { contientMots } from '../../../core/mots.ts';
import { acces } from '../../../core/authorize.ts';
import { lesSiens } from '../../../core/capacites.ts';
import { blocksOf, servedOf } from '../../../core/house.ts';
import type { House } from '../../../core/module.ts';
import { introuvable } from '../../../core/errors.ts';
import { get, numeroDePage, page, type Route, texte } from '../../../core/http/http.ts';
import { getCatalogue } from '../contrats.queries.ts';
import { ETATS_SYSTEME, type EtatSysteme, servicesDe } from '../couverture.rules.ts';
import { DispositifPage } from './pages/DispositifPage.tsx';
import { DispositifsPage, type FiltresDispositifs } from './pages/DispositifsPage.tsx';

const PAR_PAGE = 50;
export const dispositifsRoutes = (house: House): Route[] => [
  /** 200 */
  get('/dispositifs', acces.public, async (c) => {
    const catalogue = await getCatalogue(c.db, c.contrat.id);
    const servi = await servedOf(house, c.db, c.contrat.id);
    const etat = ETATS_SYSTEME.find((e) => e === texte(c.requete.etat)) ?? '';
    const filtres: FiltresDispositifs = {
      q: couper(texte(c.requete.q), 100),
      archetype: texte(c.requete.archetype),
      etat,
      fiche: texte(c.requete.fiche),
    };
    const trouves = [...catalogue.systemes.values()]
      .filter(
        (s) =>
          (!filtres.archetype || s.archetype === filtres.archetype) &&
          (!filtres.fiche || s.fiches.includes(filtres.fiche)) &&
          contientMots(`${s.id} ${s.nom} ${s.porteur}`, filtres.q),
      )
      .map((systeme) => ({ systeme, service: servicesDe(catalogue, systeme, servi) }));
    const comptes = new Map<EtatSysteme, number>();
    for (const { service } of trouves) comptes.set(service.etat, (comptes.get(service.etat) ?? 0) + 1);
    const retenus = trouves.filter((t) => etat === '' || t.service.etat === etat);
    const n = numeroDePage(c);
    return page({
      titre: 'Dispositifs',
      section: 'dispositifs',
      fil: [{ libelle: 'Le contrat', href: '/contrat' }],
      corps: (
        <DispositifsPage
          catalogue={catalogue}
          lignes={retenus.slice((n - 1) * PAR_PAGE, n * PAR_PAGE)}
          comptes={comptes}
          total={retenus.length}
          page={n}
          parPage={PAR_PAGE}
          filtres={filtres}
        />
      ),
    });
  }),

  /** 200 · 404 */
  // What modules above say of a system is kept by partners.
  {
    ...get('/dispositifs/:id', acces.public, async (c) => {
      const catalogue = await getCatalogue(c.db, c.contrat.id);
      const systeme = catalogue.systemes.get(c.params.id ?? '');
      if (!systeme) throw introuvable('Ce dispositif');
      return page({
        titre: systeme.nom,
        section: 'dispositifs',
        fil: [
          { libelle: 'Le contrat', href: '/contrat' },
          { libelle: 'Dispositifs', href: '/dispositifs' },
        ],
        corps: (
          <DispositifPage
            catalogue={catalogue}
            systeme={systeme}
            service={servicesDe(catalogue, systeme, await servedOf(house, c.db, c.contrat.id))}
            ouvrables={(d) => lesSiens(d.liens ?? [], c.utilisateur)}
            blocs={await blocksOf(house, (m) => m.dispositif, c, { systeme: systeme.id })}
          />
        ),
      });
    }),
    plan: 'partenariat',
  },
];
