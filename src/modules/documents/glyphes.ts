/**
 * Which characters a TrueType font can show, from its `cmap` table. A PDF/UA file may not hold a character without a glyph:
 * one emoji in a text would make the whole document fail, so what cannot be shown is replaced before it is composed.
 */

/** Code points from format 4 (basic plane) and format 12 (all planes) subtables. */
export function lirePoints(police: Buffer): Set<number> {
  const points = new Set<number>();
  const tables = police.readUInt16BE(4);
  for (let i = 0; i < tables; i++) {
    const entree = 12 + i * 16;
    if (police.toString('latin1', entree, entree + 4) !== 'cmap') continue;
    const cmap = police.readUInt32BE(entree + 8);
    for (let j = 0; j < police.readUInt16BE(cmap + 2); j++) {
      const table = cmap + police.readUInt32BE(cmap + 4 + j * 8 + 4);
      const format = police.readUInt16BE(table);
      if (format === 4) lireFormat4(police, table, points);
      if (format === 12) lireFormat12(police, table, points);
    }
  }
  return points;
}

function lireFormat4(police: Buffer, table: number, points: Set<number>): void {
  const double = police.readUInt16BE(table + 6);
  const [fins, debuts, ecarts, renvois] = [14, 16 + double, 16 + 2 * double, 16 + 3 * double].map((d) => table + d) as [number, number, number, number];
  for (let s = 0; s < double; s += 2) {
    const fin = police.readUInt16BE(fins + s);
    const renvoi = police.readUInt16BE(renvois + s);
    for (let p = police.readUInt16BE(debuts + s); p <= fin && p < 0xffff; p++) {
      const brut = renvoi === 0 ? p : police.readUInt16BE(renvois + s + renvoi + 2 * (p - police.readUInt16BE(debuts + s)));
      const glyphe = renvoi !== 0 && brut === 0 ? 0 : (brut + police.readUInt16BE(ecarts + s)) & 0xffff;
      if (glyphe !== 0) points.add(p);
    }
  }
}

function lireFormat12(police: Buffer, table: number, points: Set<number>): void {
  for (let g = 0; g < police.readUInt32BE(table + 12); g++) {
    const groupe = table + 16 + g * 12;
    for (let p = police.readUInt32BE(groupe); p <= police.readUInt32BE(groupe + 4); p++) points.add(p);
  }
}

/** Joiners say how the letters around them are drawn: kept where a script needs them, between two of its letters. */
const LIANT = /(?<=[\p{Script=Arabic}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Tamil}]\p{M}*)[\u200c\u200d](?=[\p{L}])/gu;
/** As it is written on paper: composed, on one line, without control or invisible characters. */
const mettreAPlat = (texte: string): string =>
  texte
    .normalize('NFC')
    .replace(LIANT, (c) => (c === '\u200c' ? '\ue00c' : '\ue00d'))
    .replace(/(?:[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]|\ufe0e|\ufe0f)+/gu, (m) => (/\s/.test(m) ? ' ' : ''))
    .replaceAll('\ue00c', '\u200c')
    .replaceAll('\ue00d', '\u200d');
/** Drawn without a glyph of their own, or with that of another. Typst makes the narrow no-break space from the space. */
const sansDessin = (c: string): boolean => c === '\u202f' || c === '\u200c' || c === '\u200d';
const proche = (c: string): string | null => (/\p{Pd}/u.test(c) ? '-' : /\s/u.test(c) ? ' ' : null);

/** Characters without a glyph here, nor any that stands for them. */
export function inconnusDe(textes: readonly string[], points: ReadonlySet<number>): Set<number> {
  const inconnus = new Set<number>();
  for (const t of textes)
    for (const c of mettreAPlat(t)) {
      const p = c.codePointAt(0) ?? 0;
      if (!points.has(p) && !sansDessin(c) && proche(c) === null) inconnus.add(p);
    }
  return inconnus;
}

/** What no font shows is written as its code, which tells what it was; who wrote it was warned before (`sansPolice`). */
export function rendreAffichable(texte: string, points: ReadonlySet<number>): string {
  const connu = (c: string) => sansDessin(c) || points.has(c.codePointAt(0) ?? 0);
  return [...mettreAPlat(texte)]
    .map((c) => (connu(c) ? c : (proche(c) ?? `[U+${(c.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}]`)))
    .join('');
}

/** Every string inside a plain value. */
export function textesDe(valeur: unknown): string[] {
  if (typeof valeur === 'string') return [valeur];
  if (Array.isArray(valeur)) return valeur.flatMap(textesDe);
  return typeof valeur === 'object' && valeur !== null && !Buffer.isBuffer(valeur) ? Object.values(valeur).flatMap(textesDe) : [];
}

/** Every string inside a plain value, keys left as they are. */
export function rendreToutAffichable(valeur: unknown, points: ReadonlySet<number>): unknown {
  if (typeof valeur === 'string') return rendreAffichable(valeur, points);
  if (Array.isArray(valeur)) return valeur.map((v) => rendreToutAffichable(v, points));
  if (typeof valeur === 'object' && valeur !== null)
    return Object.fromEntries(Object.entries(valeur).map(([cle, v]) => [cle, rendreToutAffichable(v, points)]));
  return valeur;
}

/** XML 1.0 has no place for most control characters; a text that holds one would make the whole file unreadable. */
export const sansControles = (texte: string): string =>
  texte
    .replace(/[\p{Cc}\ufffe\uffff]/gu, (c) => (c === '\n' || c === '\t' || c === '\r' ? c : ''))
    .replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '');
