/**
 * Fonts for what the text font lacks (decision 18). The Noto families come as slices by range of characters, variable and compressed; a
 * document that needs some gets those characters alone, cut from their slices at the two weights that papers use. Nothing is read before.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { LRUCache } from 'lru-cache';
import { lirePoints } from './glyphes.ts';

/** In the order in which a character is looked for. */
const FAMILLES = ['', '-arabic', '-hebrew', '-devanagari', '-bengali', '-tamil', '-thai', '-georgian', '-armenian', '-ethiopic', '-symbols'].map(
  (f) => `noto-sans${f}`,
);
const JAPONAIS = /[\u3040-\u30ff]/;
const COREEN = /[\u1100-\u11ff\u3130-\u318f\uac00-\ud7af]/;
const GRAISSES = [400, 700];

interface Tranche {
  fichier: string;
  plages: readonly [number, number][];
}
const tranchesLues = new Map<string, readonly Tranche[]>();
const require = createRequire(import.meta.url);

function tranchesDe(famille: string): readonly Tranche[] {
  const lues = tranchesLues.get(famille);
  if (lues) return lues;
  const dossier = join(require.resolve(`@fontsource-variable/${famille}/package.json`), '..');
  const plages = JSON.parse(readFileSync(join(dossier, 'unicode.json'), 'utf8')) as Record<string, string>;
  const tranches = Object.entries(plages).map(
    ([nom, dites]): Tranche => ({
      fichier: join(dossier, 'files', `${famille}-${nom.replace(/[[\]]/g, '')}-wght-normal.woff2`),
      plages: dites.split(',').map((p) => {
        const [de = '0', a = de] = p.trim().replace(/^U\+/i, '').split('-');
        return [Number.parseInt(de, 16), Number.parseInt(a, 16)];
      }),
    }),
  );
  tranchesLues.set(famille, tranches);
  return tranches;
}

/** Han characters have a shape by country: that of who is written to in kana or hangul first. */
const famillesPour = (texte: string): readonly string[] => {
  const cjk = [...(JAPONAIS.test(texte) ? ['jp'] : []), ...(COREEN.test(texte) ? ['kr'] : []), 'sc'];
  return [...FAMILLES, ...[...new Set([...cjk, 'jp', 'kr'])].map((l) => `noto-sans-${l}`)];
};

export interface Polices {
  blobs: Buffer[];
  /** Characters that they show. */
  points: ReadonlySet<number>;
}

/** Joiners and spaces are shaped with the letters around them. */
const LIANTS = '\u200c\u200d \u00a0';

/** Cutting takes seconds for a long text in Chinese: what a page has just asked for serves the next one, and those who ask at the same time. */
const coupees = new LRUCache<string, Promise<Polices>>({ max: 12 });

/** Cut fonts for these characters; `texte`: everything that will be written. */
export function policesPour(inconnus: Iterable<number>, texte: string): Promise<Polices> {
  const points = [...new Set(inconnus)].sort((a, b) => a - b);
  const familles = famillesPour(texte);
  const cle = `${familles.slice(FAMILLES.length).join()}|${points.join()}`;
  const deja = coupees.get(cle);
  if (deja) return deja;
  const promises = reduire(points, familles);
  coupees.set(cle, promises);
  promises.catch(() => coupees.delete(cle));
  return promises;
}

async function reduire(inconnus: readonly number[], familles: readonly string[]): Promise<Polices> {
  const { default: decouper } = await import('subset-font');
  const restent = new Set(inconnus);
  const blobs: Buffer[] = [];
  const points = new Set<number>();
  for (const famille of familles) {
    if (restent.size === 0) break;
    for (const { fichier, plages } of tranchesDe(famille)) {
      const voulus = [...restent].filter((p) => plages.some(([de, a]) => p >= de && p <= a));
      if (voulus.length === 0) continue;
      const octets = readFileSync(fichier);
      const signes = voulus.map((p) => String.fromCodePoint(p)).join('') + LIANTS;
      const coupes: Buffer[] = [];
      for (const wght of GRAISSES) coupes.push(await decouper(octets, signes, { targetFormat: 'truetype', variationAxes: { wght } }));
      const connus = coupes.map(lirePoints);
      const montres = voulus.filter((p) => connus.every((c) => c.has(p)));
      if (montres.length === 0) continue;
      blobs.push(...coupes);
      for (const p of montres) {
        points.add(p);
        restent.delete(p);
      }
    }
  }
  return { blobs, points };
}
