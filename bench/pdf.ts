/** The yearly report as a PDF: how long the first one takes, and what it weighs. */
import { ecrireBilan } from '../src/modules/publications/bilan/bilan.ecrire.ts';
import type { Contexte } from './contexte.ts';

export async function mesurerPdf(c: Contexte): Promise<void> {
  const { db, formulaire } = await c.etabli('A');
  const t = performance.now();
  const pdf = await ecrireBilan(db, formulaire, {
    annee: 2026,
    territoireId: formulaire.catalogue.racine.id,
    format: 'pdf',
    maintenant: new Date(),
    demonstration: true,
    pour: 'partenaires',
  });
  c.noter('bilan-pdf', performance.now() - t, 'ms');
  c.noter('bilan-pdf-octets', pdf.length, 'octets');
}
