/** What a file that someone sent is, by its content, and what it may be called: its sender is believed on neither. */
import { open } from 'node:fs/promises';

const OFFICE = 'application/vnd.openxmlformats-officedocument';
/** Types under which a file is ever given back; nothing here runs in a page. */
const SERVIS: ReadonlySet<string> = new Set([
  'application/pdf',
  'image/png',
  'image/jpeg',
  `${OFFICE}.wordprocessingml.document`,
  `${OFFICE}.spreadsheetml.sheet`,
  `${OFFICE}.presentationml.presentation`,
  'application/vnd.oasis.opendocument.text',
  'application/vnd.oasis.opendocument.spreadsheet',
  'application/vnd.oasis.opendocument.presentation',
]);
const INCONNU = 'application/octet-stream';
const TEXTE = 'text/plain; charset=utf-8';
/** Enough to tell text from anything else. */
const DEBUT = 65_536;

/** UTF-8 without control characters but those of a text. */
function estTexte(debut: Buffer, entier: boolean): boolean {
  try {
    // Cut in the middle of a character, the beginning of a text would not be one.
    const lu = new TextDecoder('utf-8', { fatal: true }).decode(debut, { stream: !entier });
    return !/[^\P{Cc}\t\n\r\f]/u.test(lu);
  } catch {
    return false;
  }
}

/** Reads its beginning (and, for an office document, the list of what it holds), never the whole. */
export async function typeDuFichier(chemin: string): Promise<string> {
  // A file that its own parser cannot read to the end is of no known type.
  const { fileTypeFromFile } = await import('file-type');
  const trouve = await fileTypeFromFile(chemin).catch(() => undefined);
  if (trouve) return SERVIS.has(trouve.mime) ? trouve.mime : INCONNU;
  const fichier = await open(chemin);
  try {
    const debut = Buffer.alloc(DEBUT);
    const { bytesRead } = await fichier.read(debut, 0, DEBUT, 0);
    return estTexte(debut.subarray(0, bytesRead), bytesRead < DEBUT) ? TEXTE : INCONNU;
  } finally {
    await fichier.close();
  }
}

/** The type under which a kept file leaves: what older rows declared is held to the same list. */
export const typeServi = (type: string): string => (SERVIS.has(type) || type === TEXTE ? type : INCONNU);

const NOM_MAX = 150;
/** Without what hides or turns round the end of a name (« fdp.exe » read as « exe.pdf »), nor what makes it a path. Keeps the end: it says the kind. */
export const nomDeFichier = (nom: string): string =>
  nom
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '')
    .replace(/[/\\]/g, '-')
    .trim()
    .slice(-NOM_MAX) || 'document';
