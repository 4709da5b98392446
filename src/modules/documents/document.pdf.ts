/** A paper of a session as a tagged PDF (PDF/UA-1). */
import { composerPdf } from './typst.ts';
import { GABARIT } from './document.gabarit.ts';
import { type Bloc, type DocumentEcrit, marqueDe } from './document.modele.ts';

/** The template knows no optional field. */
const blocTypst = (b: Bloc): Record<string, unknown> => {
  switch (b.type) {
    case 'para':
      return { ...b, ton: b.ton ?? '' };
    case 'tableau':
      return {
        ...b,
        signer: b.signer ?? false,
        colonnes: b.colonnes.map((c) => ({ ...c, droite: c.droite ?? false })),
        lignes: b.lignes.map((l) => l.map((c) => ({ texte: c.texte, precision: c.precision ?? '', fort: c.fort ?? false }))),
      };
    case 'fiche':
      return { ...b, blocs: b.blocs.map(blocTypst) };
    default:
      return b;
  }
};

export const ecrirePdf = (d: DocumentEcrit): Promise<Buffer> =>
  composerPdf(
    GABARIT,
    {
      ...d,
      auteur: d.contrat,
      marque: marqueDe(d),
      filigrane: d.filigrane ?? '',
      date: d.date.split('-').map(Number),
      entete: { ...d.entete, logo: d.entete.logo ? `logo.${d.entete.logo.type}` : '', alt: d.entete.logo?.alt ?? '' },
      fictif: d.demonstration ? 'Données fictives' : '',
      serre: d.serre ?? false,
      blocs: d.blocs.map(blocTypst),
    },
    { date: d.date, ...(d.entete.logo ? { fichiers: { [`logo.${d.entete.logo.type}`]: d.entete.logo.contenu } } : {}) },
  );
