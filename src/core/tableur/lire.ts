/** Opens a file of rows, in the process that calls: told by its content, not by its name. Only for `lecteur.ts` and tests of reading. */
import { readFile, stat } from 'node:fs/promises';
import { invalide, tropLourd } from '../errors.ts';
import { ouvrirArchive } from './archive.ts';
import { type Choix, type Classeur, lireArchive, lireXls, type SansTitres } from './classeur.ts';
import { lireCsv } from './csv.ts';
import { OCTETS_MAX } from './limites.ts';
import { depuisLesTitres, enTitres } from './titres.ts';

const commence = (contenu: Buffer, ...octets: number[]): boolean => contenu.subarray(0, octets.length).equals(Buffer.from(octets));

/** `titres`: headings that are known; the table begins at the row that holds the most of them. */
export async function lireLignes(chemin: string, nom: string, feuille: string | null, titres: readonly string[] = [], signes = false): Promise<Classeur> {
  const connus = enTitres(titres);
  const { lignes, ...trouve } = await ouvrir(chemin, nom, { feuille, titres: connus, signes });
  return { ...trouve, ...depuisLesTitres(lignes, connus) };
}

async function ouvrir(chemin: string, nom: string, choix: Choix): Promise<SansTitres> {
  const { size } = await stat(chemin);
  if (size === 0) throw invalide(`« ${nom} » est vide.`);
  if (size > OCTETS_MAX) throw tropLourd(`« ${nom} » dépasse ${OCTETS_MAX / 1_048_576} Mo. Découpez-le en plusieurs fichiers.`);
  const contenu = await readFile(chemin);
  if (commence(contenu, 0x50, 0x4b, 0x03, 0x04)) return lireArchive(await ouvrirArchive(chemin, nom), nom, choix);
  if (commence(contenu, 0xd0, 0xcf, 0x11, 0xe0)) return lireXls(contenu, nom, choix);
  refuserAutre(contenu, nom);
  return { format: 'csv', feuille: null, feuilles: [], ...lireCsv(contenu, nom, choix.titres) };
}

const DEBUTS: readonly [RegExp, string][] = [
  [/^<\?xml[^>]*>\s*(?:<\?mso-application[^>]*>\s*)?<(?:\w+:)?Workbook\b/i, 'un classeur « Feuille de calcul XML 2003 »'],
  [/^<\?xml[^>]*>\s*<office:document\b/i, 'un classeur OpenDocument en un seul fichier (.fods)'],
  [/^(?:<\?xml[^>]*>\s*)?(?:<!--[\s\S]*?-->\s*)*<(?:!doctype html|html|head|body|meta|table|style)\b/i, 'une page web, même si son nom dit autre chose'],
  [/^<\?xml\b/i, 'un fichier XML'],
  [/^MIME-Version:/i, 'une page web archivée (.mht)'],
  [/^\{\\rtf/, 'un texte mis en forme (.rtf)'],
  [/^ID;P/, 'un classeur SYLK (.slk)'],
  [/^TABLE\r?\n0,1\r?\n/, 'un fichier DIF'],
  [/^%PDF-/, 'un document PDF'],
  [/^\s*[[{]\s*["[{\]}]/, 'un fichier JSON'],
];

const estAncien = (contenu: Buffer): boolean => contenu[0] === 9 && [0, 2, 4].includes(contenu[1] ?? 1) && contenu[3] === 0;

/** Tables under another form: said by its name, rather than as a text whose headings nobody knows. */
function refuserAutre(contenu: Buffer, nom: string): void {
  const debut = contenu
    .subarray(0, 1024)
    .toString('latin1')
    .replace(/^(?:\xef\xbb\xbf)?\s*/, '');
  const quoi = estAncien(contenu) ? 'un classeur d’un Excel d’avant 1993' : DEBUTS.find(([motif]) => motif.test(debut))?.[1];
  if (quoi) throw invalide(`« ${nom} » est ${quoi}. Ouvrez-le dans votre tableur, enregistrez-le au format .xlsx, puis recommencez.`);
}
