/** Hot spots: at work to the street, for everyone by quartier; the sheet for a meeting; operations beside reports. */
import { acces, accesMetier } from '../../../core/authorize.ts';
import { lireEnsemble } from '../../../core/base/database.ts';
import { introuvable } from '../../../core/errors.ts';
import { fichier, get, json, page, type Route, texte } from '../../../core/http/http.ts';
import { getCatalogue } from '../../contrats/index.ts';
import { ecrire } from '../../documents/index.ts';
import { contoursSous } from '../../contrats/index.ts';
import { SCRIPTS_DU_PLAN } from '../../../ui/maps/Plan.tsx';
import type { Circuits } from '../circuits/circuits.ts';
import { ADEQUATION } from './adequation.bloc.tsx';
import { chercherChauds, type Demandee, lireAdresses, lireBiais, lireDemandee } from './chauds.ts';
import { countOperations, countParLieu, countParMoment } from './chauds.queries.ts';
import { documentDeFiche, lireFiche } from './fiche.tsx';
import { parJour, parLieu } from './moyens.rules.ts';
import { ChaudsPage } from './pages/ChaudsPage.tsx';
import { FichePage } from './pages/FichePage.tsx';
import { MoyensPage } from './pages/MoyensPage.tsx';
import { QuartiersPage } from './pages/QuartiersPage.tsx';
import { MOMENTS } from './periode.rules.ts';
import { lireQuartiers } from './quartiers.ts';

const CHEMIN = '/signalements/points-chauds';
const lienDe =
  (d: Demandee) =>
  (chemin: string, changes: Record<string, string> = {}): string => {
    const q = new URLSearchParams(Object.entries({ ...d.champs, ...changes }).filter(([, v]) => v !== ''));
    return `${CHEMIN}${chemin}${q.size > 0 ? `?${q}` : ''}`;
  };
const FIL = [{ libelle: 'Points chauds', href: CHEMIN }];

export const chaudsRoutes = (s: { tuiles: string | null }, circuits: Circuits): Route[] => {
  return [
    /** 200 */
    get(
      CHEMIN,
      accesMetier,
      async (c) => {
        const d = await lireDemandee(c);
        const [r, biais, contours] = await lireEnsemble(c.db, [
          () => chercherChauds(c, d),
          () => lireBiais(c, d),
          () => contoursSous(c, d.catalogue, d.lieu.territoire),
        ]);
        const adresses = await lireAdresses(c, d, r.chauds ?? []);
        return page({
          titre: 'Points chauds',
          largeur: 'travail',
          section: 'points-chauds',
          scripts: SCRIPTS_DU_PLAN,
          corps: <ChaudsPage d={d} r={r} adresses={adresses} biais={biais} circuits={circuits} contours={contours} tuiles={s.tuiles} lien={lienDe(d)} />,
        });
      },
      { sensible: true },
    ),
    /** 200: under which plans are drawn; the same for everybody. `?territoire=`: those of its parts */
    get('/signalements/contours.json', acces.public, async (c) => {
      const catalogue = await getCatalogue(c.db, c.contrat.id);
      const sous = texte(c.requete.territoire);
      const contours = await contoursSous(c, catalogue, catalogue.territoires.has(sous) ? sous : '');
      return json({
        type: 'FeatureCollection',
        features: [...contours].map(([id, geometry]) => ({
          type: 'Feature',
          properties: { id, nom: catalogue.territoires.get(id)?.nom ?? id, dessous: id !== sous && catalogue.enfants(id).length > 0 },
          geometry,
        })),
      });
    }),
    /** 200 */
    get(
      `${CHEMIN}/fiche`,
      accesMetier,
      async (c) => {
        const d = await lireDemandee(c);
        return page({
          titre: 'Fiche des points chauds',
          largeur: 'travail',
          section: 'points-chauds',
          fil: FIL,
          corps: <FichePage f={await lireFiche(c, d, circuits)} pdf={lienDe(d)('/fiche/pdf')} word={lienDe(d)('/fiche/docx')} />,
        });
      },
      { sensible: true },
    ),
    /** 200 · 404 another format */
    get(
      `${CHEMIN}/fiche/:formatDeFiche`,
      accesMetier,
      async (c) => {
        const format = c.params.formatDeFiche;
        if (format !== 'pdf' && format !== 'docx') throw introuvable('Ce format');
        const f = await lireFiche(c, await lireDemandee(c), circuits);
        return fichier(await ecrire(documentDeFiche(f), format), {
          nom: `points-chauds-${f.territoire.id}-${f.editeLe}.${format}`,
          type: format === 'pdf' ? 'application/pdf' : 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
        });
      },
      { sensible: true, parMinute: 20 },
    ),
    /** 200 */
    get(
      `${CHEMIN}/moyens`,
      accesMetier,
      async (c) => {
        const d = await lireDemandee(c);
        const dans = d.lieu.territoires;
        const [signalements, operations, moments, biais] = await lireEnsemble(c.db, [
          () => countParLieu(c.db, c.contrat.id, d.selection, dans),
          () => countOperations(c.db, c.contrat.id, d.periode),
          () => countParMoment(c.db, c.contrat.id, d.selection, dans),
          () => lireBiais(c, d),
        ]);
        const ici = d.lieu.territoire || d.catalogue.racine.id;
        const siennes = operations.filter((o) => d.catalogue.contient(ici, o.territoireId));
        const heures = [...MOMENTS, { code: '9', libelle: 'Heure non dite' }].map((m) => ({
          cle: m.code,
          libelle: m.libelle,
          nombre: moments.reduce((n, x) => n + (String(x.tranche) === m.code ? x.nombre : 0), 0),
        }));
        const mesure = d.catalogue.mesures.get(ADEQUATION.mesure);
        return page({
          titre: 'Opérations et signalements',
          largeur: 'travail',
          section: 'points-chauds',
          fil: FIL,
          corps: (
            <MoyensPage
              d={d}
              circuits={circuits}
              biais={biais}
              lieux={parLieu(d.catalogue, ici, signalements, siennes)}
              jours={parJour(moments, siennes)}
              heures={heures}
              retour={lienDe(d)('')}
              mesure={mesure ? { href: `/chiffres/${mesure.id}`, libelle: mesure.court } : null}
            />
          ),
        });
      },
      { sensible: true },
    ),
    /** 200: `?trimestre=2026-T3`, as it was told; the last that was told without it */
    get('/signaler/quartiers', acces.public, async (c) =>
      page({
        titre: 'Signalements par quartier',
        fil: [{ libelle: 'Signaler', href: '/signaler' }],
        corps: <QuartiersPage {...(await lireQuartiers(c, texte(c.requete.trimestre)))} />,
      }),
    ),
  ];
};
