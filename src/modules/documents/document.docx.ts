/** A paper of a session as a Word document: real styles, lists and tables, a header that says when it is a draft. */
import { AlignmentType, Document, Header, HeadingLevel, ImageRun, Packer, Paragraph, type Table } from 'docx';
import { dater, enColonnes, MARGE, NUMEROTATION, para, piedDePage, puce, sensDe, STYLES, tableau, texte, textes, titre } from './docx.ts';
import { ajuster, dimensionsDe } from './images.rules.ts';
import { type Bloc, type DocumentEcrit, marqueDe } from './document.modele.ts';

const GRIS = '5B6270';
const LAITON = '8A6412';

export async function ecrireDocx(d: DocumentEcrit): Promise<Buffer> {
  const document = new Document({
    title: d.titre,
    subject: d.seance,
    creator: d.contrat,
    keywords: d.motsCles.join(', '),
    styles: { default: { ...STYLES.default, title: { ...STYLES.default.title, run: { ...STYLES.default.title.run, size: 50 } } } },
    numbering: NUMEROTATION,
    sections: [
      {
        properties: { page: { margin: MARGE } },
        ...(marqueDe(d) === '' ? {} : { headers: { default: enTeteMarque(marqueDe(d)) } }),
        footers: { default: piedDePage(d.demonstration ? `${d.pied} · Données fictives` : d.pied) },
        children: [...tete(d), ...d.blocs.flatMap(bloc)],
      },
    ],
  });
  return dater(await Packer.toBuffer(document), d.date);
}

const enTeteMarque = (marque: string) =>
  new Header({ children: [new Paragraph({ alignment: AlignmentType.RIGHT, children: [texte(marque, { bold: true, color: LAITON, size: 24 })] })] });

function tete(d: DocumentEcrit): Paragraph[] {
  return [
    ...entete(d),
    para(d.contrat, { color: GRIS, size: 18 }),
    para(d.instance, { bold: true, color: LAITON, size: 22 }),
    new Paragraph({ heading: HeadingLevel.TITLE, children: textes(d.genre) }),
    ...(d.seance === '' ? [] : [para(d.seance, { size: 24 })]),
    ...d.destinataire.map((l, i) => new Paragraph({ indent: { left: 5200 }, spacing: { after: 0 }, ...sensDe(l), children: textes(l, { bold: i === 0 }) })),
    ...d.reperes.map((r) => new Paragraph({ spacing: { after: 40 }, children: [texte(`${r.cle}\u202f: `, { color: GRIS }), ...textes(r.valeur)] })),
  ];
}

const PIXEL = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');
function entete({ entete: e }: DocumentEcrit): Paragraph[] {
  const { logo } = e;
  const commun = { altText: { name: logo?.alt ?? '', title: logo?.alt ?? '', description: logo?.alt ?? '' } };
  const image = (l: NonNullable<typeof logo>) => {
    const transformation = ajuster(dimensionsDe(l.contenu, l.type), { width: 170, height: 85 });
    return l.type === 'svg'
      ? new ImageRun({ type: 'svg', data: l.contenu, transformation, fallback: { type: 'png', data: PIXEL }, ...commun })
      : new ImageRun({ type: l.type, data: l.contenu, transformation, ...commun });
  };
  return [
    ...(logo ? [new Paragraph({ spacing: { after: 60 }, children: [image(logo)] })] : []),
    ...(e.nom === '' ? [] : [new Paragraph({ spacing: { after: 0 }, ...sensDe(e.nom), children: textes(e.nom, { bold: true, size: 22 }) })]),
    ...e.lignes.map(
      (l, i) => new Paragraph({ spacing: { after: i === e.lignes.length - 1 ? 240 : 0 }, ...sensDe(l), children: textes(l, { color: GRIS, size: 18 }) }),
    ),
  ];
}

/** Side by side, with room to sign. */
const signatures = (b: Extract<Bloc, { type: 'signatures' }>): Paragraph[] => [
  new Paragraph({ keepNext: true, spacing: { before: 360, after: 120 }, children: [texte(`${b.fait} ${b.date || '…………………………'}`)] }),
  enColonnes(
    b.signataires.map((s) => s.fonction),
    0,
    { bold: true },
  ),
  enColonnes(
    b.signataires.map((s) => s.nom),
    1400,
  ),
];

function bloc(b: Bloc): (Paragraph | Table)[] {
  switch (b.type) {
    case 'titre':
      return [titre(b.niveau, b.texte)];
    case 'para':
      return b.lignes.map((l, i) => {
        // Lines of one paragraph stay close.
        const espace = i < b.lignes.length - 1 ? { spacing: { after: 0 } } : {};
        return new Paragraph({ ...espace, ...sensDe(l), children: textes(l, b.ton === 'discret' ? { color: GRIS, size: 18 } : {}) });
      });
    case 'liste':
      return b.puces.map((p) => puce(textes(p)));
    case 'signatures':
      return signatures(b);
    case 'encart':
      return [para(b.texte, { bold: true, color: LAITON })];
    case 'tableau':
      // Word joins two tables that touch.
      return [tableau(b.colonnes, b.lignes, b.signer ? { hauteur: 720 } : {}), new Paragraph({ spacing: { after: 60 }, children: [] })];
    case 'fiche':
      return [titre(3, b.titre), ...b.blocs.flatMap(bloc)];
  }
}
