/**
 * Two pages open again without network after the phone closed their tab: the form of the field, the main courante of a room. This script answers
 * for them, network first; what it then gives is an empty page of this person (`ui/islands/parts/coquille.ts`), never what was read. Gone with the
 * session: at sign-out, as soon as such an address leads to the sign-in page, and after the hours of a shift.
 */
import { accesMetier } from '../../core/authorize.ts';
import { fichier, get, type Route } from '../../core/http/http.ts';

/** As long as a session lives at most. */
const HEURES = 12;
const OUVRIER = `const effacer = async () => {
  for (const nom of await caches.keys()) if (nom.startsWith('concorde-coquille:')) await caches.delete(nom);
};
const gardee = async (url) => {
  const r = (await caches.match(url)) ?? (await caches.match(url, { ignoreSearch: true }));
  if (r && Date.now() - Number(r.headers.get('x-garde')) < ${HEURES} * 3600000) return r;
  if (r) await effacer();
  return Response.error();
};
self.addEventListener('install', () => self.skipWaiting());
self.addEventListener('activate', (e) => e.waitUntil(self.clients.claim()));
self.addEventListener('fetch', (e) => {
  const url = new URL(e.request.url);
  if (e.request.method !== 'GET' || url.origin !== self.location.origin) return;
  if (e.request.mode === 'navigate')
    e.respondWith(fetch(e.request).then(async (r) => {
      if (r.type === 'opaqueredirect') await effacer();
      return r;
    }, () => gardee(url.href)));
  else if (url.pathname.startsWith('/statique/')) e.respondWith(caches.match(url.href).then((r) => r ?? fetch(e.request)));
});
`;

/** 200 · 403. At the root, so that it may answer for addresses of several modules; each page asks for its own alone. */
export const horsLigneRoutes: readonly Route[] = [
  get('/hors-ligne.js', accesMetier, () => fichier(OUVRIER, { nom: 'hors-ligne.js', type: 'text/javascript; charset=utf-8', affiche: true })),
];
