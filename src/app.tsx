/** THE map at run time: the modules in order, the navigation, and the frame around every page. */
import type { FastifyInstance } from 'fastify';
import { join, resolve } from 'node:path';
import { type Journal, openJournal } from './core/audit.ts';
import type { Utilisateur } from './core/authorize.ts';
import { horloge } from './core/clock.ts';
import { type Coffre, openCoffre } from './core/coffre.ts';
import type { Config } from './core/config.ts';
import { type Db, fromPool, openPool } from './core/database.ts';
import { type Direct, openDirect } from './core/direct.ts';
import type { Contexte, Page, Route } from './core/http.ts';
import { startTravaux, type Tache } from './core/jobs.ts';
import { type Courrier, openCourrier } from './core/mail.ts';
import { openPagesGardees, type PagesGardees } from './core/pages-gardees.ts';
import { createServer } from './core/server.ts';
import * as accueil from './modules/accueil/index.ts';
import * as annuaire from './modules/annuaire/index.ts';
import { DROITS } from './droits.ts';
import {
  buildComptesRoutes,
  buildMatrice,
  CLE_AUDIT,
  type ClientOidc,
  dpoRoutes,
  getUtilisateurDeJeton,
  getUtilisateurDeSession,
  getUtilisateurDeTitre,
  listMandatsEveilles,
  listPersonas,
  openOidc,
  scellerLaTete,
} from './modules/comptes/index.ts';
import { type Catalogue, getCatalogue, lireDemonstration, reverifierCatalogue, routes as routesContrats } from './modules/contrats/index.ts';
import { routes as routesIndicateurs } from './modules/indicateurs/index.ts';
import { accesParCalendrier, buildInstancesRoutes, rappeler } from './modules/instances/index.ts';
import * as publications from './modules/publications/index.ts';
import * as registres from './modules/registres/index.ts';
import * as signalements from './modules/signalements/index.ts';
import { menuDe, NAVIGATION, RACCOURCIS } from './navigation.ts';
import type { Plateforme } from './preparation.ts';
import { ErreurPage } from './ui/ErreurPage.tsx';
import { renderPage } from './ui/Layout.tsx';
import { Gallery } from './ui/Gallery.tsx';
import { acces } from './core/authorize.ts';
import { get, page } from './core/http.ts';

/** Modules in this build; what a system of the contract says it is served by must be here. */
export const MODULES_PRESENTS = [
  'contrats',
  'annuaire',
  'comptes',
  'indicateurs',
  'registres',
  'instances',
  'signalements',
  'publications',
  'accueil',
] as const;

/** How often the audit chain is sealed when it grew. */
const SCEAU_MS = 3_600_000;
/** How often reminders are looked for; each leaves once. */
const RAPPELS_MS = 3_600_000;

export interface Application {
  serveur: FastifyInstance;
  personas(): Promise<Utilisateur[]>;
  close(): Promise<void>;
}

const HORS_PERIMETRE = 'Concorde ne tient aucun fichier de police, de justice ou de santé, ne prédit rien et ne note personne.';

/** What accounts need of the outside: the key of their secrets, mail, the identity provider. */
export interface Services {
  coffre: Coffre;
  courrier: Courrier;
  oidc: ClientOidc | null;
  direct: Direct | null;
}

/** Every route of the application, in the modules' order. */
export async function listRoutes(o: {
  demonstration: boolean;
  dossierContrat: string;
  catalogue: Catalogue;
  adresse: string;
  services: Services;
}): Promise<Route[]> {
  const c = o.catalogue;
  const demo = o.demonstration ? await lireDemonstration(o.dossierContrat) : null;
  const comptes = buildComptesRoutes({
    demonstration: demo !== null,
    presenter: (p) => ({
      organisation: o.catalogue.nomActeur(p.organisationId),
      presentation: demo?.personas.find((x) => x.courriel === p.courriel)?.presentation ?? '',
      perimetre: p.territoires.map((t) => o.catalogue.territoires.get(t)?.nom ?? t).join(', '),
    }),
    ...o.services,
    ailleurs: [accesParCalendrier],
    adresse: o.adresse,
    contrat: c.contrat.titre,
    matrice: buildMatrice(DROITS),
    nomActeur: c.nomActeur,
    nomTerritoire: (id) => c.territoires.get(id)?.nom ?? id,
    acteurs: [...c.acteurs.values()].map((a) => ({ id: a.id, nom: a.nom })).sort((a, b) => a.nom.localeCompare(b.nom, 'fr')),
    territoires: [...c.territoires.values()].filter((t) => c.enfants(t.id).length > 0 || t.type !== 'quartier').map((t) => ({ id: t.id, nom: t.nom })),
    registres: registres.definitionsDecouvertes.map((d) => ({ code: d.code, libelle: d.libelle })),
    fiches: [...c.fiches.values()].map((f) => ({ numero: f.numero, titre: f.titre })),
  });
  return [
    ...accueil.routes,
    ...routesContrats,
    ...annuaire.routes,
    ...routesIndicateurs,
    ...registres.routes,
    ...buildInstancesRoutes({
      coffre: o.services.coffre,
      courrier: o.services.courrier,
      adresse: o.adresse,
      direct: o.services.direct,
      identifier: getUtilisateurDeTitre,
      mandatsDe: listMandatsEveilles,
    }),
    ...signalements.routes,
    ...publications.routes,
    ...comptes,
    ...dpoRoutes,
    get('/composants', acces.public, () => page({ titre: 'Composants', corps: <Gallery /> })),
  ];
}

export const TACHES: readonly Tache[] = [...publications.taches, ...signalements.taches];

function rendre(catalogue: Catalogue, demonstration: boolean) {
  const { titre, sigle, debut, fin } = catalogue.contrat;
  const contrat = { nom: titre, sigle, periode: `${debut.slice(0, 4)}-${fin.slice(0, 4)}` };
  return (c: Contexte, p: Page): string => {
    const u = c.utilisateur;
    const travail = p.largeur === 'travail' && u !== null;
    return renderPage({
      titre: p.titre,
      contrat,
      demonstration,
      chemin: c.url.pathname + c.url.search,
      utilisateur: u,
      navigation: u ? [{ cle: 'ma-journee', libelle: 'Ma journée', href: '/ma-journee' }, ...NAVIGATION] : NAVIGATION,
      menu: travail ? menuDe(u) : undefined,
      section: p.section,
      fil: p.fil,
      largeur: p.largeur,
      recherche: c.url.pathname === '/recherche' ? (c.url.searchParams.get('q') ?? '') : undefined,
      rafraichir: p.rafraichir,
      scripts: p.scripts,
      quitter: p.quitter,
      horsPerimetre: HORS_PERIMETRE,
      raccourcis: [...(p.raccourcis ?? []), ...RACCOURCIS],
      enErreur: p.statut === 422,
      children: p.corps,
    });
  };
}

export interface OptionsApp {
  db: Db;
  contrat: { id: number; slug: string };
  catalogue: Catalogue;
  demonstration: boolean;
  dossierContrat: string;
  adresse: string;
  mandataires: string[] | false;
  services: Services;
  audit: Journal | null;
  pages: PagesGardees | null;
  statique: string | null;
  journal: boolean;
  horloge: () => Date;
}

/** The HTTP side alone, on an application pool: what tests drive. */
export async function createServeur(o: OptionsApp): Promise<FastifyInstance> {
  return createServer({
    db: o.db,
    contrat: o.contrat,
    demonstration: o.demonstration,
    routes: await listRoutes(o),
    adresse: o.adresse,
    mandataires: o.mandataires,
    identifierJeton: (jeton) => getUtilisateurDeJeton(o.db, o.contrat.id, jeton, o.horloge()),
    identifier: (jeton) => getUtilisateurDeSession(o.db, o.contrat.id, jeton, o.horloge()),
    rendre: rendre(o.catalogue, o.demonstration),
    pageErreur: (erreur, c) => ({ titre: 'Erreur', corps: <ErreurPage erreur={erreur} connecte={c.utilisateur !== null} /> }),
    horloge: o.horloge,
    audit: o.audit,
    pages: o.pages,
    statique: o.statique,
    journal: o.journal,
  });
}

/** Where the identity provider sends people back. */
export const retoursOidc = (adresse: string) => ({ retour: new URL('/connexion/oidc/retour', adresse).href, apresDeconnexion: new URL('/', adresse).href });

export async function createApp(config: Config, p: Plateforme): Promise<Application> {
  const contrat = { id: p.contratId, slug: p.slug };
  const db = fromPool(openPool(p.url, { role: 'application', contratId: p.contratId, max: 12 }));
  const poolTravaux = openPool(p.url, { max: 4 });
  const pages = await openPagesGardees(p.url, () => reverifierCatalogue(p.contratId));
  const coffre = await openCoffre(config.dossier);
  const services: Services = {
    direct: await openDirect(p.url),
    coffre,
    courrier: openCourrier({ db, contratId: p.contratId, smtp: config.smtp.url, de: config.smtp.de, retenir: config.demonstration, coffre }),
    oidc: config.oidc ? openOidc({ ...config.oidc, ...retoursOidc(config.adresse) }) : null,
  };
  const audit = openJournal(db, p.contratId, (e) => process.stderr.write(`audit : ${(e as Error).message}\n`));
  const serveur = await createServeur({
    db,
    contrat,
    catalogue: await getCatalogue(p.owner, p.contratId),
    demonstration: config.demonstration,
    dossierContrat: resolve(config.dossierContrats, config.contrat),
    adresse: config.adresse,
    mandataires: config.mandataires,
    services,
    audit,
    pages,
    statique: resolve('dist/statique'),
    journal: true,
    horloge,
  });
  const sceller = () =>
    scellerLaTete(db, contrat, join(config.dossier, CLE_AUDIT), horloge()).catch((e: Error) => process.stderr.write(`sceau : ${e.message}\n`));
  const sceaux = setInterval(() => void sceller(), SCEAU_MS).unref();
  const rappels = setInterval(
    () =>
      void rappeler(db, { contratId: p.contratId, maintenant: horloge(), services: { coffre: services.coffre, adresse: config.adresse } })
        .then((n) => (n > 0 ? services.courrier.expedier() : undefined))
        .catch((e: Error) => process.stderr.write(`rappels : ${e.message}\n`)),
    RAPPELS_MS,
  ).unref();
  const travaux = await startTravaux(poolTravaux, db, TACHES);
  return {
    serveur,
    personas: () => listPersonas(p.owner, p.contratId, new Date().toISOString().slice(0, 10)),
    close: async () => {
      clearInterval(sceaux);
      clearInterval(rappels);
      await services.direct?.close();
      await serveur.close();
      await audit.close();
      await services.courrier.close();
      await pages.close();
      await travaux.stop();
      await poolTravaux.end();
      await db.destroy();
    },
  };
}
