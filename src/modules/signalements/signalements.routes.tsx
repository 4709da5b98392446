import { enPages } from '../../core/http/list-page.ts';
import { estJour } from '../../core/jours.ts';
import { rename, rm, copyFile } from 'node:fs/promises';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { accesMetier } from '../../core/authorize.ts';
import { dossierDAttente } from '../../core/base/deposits.ts';
import { interdit, introuvable } from '../../core/errors.ts';
import { type Contexte, fichier, get, page, post, redirige, type Route, texte } from '../../core/http/http.ts';
import { ajouterTravail, type Tache } from '../../core/jobs/jobs.ts';
import { choisirLieu, getCatalogue } from '../contrats/index.ts';
import { exporterCsv, parcourir } from '../../core/http/export.ts';
import { estPortee } from './import/couverture.rules.ts';
import { importerDansMaRue } from './import/dans-ma-rue.ts';
import { ImportsPage } from './pages/ImportsPage.tsx';
import { SignalementPage, SignalementsPage } from './pages/SignalementsPage.tsx';
import { peutImporter, peutLireSignalements } from './signalements.policy.ts';
import { type Filtres, getLibelles, getSignalement, listEtatsPublies, listLots, listSignalements, requeteDesSignalements } from './signalements.queries.ts';

const PAR_PAGE = 50;
const MAX = 200 * 1_048_576;

async function lireFiltres(c: Contexte) {
  const catalogue = await getCatalogue(c.db, c.contrat.id);
  const jour = (v: string) => (estJour(v) ? v : '');
  const q = (nom: string) => texte(c.requete[nom]);
  const lieu = choisirLieu(c.utilisateur, q('territoire'), catalogue);
  const champs = {
    canal: q('canal'),
    type: q('type'),
    perimetre: q('perimetre'),
    theme: q('theme'),
    territoire: lieu.champ,
    debut: jour(q('debut')),
    fin: jour(q('fin')),
  };
  const filtres: Filtres = { ...champs, territoires: lieu.territoires };
  return { catalogue, champs, filtres, lieu };
}

/** `2026-07-01_123`: the last row already shown. */
function lireApres(v: string): { jour: string; id: number } | null {
  const m = /^(\d{4}-\d{2}-\d{2})_(\d{1,18})$/.exec(v);
  return m && estJour(m[1] ?? '') ? { jour: m[1] ?? '', id: Number(m[2]) } : null;
}

export const routes: Route[] = [
  get('/signalements', accesMetier, async (c) => {
    if (!peutLireSignalements(c.utilisateur)) throw interdit();
    const { catalogue, champs, filtres, lieu } = await lireFiltres(c);
    const lignes = await listSignalements(c.db, c.contrat.id, filtres, lireApres(texte(c.requete.apres)), PAR_PAGE + 1);
    const { type } = await getLibelles(c.db, c.contrat.id);
    const lien = (changes: Record<string, string>) =>
      `/signalements?${new URLSearchParams(Object.entries({ ...champs, ...changes }).filter(([, v]) => v !== ''))}`;
    const derniere = lignes[PAR_PAGE - 1];
    return page({
      titre: 'Signalements',
      largeur: 'travail',
      section: 'signalements',
      corps: (
        <SignalementsPage
          catalogue={catalogue}
          lignes={lignes.slice(0, PAR_PAGE)}
          types={type}
          filtres={champs}
          lieu={lieu}
          suite={lignes.length > PAR_PAGE && derniere ? lien({ apres: `${derniere.jour}_${derniere.id}` }) : null}
          lien={lien}
          export={lien({}).replace('/signalements?', '/signalements.csv?')}
          peutImporter={peutImporter(c.utilisateur)}
        />
      ),
    });
  }),
  get('/signalements.csv', accesMetier, async (c) => {
    if (!peutLireSignalements(c.utilisateur)) throw interdit();
    const { catalogue, filtres } = await lireFiltres(c);
    const { type, service } = await getLibelles(c.db, c.contrat.id);
    const paquets = parcourir(c.db, requeteDesSignalements(c.contrat.id, filtres, null, null));
    const entete = ['identifiant', 'canal', 'jour', 'type', 'sous-type', 'territoire', 'adresse', 'service', 'perimetre', 'theme', 'etat'];
    const contenu = exporterCsv(paquets, entete, (s) => [
      s.idExterne,
      s.canal,
      s.jour,
      type.get(s.type) ?? s.type,
      s.sousType,
      catalogue.territoires.get(s.territoireId)?.nom ?? s.territoireId,
      s.adresse,
      service.get(s.service) ?? s.service,
      s.perimetre,
      s.theme,
      s.etat,
    ]);
    return fichier(contenu, { nom: 'signalements.csv', type: 'text/csv; charset=utf-8' });
  }),
  get('/signalements/imports', accesMetier, async (c) => {
    if (!peutImporter(c.utilisateur)) throw interdit('Les imports sont ouverts à la coordination, aux coordonnateurs et aux opérateurs.');
    return pageDesImports(c, []);
  }),
  /** 303 to the job's page; 422 without a readable file, or what it is; 403 for those who may not import; 413 past 200 MB. */
  post(
    '/signalements/imports',
    accesMetier,
    async (c) => {
      if (!peutImporter(c.utilisateur)) throw interdit('Les imports sont ouverts à la coordination, aux coordonnateurs et aux opérateurs.');
      const recu = c.fichiers[0];
      const { portee } = c.corps;
      const sansFichier = !recu || !/\.(csv|csv\.gz|gz)$/i.test(recu.nom);
      if (sansFichier || !estPortee(portee))
        return pageDesImports(c, [
          ...(sansFichier ? [{ champ: 'fichier', message: 'Choisissez un fichier CSV (ou CSV compressé en .gz).' }] : []),
          ...(estPortee(portee) ? [] : [{ champ: 'portee', message: 'Dites ce qu’est ce fichier : tout le canal, ou une partie.' }]),
        ]);
      // The upload outlives the request: the job deletes it when it is done.
      const chemin = join(await dossierDAttente(), randomUUID());
      await rename(recu.chemin, chemin).catch(() => copyFile(recu.chemin, chemin));
      const id = await ajouterTravail(c.db, c.contrat.id, {
        genre: 'import-dans-ma-rue',
        libelle: `Import de « ${recu.nom} »`,
        charge: { chemin, nom: recu.nom, portee, par: c.utilisateur?.nom ?? '' },
        demandePar: c.utilisateur?.id ?? null,
      });
      await c.auditer('import.demande', `/travaux/${id}`, { octets: recu.octets });
      return redirige(`/travaux/${id}`);
    },
    { creation: true, televersementMax: MAX },
  ),
  get('/signalements/:id', accesMetier, async (c) => {
    if (!peutLireSignalements(c.utilisateur)) throw interdit();
    const signalement = await getSignalement(c.db, c.contrat.id, c.params.id ?? '');
    if (!signalement) throw introuvable('Ce signalement');
    const { type, service } = await getLibelles(c.db, c.contrat.id);
    return page({
      titre: signalement.sousType,
      largeur: 'travail',
      section: 'signalements',
      fil: [{ libelle: 'Signalements', href: '/signalements' }],
      corps: (
        <SignalementPage
          signalement={signalement}
          etats={await listEtatsPublies(c.db, c.contrat.id, signalement.id)}
          catalogue={await getCatalogue(c.db, c.contrat.id)}
          type={type.get(signalement.type) ?? signalement.type}
          service={service.get(signalement.service) ?? signalement.service}
        />
      ),
    });
  }),
];

async function pageDesImports(c: Contexte, erreurs: { champ: string; message: string }[]) {
  return page({
    titre: 'Importer des données',
    largeur: 'travail',
    section: 'signalements',
    statut: erreurs.length > 0 ? 422 : 200,
    fil: [{ libelle: 'Signalements', href: '/signalements' }],
    corps: <ImportsPage lots={enPages(c, await listLots(c.db, c.contrat.id), 50)} portee={texte(c.corps.portee)} erreurs={erreurs} />,
  });
}

export const taches: readonly Tache[] = [
  {
    genre: 'import-dans-ma-rue',
    executer: async ({ db, contratId, charge, progres }) => {
      const source = String(charge.chemin);
      const catalogue = await getCatalogue(db, contratId);
      try {
        // Sent before it was asked: nothing is presumed of it.
        const portee = estPortee(charge.portee) ? charge.portee : 'partie';
        const suivre = (lus: number) => progres(lus, null, `${lus.toLocaleString('fr-FR')} lignes lues`);
        return { ...(await importerDansMaRue({ db, catalogue, source, nom: String(charge.nom), portee, par: String(charge.par), progres: suivre })) };
      } finally {
        await rm(source, { force: true });
      }
    },
  },
];
