/** The HTTP server: plugins in order, then one Fastify handler for each declared route. Knows no module and no page. */
import { randomUUID } from 'node:crypto';
import compress from '@fastify/compress';
import cookie from '@fastify/cookie';
import multipart from '@fastify/multipart';
import rateLimit from '@fastify/rate-limit';
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import helmet from 'helmet';
import { prefixeDe } from './addresses.ts';
import { type EntreeAudit, ecrireAudit, entree, type Journal } from '../trace/audit.ts';
import { aRole, ROLES, type Utilisateur } from '../authorize.ts';
import { jourDe } from '../clock.ts';
import { dansLeFuseau } from '../fuseau.ts';
import { contentPolicy } from './content-policy.ts';
import { buildContexte } from './context.ts';
import { type Identites, identifier, identifierApi, identifierUneFois } from './identity.ts';
import { adresseLisible, PARTIE_MAX } from './address.ts';
import { laisserFinir, LIMITES_MULTIPART, lireCorps } from './body.ts';
import { type Bases, exigerPlans } from '../base/bases.ts';
import { type Db, inTransaction } from '../base/database.ts';
import { ecrire } from './write.ts';
import { ErreurConcorde, interditSauf, nonConnecte, traduire } from '../errors.ts';
import { compterFlux, envoyerFlux } from '../direct/stream.ts';
import { type ContratServi, type Contexte, type Page, type Reponse, type Route, veutJson } from './http.ts';
import { installerLecteurs, TEXTE_MAX } from './body-parsers.ts';
import { nomDeFichier } from '../nature.ts';
import { exigerMemeOrigine } from './origin.ts';
import { cheminDe, noterRefus, problemeDe, quiDe } from './refusals.ts';
import { COOKIE_APPAREIL, estLocal, lireTemoins, poserTemoin } from './cookies.ts';
import { estDiscrete, estPersonnelle, taire } from './public-page.ts';
import { noterRoutes } from './reachable.ts';
import { type CorpsGardes, openCorpsGardes } from './kept-bodies.ts';
import { type Copies, openCopies, preparerLesCopies, repondreSecours } from './help.ts';
import type { PagesGardees } from './kept-pages.ts';
import { type Dessin, ecouter, type Lecture, lireEnMemoire, type Travail } from './reading.ts';
import { planDe } from '../base/plans.ts';
import { CHAMP_CLE, lireSoumission } from './submissions.ts';
import { openSuites, type Suite, type Suites } from './after-commit.ts';
import { erreurEnClair } from '../trace/pile.ts';

export interface OptionsServeur extends Identites {
  /** The pool of each plane; what core itself keeps is read and written on the partners'. */
  bases: Bases;
  contrat: ContratServi;
  /** Time zone of the contract, as last known: entered by each request. */
  fuseau: () => string;
  /** Data are fictive, in part at least; `personas`: fictive people may be signed in by one click. */
  demonstration: boolean;
  personas?: boolean;
  routes: readonly Route[];
  /** Public address; its scheme decides whether cookies are `Secure`. */
  adresse: string;
  /** Where tiles of maps come from, when they come from elsewhere. */
  tuiles?: string | null;
  /** Reverse proxies (addresses, CIDR) whose X-Forwarded-* headers are believed; false believes none. */
  mandataires: string[] | false;
  /** This browser has opened a session here before: it is counted by itself, not with everybody behind its address. */
  navigateurConnu?: (jeton: string) => Promise<boolean>;
  /** Wraps a page in the application's layout. */
  rendre: (c: Contexte, p: Page) => Promise<string>;
  /** The same in two parts, for what is kept of pages by reader; none is without it. */
  dessin?: Dessin;
  /** Body of an error page. */
  pageErreur: (erreur: ErreurConcorde, c: Contexte) => Page | Promise<Page>;
  horloge: () => Date;
  /** Where reads of sensitive objects and refusals are noted; null notes none (tests of other things). */
  audit: Journal | null;
  /** Public pages rendered before, for anonymous visitors; null renders every time. */
  pages: PagesGardees | null;
  /** Folder of static files, served under /statique/. */
  statique: string | null;
  journal: boolean;
}

export async function createServer(o: OptionsServeur): Promise<FastifyInstance> {
  exigerPlans(o.bases, o.routes);
  const app = Fastify({
    logger: o.journal ? { level: 'warn', redact: ['req.headers.cookie', 'req.headers.authorization'], serializers: { err: erreurEnClair } } : false,
    bodyLimit: TEXTE_MAX,
    trustProxy: o.mandataires,
    genReqId: () => randomUUID(),
    routerOptions: { maxParamLength: PARTIE_MAX },
    rewriteUrl: (request) => adresseLisible(request.url ?? '/'),
  });
  // The plugin for Fastify reads the whole policy again at each request: a twelfth of the time of a kept page.
  const proteger = helmet({
    contentSecurityPolicy: { useDefaults: false, directives: contentPolicy(o.tuiles ?? null) },
    strictTransportSecurity: o.adresse.startsWith('https:') ? { maxAge: 31_536_000 } : false,
    referrerPolicy: { policy: 'same-origin' },
    crossOriginEmbedderPolicy: false,
  });
  app.addHook('onRequest', (request, reply, suite) => proteger(request.raw, reply.raw, () => suite()));
  // What people join is compressed already (PDF, DOCX, pictures): once more is time for nothing.
  await app.register(compress, { encodings: ['gzip'], threshold: 2048, customTypes: /^text\/(?!event-stream)|[+/](json|xml)(;|$)/u });
  await app.register(cookie);
  app.addHook('onRequest', async (request) => lireTemoins(request, o.adresse.startsWith('https:')));
  await app.register(multipart, { limits: LIMITES_MULTIPART, throwFileSizeLimit: false });
  installerLecteurs(app);
  await app.register(rateLimit, { global: false });
  if (o.statique) {
    const { default: statique } = await import('@fastify/static');
    await app.register(statique, { root: o.statique, prefix: '/statique/', immutable: true, maxAge: '365d' });
  }
  const apresCommit = openSuites(o.bases.partenariat, o.contrat.id, (err, url) => app.log.error({ err, url }, 'suite d’un enregistrement'));
  app.addHook('onClose', () => apresCommit.finir());
  const corps = o.pages ? openCorpsGardes(o.pages.changements) : null;
  const copies = openCopies();
  noterRoutes(app, o.routes);
  for (const r of o.routes) declarer(app, o, r, apresCommit, corps, copies);
  app.addHook('onListen', async () => void preparerLesCopies(app, o.routes));
  const refuser = (erreur: unknown, request: FastifyRequest, reply: FastifyReply, api: boolean) =>
    dansLeFuseau(o.fuseau(), () => repondreErreur(app, o, erreur, request, reply, api));
  app.setNotFoundHandler((request, reply) => refuser(NULLE_PART(), request, reply, false));
  app.setErrorHandler((erreur, request, reply) => refuser(erreur, request, reply, request.url.startsWith('/api/') || veutJson(request)));
  return app;
}
const NULLE_PART = () => new ErreurConcorde('introuvable', 'Cette adresse ne mène nulle part. Vérifiez-la ou utilisez la recherche.');
/** What was typed, for the page that offers to send it again. */
const corpsLus = new WeakMap<FastifyRequest, Record<string, unknown>>();

function declarer(app: FastifyInstance, o: OptionsServeur, r: Route, apresCommit: Suites, corps: CorpsGardes | null, copies: Copies): void {
  const base = o.bases[planDe(r)];
  app.route({
    method: r.methode,
    url: r.chemin,
    exposeHeadRoute: r.methode === 'GET',
    config: {
      secrete: r.options.secrete ?? false,
      sansRenvoi: planDe(r) === 'nominatif',
      discrete: r.options.discrete ?? false,
      refus: r.options.refus,
      rateLimit: r.options.parMinute
        ? { max: r.options.parMinute, timeWindow: '1 minute', keyGenerator: (request: FastifyRequest) => quiCompte(o, r, request) }
        : false,
    },
    handler: (request, reply) => dansLeFuseau(o.fuseau(), () => traiter(request, reply)),
  });

  const lecture: Lecture = {
    route: r,
    pages: o.pages,
    corps,
    dessin: o.dessin ?? null,
    cle: (request) => cleDePage(o, request, r),
    identifier: (request) => identifierUneFois(o, request),
    exiger: (request, u) => exigerAcces(r, u, (request.params as Record<string, string>).registre),
    travailler: (request, reply, u) => travailler(request, reply, u, (t) => t),
    rendre: o.rendre,
    repondre: (t) => repondre(o, t.c, t.reponse),
    noter: (request, u) => noterSensible(o, r, request, u),
  };

  async function traiter(request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
    if (r.options.secours) return repondreSecours(lecture, copies, request, reply);
    const lue = await lireEnMemoire(lecture, request, reply);
    if (lue) return lue.envoyee;
    const aJour = ecouter(r, o.pages);
    const u = r.options.api ? await identifierApi(o, request, r) : await identifierUneFois(o, request);
    return aJour(() => travailler(request, reply, u, (t) => repondre(o, t.c, t.reponse)));
  }

  /** `suite`: what is made of the answer, while the files that came with the request are still there. */
  async function travailler<T>(
    request: FastifyRequest,
    reply: FastifyReply,
    utilisateur: Utilisateur | null,
    suite: (t: Travail) => T | Promise<T>,
  ): Promise<T> {
    exigerAcces(r, utilisateur, (request.params as Record<string, string>).registre);
    if (r.methode === 'POST') exigerMemeOrigine(request, o);
    // What a device kept is signed by who wrote it: under the session of somebody else it waits.
    const pour = request.headers['x-compte'];
    if (pour !== undefined && pour !== utilisateur?.id) throw nonConnecte();
    const { corps: lu, fichiers, nettoyer } = await lireCorps(request, r);
    // A name or a phrase is never written back in a page, whatever failed.
    if (planDe(r) !== 'nominatif') corpsLus.set(request, lu);
    const suites: Suite[] = [];
    const entrees: EntreeAudit[] = [];
    let rendre: (() => void) | undefined;
    try {
      rendre = r.methode === 'POST' ? r.options.place?.() : undefined;
      const { [CHAMP_CLE]: _, ...dit } = lu;
      const contexte = (db: Db) => buildContexte(o, { db, request, reply, utilisateur, corps: dit, fichiers, suites, entrees });
      let c = contexte(base);
      /** Rendered within the transaction, a page of a POST that cannot be rendered undoes what it tells. */
      const executer = async (db: Db): Promise<Reponse> => {
        c = contexte(db);
        const faite = await r.executer(c);
        return r.methode === 'POST' && faite.genre === 'page'
          ? { genre: 'rendue', html: await o.rendre(c, faite.page), statut: faite.page.statut ?? 200, temoins: faite.page.temoins }
          : faite;
      };
      const qui = { contratId: o.contrat.id };
      const soumission =
        r.methode === 'POST' ? await lireSoumission(request, r, { contratId: o.contrat.id, compteId: utilisateur?.id ?? null, corps: lu, fichiers }) : null;
      if (r.methode === 'POST') await r.options.avant?.(fichiers);
      const reponse =
        r.methode === 'POST' ? await ecrire({ db: base, ...qui, route: r, soumission, fichiers, suites, entrees, executer }) : await executer(base);
      const resteAAuditer = r.methode === 'GET' || r.options.sansTransaction ? entrees : [];
      if (resteAAuditer.length > 0) await inTransaction(base, qui, (tx) => ecrireAudit(tx, o.contrat.id, resteAAuditer));
      if (utilisateur) noterSensible(o, r, request, utilisateur);
      apresCommit.lancer(`${r.methode} ${r.chemin}`, suites);
      if (r.methode === 'POST' && !r.options.sansEffetPublic) await (r.options.lisibleEnsuite ? o.pages?.aEntendre() : o.pages?.ecrit());
      return await suite({ c, reponse, muette: entrees.length === 0 && suites.length === 0 });
    } finally {
      rendre?.();
      await nettoyer();
    }
  }
}

const noterSensible = (o: OptionsServeur, r: Route, request: FastifyRequest, u: Utilisateur): void => {
  if (r.options.sensible) o.audit?.noter(entree(quiDe(o, request, u), 'objet.lu', cheminDe(request)), r.options.sensible === 'minute');
};

/** What the limit by minute counts: an address, or the browser where the route lets known ones by. */
async function quiCompte(o: OptionsServeur, r: Route, request: FastifyRequest): Promise<string> {
  const jeton = r.options.parNavigateur ? request.cookies[COOKIE_APPAREIL] : undefined;
  return jeton && (await o.navigateurConnu?.(jeton)) ? `appareil ${jeton}` : prefixeDe(request.ip);
}

/** A public page depends on its address and on the day, or on the minute. */
const cleDePage = (o: OptionsServeur, request: FastifyRequest, r: Route): string =>
  `${r.options.instant ? o.horloge().toISOString().slice(0, 16) : jourDe(o.horloge(), o.fuseau())} ${request.url}`;

function exigerAcces(r: Route, u: Utilisateur | null, registre: string | undefined): void {
  if (r.acces.genre === 'public') return;
  if (!u) throw nonConnecte();
  if (r.acces.genre === 'roles' && !aRole(u, r.acces, registre)) throw interditSauf(r.acces.roles.map((x) => ROLES[x]));
}

async function repondre(o: OptionsServeur, c: Contexte, reponse: Reponse): Promise<unknown> {
  const { reply } = c.brut;
  switch (reponse.genre) {
    case 'page':
      reply.header('cache-control', c.utilisateur || estPersonnelle(c.brut.request) ? 'private, no-store' : 'no-cache');
      if (estDiscrete(c.brut.request)) taire(reply);
      reply.type('text/html; charset=utf-8').code(reponse.page.statut ?? 200);
      return reply.send(await o.rendre(c, reponse.page));
    case 'rendue':
      for (const t of reponse.temoins ?? []) poserTemoin(reply, t, o.adresse.startsWith('https:'));
      return reply.header('cache-control', 'private, no-store').type('text/html; charset=utf-8').code(reponse.statut).send(reponse.html);
    case 'redirection':
      for (const t of reponse.temoins) poserTemoin(reply, t, o.adresse.startsWith('https:'));
      return reply.redirect(reponse.ailleurs || estLocal(reponse.vers) ? reponse.vers : '/', 303);
    case 'json':
      for (const t of reponse.temoins) poserTemoin(reply, t, o.adresse.startsWith('https:'));
      return reply.header('cache-control', 'private, no-store').type(reponse.type).code(reponse.statut).send(JSON.stringify(reponse.donnees));
    case 'texte':
      return reply.header('cache-control', 'no-store').type(reponse.type).code(reponse.statut).send(reponse.contenu);
    case 'fichier':
      reply.header('content-disposition', `${reponse.affiche ? 'inline' : 'attachment'}; filename*=UTF-8''${encodeURIComponent(nomDeFichier(reponse.nom))}`);
      if (reponse.licence) reply.header('link', `<${reponse.licence}>; rel="license"`);
      return reply.type(reponse.type).header('cache-control', 'private, no-store').send(reponse.contenu);
    case 'flux':
      compterFlux(c.brut.request.server, c.utilisateur?.id ?? '', reponse.source);
      return envoyerFlux(c.brut.request, reply, reponse.source, reponse.garde, () => identifier(o, c.brut.request));
  }
}

async function repondreErreur(
  app: FastifyInstance,
  o: OptionsServeur,
  cause: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
  api: boolean,
): Promise<unknown> {
  await laisserFinir(request);
  const erreur = traduire(cause);
  if (cause !== erreur && erreur.statut >= 500) app.log.error({ err: cause, url: request.routeOptions.url }, 'erreur interne');
  if (erreur.aRenvoyer) reply.header('retry-after', '5');
  const utilisateur = await identifierUneFois(o, request).catch(() => null);
  noterRefus(o, request, utilisateur, erreur);
  const c = buildContexte(o, { db: o.bases.public, request, reply, utilisateur, corps: corpsLus.get(request) ?? {}, fichiers: [], suites: [], entrees: [] });
  const { refus } = request.routeOptions.config as Pick<Route['options'], 'refus'>;
  if (refus) return repondre(o, c, refus(erreur, c.url.pathname));
  if (erreur.id === 'non-connecte' && request.method === 'GET' && !api) return reply.redirect(`/connexion?retour=${encodeURIComponent(request.url)}`, 303);
  if (api) return reply.code(erreur.statut).type('application/problem+json; charset=utf-8').send(problemeDe(erreur, request.id));
  return repondre(o, c, { genre: 'page', page: { ...(await o.pageErreur(erreur, c)), statut: erreur.statut } });
}
