/** THE map at run time: the modules in order, the navigation, and the frame around every page. */
import type { FastifyInstance } from 'fastify';
import { resolve } from 'node:path';
import { type Journal, openJournal } from './core/audit.ts';
import type { Utilisateur } from './core/authorize.ts';
import { horloge, jourDe } from './core/clock.ts';
import { type Coffre, openCoffre } from './core/coffre.ts';
import type { Config } from './core/config.ts';
import { type Bases, ouvrirBases } from './core/bases.ts';
import { type Db, openPool } from './core/database.ts';
import { ouvrirDepots } from './core/depots.ts';
import { type Direct, openDirect } from './core/direct.ts';
import type { Contexte, Page, Route } from './core/http.ts';
import { startTravaux, type Tache } from './core/jobs.ts';
import { type Courrier, openCourrier } from './core/mail.ts';
import { openPagesGardees, type PagesGardees } from './core/pages-gardees.ts';
import { createServer } from './core/server.ts';
import * as accueil from './modules/accueil/index.ts';
import * as annuaire from './modules/annuaire/index.ts';
import { DROITS } from './droits.ts';
import { diagnostiquer, listRendezvous } from './exploitation.ts';
import {
  buildComptesRoutes,
  buildExploitationRoutes,
  buildMatrice,
  type ClientOidc,
  dpoRoutes,
  estCompteFerme,
  estNavigateurConnu,
  type Exploitation,
  getUtilisateurDeJeton,
  getUtilisateurDeSession,
  getUtilisateurDeTitre,
  hasDemonstration,
  listMandatsEveilles,
  listPersonas,
  openOidc,
  type VueContrat,
} from './modules/comptes/index.ts';
import { type Catalogue, getCatalogue, lireDemonstration, reverifierCatalogue, routes as routesContrats } from './modules/contrats/index.ts';
import { routes as routesIndicateurs } from './modules/indicateurs/index.ts';
import { accesParCalendrier, buildInstancesRoutes, taches as tachesInstances } from './modules/instances/index.ts';
import * as publications from './modules/publications/index.ts';
import * as registres from './modules/registres/index.ts';
import * as signalements from './modules/signalements/index.ts';
import { menuDe, NAVIGATION, RACCOURCIS } from './navigation.ts';
import { declarerSources } from './preparation.ts';
import type { Prete } from './preparation-a-part.ts';
import { ErreurPage, type Renvoi } from './ui/ErreurPage.tsx';
import { renderPage } from './ui/Layout.tsx';
import { Gallery } from './ui/Gallery.tsx';
import { acces } from './core/authorize.ts';
import type { ErreurConcorde } from './core/errors.ts';
import { get, liste, page } from './core/http.ts';
import { CHAMP_CLE } from './core/soumissions.ts';

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

export interface Application {
  serveur: FastifyInstance;
  /** Of the contract. */
  titre: string;
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

/** The contract in the words that accounts need: they do not know the module of contracts. */
const vueDuContrat = (c: Catalogue): VueContrat => ({
  titre: c.contrat.titre,
  acteurs: [...c.acteurs.values()].map((a) => ({ id: a.id, nom: a.nom })).sort((a, b) => a.nom.localeCompare(b.nom, 'fr')),
  // The whole contract is said by no territory at all.
  territoires: [...c.territoires.values()]
    .filter((t) => t.id !== c.racine.id && (c.enfants(t.id).length > 0 || t.type !== 'quartier'))
    .map((t) => ({ id: t.id, nom: t.nom })),
  fiches: [...c.fiches.values()].map((f) => ({ numero: f.numero, titre: f.titre })),
  nomActeur: c.nomActeur,
  nomTerritoire: (id) => c.territoires.get(id)?.nom ?? id,
  contient: (grand, petit) => c.descendants(grand).includes(petit),
});

/** Outside the demonstration a fictive person is nobody, whatever they still hold. */
const admis = (u: Utilisateur | null, demonstration: boolean): Utilisateur | null => (u?.fictif && !demonstration ? null : u);

/** Every route of the application, in the modules' order. */
export async function listRoutes(o: {
  demonstration: boolean;
  dossierContrat: string;
  adresse: string;
  services: Services;
  exploitation: Exploitation;
}): Promise<Route[]> {
  const demo = o.demonstration ? await lireDemonstration(o.dossierContrat) : null;
  const comptes = buildComptesRoutes({
    demonstration: demo !== null,
    presentation: (courriel) => demo?.personas.find((x) => x.courriel === courriel)?.presentation ?? '',
    ...o.services,
    ailleurs: [accesParCalendrier],
    adresse: o.adresse,
    contrat: async (c) => vueDuContrat(await getCatalogue(c.db, c.contrat.id)),
    matrice: buildMatrice(DROITS),
    registres: registres.definitionsDecouvertes.map((d) => ({ code: d.code, libelle: d.libelle })),
  });
  return [
    ...accueil.routes,
    ...routesContrats,
    ...annuaire.routes,
    ...routesIndicateurs,
    ...registres.routes,
    ...buildInstancesRoutes({
      coffre: o.services.coffre,
      adresse: o.adresse,
      direct: o.services.direct,
      identifier: async (...qui) => admis(await getUtilisateurDeTitre(...qui), o.demonstration),
      mandatsDe: listMandatsEveilles,
      estParti: estCompteFerme,
    }),
    ...signalements.routes,
    ...publications.routes,
    ...comptes,
    ...dpoRoutes,
    ...buildExploitationRoutes(o.exploitation),
    // For those who build the platform: nothing of a contract, nor for its public.
    ...(o.demonstration ? [get('/composants', acces.public, () => page({ titre: 'Composants', corps: <Gallery /> }))] : []),
  ];
}

export const TACHES: readonly Tache[] = [...publications.taches, ...signalements.taches, ...tachesInstances];

/** The frame of every page shows the contract and nothing else. */
function rendre(db: Db, contratId: number, demonstration: boolean) {
  let connu: Catalogue | null = null;
  return async (c: Contexte, p: Page): Promise<string> => {
    // While the database does not answer, the page that says so still has its frame.
    connu = await getCatalogue(db, contratId).catch(() => connu);
    const { titre = 'Contrat', sigle = '', debut = '', fin = '' } = connu?.contrat ?? {};
    const contrat = { nom: titre, sigle, periode: `${debut.slice(0, 4)}-${fin.slice(0, 4)}` };
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
  bases: Bases;
  contrat: { id: number; slug: string };
  /** Fictive people may be signed in. */
  demonstration: boolean;
  /** Data are fictive, in part at least: pages say so. As `demonstration` when left out. */
  fictif?: boolean;
  dossierContrat: string;
  adresse: string;
  mandataires: string[] | false;
  services: Services;
  exploitation: Exploitation;
  audit: Journal | null;
  pages: PagesGardees | null;
  statique: string | null;
  journal: boolean;
  horloge: () => Date;
}

/** The HTTP side alone, on an application pool: what tests drive. */
export async function createServeur(o: OptionsApp): Promise<FastifyInstance> {
  const db = o.bases.partenariat;
  return createServer({
    bases: o.bases,
    contrat: o.contrat,
    demonstration: o.fictif ?? o.demonstration,
    personas: o.demonstration,
    routes: await listRoutes(o),
    adresse: o.adresse,
    mandataires: o.mandataires,
    identifierJeton: async (jeton) => {
      const trouve = await getUtilisateurDeJeton(db, o.contrat.id, jeton, o.horloge());
      return trouve && admis(trouve.utilisateur, o.demonstration) ? trouve : null;
    },
    identifier: async (jeton) => admis(await getUtilisateurDeSession(db, o.contrat.id, jeton, o.horloge()), o.demonstration),
    navigateurConnu: (jeton) => estNavigateurConnu(db, o.contrat.id, jeton, o.horloge()),
    rendre: rendre(o.bases.public, o.contrat.id, o.fictif ?? o.demonstration),
    pageErreur: (erreur, c) => ({ titre: erreur.titre, corps: <ErreurPage erreur={erreur} connecte={c.utilisateur !== null} renvoi={renvoiDe(erreur, c)} /> }),
    horloge: o.horloge,
    audit: o.audit,
    pages: o.pages,
    statique: o.statique,
    journal: o.journal,
  });
}

/** Secrets are never written back in a page: a form that has one is typed again. */
const SECRET = /passe|code|secret|ferme|jeton/;
function renvoiDe(erreur: ErreurConcorde, c: Contexte): Renvoi | null {
  const { method } = c.brut.request;
  if (!erreur.aRenvoyer || method !== 'POST' || Object.keys(c.corps).some((nom) => SECRET.test(nom))) return null;
  const { [CHAMP_CLE]: cle, ...champs } = Object.fromEntries(Object.entries(c.corps).map(([nom, v]) => [nom, liste(v)]));
  return { action: c.url.pathname + c.url.search, champs, cle: cle?.[0], fichiers: c.brut.request.isMultipart() };
}

/** Where the identity provider sends people back. */
export const retoursOidc = (adresse: string) => ({ retour: new URL('/connexion/oidc/retour', adresse).href, apresDeconnexion: new URL('/', adresse).href });

export async function createApp(config: Config, p: Prete): Promise<Application> {
  declarerSources();
  const contrat = { id: p.contratId, slug: p.slug };
  await ouvrirDepots(config.dossier);
  const { bases, close } = ouvrirBases(p.acces, p.contratId);
  const db = bases.partenariat;
  const poolTravaux = openPool(p.acces.travaux, { max: 4 });
  const pages = await openPagesGardees(p.acces.service, () => reverifierCatalogue(p.contratId));
  const coffre = await openCoffre(config.dossier);
  const services: Services = {
    direct: await openDirect(p.acces.service),
    coffre,
    courrier: openCourrier({
      db,
      contratId: p.contratId,
      smtp: config.smtp.url,
      de: config.smtp.de,
      retenir: config.demonstration,
      url: p.acces.service,
      coffre,
    }),
    oidc: config.oidc ? openOidc({ ...config.oidc, ...retoursOidc(config.adresse) }) : null,
  };
  const audit = openJournal(db, p.contratId, (e) => process.stderr.write(`audit : ${(e as Error).message}\n`));
  const rendezvous = listRendezvous({ db, contrat, coffre: services.coffre, config });
  const serveur = await createServeur({
    bases,
    contrat,
    demonstration: config.demonstration,
    fictif: config.demonstration || (await hasDemonstration(db, p.contratId)),
    dossierContrat: resolve(config.dossierContrats, config.contrat),
    adresse: config.adresse,
    mandataires: config.mandataires,
    services,
    exploitation: { rendezvous, diagnostiquer: () => diagnostiquer({ bases, contratId: p.contratId, config, rendezvous }) },
    audit,
    pages,
    statique: resolve('dist/statique'),
    journal: true,
    horloge,
  });
  const travaux = await startTravaux(poolTravaux, bases, { contratId: p.contratId, taches: TACHES, rendezvous });
  return {
    serveur,
    titre: (await getCatalogue(db, p.contratId)).contrat.titre,
    personas: () => listPersonas(db, p.contratId, jourDe(horloge())),
    close: async () => {
      await services.direct?.close();
      await serveur.close();
      await audit.close();
      await services.courrier.close();
      await pages.close();
      await travaux.stop();
      await poolTravaux.end();
      await close();
    },
  };
}
