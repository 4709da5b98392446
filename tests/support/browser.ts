/** A real Chromium from npm (no system package), shared by a file's tests; axe on its pages; screenshots. */
import { mkdirSync } from 'node:fs';
import { AxeBuilder } from '@axe-core/playwright';
import { type Browser, chromium, type Page } from 'playwright-core';

// The library unpacks its own system libraries only where it believes it runs as a function; its own default arguments
// are not used (they hang, and hide security bugs).
/** Unpacks it too, the first time in a run: once, before tests that would do it two at a time. */
export async function cheminDeChromium(): Promise<string> {
  if (process.env.CHROMIUM_PATH) return process.env.CHROMIUM_PATH;
  process.env.AWS_LAMBDA_JS_RUNTIME ??= 'nodejs20.x';
  const { default: paquet } = await import('@sparticuz/chromium');
  return paquet.executablePath();
}

export async function ouvrirNavigateur(): Promise<Browser> {
  return chromium.launch({
    executablePath: await cheminDeChromium(),
    args: ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu', '--headless=new', '--disable-background-networking', '--no-first-run'],
  });
}

/** What axe finds, one line each; empty when the page holds. */
export async function axe(page: Page, sans: readonly string[] = []): Promise<string[]> {
  // Only what is wrong is told: what passes is not described, node by node. No page of ours holds another (the policy of content refuses
  // frames), so axe ends where it began: the other mode opens a page of its own for it each time, which takes more than reading ours.
  const { violations } = await new AxeBuilder({ page })
    .setLegacyMode(true)
    .options({ resultTypes: ['violations'] })
    .disableRules([...sans])
    .analyze();
  return violations.map((v) => `${v.id} (${v.nodes.length}) : ${v.nodes[0]?.target.join(' ')} — ${v.help}`);
}

/** Full-page screenshot in the ignored folder `captures/`. */
export async function capture(page: Page, nom: string): Promise<void> {
  mkdirSync('captures', { recursive: true });
  await page.screenshot({ path: `captures/${nom}.png`, fullPage: true });
}
