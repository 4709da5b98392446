/** The package of data of a fiche: one ZIP, small enough to be made at once. */
import JSZip from 'jszip';
import { csvDesDonnees, csvDesMesures, csvDuDictionnaire, direCitation, lisezMoi, nomDuDossier } from './donnees.rules.ts';
import type { DonneesDeFiche } from './donnees.modele.ts';
import { dessinerSerie, enPng } from './graphique.ts';

export async function ecrireArchive(d: DonneesDeFiche): Promise<Buffer> {
  const zip = new JSZip();
  const dossier = zip.folder(nomDuDossier(d)) ?? zip;
  dossier.file('LISEZMOI.txt', lisezMoi(d));
  dossier.file('donnees.csv', csvDesDonnees(d));
  dossier.file('mesures.csv', csvDesMesures(d));
  dossier.file('dictionnaire.csv', csvDuDictionnaire());
  for (const g of d.graphiques) {
    const image = dessinerSerie(g.serie, direCitation(d));
    dossier.file(`graphiques/${g.mesure}.svg`, image.svg);
    dossier.file(`graphiques/${g.mesure}.png`, enPng(image));
    // Others answer between two charts.
    await new Promise<void>((suite) => setImmediate(suite));
  }
  return zip.generateAsync({ type: 'nodebuffer', compression: 'DEFLATE' });
}
