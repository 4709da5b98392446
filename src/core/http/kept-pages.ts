/**
 * Rendered public pages, kept in memory by what they show: the tables that were read to render them (core/base/read-tables.ts). Only
 * what an anonymous visitor sees is kept here: the same bytes for everybody. A commit says which tables it changed; those that may be
 * late are served once more while the new page is rendered, for a second at most; all the others are gone at once. One render at a
 * time for a page, however many ask for it. While changes are not heard nothing is kept and every page is rendered. Decision 28.
 */
import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { LRUCache } from 'lru-cache';
import { suivreLectures } from '../base/read-tables.ts';
import { type Changements, openChangements, type OptionsChangements, TARD_MS } from '../direct/changes.ts';

const compresser = promisify(gzip);
const OCTETS_MAX = 32 * 1_048_576;
/** What a page served late still has to travel. */
const MARGE_MS = 100;
/**
 * How long changes wait to be rendered together: all the time there is, but what the last render took and a quarter more. A page that takes
 * long is begun sooner, so that nobody has to wait for it.
 */
const groupeMs = (duree: number): number => Math.max(0, TARD_MS - 2 * MARGE_MS - 1.25 * duree);
const ESSAIS = 3;

export interface PageGardee {
  html: Buffer;
  etiquette: string;
  /** Compressed once, when first asked. */
  gzip(): Promise<Buffer>;
}
/** A page to keep, or anything else, which is for whoever asked alone. */
export type Rendue<T> = { html: string } | { autre: T };
type Obtenue<T> = { page: PageGardee } | { autre: T };

export interface PagesGardees {
  changements: Changements;
  obtenir<T>(cle: string, rendre: () => Promise<Rendue<T>>): Promise<Obtenue<T>>;
  /**
   * Resolves once what this process just committed is heard. Whoever wrote it is answered after: what was served meanwhile was read
   * beside a write that nobody had been told of yet, and no reader waits for it.
   */
  ecrit(): Promise<unknown>;
  /** The same for whoever is answered at once: the next who reads a kept page waits in their place. */
  aEntendre(): void;
  close(): Promise<void>;
}

interface Entree {
  page: PageGardee;
  tables: ReadonlySet<string>;
  /** Up to there, nothing that it shows changed. */
  place: number;
  propreA: number;
  /** How long it took to be rendered, in milliseconds. */
  duree: number;
  /** When it was last known to be as the database; null as long as it is. */
  saleDepuis: number | null;
}
type Issue<T> = { page: PageGardee; sort: 'partagee' | 'seule' | 'perimee' } | { autre: T };
interface Vol {
  place: number;
  debut: number;
  issue: Promise<Issue<unknown>>;
}

export function garder(html: string): PageGardee {
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

/** `instant`: milliseconds that only grow; those of the process when left out. */
export type OptionsPages = OptionsChangements & { instant?: () => number };

export async function openPagesGardees(url: string, { instant = () => performance.now(), ...o }: OptionsPages = {}): Promise<PagesGardees> {
  const changements = await openChangements(url, o);
  const pages = new LRUCache<string, Entree>({ maxSize: OCTETS_MAX, sizeCalculation: ({ page: p }) => Math.ceil(p.html.length * 1.25) + 1000 });
  const vols = new Map<string, Vol>();

  let aEntendre = false;
  let entendu: Promise<unknown> | null = null;

  /** How late this page is, in milliseconds; null when it may not be served any more. */
  const retard = (e: Entree, a: number): number | null => {
    const change = changements.depuis(e.place, e.tables);
    if (change === 'aussitot') return null;
    if (change === null && e.saleDepuis === null) {
      [e.place, e.propreA] = [changements.ici(), a];
      return 0;
    }
    e.saleDepuis ??= e.propreA;
    return a - e.saleDepuis;
  };
  const rendreEtGarder = async <T>(cle: string, rendre: () => Promise<Rendue<T>>, place: number, debut: number): Promise<Issue<T>> => {
    const { resultat, textes } = await suivreLectures(rendre);
    if ('autre' in resultat) return resultat;
    const page = garder(resultat.html);
    const tables = changements.tablesDe(textes);
    if (!tables || !changements.entend()) return { page, sort: 'seule' };
    const change = changements.depuis(place, tables);
    if (change === 'aussitot') return { page, sort: 'perimee' };
    pages.set(cle, { page, tables, place, propreA: debut, duree: instant() - debut, saleDepuis: change === 'tard' ? debut : null });
    return { page, sort: 'partagee' };
  };
  const lancer = <T>(cle: string, rendre: () => Promise<Rendue<T>>): Promise<Issue<T>> => {
    const [place, debut] = [changements.ici(), instant()];
    const issue = rendreEtGarder(cle, rendre, place, debut);
    const vol: Vol = { place, debut, issue };
    vols.set(cle, vol);
    const finir = () => {
      if (vols.get(cle) === vol) vols.delete(cle);
    };
    issue.then(finir, finir);
    return issue;
  };
  /** The render under way, when it began late enough for this reader. */
  const rejoindre = (cle: string): Vol | undefined => {
    const vol = vols.get(cle);
    if (!vol || changements.aussitotDepuis(vol.place) || instant() - vol.debut > TARD_MS - MARGE_MS) return undefined;
    return vol;
  };
  const attendre = async <T>(cle: string, rendre: () => Promise<Rendue<T>>): Promise<Obtenue<T>> => {
    for (let essai = 1; ; essai++) {
      const autrui = rejoindre(cle);
      const issue = autrui ? await autrui.issue.catch(() => null) : await lancer(cle, rendre);
      if (issue && 'page' in issue && (issue.sort === 'partagee' || (!autrui && (issue.sort === 'seule' || essai >= ESSAIS)))) return { page: issue.page };
      if (issue && 'autre' in issue && !autrui) return issue as { autre: T };
      // Someone else's answer, which is not for all: one's own.
      if (autrui && !(issue && 'page' in issue && issue.sort === 'perimee')) {
        const sienne = await rendre();
        return 'html' in sienne ? { page: garder(sienne.html) } : sienne;
      }
    }
  };

  return {
    changements,
    obtenir: async (cle, rendre) => {
      if (aEntendre) {
        aEntendre = false;
        entendu = changements.rejoindre();
      }
      await entendu;
      if (!changements.entend()) {
        const seule = await rendre();
        return 'html' in seule ? { page: garder(seule.html) } : seule;
      }
      const deja = pages.get(cle);
      const late = deja ? retard(deja, instant()) : null;
      if (!deja || late === null || late > TARD_MS - MARGE_MS) return attendre(cle, rendre);
      if (late > groupeMs(deja.duree) && !rejoindre(cle)) lancer(cle, rendre).catch(() => {});
      return { page: deja.page };
    },
    ecrit: changements.rejoindre,
    aEntendre: () => {
      aEntendre = true;
    },
    close: changements.close,
  };
}
