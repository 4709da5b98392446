/** One contract, served: its pools and services opened, the modules' routes behind their doors, the jobs started. */
import type { FastifyInstance } from 'fastify';
import { resolve } from 'node:path';
import { type Journal, openJournal } from './core/trace/audit.ts';
import type { Utilisateur } from './core/authorize.ts';
import { horloge, jourDe } from './core/clock.ts';
import { openCoffre } from './core/coffre.ts';
import type { Config } from './core/config.ts';
import { type Bases, ouvrirBases } from './core/base/bases.ts';
import { openPool } from './core/base/database.ts';
import { garderLesLectures } from './core/base/kept-reads.ts';
import { ouvrirDepots } from './core/base/deposits.ts';
import { openDirect } from './core/direct/direct.ts';
import { listRoutes } from './core/house.ts';
import { startTravaux } from './core/jobs/jobs.ts';
import { openCourrier } from './core/courrier/mail.ts';
import { domaineDe } from './core/courrier/serveur.ts';
import { openReception } from './core/courrier/reception.ts';
import { rendezvousDesRecus, tacheDesRecus } from './core/courrier/traitement.ts';
import type { Services } from './core/module.ts';
import { openPagesGardees, type PagesGardees } from './core/http/kept-pages.ts';
import { createServer } from './core/http/server.ts';
import { diagnostiquer, listRendezvous } from './exploitation.ts';
import { buildFrame, GALERIE } from './frame.tsx';
import { FRAICHEUR } from './fraicheur.ts';
import { HOUSE } from './modules.ts';
import {
  admis,
  estNavigateurConnu,
  getUtilisateurDeJeton,
  getUtilisateurDeSession,
  hasDemonstration,
  listPersonas,
  openOidc,
  suivreExploitation,
} from './modules/comptes/index.ts';
import { fuseauDe, getCatalogue, reverifierCatalogue } from './modules/contrats/index.ts';
import { declarerSources } from './preparation.ts';
import { publicFiles } from './public-files.ts';
import type { Prete } from './preparation-a-part.ts';

export interface Application {
  serveur: FastifyInstance;
  /** Of the contract. */
  titre: string;
  personas(): Promise<Utilisateur[]>;
  close(): Promise<void>;
}

export interface OptionsApp {
  bases: Bases;
  contrat: { id: number; slug: string };
  /** Data are fictive, in part at least: pages say so. As `services.demonstration` when left out. */
  fictif?: boolean;
  mandataires: string[] | false;
  services: Services;
  audit: Journal | null;
  pages: PagesGardees | null;
  statique: string | null;
  journal: boolean;
  horloge: () => Date;
  /** Whom to tell of a flaw: said in `/.well-known/security.txt`, which is not served without it. */
  contactSecurite?: string | null;
}

/** The HTTP side alone, on the pools of its planes: what tests drive. */
export async function createServeur(o: OptionsApp): Promise<FastifyInstance> {
  const { bases, contrat, services } = o;
  const db = bases.partenariat;
  const { demonstration, house } = services;
  const fictif = o.fictif ?? demonstration;
  const routes = await listRoutes(services, demonstration ? [GALERIE] : []);
  if (o.pages) for (const plan of ['public', 'partenariat'] as const) garderLesLectures(bases[plan], o.pages.changements);
  suivreExploitation(contrat.id, services.exploitation);
  // The server asks its time zone at each request: it must have been read once.
  await getCatalogue(db, contrat.id);
  return createServer({
    ...o,
    fuseau: () => fuseauDe(contrat.id),
    demonstration: fictif,
    personas: demonstration,
    adresse: services.adresse,
    tuiles: services.tuiles,
    routes: [...routes, ...publicFiles(routes, { adresse: services.adresse, demonstration: fictif, contactSecurite: o.contactSecurite ?? null })],
    identifierJeton: async (jeton) => {
      const trouve = await getUtilisateurDeJeton(db, contrat.id, jeton, o.horloge());
      return trouve && admis(trouve.utilisateur, demonstration) ? trouve : null;
    },
    identifier: async (jeton) => admis(await getUtilisateurDeSession(db, contrat.id, jeton, o.horloge()), demonstration),
    navigateurConnu: (jeton) => estNavigateurConnu(db, contrat.id, jeton, o.horloge()),
    ...buildFrame(house, bases.public, {
      contratId: contrat.id,
      demonstration: fictif,
      adresse: services.adresse,
      horloge: o.horloge,
      coffre: services.coffre,
    }),
  });
}

/** Where the identity provider sends people back. */
export const retoursOidc = (adresse: string) => ({ retour: new URL('/connexion/oidc/retour', adresse).href, apresDeconnexion: new URL('/', adresse).href });

export async function createApp(config: Config, p: Prete): Promise<Application> {
  declarerSources();
  const contrat = { id: p.contratId, slug: p.slug };
  const { adresse, demonstration } = config;
  await ouvrirDepots(config.dossier);
  const ouvertes = ouvrirBases(p.acces, p.contratId, undefined, config.requetesNommees);
  const { bases } = ouvertes;
  const db = bases.partenariat;
  const poolTravaux = openPool(p.acces.travaux, { max: 4 });
  const catalogue = await getCatalogue(db, p.contratId);
  const pages = await openPagesGardees(p.acces.service, {
    politique: FRAICHEUR,
    auChangement: (table) => {
      if (table === null || FRAICHEUR.toujours.includes(table)) reverifierCatalogue(p.contratId);
    },
  });
  const coffre = await openCoffre(config.dossier);
  const { url: smtp, de } = config.smtp;
  const entrant = config.courrierEntrant;
  const dossierContrat = resolve(config.dossierContrats, config.contrat);
  const recus = entrant ? { contrat, coffre, adresse, dossierContrat, domaine: entrant.domaine, receptions: HOUSE.reception } : null;
  const rendezvous = [...listRendezvous({ contrat, coffre, config, house: HOUSE }), ...(recus ? [rendezvousDesRecus(recus)] : [])];
  const services: Services = {
    coffre,
    adresse,
    domaineEntrant: entrant?.domaine ?? null,
    demonstration,
    house: HOUSE,
    tuiles: config.tuiles,
    dossierContrat,
    trousseau: config.trousseau,
    alertes: config.alertes,
    suite: db,
    direct: await openDirect(p.acces.service),
    courrier: openCourrier({ db, contratId: p.contratId, smtp, de, retenir: demonstration, url: p.acces.service, coffre, retours: entrant?.domaine ?? null }),
    oidc: config.oidc ? openOidc({ ...config.oidc, ...retoursOidc(adresse) }) : null,
    exploitation: { rendezvous, diagnostiquer: () => diagnostiquer({ bases, contratId: p.contratId, config, rendezvous }) },
  };
  const audit = openJournal(db, p.contratId, (e) => process.stderr.write(`audit : ${(e as Error).message}\n`));
  const fictif = demonstration || (await hasDemonstration(db, p.contratId));
  const { mandataires } = config;
  const statique = resolve('dist/statique');
  const serveur = await createServeur({
    bases,
    contrat,
    fictif,
    mandataires,
    services,
    audit,
    pages,
    statique,
    journal: true,
    horloge,
    contactSecurite: config.contactSecurite,
  });
  const travaux = await startTravaux(poolTravaux, bases, {
    contratId: p.contratId,
    taches: [...HOUSE.taches, ...(recus ? [tacheDesRecus(recus)] : [])],
    rendezvous,
  });
  // Last: a letter that is acknowledged has a worker.
  const reception = entrant && recus ? await openReception({ ...recus, ...entrant, db, domaineSortant: domaineDe(de) }) : null;
  const close = async () => {
    await reception?.close();
    await services.direct?.close();
    await serveur.close();
    await audit.close();
    await services.courrier.close();
    await pages.close();
    await travaux.stop();
    await poolTravaux.end();
    await ouvertes.close();
  };
  return { serveur, titre: catalogue.contrat.titre, personas: () => listPersonas(db, p.contratId, jourDe(horloge(), fuseauDe(p.contratId))), close };
}
