/** Opens a file of rows, in the process that calls: told by its content, not by its name. Only for `lecteur.ts` and tests of reading. */
import { readFile, stat } from 'node:fs/promises';
import { invalide, tropLourd } from '../errors.ts';
import { ouvrirArchive } from './archive.ts';
import { type Classeur, lireArchive, lireXls, type SansTitres } from './classeur.ts';
import { lireCsv } from './csv.ts';
import { OCTETS_MAX } from './limites.ts';
import { depuisLesTitres, enTitres, type Titres } from './titres.ts';

const commence = (contenu: Buffer, ...octets: number[]): boolean => contenu.subarray(0, octets.length).equals(Buffer.from(octets));

/** `titres`: headings that are known; the table begins at the row that holds the most of them. */
export async function lireLignes(chemin: string, nom: string, feuille: string | null, titres: readonly string[] = []): Promise<Classeur> {
  const connus = enTitres(titres);
  const { lignes, ...trouve } = await ouvrir(chemin, nom, feuille, connus);
  return { ...trouve, ...depuisLesTitres(lignes, connus) };
}

async function ouvrir(chemin: string, nom: string, feuille: string | null, titres: Titres): Promise<SansTitres> {
  const { size } = await stat(chemin);
  if (size === 0) throw invalide(`« ${nom} » est vide.`);
  if (size > OCTETS_MAX) throw tropLourd(`« ${nom} » dépasse ${OCTETS_MAX / 1_048_576} Mo. Découpez-le en plusieurs fichiers.`);
  const contenu = await readFile(chemin);
  if (commence(contenu, 0x50, 0x4b, 0x03, 0x04)) return lireArchive(await ouvrirArchive(chemin, nom), nom, feuille);
  if (commence(contenu, 0xd0, 0xcf, 0x11, 0xe0)) return lireXls(contenu, nom, feuille);
  return { format: 'csv', feuille: null, feuilles: [], ...lireCsv(contenu, nom, titres) };
}
