/**
 * Styles, fonts and scripts of the pages, built once into `dist/statique/` under names that carry their content's hash
 * (they may be cached for ever). `assetUrl('concorde.css')` gives the public address of one of them.
 */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, extname, join, relative, resolve } from 'node:path';
import { listClasses, purge, rawColours, rebrand } from './css-purge.ts';

export type Manifest = Readonly<Record<string, string>>;

let manifest: Manifest | null = null;
/** Beside the bundle that runs (`dist/`), or below the folder from which tests run. */
const MANIFESTES = [join(import.meta.dirname, 'statique/manifest.json'), join(process.cwd(), 'dist/statique/manifest.json')];

/** Public address of an asset: `/statique/concorde-3f2a….css`. Before any build, the plain name. */
export function assetUrl(nom: string): string {
  if (!manifest) {
    const chemin = MANIFESTES.find(existsSync);
    if (!chemin) return `/statique/${nom}`;
    manifest = JSON.parse(readFileSync(chemin, 'utf8')) as Manifest;
  }
  return `/statique/${manifest[nom] ?? nom}`;
}

export interface BuildOptions {
  /** Folder to write, `dist/statique`. */
  sortie: string;
  /** Root of the package; two folders above `sortie` by default. */
  racine?: string;
  /** Builds even when nothing changed. */
  forcer?: boolean;
}

/** Builds what changed and returns the manifest. Nothing to do costs one pass over the sources' dates. */
export async function buildAssets({ sortie, racine = resolve(sortie, '../..'), forcer = false }: BuildOptions): Promise<Manifest> {
  const empreinte = await empreinteDesSources(racine);
  const cheminManifest = join(sortie, 'manifest.json');
  const cheminEmpreinte = join(sortie, '.empreinte');
  if (!forcer && existsSync(cheminManifest) && (await readFile(cheminEmpreinte, 'utf8').catch(() => '')) === empreinte) {
    manifest = JSON.parse(await readFile(cheminManifest, 'utf8')) as Manifest;
    return manifest;
  }
  await mkdir(sortie, { recursive: true });
  const ecrits: Record<string, string> = {};
  const ecrire = async (nom: string, contenu: string | Uint8Array) => {
    const ext = extname(nom);
    const hachage = createHash('sha256').update(contenu).digest('hex').slice(0, 10);
    const final = `${nom.slice(0, -ext.length)}-${hachage}${ext}`;
    await writeFile(join(sortie, final), contenu);
    ecrits[nom] = final;
    return final;
  };

  const polices = join(racine, 'node_modules/@fontsource-variable/atkinson-hyperlegible-next/files');
  const noms: Record<string, string> = {};
  for (const [nom, fichier] of Object.entries(POLICES)) noms[nom] = await ecrire(nom, await readFile(join(polices, fichier)));
  await ecrire('signe.svg', SIGNE);
  await ecrire('partage.png', await dessinerPartage());

  const scripts = await bundleIslands(racine);
  for (const [nom, contenu] of scripts) await ecrire(nom, contenu);
  await ecrire('concorde.css', await buildCss(racine, scripts, noms));

  // A running server may still read the old manifest: the new one replaces it at once.
  await writeFile(`${cheminManifest}.neuf`, JSON.stringify(ecrits, null, 2));
  await rename(`${cheminManifest}.neuf`, cheminManifest);
  await writeFile(cheminEmpreinte, empreinte);
  await retirerAnciens(sortie, new Set([...Object.values(ecrits), 'manifest.json', '.empreinte']));
  manifest = ecrits;
  return ecrits;
}

const POLICES: Record<string, string> = {
  'atkinson.woff2': 'atkinson-hyperlegible-next-latin-wght-normal.woff2',
  'atkinson-italique.woff2': 'atkinson-hyperlegible-next-latin-wght-italic.woff2',
  'atkinson-etendu.woff2': 'atkinson-hyperlegible-next-latin-ext-wght-normal.woff2',
};

const SIGNE = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 36 36" fill="none"><rect width="36" height="36" rx="7" fill="#13294b"/><g transform="translate(5 5) scale(.72)"><path d="M3 31C3 17 9 7 18 4" stroke="#fff" stroke-width="5"/><path d="M33 31C33 17 27 7 18 4" stroke="#e0b454" stroke-width="5"/></g></svg>`;

/** What goes with a link to a page: the mark alone, for the words beside it are the page's. */
async function dessinerPartage(): Promise<Buffer> {
  const { Resvg } = await import('@resvg/resvg-js');
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1200 630" fill="none"><rect width="1200" height="630" fill="#13294b"/><rect y="606" width="1200" height="24" fill="#e0b454"/><g transform="translate(384 75) scale(12)"><path d="M3 31C3 17 9 7 18 4" stroke="#fff" stroke-width="5"/><path d="M33 31C33 17 27 7 18 4" stroke="#e0b454" stroke-width="5"/><path d="M12.5 31c0-7 2-11.5 5.5-14 3.5 2.5 5.5 7 5.5 14" stroke="#e0b454" stroke-width="3.5"/></g></svg>`;
  return new Resvg(svg, { fitTo: { mode: 'original' } }).render().asPng();
}

/** What modules keep in their own `islands/` or `styles/`, in their order by name. */
async function listDesModules(racine: string, dossier: 'islands' | 'styles', nom: RegExp): Promise<string[]> {
  const modules = join(racine, 'src/modules');
  const trouves = await readdir(modules, { recursive: true }).catch(() => []);
  return trouves
    .map((f) => f.split(/[\\/]/))
    .filter(([, d, f, ...reste]) => d === dossier && reste.length === 0 && nom.test(f ?? ''))
    .map((f) => join(modules, ...f))
    .sort();
}

/** Every `islands/*.ts`, of the design system or of a module, is one script of the same name, minified. */
async function bundleIslands(racine: string): Promise<Map<string, string>> {
  const { build } = await import('esbuild');
  const dossier = join(racine, 'src/ui/islands');
  const entree = /^[a-z][a-z-]*\.ts$/;
  const entrees = [
    ...(await readdir(dossier)).filter((f) => entree.test(f)).map((f) => join(dossier, f)),
    ...(await listDesModules(racine, 'islands', entree)),
  ];
  const noms = entrees.map((f) => basename(f));
  const double = noms.find((n, i) => noms.indexOf(n) !== i);
  if (double) throw new Error(`Deux îlots s’appellent ${double} : leurs scripts auraient la même adresse.`);
  const resultat = await build({
    entryPoints: Object.fromEntries(entrees.map((f) => [basename(f, '.ts'), f])),
    outdir: join(racine, 'dist'),
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    target: ['es2022', 'safari16'],
    legalComments: 'none',
    logLevel: 'warning',
  });
  return new Map(resultat.outputFiles.map((f) => [f.path.split(/[\\/]/).at(-1) ?? f.path, f.text]));
}

async function buildCss(racine: string, scripts: ReadonlyMap<string, string>, polices: Readonly<Record<string, string>>): Promise<string> {
  const { build } = await import('esbuild');
  const sources = await Promise.all(
    (await listSources(racine)).filter((f) => /\.(ts|tsx)$/.test(f) && !f.endsWith('css-purge.ts')).map((f) => readFile(f, 'utf8')),
  );
  const utilisees = new Set([...TOUJOURS, ...[...sources, ...scripts.values()].flatMap(listClasses)]);
  const cadre = async (chemin: string) => purge(rebrand(await readFile(join(racine, 'node_modules', chemin), 'utf8')), utilisees);
  const govuk = await cadre('govuk-frontend/dist/govuk/govuk-frontend.min.css');
  const moj = await cadre('@ministryofjustice/frontend/moj/moj-frontend.min.css');
  const brutes = rawColours(govuk + moj);
  if (brutes.length > 0) throw new Error(`Couleurs du système de conception sans jeton : ${brutes.join(', ')}. À ajouter dans src/ui/css-purge.ts.`);
  const ui = join(racine, 'src/ui');
  const desModules = (await listDesModules(racine, 'styles', /\.css$/)).map((f) => relative(ui, f).replaceAll('\\', '/'));
  const feuilles = ['./concorde.css', ...desModules, './css/impression.css'];
  // Our rules stand outside of any layer, so they win over the design systems whatever their specificity; what is said of paper comes last.
  const resultat = await build({
    stdin: { contents: `${feuilles.map((f) => `@import "${f}";`).join('')}@layer govuk{${govuk}}@layer moj{${moj}}`, loader: 'css', resolveDir: ui },
    bundle: true,
    minify: true,
    write: false,
    target: ['chrome111', 'firefox115', 'safari16'],
    external: ['/statique/*'],
    legalComments: 'none',
    logLevel: 'error',
  });
  const css = resultat.outputFiles[0]?.text ?? '';
  return css.replace(/\/statique\/([a-z-]+\.woff2)/g, (tout, nom: string) => (polices[nom] ? `/statique/${polices[nom]}` : tout));
}

/** Classes that scripts of the design systems put on the page without writing their whole name. */
const TOUJOURS = ['govuk-frontend-supported', 'govuk-template--rebranded'];

async function listSources(racine: string): Promise<string[]> {
  const fichiers = await readdir(join(racine, 'src'), { recursive: true });
  return fichiers.filter((f) => /\.(ts|tsx|css)$/.test(f) && !/\.test\.tsx?$/.test(f)).map((f) => join(racine, 'src', f));
}

async function empreinteDesSources(racine: string): Promise<string> {
  const fichiers = [
    ...(await listSources(racine)).sort(),
    join(racine, 'node_modules/govuk-frontend/package.json'),
    join(racine, 'node_modules/@ministryofjustice/frontend/package.json'),
  ];
  const dates = await Promise.all(fichiers.map(async (f) => `${f} ${(await stat(f)).mtimeMs}`));
  return createHash('sha256').update(dates.join('\n')).digest('hex');
}

/** Files of former builds go after a day: pages already open may still ask for them. */
async function retirerAnciens(sortie: string, gardes: ReadonlySet<string>): Promise<void> {
  for (const nom of await readdir(sortie)) {
    if (gardes.has(nom)) continue;
    const chemin = join(sortie, nom);
    if (Date.now() - (await stat(chemin)).mtimeMs > 86_400_000) await rm(chemin, { recursive: true, force: true });
  }
}
