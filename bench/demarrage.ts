/** What a reader downloads, and what the server holds once it has served. */
import { gzipSync } from 'node:zlib';
import { avecTemoin, charger, type Contexte, COORDINATRICE, type Etabli, lirePage } from './contexte.ts';

async function peser(e: Etabli, html: string, motif: RegExp): Promise<number> {
  let total = 0;
  for (const m of html.matchAll(motif)) total += gzipSync(await lirePage(e.adresse + (m[1] ?? ''), null)).length;
  return total;
}

/** What travels when gzip is asked: `fetch` inflates what it hands over, the length of what came is in the header or counted here. */
async function octetsEnvoyes(url: string, temoin: string): Promise<number> {
  const r = await fetch(url, { headers: avecTemoin(temoin) });
  const corps = Buffer.from(await r.arrayBuffer());
  return Number(r.headers.get('content-length') ?? 0) || gzipSync(corps).length;
}

export async function mesurerPoids(c: Contexte): Promise<void> {
  const e = await c.etabli('A');
  const temoin = await e.temoin(COORDINATRICE);
  const html = String(await lirePage(`${e.adresse}/fiches/1.6?annee=2026`, null));
  c.noter('js-page-gz', await peser(e, html, /<script[^>]+src="([^"]+)"/g), 'octets');
  c.noter('css-page-gz', await peser(e, html, /<link rel="stylesheet" href="([^"]+)"/g), 'octets');
  const formulaire = `${e.adresse}/registres/formations/nouveau`;
  c.noter('formulaire-octets', (await lirePage(formulaire, temoin)).length, 'octets');
  c.noter('formulaire-octets-gz', await octetsEnvoyes(formulaire, temoin), 'octets');
}

/** After the load of every page that matters, signed in and not. */
export async function mesurerMemoire(c: Contexte): Promise<void> {
  const e = await c.etabli('A');
  const temoin = await e.temoin(COORDINATRICE);
  for (const chemin of ['/', '/fiches/1.6?annee=2026', '/barometre?annee=2026', '/registres/formations', '/ma-journee'])
    for (const qui of [null, temoin])
      if (qui !== null || (!chemin.startsWith('/registres') && chemin !== '/ma-journee'))
        await charger({ url: e.adresse + chemin, temoin: qui, secondes: c.duree });
  c.noter('memoire-apres-charge', await e.memoire(), 'Mo');
}
