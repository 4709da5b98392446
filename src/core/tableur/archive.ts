/**
 * The parts of a workbook that hold rows, taken out of its archive. Sizes written in an archive are whatever its author
 * wanted: bytes are counted as they come out, over all parts, and reading stops at the limit.
 */
import type { Readable } from 'node:stream';
import yauzl from 'yauzl';
import { ErreurConcorde, invalide, tropLourd } from '../errors.ts';
import { illisible } from './lignes.ts';
import { ENTREES_MAX, GONFLE_MAX, tailleEcrite } from './limites.ts';

export interface Archive {
  genre: 'xlsx' | 'ods';
  parties: Map<string, Buffer>;
}

/** Never opened: pictures, charts, caches, printers. They may weigh what they like. */
const SANS_LIGNES =
  /^(docProps|customXml|customUI|xl\/(media|drawings|charts|chartsheets|diagrams|theme|pivot\w+|externalLinks|printerSettings|threadedComments|persons|queryTables|tables|slicer\w*|timeline\w*|embeddings|activeX|ctrlProps|calcChain|comments\d*|webextensions|worksheets\/_rels|richData|model)[/.]|xl\/comments)/i;
const DE_ODS = /^(mimetype|META-INF\/manifest\.xml|content\.xml|styles\.xml|settings\.xml)$/;

interface Entree {
  entree: yauzl.Entry;
  nom: string;
}

const ouvrir = (chemin: string): Promise<yauzl.ZipFile> =>
  new Promise((oui, non) => yauzl.open(chemin, { lazyEntries: true, autoClose: false }, (e, z) => (z ? oui(z) : non(e ?? new Error('archive')))));

function lister(zip: yauzl.ZipFile, nom: string): Promise<Entree[]> {
  return new Promise((oui, non) => {
    const liste: Entree[] = [];
    zip.on('entry', (entree: yauzl.Entry) => {
      liste.push({ entree, nom: entree.fileName.replace(/^\/+/, '') });
      if (liste.length > ENTREES_MAX)
        return non(
          tropLourd(`Le classeur « ${nom} » contient plus de ${ENTREES_MAX} parties. Enregistrez la feuille à importer au format CSV, puis recommencez.`),
        );
      zip.readEntry();
    });
    zip.on('end', () => oui(liste));
    zip.on('error', non);
    zip.readEntry();
  });
}

export async function ouvrirArchive(chemin: string, nom: string): Promise<Archive> {
  let zip: yauzl.ZipFile | null = null;
  try {
    zip = await ouvrir(chemin);
    const entrees = await lister(zip, nom);
    const genre = genreDe(entrees, nom);
    const voulues = entrees.filter((e) => (genre === 'ods' ? DE_ODS.test(e.nom) : /\.(xml|rels)$/i.test(e.nom) && !SANS_LIGNES.test(e.nom)));
    return { genre, parties: await extraire(zip, voulues, nom) };
  } catch (e) {
    if (e instanceof ErreurConcorde) throw e;
    throw illisible(nom);
  } finally {
    zip?.close();
  }
}

function genreDe(entrees: readonly Entree[], nom: string): 'xlsx' | 'ods' {
  const a = (motif: RegExp) => entrees.some((e) => motif.test(e.nom));
  if (a(/(^|\/)vbaProject\.bin$/i) || a(/^Scripts\//) || a(/^Basic\/.+\/(?!script-l[bc]\.xml$|dialog-l[bc]\.xml$)[^/]+\.xml$/))
    throw invalide(`« ${nom} » contient des macros : il n’est pas accepté. Enregistrez-le sans macros, au format .xlsx, puis recommencez.`);
  if (a(/^xl\/workbook\.bin$/i)) throw invalide(`« ${nom} » est un classeur binaire (.xlsb). Enregistrez-le au format .xlsx, puis recommencez.`);
  if (a(/^Index\/.+\.iwa$/)) throw invalide(`« ${nom} » est un document Numbers. Exportez-le au format Excel (.xlsx) ou CSV, puis recommencez.`);
  if (a(/^content\.xml$/) && a(/^META-INF\/manifest\.xml$/)) return 'ods';
  if (a(/^\[Content_Types\]\.xml$/i) && a(/^xl\//i)) return 'xlsx';
  throw invalide(`« ${nom} » n’est pas un classeur. Choisissez un fichier .csv, .xlsx, .ods ou .xls.`);
}

async function extraire(zip: yauzl.ZipFile, entrees: readonly Entree[], nom: string): Promise<Map<string, Buffer>> {
  const refuser = (octets: number, exact: boolean) =>
    tropLourd(
      `Ce classeur (« ${nom} ») contient ${exact ? '' : 'plus de '}${tailleEcrite(octets)} une fois ouvert ; la limite est ${tailleEcrite(GONFLE_MAX)}. Enregistrez la feuille à importer au format CSV, ou supprimez les mises en forme et les feuilles inutiles.`,
    );
  // What it says of itself may be false, but when it is already too much there is nothing to open.
  const annonce = entrees.reduce((n, e) => n + e.entree.uncompressedSize, 0);
  if (annonce > GONFLE_MAX) throw refuser(annonce, true);
  let total = 0;
  const parties = new Map<string, Buffer>();
  for (const e of entrees) {
    const morceaux: Buffer[] = [];
    for await (const m of (await ouvrirEntree(zip, e.entree)) as AsyncIterable<Buffer>) {
      total += m.length;
      if (total > GONFLE_MAX) throw refuser(GONFLE_MAX, false);
      morceaux.push(m);
    }
    const contenu = Buffer.concat(morceaux);
    // Entities are how a small XML becomes a large one; no workbook has any.
    if (/<!(DOCTYPE|ENTITY)/i.test(contenu.subarray(0, 4096).toString('latin1'))) throw illisible(nom);
    parties.set(e.nom, contenu);
  }
  return parties;
}

const ouvrirEntree = (zip: yauzl.ZipFile, entree: yauzl.Entry): Promise<Readable> =>
  new Promise((oui, non) => zip.openReadStream(entree, (e, flux) => (flux ? oui(flux) : non(e ?? new Error('archive')))));
