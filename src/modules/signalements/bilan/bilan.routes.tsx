/** What became of what residents reported, for everyone: by month and by place, from kept counts alone. */
import { acces } from '../../../core/authorize.ts';
import { jourDe } from '../../../core/clock.ts';
import { get, page, type Route, texte } from '../../../core/http/http.ts';
import { getCatalogue } from '../../contrats/index.ts';
import type { Circuits } from '../circuits/circuits.ts';
import { listMois } from './bilan.queries.ts';
import { douzeMois, enLigne, additionner, grouper } from './bilan.rules.ts';
import { BilanPage } from './BilanPage.tsx';

export const bilanRoutes = (circuits: Circuits): Route[] => {
  // What partners ask each other, and what is reserved to services, is not told place by place.
  const publics = [...circuits.values()].filter((c) => c.declarants.public && c.lecture === 'partenaires');
  return [
    /** 200: `?territoire=` a place, all of the contract without it; `?mois=2026-05` the last of twelve months. */
    get('/signaler/bilan', acces.public, async (c) => {
      const catalogue = await getCatalogue(c.db, c.contrat.id);
      const courant = jourDe(c.maintenant).slice(0, 7);
      const dit = texte(c.requete.mois);
      const mois = /^20\d{2}-(0[1-9]|1[0-2])$/.test(dit) && dit <= courant ? dit : courant;
      const lieu = catalogue.territoires.get(texte(c.requete.territoire)) ?? catalogue.racine;
      const comptes = await listMois(c.db, c.contrat.id, {
        circuits: publics.map((x) => x.code),
        territoires: lieu.id === catalogue.racine.id ? undefined : catalogue.descendants(lieu.id),
        ...douzeMois(mois),
      });
      // Each place under this one, with what lies in it.
      const enfant = (id: string) => catalogue.enfants(lieu.id).find((t) => catalogue.contient(t.id, id))?.id ?? lieu.id;
      return page({
        titre: 'Vous avez signalé, nous avons fait',
        fil: [{ libelle: 'Signaler', href: '/signaler' }],
        corps: (
          <BilanPage
            catalogue={catalogue}
            lieu={lieu}
            mois={mois}
            total={enLigne('', additionner(comptes))}
            parMois={grouper(comptes, (x) => x.mois.slice(0, 7)).sort((a, b) => (a.cle < b.cle ? 1 : -1))}
            parLieu={grouper(comptes, (x) => enfant(x.territoireId))}
            parCircuit={grouper(comptes, (x) => x.circuit)}
            circuits={circuits}
          />
        ),
      });
    }),
  ];
};
