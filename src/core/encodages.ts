/**
 * In which encoding a text was written: its mark when it has one, else what its bytes make likely. Decoding is iconv-lite's: the
 * platform's own decoder of Windows-1252 errs in some versions. Pure.
 */
import iconv from 'iconv-lite';

export type Encodage = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252' | 'macroman' | 'iso-8859-15' | 'cp850';
/** As people know them. */
export const NOMS_DES_ENCODAGES: Readonly<Record<Encodage, string>> = {
  'utf-8': 'UTF-8',
  'utf-16le': 'UTF-16 (« Texte Unicode »)',
  'utf-16be': 'UTF-16 (gros-boutiste)',
  'windows-1252': 'Windows-1252 (ANSI)',
  macroman: 'Mac (MacRoman)',
  'iso-8859-15': 'ISO-8859-15 (Latin 9)',
  cp850: 'DOS (page de codes 850)',
};

/** Enough to tell; more would only take longer. */
const EXAMEN = 262_144;

/** `octets`: a file, or the beginning of one. */
export function reconnaitre(octets: Buffer): Encodage {
  if (octets[0] === 0xff && octets[1] === 0xfe) return 'utf-16le';
  if (octets[0] === 0xfe && octets[1] === 0xff) return 'utf-16be';
  if (octets[0] === 0xef && octets[1] === 0xbb && octets[2] === 0xbf) return 'utf-8';
  const nuls = utf16SansMarque(octets.subarray(0, 4096));
  if (nuls) return nuls;
  if (estUtf8(octets)) return 'utf-8';
  const debut = Math.max(0, octets.findIndex((o) => o > 0x7f) - 64);
  const extrait = octets.subarray(debut, debut + EXAMEN);
  // The first of equals: what a French spreadsheet writes.
  const candidats: readonly Encodage[] = ['windows-1252', 'iso-8859-15', 'macroman', 'cp850', 'utf-8'];
  const notes = candidats.map((e) => vraisemblance(enTexte(extrait, e)));
  return candidats[notes.indexOf(Math.max(...notes))] ?? 'windows-1252';
}

/** Without its mark. What no encoding explains is U+FFFD. */
export const enTexte = (octets: Buffer, e: Encodage): string => {
  const texte = iconv.decode(octets, e);
  // Since 1998, what was the currency sign of a Mac is the euro.
  return e === 'macroman' ? texte.replaceAll('¤', '€') : texte;
};

/** What UTF-8 read as Windows-1252, then kept so, makes of French letters; no word of any language holds it. */
const CONVERTI = /Ã[©¨ª«®´»§¢¯¼‰€ˆŠ]|â€[™˜œ“”\u009d\u0080-\u009f¦]|â‚¬|Å“|Â[ «»°€]/;
export const estConvertiDeuxFois = (t: string): boolean => CONVERTI.test(t);

export const aDesAccents = (octets: Buffer): boolean => octets.some((o) => o > 0x7f);

/** Does it end in the middle of a character? */
export function estCoupe(octets: Buffer, e: Encodage): boolean {
  if (e === 'utf-16le' || e === 'utf-16be') return octets.length % 2 === 1;
  if (e !== 'utf-8') return false;
  const fin = octets.subarray(-4);
  const depart = fin.findLastIndex((o) => o >= 0xc0);
  if (depart < 0) return false;
  const longueur = (fin[depart] ?? 0) >= 0xf0 ? 4 : (fin[depart] ?? 0) >= 0xe0 ? 3 : 2;
  return fin.length - depart < longueur;
}

function estUtf8(octets: Buffer): boolean {
  try {
    // A character may be cut at the end: `stream` forgives that, nothing else.
    new TextDecoder('utf-8', { fatal: true }).decode(octets, { stream: true });
    return true;
  } catch {
    return false;
  }
}

/** Western text in UTF-16 is a NUL every other byte. */
function utf16SansMarque(octets: Buffer): 'utf-16le' | 'utf-16be' | null {
  if (octets.length < 4) return null;
  let [pairs, impairs] = [0, 0];
  octets.forEach((o, i) => {
    if (o !== 0) return;
    if (i % 2 === 0) pairs++;
    else impairs++;
  });
  const moitie = octets.length / 2;
  if (impairs > moitie * 0.6 && pairs < moitie * 0.1) return 'utf-16le';
  if (pairs > moitie * 0.6 && impairs < moitie * 0.1) return 'utf-16be';
  return null;
}

const FREQUENTES = new Set('éèàçêâîôûùëïœ’');
const POSSIBLES = new Set('ÉÈÀÇÊÂÎÔÛÙËÏŒüöäÿáíóúñßæ«»“”‘–—…€°²³·•§µ£©®™×\u00a0\u202f');
const FRACTIONS = new Set('½¼¾');
const LETTRE = /\p{L}/u;

/** How much a text looks like French: what is common in it, less what never is (an accented capital in the middle of a word). */
function vraisemblance(texte: string): number {
  let note = 0;
  for (let i = 0; i < texte.length; i++) {
    if (texte.charCodeAt(i) < 0x80) continue;
    const c = texte.charAt(i);
    const [avant, apres] = [texte.charAt(i - 1), texte.charAt(i + 1)];
    if (c === '\ufffd' || (c >= '\u0080' && c <= '\u009f')) note -= 6;
    else if (/\p{Ll}/u.test(avant) && /\p{Lu}/u.test(c)) note -= 3;
    else if (FRACTIONS.has(c)) note += LETTRE.test(avant) || LETTRE.test(apres) ? -3 : 1;
    else if (/[œŒ]/.test(c) && /\d/.test(avant)) note -= 3;
    else if (FREQUENTES.has(c)) note += 3;
    else note += POSSIBLES.has(c) ? 1 : -2;
  }
  return note;
}
