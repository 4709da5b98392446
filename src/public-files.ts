/** What machines read of the whole site: which addresses there are (sitemap), which to leave (robots), whom to tell of a flaw (RFC 9116). */
import { JOUR_MS } from './core/jours.ts';
import { acces } from './core/authorize.ts';
import { xml } from './core/atom.ts';
import { fichier, get, type Route } from './core/http/http.ts';
import { type Catalogue, getCatalogue } from './modules/contrats/index.ts';

interface Reglages {
  /** Public address. */
  adresse: string;
  /** Fictive data are not for search engines. */
  demonstration: boolean;
  /** `mailto:` or `https:`; null: nobody said whom to tell, and no file says it. */
  contactSecurite: string | null;
}
const TEXTE = 'text/plain; charset=utf-8';
const JOURS_SECURITE = 180;
/** Public, and of no use to who searches from outside: doors, answers to forms, one person's. */
const PAS_A_LISTER = /^\/(connexion|confirmer|demonstration|composants|recherche|recu|enquetes\/merci|invitation|calendrier\/flux)(\/|$)|\.\w+$/;

/** Pages of the contract's objects, by the route that serves them. */
const OBJETS: Readonly<Record<string, (c: Catalogue) => Iterable<string>>> = {
  '/axes/:numero': (c) => c.axes.map((a) => String(a.numero)),
  '/fiches/:numero': (c) => c.fiches.keys(),
  '/chiffres/:mesure': (c) => c.mesures.keys(),
  '/territoires/:id': (c) => c.territoires.keys(),
  '/acteurs/:id': (c) => c.acteurs.keys(),
  '/dispositifs/:id': (c) => c.systemes.keys(),
};

/** Paths that anybody may open, from the table of routes and the contract. */
export function cheminsPublics(routes: readonly Route[], c: Catalogue): string[] {
  const pages = routes.filter((r) => r.methode === 'GET' && r.acces.genre === 'public' && !r.options.api && !r.options.secrete && !PAS_A_LISTER.test(r.chemin));
  return pages.flatMap(({ chemin }) => {
    const ids = OBJETS[chemin];
    if (ids) return [...ids(c)].map((id) => chemin.replace(/:\w+$/, encodeURIComponent(id)));
    return chemin.includes(':') ? [] : [chemin];
  });
}

export const publicFiles = (routes: readonly Route[], o: Reglages): Route[] => [
  get('/sitemap.xml', acces.public, async (c) => {
    const chemins = cheminsPublics(routes, await getCatalogue(c.db, c.contrat.id));
    const urls = chemins.map((chemin) => `<url><loc>${xml(o.adresse + chemin)}</loc></url>`);
    const contenu = ['<?xml version="1.0" encoding="utf-8"?>', '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">', ...urls, '</urlset>', ''].join(
      '\n',
    );
    return fichier(contenu, { nom: 'sitemap.xml', type: 'application/xml; charset=utf-8', affiche: true });
  }),
  get('/robots.txt', acces.public, () =>
    fichier(
      o.demonstration
        ? 'User-agent: *\nDisallow: /\n'
        : `User-agent: *\nDisallow: /connexion\nDisallow: /recherche\nAllow: /\n\nSitemap: ${o.adresse}/sitemap.xml\n`,
      { nom: 'robots.txt', type: TEXTE, affiche: true },
    ),
  ),
  ...(o.contactSecurite === null
    ? []
    : [
        get('/.well-known/security.txt', acces.public, (c) => {
          const expire = new Date(c.maintenant.getTime() + JOURS_SECURITE * JOUR_MS).toISOString().replace(/\.\d+Z$/, 'Z');
          return fichier(`Contact: ${o.contactSecurite}\nExpires: ${expire}\nPreferred-Languages: fr, en\nCanonical: ${o.adresse}/.well-known/security.txt\n`, {
            nom: 'security.txt',
            type: TEXTE,
            affiche: true,
          });
        }),
      ]),
];
