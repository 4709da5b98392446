/** The rooms that this person may enter. */

import { get, page, type Route } from '../../../core/http/http.ts';
import { getCatalogue } from '../../contrats/index.ts';
import { accesCrises, peutEntrer, peutOuvrir } from '../crises.policy.ts';
import { listCrises } from '../crises.queries.ts';
import type { Outils } from '../crises.outils.ts';
import { travail } from './cadre.ts';
import { CrisesPage } from '../pages/CrisesPage.tsx';

export const buildListeRoutes = ({ cadre }: Outils): Route[] => [
  /** 200 the rooms of this person; 403 no work here. */
  get('/crises', accesCrises, async (c) => {
    const cat = await getCatalogue(c.db, c.contrat.id);
    const toutes = await listCrises(c.db, c.contrat.id);
    const miennes = toutes.filter((x) => peutEntrer(c.utilisateur, x, cat.contient));
    const ouvre = [...cat.territoires.keys()].some((territoireId) => peutOuvrir(c.utilisateur, { territoireId, fiche: cadre.fiche }, cat.contient));
    return page({ ...travail, titre: 'Crises', corps: <CrisesPage crises={miennes} cadre={cadre} cat={cat} ouvre={ouvre} /> });
  }),
];
