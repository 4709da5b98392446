import { rm } from 'node:fs/promises';
import { acces } from '../../../core/authorize.ts';
import { get, page, type Route, texte } from '../../../core/http/http.ts';
import type { Tache } from '../../../core/jobs/jobs.ts';
import { auPlan } from '../../../core/base/plans.ts';
import { choisirLieu, getCatalogue } from '../../contrats/index.ts';
import { ObservatoirePage } from './ObservatoirePage.tsx';
import { sommeSerie } from './ssmsi.rules.ts';
import { getSerie, importerSsmsi, listIndicateursContexte } from './ssmsi.ts';

/** Published statistics: the same rows for everyone. */
export const routes: Route[] = auPlan('public', [
  get('/observatoire', acces.public, async (c) => {
    const catalogue = await getCatalogue(c.db, c.contrat.id);
    const indicateurs = await listIndicateursContexte(c.db, c.contrat.id);
    const choisi = indicateurs.find((i) => i.indicateur === texte(c.requete.indicateur)) ?? indicateurs[0] ?? null;
    const territoire = catalogue.territoires.get(choisirLieu(c.utilisateur, texte(c.requete.territoire), catalogue).territoire) ?? catalogue.racine;
    const points = choisi ? await getSerie(c.db, c.contrat.id, choisi.indicateur) : [];
    const couverts = [...new Set(points.map((p) => p.territoireId))];
    const parts = couverts.filter((t) => catalogue.descendants(territoire.id).includes(t));
    const dernier = Math.max(0, ...points.map((p) => p.annee));
    return page({
      titre: 'Observatoire',
      section: 'observatoire',
      corps: (
        <ObservatoirePage
          catalogue={catalogue}
          indicateurs={indicateurs}
          choisi={choisi}
          territoire={territoire}
          serie={sommeSerie(points, parts)}
          derniere={dernier}
          parTerritoire={points.filter((p) => p.annee === dernier)}
          territoires={catalogue.territoiresDeType('mairie').concat(couverts.flatMap((t) => catalogue.territoires.get(t) ?? []))}
        />
      ),
    });
  }),
]);

export const taches: readonly Tache[] = [
  {
    genre: 'import-ssmsi',
    executer: async ({ db, contratId, charge, progres }) => {
      const source = String(charge.chemin);
      const catalogue = await getCatalogue(db, contratId);
      try {
        return { ...(await importerSsmsi({ db, catalogue, source, progres: (lus) => progres(lus, null, `${lus} lignes lues`) })) };
      } finally {
        await rm(source, { force: true });
      }
    },
  },
];
