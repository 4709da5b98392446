/** A real Chromium from npm (no system package), shared by a file's tests; axe on its pages; screenshots. */
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type Axe from 'axe-core';
import type { RunOptions } from 'axe-core';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';

// The library unpacks its own system libraries only where it believes it runs as a function; its own default arguments
// are not used (they hang, and hide security bugs).
/** Unpacks it too, the first time in a run: once, before tests that would do it two at a time. */
export async function cheminDeChromium(): Promise<string> {
  if (process.env.CHROMIUM_PATH) return process.env.CHROMIUM_PATH;
  process.env.AWS_LAMBDA_JS_RUNTIME ??= 'nodejs20.x';
  const { default: paquet } = await import('@sparticuz/chromium');
  return paquet.executablePath();
}

/** Files of one process share it, one after the other: it is started once, and ends with the process. */
let commun: Promise<Browser> | null = null;

async function lancer(): Promise<Browser> {
  const navigateur = await chromium.launch({
    executablePath: await cheminDeChromium(),
    args: ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu', '--headless=new', '--disable-background-networking', '--no-first-run'],
  });
  // What a file has opened in it is all that it closes: people, their pages, their cookies and what was kept for them.
  navigateur.close = async () => {
    await Promise.all(navigateur.contexts().map((c) => c.close()));
  };
  return navigateur;
}

export async function ouvrirNavigateur(): Promise<Browser> {
  // One that failed to start, or has died since, is nobody's: the next file starts another.
  const deja = await commun?.catch(() => null);
  if (deja?.isConnected()) return deja;
  commun = lancer();
  return commun;
}

/** As published for pages: half the text, read anew by each page. */
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

declare global {
  interface Window {
    /** What its text puts in a page. */
    axe: typeof Axe;
  }
}
/** Runs in the page, after axe's own text. */
async function chercher(o: RunOptions): Promise<string[]> {
  const { violations } = await window.axe.run(document, o);
  return violations.map((v) => `${v.id} (${v.nodes.length}) : ${v.nodes[0]?.target.join(' ')} — ${v.help}`);
}

/** Only what is wrong is told: what passes is not described, node by node. */
const optionsDe = (sans: readonly string[]): RunOptions => ({
  resultTypes: ['violations'],
  rules: Object.fromEntries(sans.map((r) => [r, { enabled: false }])),
});

/** What axe finds, one line each; empty when the page holds. */
export async function axe(page: Page, sans: readonly string[] = []): Promise<string[]> {
  // Put there and asked in one go, where its package for Playwright puts it twice in each page and has every rule told.
  for (const cadre of page.frames()) if (cadre !== page.mainFrame()) await cadre.evaluate(AXE);
  return page.evaluate<string[]>(`${AXE};(${chercher})(${JSON.stringify(optionsDe(sans))})`);
}

/** Its one function, of the window that it looks at. */
const AXE_DUNE_FENETRE = AXE.slice(AXE.indexOf('!function') + 1, AXE.lastIndexOf('("object"==typeof window?window:this)'));

export interface PageRegardee {
  /** A page like any other: the only one of its tab, and what a person would see of it. */
  page: Page;
  /** What axe finds in what it shows now. */
  axe(sans?: readonly string[]): Promise<string[]>;
}

/**
 * For many pages of one site: axe stays in a tab of its own, which opened the one where they go by, and looks at it from there. Its text is understood
 * once and soon runs compiled, where in each page it would start cold: half the time. It finds the same, node by node.
 */
export async function ouvrirPageRegardee(contexte: BrowserContext, adresse: string): Promise<PageRegardee> {
  const loupe = await contexte.newPage();
  // Any text of the site: who may look at a window is of the same origin.
  await loupe.goto(`${adresse}/robots.txt`);
  await loupe.evaluate(`window.regarder = ${AXE_DUNE_FENETRE}; undefined`);
  const [page] = await Promise.all([contexte.waitForEvent('page'), loupe.evaluate("window.regardee = window.open('about:blank'); undefined")]);
  return {
    page,
    axe: async (sans = []) => {
      // What is in a frame is looked at from inside.
      if (page.frames().length > 1) return axe(page, sans);
      const vue = await loupe.evaluate<{ url: string; fautes: string[] }>(
        `(regarder(regardee), ((window, document) => (${chercher})(${JSON.stringify(optionsDe(sans))}))(regardee, regardee.document).then((fautes) => ({ url: regardee.location.href, fautes })))`,
      );
      if (vue.url !== page.url()) throw new Error(`axe a regardé ${vue.url}, et non ${page.url()}`);
      return vue.fautes;
    },
  };
}

/** Full-page screenshot in the ignored folder `captures/`, for who wants to look (CONCORDE_CAPTURES=1): nothing compares them, and drawing whole pages is dear. */
export async function capture(page: Page, nom: string): Promise<void> {
  if (!process.env.CONCORDE_CAPTURES) return;
  mkdirSync('captures', { recursive: true });
  await page.screenshot({ path: `captures/${nom}.png`, fullPage: true });
}
