/**
 * An empty copy of a page, kept so that it opens without network: what a device wrote is read again from its depot, and nothing else of what the
 * page showed is there. Of one person at a time; emptied when they sign out.
 */
const NOM = 'concorde-coquille:';

async function effacerCoquilles(sauf = ''): Promise<void> {
  if (!('caches' in window)) return;
  for (const nom of await caches.keys()) if (nom.startsWith(NOM) && nom !== sauf) await caches.delete(nom);
}

interface Coquille {
  compte: string;
  /** Addresses that the worker answers for. */
  portee: string;
  /** Where this page opens, and where its empty copy is read. */
  adresse: string;
  vide: string;
  /** This page replaces the one kept before: a room at a time. */
  seule?: boolean;
}
export async function garderCoquille(o: Coquille): Promise<void> {
  if (!('serviceWorker' in navigator) || !('caches' in window)) return;
  await navigator.serviceWorker.register('/hors-ligne.js', { scope: o.portee });
  await effacerCoquilles(NOM + o.compte);
  const r = await fetch(o.vide, { headers: { accept: 'text/html' }, redirect: 'error' });
  if (!r.ok) return;
  // A key is of one sending: the form of the copy has none, and is given one each time.
  const html = (await r.text()).replace(/(name="_cle" value=")[^"]*/g, '$1');
  const cache = await caches.open(NOM + o.compte);
  if (o.seule) for (const k of await cache.keys()) if (new URL(k.url).pathname.startsWith(o.portee)) await cache.delete(k);
  await cache.put(o.adresse, new Response(html, { headers: { 'content-type': 'text/html; charset=utf-8', 'x-garde': String(Date.now()) } }));
  const fichiers = new Set([...html.matchAll(/"(\/statique\/[^"]+)"/g)].map(([, f]) => f ?? ''));
  for (const k of await cache.keys()) if (k.url.includes('/statique/') && !fichiers.delete(new URL(k.url).pathname)) await cache.delete(k);
  await cache.addAll([...fichiers]);
}

/** On every page: whoever signs out leaves nothing of theirs that opens without network. */
export function startSansCoquille(): void {
  document.addEventListener('submit', (e) => {
    if ((e.target as HTMLFormElement).getAttribute('action') === '/deconnexion') void effacerCoquilles();
  });
}
