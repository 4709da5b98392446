/** Pictures that people give for their papers: what they are, how large, whether they are only a picture. Pure. */
import { type Dimensions, lireDessin } from './dessin.rules.ts';

export type { Dimensions };

export type TypeImage = 'png' | 'jpg' | 'svg';
/** Largest side, in points of the picture, and largest file. */
const COTE_MAX = 4000;
export const IMAGE_MAX = 1_048_576;

/** By its first bytes, whatever its name says. */
export function typeImage(b: Buffer): TypeImage | null {
  if (b.length > 24 && b.subarray(0, 8).equals(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]))) return 'png';
  if (b.length > 4 && b[0] === 0xff && b[1] === 0xd8 && b[2] === 0xff) return 'jpg';
  const debut = b.subarray(0, 4096).toString('utf8');
  return /^\ufeff?\s*</.test(debut) && /<svg[\s>]/.test(debut) ? 'svg' : null;
}

const AUCUNE: Dimensions = { width: 0, height: 0 };
export function dimensionsDe(b: Buffer, type: TypeImage): Dimensions {
  if (type === 'png') return { width: b.readUInt32BE(16), height: b.readUInt32BE(20) };
  return type === 'jpg' ? dimensionsJpeg(b) : lireDessin(b.toString('utf8')).dimensions;
}
function dimensionsJpeg(b: Buffer): Dimensions {
  for (let i = 2; i + 9 < b.length; ) {
    if (b[i] !== 0xff) return AUCUNE;
    const marque = b[i + 1] ?? 0;
    // Start of frame, but for the four marks of the same range that are something else.
    if (marque >= 0xc0 && marque <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marque)) return { width: b.readUInt16BE(i + 7), height: b.readUInt16BE(i + 5) };
    i += marque === 0xff ? 1 : 2 + b.readUInt16BE(i + 2);
  }
  return AUCUNE;
}
/** The largest that keeps its proportions within this frame. */
export function ajuster(d: Dimensions, cadre: Dimensions): Dimensions {
  if (d.width <= 0 || d.height <= 0) return cadre;
  const k = Math.min(cadre.width / d.width, cadre.height / d.height);
  return { width: Math.max(1, Math.round(d.width * k)), height: Math.max(1, Math.round(d.height * k)) };
}

/** Why this picture is not accepted; null when it is. */
export function refusDImage(b: Buffer): string | null {
  if (b.length > IMAGE_MAX) return 'Ce fichier pèse plus de 1 Mo : réduisez l’image.';
  const type = typeImage(b);
  if (type === null) return 'Ce fichier n’est pas une image PNG, JPEG ou SVG.';
  if (type === 'svg') {
    const { refus } = lireDessin(b.toString('utf8'));
    if (refus !== null) return refus;
  }
  const { width, height } = dimensionsDe(b, type);
  if (width <= 0 || height <= 0) return 'Les dimensions de cette image ne se lisent pas : enregistrez-la de nouveau, en PNG par exemple.';
  return width > COTE_MAX || height > COTE_MAX ? `Cette image est trop grande : ${COTE_MAX} points de côté au plus.` : null;
}
