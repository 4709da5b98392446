/** A picture that people give, tried on a paper before it is kept: one that does not compose would leave an organisation without any paper. */
import { refusDImage, typeImage } from './images.rules.ts';
import { composerPdf } from './typst.ts';

/** Why this picture is not accepted; null when it is. */
export async function verifierImage(contenu: Buffer): Promise<string | null> {
  const refus = refusDImage(contenu);
  if (refus !== null) return refus;
  const nom = `logo.${typeImage(contenu)}`;
  const essai = `#let d = json("donnees.json")\n#set document(title: d.titre)\n#set text(lang: "fr")\n#image("${nom}", alt: d.titre, width: 38mm)`;
  return composerPdf(essai, { titre: 'Essai' }, { date: '2026-01-01', fichiers: { [nom]: contenu } }).then(
    () => null,
    () => 'Cette image ne s’imprime pas : elle est abîmée, ou écrite avec une police que le PDF n’a pas. Enregistrez-la de nouveau, en PNG par exemple.',
  );
}
