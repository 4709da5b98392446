import { enPages } from '../../../core/http/list-page.ts';
import { code } from '../../../core/trace/details.ts';
import { randomUUID } from 'node:crypto';
import { copyFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { acces, accesMetier } from '../../../core/authorize.ts';
import { lireEnsemble } from '../../../core/base/database.ts';
import { dossierDAttente } from '../../../core/base/deposits.ts';
import { auPlan } from '../../../core/base/plans.ts';
import { fichierCsv } from '../../../core/csv.ts';
import { type ErreurDeChamp, interdit, introuvable } from '../../../core/errors.ts';
import { type Contexte, fichier, get, page, post, redirige, type Route, texte } from '../../../core/http/http.ts';
import { ajouterTravail, type Tache } from '../../../core/jobs/jobs.ts';
import { jourDe } from '../../../core/clock.ts';
import { choisirLieu, getCatalogue } from '../../contrats/index.ts';
import { peutImporterContexte } from '../publications.policy.ts';
import { getSerie, listDates, listImports, listIndicateursContexte, listSerieEntiere } from './contexte.queries.ts';
import { couvertsPar, plusFins, serieDe } from './contexte.rules.ts';
import { FORMATS, importerSerie } from './importer.ts';
import { ImportsPage } from './ImportsPage.tsx';
import { ObservatoirePage } from './ObservatoirePage.tsx';
import { type Serie, serieSchema, seriesDe, tenirSeries } from './serie.schema.ts';

const MAX = 200 * 1_048_576;

/** Published statistics: the same rows for everyone. */
const publiques: Route[] = auPlan('public', [
  get('/observatoire', acces.public, async (c) => {
    const catalogue = await getCatalogue(c.db, c.contrat.id);
    const series = seriesDe(c.contrat.slug);
    const [tous, dates] = await lireEnsemble(c.db, [() => listIndicateursContexte(c.db, c.contrat.id), () => listDates(c.db, c.contrat.id)]);
    const serie = series.find((s) => s.code === texte(c.requete.serie)) ?? series.find((s) => dates.has(s.code)) ?? series[0] ?? null;
    const indicateurs = tous.filter((i) => i.serie === serie?.code);
    const choisi = indicateurs.find((i) => i.indicateur === texte(c.requete.indicateur)) ?? indicateurs[0] ?? null;
    const territoire = catalogue.territoires.get(choisirLieu(c.utilisateur, texte(c.requete.territoire), catalogue).territoire) ?? catalogue.racine;
    const points = choisi ? await getSerie(c.db, c.contrat.id, choisi.serie, choisi.indicateur) : [];
    const couverts = plusFins(couvertsPar(points), catalogue.contient);
    const derniere = Math.max(0, ...points.map((p) => p.annee));
    return page({
      titre: 'Observatoire',
      section: 'observatoire',
      corps: (
        <ObservatoirePage
          catalogue={catalogue}
          series={series}
          serie={serie}
          indicateurs={indicateurs}
          choisi={choisi}
          territoire={territoire}
          points={serieDe(points, territoire.id, catalogue)}
          derniere={derniere}
          parTerritoire={points.filter((p) => p.annee === derniere && couverts.includes(p.territoireId))}
          territoires={catalogue.territoiresDeType('mairie').concat(couverts.flatMap((t) => catalogue.territoires.get(t) ?? []))}
          peutImporter={peutImporterContexte(c.utilisateur)}
          date={(serie && dates.get(serie.code)) ?? null}
        />
      ),
    });
  }),
  /** 200 every point as it stands, under the licence of its producer; 404 unknown series. */
  get('/observatoire/:serie/donnees.csv', acces.public, async (c) => {
    const serie = seriesDe(c.contrat.slug).find((s) => s.code === c.params.serie);
    if (!serie) throw introuvable('Cette série');
    const catalogue = await getCatalogue(c.db, c.contrat.id);
    const lignes = (await listSerieEntiere(c.db, c.contrat.id, serie.code)).map((p) => {
      const t = catalogue.territoires.get(p.territoireId);
      return [p.indicateur, p.unite, t?.code ?? '', t?.nom ?? p.territoireId, p.annee, p.etat, p.valeur, serie.producteur, jourDe(p.importeLe), p.version];
    });
    return fichier(fichierCsv(COLONNES, lignes), { nom: `contexte-${serie.code}.csv`, type: 'text/csv; charset=utf-8', licence: serie.licence });
  }),
]);
const COLONNES = ['indicateur', 'unite', 'code insee', 'territoire', 'annee', 'etat', 'valeur', 'producteur', 'importe le', 'version'];

const REFUS = 'Les séries de contexte s’importent par la coordination centrale.';

async function pageDesImports(c: Contexte, series: readonly Serie[], erreurs: readonly ErreurDeChamp[] = []) {
  return page({
    titre: 'Importer une série de contexte',
    largeur: 'travail',
    section: 'observatoire',
    statut: erreurs.length > 0 ? 422 : 200,
    fil: [{ libelle: 'Observatoire', href: '/observatoire' }],
    corps: <ImportsPage series={series} choisie={texte(c.corps.serie)} imports={enPages(c, await listImports(c.db, c.contrat.id), 30)} erreurs={erreurs} />,
  });
}

const deTravail: Route[] = [
  get('/observatoire/imports', accesMetier, async (c) => {
    if (!peutImporterContexte(c.utilisateur)) throw interdit(REFUS);
    return pageDesImports(c, seriesDe(c.contrat.slug));
  }),
  /** 303 to the job's page; 422 without a series or a file that it needs; 403 for others than the coordination; 413 past 200 MB. */
  post(
    '/observatoire/imports',
    accesMetier,
    async (c) => {
      if (!peutImporterContexte(c.utilisateur)) throw interdit(REFUS);
      const series = seriesDe(c.contrat.slug);
      const serie = series.find((s) => s.code === texte(c.corps.serie));
      if (!serie) return pageDesImports(c, series, [{ champ: 'serie', message: 'Dites quelle série contient le fichier.' }]);
      const recus = FORMATS[serie.format].fichiers.map((f) => ({ ...f, recu: c.fichiers.find((x) => x.champ === f.champ) }));
      const erreurs = recus.flatMap(({ champ, libelle, recu }) =>
        recu && /\.(csv|gz)$/i.test(recu.nom) ? [] : [{ champ, message: `« ${serie.titre} » demande ce fichier : ${libelle}.` }],
      );
      if (erreurs.length > 0) return pageDesImports(c, series, erreurs);
      const lus = recus.flatMap(({ recu }) => recu ?? []);
      // The upload outlives the request: the job deletes it when it is done.
      const attente = await dossierDAttente();
      const chemins: string[] = [];
      for (const f of lus) {
        const chemin = join(attente, randomUUID());
        await rename(f.chemin, chemin).catch(() => copyFile(f.chemin, chemin));
        chemins.push(chemin);
      }
      const noms = lus.map((f) => f.nom);
      const id = await ajouterTravail(c.db, c.contrat.id, {
        genre: 'import-contexte',
        libelle: `Import de « ${noms.join(', ')} » (${serie.titre})`,
        charge: { chemins, noms, serie, par: c.utilisateur?.nom ?? '' },
        demandePar: c.utilisateur?.id ?? null,
      });
      await c.auditer('contexte.importe', `/travaux/${id}`, { serie: code(serie.code), octets: lus.reduce((n, f) => n + f.octets, 0) });
      return redirige(`/travaux/${id}`);
    },
    { creation: true, televersementMax: MAX },
  ),
];

/** `dossier`: of the contract served. */
export async function buildRoutes(dossier: string): Promise<Route[]> {
  await tenirSeries(dossier);
  return [...deTravail, ...publiques];
}

export const taches: readonly Tache[] = [
  {
    genre: 'import-contexte',
    executer: async ({ db, contratId, charge, progres }) => {
      const sources = (charge.chemins as unknown[]).map(String);
      const { code, ...reste } = charge.serie as Serie;
      try {
        return {
          ...(await importerSerie({
            db,
            catalogue: await getCatalogue(db, contratId),
            serie: { ...serieSchema.parse(reste), code },
            sources,
            noms: (charge.noms as unknown[]).map(String),
            par: String(charge.par),
            progres: (lus) => progres(lus, null, `${lus} lignes lues`),
          })),
          retour: '/observatoire/imports',
        };
      } finally {
        for (const s of sources) await rm(s, { force: true });
      }
    },
  },
];
