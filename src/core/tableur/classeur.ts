/** Workbooks (.xlsx, .ods, .xls) as rows of text: what the person who opens the file reads in its cells, dates as ISO days. */
import { createRequire } from 'node:module';
import type * as Xlsx from '@e965/xlsx';
import { abreger } from '../couper.ts';
import { ErreurConcorde, invalide, tropLourd } from '../errors.ts';
import { nombreSaisi } from '../nombres.ts';
import type { Archive } from './archive.ts';
import { cacheesDOds, casesDOds, eclairer, sansEntites } from './parties.ts';
import { type Brute, illisible, type Ligne, mesurer, sansApostrophe, type Signe, type Trouve } from './lignes.ts';
import { CASES_MAX, COLONNES_MAX } from './limites.ts';
import { EXAMINEES, reconnus, type Titres } from './titres.ts';

// The CommonJS build: it knows the code pages of old .xls, and takes the parts of an archive that was already opened.
const XLSX = createRequire(import.meta.url)('@e965/xlsx') as typeof Xlsx & { parse_zip(z: unknown, o: Xlsx.ParsingOptions): Xlsx.WorkBook };

const OPTIONS = { dense: true, cellNF: true, cellText: true, cellHTML: false, cellFormula: false, cellDates: false } as const;

export interface Classeur extends Trouve {
  lignes: Generator<Ligne>;
}

/** Its headings are still to be found. */
export type SansTitres = Omit<Classeur, 'ligneDesTitres'>;
type Lire = (o: Xlsx.ParsingOptions) => Xlsx.WorkBook;

/** `feuille`: the sheet to read; when null, the first one shown that holds known headings. */
export interface Choix {
  feuille: string | null;
  titres: Titres;
  /** Say which cells are computed or merged. */
  signes?: boolean;
}

export function lireArchive(a: Archive, nom: string, choix: Choix): SansTitres {
  const parties = [...a.parties].map(([chemin, content]) => [chemin, eclairer(chemin, content)] as const);
  // Some programs leave it out; the library wants it.
  if (a.genre === 'ods' && !a.parties.has('styles.xml')) parties.push(['styles.xml', Buffer.from('<styles/>')]);
  if (a.genre === 'ods' && casesDOds(a.parties.get('content.xml')) > CASES_MAX)
    throw tropLourd(
      `« ${nom} » a plus de ${CASES_MAX / 1_000_000} millions de cases remplies : il est abîmé ou démesuré. Gardez les lignes et les colonnes du modèle, puis recommencez.`,
    );
  const cachees = a.genre === 'ods' ? cacheesDOds(a.parties.get('content.xml')) : new Set<string>();
  const zip = () => ({
    FullPaths: parties.map(([chemin]) => `Root Entry/${chemin}`),
    FileIndex: parties.map(([chemin, content]) => ({ name: chemin, type: 2, size: content.length, content })),
  });
  return lire(a.genre, nom, choix, (o) => XLSX.parse_zip(zip(), o), cachees);
}

export function lireXls(contenu: Buffer, nom: string, choix: Choix): SansTitres {
  const conteneur = XLSX.CFB.read(contenu, { type: 'buffer' }) as { FullPaths: string[] };
  const a = (motif: RegExp) => conteneur.FullPaths.some((f) => motif.test(f));
  if (a(/\/EncryptedPackage$/i)) throw protege(nom);
  if (a(/\/_VBA_PROJECT_CUR\//i)) throw invalide(`« ${nom} » contient des macros : il n’est pas accepté. Enregistrez-le au format .xlsx, puis recommencez.`);
  if (!a(/\/(Workbook|Book)$/i)) throw invalide(`« ${nom} » n’est pas un classeur. Choisissez un fichier .csv, .xlsx, .ods ou .xls.`);
  return lire('xls', nom, choix, (o) => XLSX.read(contenu, { ...o, type: 'buffer' }));
}

const protege = (nom: string) => invalide(`« ${nom} » est protégé par un mot de passe. Enregistrez-le sans mot de passe, puis recommencez.`);

function lire(
  format: Trouve['format'],
  nom: string,
  { feuille: demandee, titres, signes }: Choix,
  ouvrir: Lire,
  cachees: ReadonlySet<string> = new Set(),
): SansTitres {
  let livre: Xlsx.WorkBook;
  try {
    livre = ouvrir({ ...OPTIONS, cellFormula: signes === true });
  } catch (e) {
    if (e instanceof ErreurConcorde) throw e;
    if (/password|encrypt/i.test((e as Error).message)) throw protege(nom);
    throw illisible(nom);
  }
  const visibles = livre.SheetNames.filter((n, i) => !livre.Workbook?.Sheets?.[i]?.Hidden && !cachees.has(n) && estFeuille(livre.Sheets[n]));
  const feuilles = visibles.map((n) => (format === 'ods' ? sansEntites(n) : n));
  const feuille = demandee ?? feuilles[premiereALire(livre, visibles, titres)];
  if (feuille === undefined) throw invalide(`« ${nom} » n’a aucune feuille visible. Affichez celle qui porte les lignes, enregistrez, puis recommencez.`);
  const lue = visibles[feuilles.indexOf(feuille)];
  if (lue === undefined) throw invalide(`« ${nom} » n’a pas de feuille visible « ${abreger(feuille, 60)} ». Choisissez-en une autre.`);
  const lignes = mesurer(lignesDe(livre, lue, signes), nom);
  return { format, feuille, feuilles, encodage: null, separateur: null, lignes };
}

/** The first one shown whose first rows hold known headings: a page of instructions may come before. The very first when none does. */
const premiereALire = (livre: Xlsx.WorkBook, visibles: readonly string[], titres: Titres): number =>
  Math.max(
    0,
    visibles.findIndex((n) => porteDesTitres(livre, n, titres)),
  );

function porteDesTitres(livre: Xlsx.WorkBook, nom: string, titres: Titres): boolean {
  if (titres.size === 0) return true;
  let n = 0;
  for (const { cellules } of lignesDe(livre, nom)) {
    if (reconnus(cellules, titres) > 1) return true;
    if (cellules.some((c) => c.trim() !== '') && ++n >= EXAMINEES) break;
  }
  return false;
}

const estFeuille = (f: Xlsx.WorkSheet | undefined): boolean => f !== undefined && (f['!type'] ?? 'sheet') === 'sheet';

/** Cells that exist, whatever extent the sheet claims: a sheet formatted to its last row claims 17 billion. */
function* lignesDe(livre: Xlsx.WorkBook, nom: string, signes = false): Generator<Brute> {
  const de1904 = livre.Workbook?.WBProps?.date1904 === true;
  const rangees = (livre.Sheets[nom]?.['!data'] ?? []) as (Xlsx.CellObject | undefined)[][];
  const fusions = fusionsDe(livre.Sheets[nom]);
  for (const r of Object.keys(rangees)) {
    const cellules: string[] = [];
    rangees[Number(r)]?.forEach((c, k) => {
      if (c) cellules[k] = sansApostrophe(texteDe(c, de1904));
    });
    for (const f of fusions) {
      if (Number(r) === f.debut) f.texte = estUnMot(rangees[f.debut]?.[f.colonne]) ? (cellules[f.colonne] ?? '') : '';
      else if (Number(r) > f.debut && Number(r) <= f.fin && !cellules[f.colonne]) cellules[f.colonne] = f.texte;
    }
    if (cellules.length === 0) continue;
    const siens = signes ? signesDe(livre.Sheets[nom], Number(r)) : {};
    yield { numero: Number(r) + 1, cellules: Array.from(cellules, (t) => t ?? ''), ...(Object.keys(siens).length > 0 ? { signes: siens } : {}) };
  }
}

function signesDe(f: Xlsx.WorkSheet | undefined, r: number): Record<number, Signe> {
  const rangee = ((f?.['!data'] ?? []) as (Xlsx.CellObject | undefined)[][])[r] ?? [];
  const siens: Record<number, Signe> = {};
  rangee.forEach((c, k) => {
    if (c?.f !== undefined) siens[k] = 'formule';
  });
  for (const m of (f?.['!merges'] ?? []).slice(0, FUSIONS_MAX))
    if (r >= m.s.r && r <= m.e.r) for (let k = m.s.c; k <= Math.min(m.e.c, COLONNES_MAX); k++) siens[k] = 'fusion';
  return siens;
}

interface Fusion {
  colonne: number;
  debut: number;
  fin: number;
  texte: string;
}
/** Cells merged over several rows: what is written once is said of each. A number is not: it would be counted several times. */
const fusionsDe = (f: Xlsx.WorkSheet | undefined): Fusion[] =>
  (f?.['!merges'] ?? [])
    .filter((m) => m.e.r > m.s.r)
    .slice(0, FUSIONS_MAX)
    .map((m) => ({ colonne: m.s.c, debut: m.s.r, fin: m.e.r, texte: '' }));
const FUSIONS_MAX = 1_000;
const estUnMot = (c: Xlsx.CellObject | undefined): boolean => c?.t === 's' || c?.t === 'b' || (c?.t === 'n' && XLSX.SSF.is_date(String(c.z ?? '')));

const ERREURS: Readonly<Record<number, string>> = {
  0: '#NUL!',
  7: '#DIV/0!',
  15: '#VALEUR!',
  23: '#REF!',
  29: '#NOM?',
  36: '#NOMBRE!',
  42: '#N/A',
};

function texteDe(c: Xlsx.CellObject, de1904: boolean): string {
  switch (c.t) {
    case 'e':
      return ERREURS[Number(c.v)] ?? (c.w || '#N/A');
    case 'b':
      return c.v === true ? 'oui' : 'non';
    case 'n':
      return typeof c.v === 'number' ? nombreOuDate(c.v, String(c.z ?? ''), c.w ?? '', de1904) : '';
    case 's':
      return String(c.v ?? '');
    default:
      return '';
  }
}

function nombreOuDate(v: number, format: string, affiche: string, de1904: boolean): string {
  if (format === '' || !XLSX.SSF.is_date(format))
    return aDesZerosDevant(v, affiche) ? affiche.trim() : nombreExact(v, format === '' && /%\s*$/.test(affiche) ? '%' : format);
  // A duration (`[h]:mm`, `[m]`, `[s]`) has no day, and one writing: 90 minutes shown as `90` would be 90 hours elsewhere.
  if (/\[(h+|m+|s+)\]/i.test(format)) return dureeEcrite(v);
  // Nor has an hour: what is shown may pass 24.
  const duree = v >= 1 && !/[dy]/i.test(format) && /h/i.test(format) ? /^\d{1,5}:\d{2}/.exec(affiche.trim()) : null;
  if (duree) return duree[0];
  const d = XLSX.SSF.parse_date_code(v, { date1904: de1904 }) as { y: number; m: number; d: number; H: number; M: number } | null;
  if (!d) return affiche || nombreExact(v);
  const deux = (n: number) => String(n).padStart(2, '0');
  const heure = `${deux(d.H)}:${deux(d.M)}`;
  if (v >= 0 && v < 1 && !de1904) return heure;
  const jour = `${d.y}-${deux(d.m)}-${deux(d.d)}`;
  return heure === '00:00' ? jour : `${jour} ${heure}`;
}

function dureeEcrite(v: number): string {
  const secondes = Math.round(Math.abs(v) * 86_400);
  const deux = (n: number) => String(n).padStart(2, '0');
  const reste = secondes % 60;
  return `${v < 0 ? '-' : ''}${Math.floor(secondes / 3600)}:${deux(Math.floor(secondes / 60) % 60)}${reste > 0 ? `:${deux(reste)}` : ''}`;
}

/** `00123`, `06 12 34 56 78`: a number that its format writes as a code is that code. */
function aDesZerosDevant(v: number, affiche: string): boolean {
  if (!Number.isInteger(v) || v <= 0 || !/^\s*0[\d \u00a0\u202f.-]*\s*$/.test(affiche)) return false;
  const chiffres = affiche.replace(/\D/g, '');
  return chiffres.length > String(v).length && Number(chiffres) === v;
}

/** The 15 digits that a spreadsheet keeps. A share is written as it is shown: `0.12` under a format `0 %` is 12 %. */
const nombreExact = (v: number, format = ''): string =>
  /%/.test(format.replace(/"[^"]*"|\\./g, '')) ? `${nombreSaisi(Number((v * 100).toPrecision(12)))} %` : nombreSaisi(Number(v.toPrecision(15)));
