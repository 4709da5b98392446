/**
 * A GET of what may be kept in memory: a public page as anybody sees it (kept-pages.ts), or the body and the frame of a page as this
 * person sees it (kept-bodies.ts). Whatever may not be kept is answered like every other request.
 */
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ReactNode } from 'react';
import type { Utilisateur } from '../authorize.ts';
import { avecFraicheur } from '../base/kept-reads.ts';
import { composer, type Morceau, morceauDe } from './composed-page.ts';
import { COOKIE_SESSION } from './cookies.ts';
import type { Contexte, Page, Reponse, Route } from './http.ts';
import type { CorpsGardes, Faite } from './kept-bodies.ts';
import type { PagesGardees, Rendue } from './kept-pages.ts';
import { envoyerGardee, envoyerPersonnelle, estPersonnelle } from './public-page.ts';
import { CHAMP_CLE } from './submissions.ts';

/** What a request came to. */
export interface Travail {
  c: Contexte;
  reponse: Reponse;
  /** Nothing to audit, nothing to do afterwards: reading it again from memory leaves nothing out. */
  muette: boolean;
}
/** How a page is drawn: what is around it for this person, and what is in it. */
export interface Dessin {
  cadrer(c: Pick<Contexte, 'url' | 'utilisateur' | 'brut'>, p: Omit<Page, 'corps'>): Promise<readonly [avant: string, apres: string]>;
  /** `langue`: of the page, when it is not French. */
  dessiner(corps: ReactNode, langue: string | undefined): Promise<string>;
}
export interface Lecture {
  route: Route;
  pages: PagesGardees | null;
  corps: CorpsGardes | null;
  dessin: Dessin | null;
  /** The day and the address. */
  cle(request: FastifyRequest): string;
  identifier(request: FastifyRequest): Promise<Utilisateur | null>;
  exiger(request: FastifyRequest, u: Utilisateur | null): void;
  travailler(request: FastifyRequest, reply: FastifyReply, u: Utilisateur | null): Promise<Travail>;
  rendre(c: Contexte, p: Page): Promise<string>;
  repondre(t: Travail): unknown;
  /** Each read of this page is noted: so is one from memory. */
  noter(request: FastifyRequest, u: Utilisateur): void;
}

/** What an act reads from memory has heard all that was committed before it came: asked for while it is found out who acts. */
export function ecouter(r: Route, pages: PagesGardees | null): <T>(travail: () => T) => T {
  const entendu = r.methode === 'POST' ? pages?.changements.rejoindre() : undefined;
  return (travail) => avecFraicheur(entendu, travail);
}

/** Sends the answer when it is one that memory may hold; null when this request is not of those. */
export async function lireEnMemoire(l: Lecture, request: FastifyRequest, reply: FastifyReply): Promise<{ envoyee: unknown } | null> {
  const { route: r, pages } = l;
  if (!pages || r.methode !== 'GET' || r.options.cleApi) return null;
  if (r.acces.genre === 'public' && !estPersonnelle(request)) return { envoyee: await lirePublique(l, pages, request, reply) };
  if (r.options.gardable && l.corps && l.dessin && request.cookies[COOKIE_SESSION]) return lirePourQuelquun(l, l.corps, l.dessin, pages, request, reply);
  return null;
}

async function lirePublique(l: Lecture, pages: PagesGardees, request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
  const issue = await pages.obtenir(
    l.cle(request),
    (): Promise<Rendue<() => unknown>> => avecFraicheur(pages.changements.rejoindre(), () => rendreAnonyme(l, request, reply)),
  );
  return 'page' in issue ? envoyerGardee(request, reply, issue.page) : issue.autre();
}

/** What nobody in particular is shown, when it is a page that may be kept. */
export async function rendreAnonyme(l: Lecture, request: FastifyRequest, reply: FastifyReply): Promise<Rendue<() => unknown>> {
  const t = await l.travailler(request, reply, null);
  if (t.reponse.genre !== 'page' || (t.reponse.page.statut ?? 200) !== 200 || !t.muette) return { autre: () => l.repondre(t) };
  const html = await l.rendre(t.c, t.reponse.page);
  // A page with a form's key is one person's: it is sent, not kept.
  return html.includes(`name="${CHAMP_CLE}"`) ? { autre: () => envoyerPersonnelle(reply, html) } : { html };
}

type Corps = { page: Omit<Page, 'corps'>; cle: string; morceau: Morceau } | { autre: Travail };
type Cadre = { avant: Morceau; apres: Morceau };

async function lirePourQuelquun(
  l: Lecture,
  gardes: CorpsGardes,
  dessin: Dessin,
  pages: PagesGardees,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<{ envoyee: unknown }> {
  const entendu = pages.changements.rejoindre();
  const u = await l.identifier(request);
  l.exiger(request, u);
  if (!u) {
    const t = await l.travailler(request, reply, null);
    return { envoyee: await l.repondre(t) };
  }
  return avecFraicheur(entendu, async () => {
    const cle = l.cle(request);
    let travail: Travail | null = null;
    const corps = await gardes.pour<Corps>(cle, u, entendu, async (lecteur): Promise<Faite<Corps>> => {
      const t = await l.travailler(request, reply, lecteur);
      travail = t;
      const { reponse } = t;
      if (reponse.genre !== 'page' || (reponse.page.statut ?? 200) !== 200 || reponse.page.temoins || !t.muette) return { valeur: { autre: t }, octets: null };
      const { corps: noeud, ...page } = reponse.page;
      const html = await dessin.dessiner(noeud, page.langue);
      // A form's key is drawn for one rendering.
      const octets = html.includes(`name="${CHAMP_CLE}"`) ? null : html.length * 1.3 + 500;
      return { valeur: { page, cle: JSON.stringify(page), morceau: morceauDe(html) }, octets };
    });
    if ('autre' in corps) return { envoyee: await l.repondre(corps.autre) };
    if (!travail) l.noter(request, u);
    const cadre = await gardes.pour<Cadre>(`${cle} cadre ${corps.cle}`, u, entendu, async (lecteur): Promise<Faite<Cadre>> => {
      const [avant, apres] = await dessin.cadrer(
        { url: new URL(request.url, 'http://concorde.invalid'), utilisateur: lecteur, brut: { request, reply } },
        corps.page,
      );
      return { valeur: { avant: morceauDe(avant), apres: morceauDe(apres) }, octets: (avant.length + apres.length) * 1.3 + 500 };
    });
    reply.header('cache-control', 'private, no-store').type('text/html; charset=utf-8');
    return { envoyee: await composer(request, reply, [cadre.avant, corps.morceau, cadre.apres]) };
  });
}
