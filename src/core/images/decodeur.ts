/**
 * The process that opens one photograph and ends: an entry of its own, started by `photo.ts`. What it writes is drawn anew from the pixels:
 * neither the place, the device, the thumbnail nor anything else that the file carried goes along.
 */
import { setPriority } from 'node:os';
import sharp from 'sharp';

export interface DemandeDePhoto {
  chemin: string;
  sortie: string;
}
export type ResultatDePhoto = { largeur: number; hauteur: number } | { illisible: true };

/** Longest side kept, and pixels that are ever opened: a small file may hold a very large picture. */
const COTE_MAX = 1600;
const PIXELS_MAX = 64_000_000;
const TEMPS_S = 10;

process.once('message', (d: DemandeDePhoto) => {
  setPriority(10);
  void dessiner(d).then((r) => process.send?.(r, () => process.exit(0)));
});
process.once('disconnect', () => process.exit(1));

async function dessiner(d: DemandeDePhoto): Promise<ResultatDePhoto> {
  sharp.concurrency(1);
  try {
    const { width, height } = await sharp(d.chemin, { limitInputPixels: PIXELS_MAX, failOn: 'error', animated: false })
      // Turned as it was held, since what says so is left out; what was transparent is white.
      .rotate()
      .flatten({ background: '#ffffff' })
      .resize({ width: COTE_MAX, height: COTE_MAX, fit: 'inside', withoutEnlargement: true })
      .jpeg({ quality: 80 })
      .timeout({ seconds: TEMPS_S })
      .toFile(d.sortie);
    return { largeur: width, hauteur: height };
  } catch {
    return { illisible: true };
  }
}
