/** One chart as a file of its own, to be put in an article or a slide: title, values, source. SVG text, and its PNG. */
import { createRequire } from 'node:module';
import { type Image, dessinerSeries, PALETTE_IMPRIMEE } from '../bilan/bilan.svg.ts';
import { FINE, INSECABLE } from '../../../ui/typographie.ts';
import type { SerieBilan } from '../bilan/bilan.modele.ts';

const require = createRequire(import.meta.url);
const POLICES = ['400Regular', '700Bold'].map((p) => require.resolve(`@expo-google-fonts/atkinson-hyperlegible-next/${p}/AtkinsonHyperlegibleNext_${p}.ttf`));

export const dessinerSerie = (serie: SerieBilan, source: string): Image =>
  dessinerSeries([{ ...serie, titre: `${serie.titre} (${serie.unite})` }], PALETTE_IMPRIMEE, 'g', { seule: true, source });

/** Three times the size of the drawing: sharp on paper. */
export const enPng = (image: Image): Buffer =>
  // No font of ours draws the narrow space of numbers.
  new (require('@resvg/resvg-js') as typeof import('@resvg/resvg-js')).Resvg(image.svg.replaceAll(FINE, INSECABLE), {
    background: PALETTE_IMPRIMEE.fond,
    fitTo: { mode: 'width', value: image.largeur * 3 },
    font: { fontFiles: POLICES, loadSystemFonts: false, defaultFontFamily: 'Atkinson Hyperlegible Next' },
  })
    .render()
    .asPng();
