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

/** Letters keep their base when only their accent is unknown; anything else unknown becomes « ? »; controls go. */
export function rendreAffichable(texte: string, points: ReadonlySet<number>): string {
  // Typst makes the narrow no-break space from the space when the font has none.
  const connu = (c: string) => c === '\u202f' || points.has(c.codePointAt(0) ?? 0);
  return [...texte.normalize('NFC').replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, (m) => (/\s/.test(m) ? ' ' : ''))]
    .map((c) => {
      if (connu(c)) return c;
      if (/\p{M}/u.test(c)) return '';
      if (/\p{Pd}/u.test(c)) return '-';
      if (/\s/u.test(c)) return ' ';
      const base = c.normalize('NFKD').replace(/\p{M}/gu, '');
      return base !== '' && [...base].every(connu) ? base : '?';
    })
    .join('');
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
