/**
 * Rendered public pages, kept in memory until anything they may show changes. Only what an anonymous visitor sees is kept:
 * the same bytes for everybody. PostgreSQL says at commit that something changed (migration `pages_gardees`, function
 * `signaler`), whichever process wrote it; while that channel is down nothing is kept and every page is rendered.
 */
import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { LRUCache } from 'lru-cache';
import { openEcoute } from '../direct/listen.ts';

const compresser = promisify(gzip);
const OCTETS_MAX = 64 * 1_048_576;

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
  let entend = false;
  const oublier = () => {
    generation += 1;
    auChangement();
    pages.clear();
  };
  const ecoute = openEcoute(url, {
    canal: 'concorde_changement',
    nom: 'concorde-changements',
    recevoir: oublier,
    ouverte: () => {
      oublier();
      entend = true;
    },
    perdue: () => {
      entend = false;
      oublier();
    },
  });
  await ecoute.prete;
  return {
    lire: (cle) => pages.get(cle),
    commencer: (cle) => {
      const debut = generation;
      return (html) => {
        const p = garder(html);
        if (entend && generation === debut) pages.set(cle, p);
        return p;
      };
    },
    oublier,
    close: ecoute.close,
  };
}
