/**
 * Rendered public pages, kept in memory until anything they may show changes. Only what an anonymous visitor sees is kept:
 * the same bytes for everybody. PostgreSQL says at commit that something changed (migration `pages_gardees`, function
 * `signaler`), whichever process wrote it; while that channel is down nothing is kept and every page is rendered.
 */
import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { LRUCache } from 'lru-cache';
import pg from 'pg';
import { canalDe } from './canal.ts';

const compresser = promisify(gzip);
const OCTETS_MAX = 64 * 1_048_576;
const REPRISE_MS = 1000;

export interface PageGardee {
  html: Buffer;
  etiquette: string;
  /** Compressed once, when first asked. */
  gzip(): Promise<Buffer>;
}

export interface PagesGardees {
  lire(cle: string): PageGardee | undefined;
  /** What to call before rendering; the page is kept only if nothing changed in between. */
  commencer(cle: string): (html: string) => PageGardee;
  /** After a write in this process, without waiting for the database to say so. */
  oublier(): void;
  close(): Promise<void>;
}

function garder(html: string): PageGardee {
  const octets = Buffer.from(html);
  let compresse: Promise<Buffer> | null = null;
  return {
    html: octets,
    etiquette: `"${createHash('sha256').update(octets).digest('base64url').slice(0, 22)}"`,
    gzip: () => {
      compresse ??= compresser(octets);
      return compresse;
    },
  };
}

/** `auChangement` runs at each change, before the pages are forgotten. */
export async function openPagesGardees(url: string, auChangement: () => void = () => {}): Promise<PagesGardees> {
  const pages = new LRUCache<string, PageGardee>({ maxSize: OCTETS_MAX, sizeCalculation: (p) => p.html.length + 1000 });
  let generation = 0;
  let ecoute: pg.Client | null = null;
  let reprise: NodeJS.Timeout | null = null;
  let ferme = false;
  const oublier = () => {
    generation += 1;
    auChangement();
    pages.clear();
  };
  const perdre = (client: pg.Client) => {
    if (ecoute !== client) return;
    ecoute = null;
    oublier();
    void client.end().catch(() => {});
    if (!ferme) reprise = setTimeout(() => void ecouter().catch(reessayer), REPRISE_MS);
  };
  const reessayer = () => {
    if (!ferme) reprise = setTimeout(() => void ecouter().catch(reessayer), REPRISE_MS);
  };
  async function ecouter(): Promise<void> {
    const client = new pg.Client({ connectionString: url, keepAlive: true, application_name: 'concorde-changements' });
    client.on('error', () => perdre(client));
    client.on('end', () => perdre(client));
    client.on('notification', oublier);
    await client.connect();
    await client.query(`listen ${client.escapeIdentifier(await canalDe(client, 'concorde_changement'))}`);
    oublier();
    ecoute = client;
  }
  await ecouter();
  return {
    lire: (cle) => pages.get(cle),
    commencer: (cle) => {
      const debut = generation;
      return (html) => {
        const p = garder(html);
        if (ecoute && generation === debut) pages.set(cle, p);
        return p;
      };
    },
    oublier,
    close: async () => {
      ferme = true;
      if (reprise) clearTimeout(reprise);
      await ecoute?.end();
    },
  };
}
