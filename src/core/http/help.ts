/**
 * Help is the same for everybody, whoever is signed in: no session is read, nothing says who asked, and the browser is told to keep
 * no copy and to tell nobody where it came from. The last copy of each address answers while the database does not.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { LRUCache } from 'lru-cache';
import { avecFraicheur } from '../base/kept-reads.ts';
import { traduire } from '../errors.ts';
import type { Route } from './http.ts';
import { garder, type PageGardee } from './kept-pages.ts';
import { type Lecture, rendreAnonyme } from './reading.ts';

/** How long a page that has a copy waits for the database. */
const ATTENTE_MS = 2000;
const OCTETS_MAX = 16 * 1_048_576;

export interface Copies {
  /** Throws what `rendre` throws when it is no outage, or when nothing was kept. */
  obtenir(cle: string, rendre: () => Promise<PageGardee>): Promise<PageGardee>;
}

export function openCopies(attenteMs = ATTENTE_MS): Copies {
  const copies = new LRUCache<string, PageGardee>({ maxSize: OCTETS_MAX, sizeCalculation: (p) => Math.ceil(p.html.length * 1.25) + 500 });
  return {
    obtenir: async (cle, rendre) => {
      const copie = copies.get(cle);
      const rendue = rendre().then((p) => {
        copies.set(cle, p);
        return p;
      });
      if (!copie) return rendue;
      try {
        return await Promise.race([rendue, echeance(rendue, attenteMs)]);
      } catch (e) {
        if (traduire(e).statut < 500) throw e;
        return copie;
      }
    },
  };
}

/** Throws once the time is up, unless that is over before. */
async function echeance(travail: Promise<unknown>, ms: number): Promise<never> {
  return new Promise((_, refuser) => {
    const minuteur = setTimeout(() => refuser(new Error('trop long')), ms);
    const finir = () => clearTimeout(minuteur);
    travail.then(finir, finir);
  });
}

/** One address, whatever is asked after it: what follows « ? » says nothing here, and makes no copy of its own. */
export async function repondreSecours(l: Lecture, copies: Copies, request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
  const chemin = request.url.split('?')[0] ?? '';
  const rendre = async (): Promise<PageGardee> => {
    const { pages } = l;
    if (!pages) return garder(await htmlDe(l, request, reply));
    const issue = await pages.obtenir(`secours ${l.cle(request).split('?')[0]}`, () =>
      avecFraicheur(pages.changements.rejoindre(), async () => ({ html: await htmlDe(l, request, reply) })),
    );
    if ('page' in issue) return issue.page;
    throw new Error(`${chemin} : ce n’est pas une page`);
  };
  const page = await copies.obtenir(chemin, rendre);
  reply.header('cache-control', 'no-store').header('referrer-policy', 'no-referrer').header('vary', 'accept-encoding');
  reply.type('text/html; charset=utf-8');
  if (!/\bgzip\b/.test(request.headers['accept-encoding'] ?? '')) return reply.send(page.html);
  return reply.header('content-encoding', 'gzip').send(await page.gzip());
}

/** Throws for what is no page of help. */
async function htmlDe(l: Lecture, request: FastifyRequest, reply: FastifyReply): Promise<string> {
  const rendue = await rendreAnonyme(l, request, reply);
  if ('html' in rendue) return rendue.html;
  throw new Error(`${request.routeOptions.url} : une page d’aide est une page, sans formulaire à clé`);
}

/** Help is rendered before anybody asks for it: its copies are there when the database goes. */
export async function preparerLesCopies(app: FastifyInstance, routes: readonly Route[]): Promise<void> {
  for (const url of routes.flatMap((r) => r.options.secours ?? [])) {
    if (!app.server.listening) return;
    const { statusCode } = await app.inject({ url }).catch(() => ({ statusCode: 503 }));
    if (statusCode !== 200) app.log.warn({ url, statut: statusCode }, 'page d’aide sans copie');
  }
}
