/**
 * Tagged PDFs (PDF/UA-1), compiled in process by Typst from a fixed template and data. What comes from people travels as
 * data (`json("donnees.json")`): Typst shows these strings and never reads them as markup.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';
import { reglesTypst } from './ecritures.rules.ts';
import { inconnusDe, lirePoints, rendreToutAffichable, textesDe } from './glyphes.ts';
import { policesPour } from './polices.ts';

/** Static cuts of the font: Typst reads neither woff2 nor variable fonts. */
const POLICES = ['400Regular', '400Regular_Italic', '700Bold'];

interface Atelier {
  /** The compiler as the module gives it: a document that needs other fonts has its own. */
  ouvrir: (fontBlobs: Buffer[]) => NodeCompiler;
  fontBlobs: Buffer[];
  compilation: NodeCompiler;
  /** Characters that every cut of the font can show. */
  points: ReadonlySet<number>;
}
let atelier: Promise<Atelier> | null = null;

/** Loaded at the first document: the compiler is a large native library that most processes never need. */
async function preparerAtelier(): Promise<Atelier> {
  const { NodeCompiler: Compiler } = await import('@myriaddreamin/typst-ts-node-compiler');
  const require = createRequire(import.meta.url);
  const fontBlobs = POLICES.map((p) => readFileSync(require.resolve(`@expo-google-fonts/atkinson-hyperlegible-next/${p}/AtkinsonHyperlegibleNext_${p}.ttf`)));
  const [premiers = new Set<number>(), ...autres] = fontBlobs.map(lirePoints);
  const points = new Set([...premiers].filter((p) => autres.every((a) => a.has(p))));
  const ouvrir = (blobs: Buffer[]) => Compiler.create({ workspace: DOSSIER, fontArgs: [{ fontBlobs: blobs }] });
  return { ouvrir, fontBlobs, compilation: ouvrir(fontBlobs), points };
}
const ouvrirAtelier = (): Promise<Atelier> => {
  atelier ??= preparerAtelier().catch((e) => {
    atelier = null;
    throw e;
  });
  return atelier;
};

/** Nothing is written there: the compiler wants a root for its in-memory files. */
const DOSSIER = join(tmpdir(), 'concorde-documents');

/** Characters of this value that no font shows, each with the first text that holds it. */
export async function sansPolice(valeur: unknown): Promise<{ caractere: string; ou: string }[]> {
  const { points } = await ouvrirAtelier();
  const textes = textesDe(valeur);
  const inconnus = inconnusDe(textes, points);
  if (inconnus.size === 0) return [];
  const trouves = await policesPour(inconnus, textes.join('\n'));
  return [...inconnus]
    .filter((p) => !trouves.points.has(p))
    .map((p) => String.fromCodePoint(p))
    .map((caractere) => ({ caractere, ou: textes.find((t) => t.normalize('NFC').includes(caractere)) ?? '' }));
}

/** `date`: day of creation said by the file, `YYYY-MM-DD`. Throws when the document would not be accessible. */
export async function composerPdf(
  gabarit: string,
  donnees: unknown,
  { date, fichiers = {} }: { date: string; fichiers?: Readonly<Record<string, Buffer>> },
): Promise<Buffer> {
  const a = await ouvrirAtelier();
  const textes = textesDe(donnees);
  const inconnus = inconnusDe(textes, a.points);
  const noto = inconnus.size > 0 ? await policesPour(inconnus, textes.join('\n')) : null;
  const compilation = noto && noto.blobs.length > 0 ? a.ouvrir([...a.fontBlobs, ...noto.blobs]) : a.compilation;
  const points = noto ? new Set([...a.points, ...noto.points]) : a.points;
  const affichables = rendreToutAffichable(donnees, points);
  compilation.mapShadow(join(DOSSIER, 'donnees.json'), Buffer.from(JSON.stringify(affichables)));
  for (const [nom, contenu] of Object.entries(fichiers)) compilation.mapShadow(join(DOSSIER, nom), contenu);
  const regles = noto ? `${reglesTypst(textesDe(affichables).join('\n'), [...inconnus])}\n` : '';
  try {
    const resultat = compilation.compile({ mainFileContent: regles + gabarit });
    const document = resultat.result;
    if (!document) throw new Error(`Le document ne se compose pas : ${JSON.stringify(resultat.takeDiagnostics()?.shortDiagnostics ?? [])}`);
    return compilation.pdf(document, { pdfStandard: 'ua-1', creationTimestamp: Date.parse(`${date}T00:00:00Z`) / 1000 });
  } finally {
    compilation.resetShadow();
    // The compiler keeps every layout for a next pass that never comes.
    compilation.evictCache(0);
  }
}

/** What every template begins with: the data as `d`, our colours, the text, the heads of tables. */
export const CHARTE = `
#let d = json("donnees.json")
#let nuit = rgb("#13294b")
#let encre = rgb("#1b2333")
#let bleu = rgb("#1f4e9c")
#let laiton = rgb("#8a6412")
#let dore = rgb("#e0b454")
#let gris = rgb("#5b6270")
#let trait = rgb("#cfc9bb")
#let creux = rgb("#f3f0e8")
#let garance = rgb("#8d1c23")
#let vert = rgb("#12512f")

#set document(title: d.titre, author: d.auteur, date: datetime(year: d.date.at(0), month: d.date.at(1), day: d.date.at(2)), keywords: d.motsCles)
#set text(lang: "fr", region: "FR", font: "Atkinson Hyperlegible Next", size: 9.5pt, fill: encre, hyphenate: false)
#set par(leading: 0.62em, spacing: 0.9em, justify: false)
#set list(marker: text(fill: laiton, "–"), indent: 0pt, body-indent: 5pt, spacing: 0.55em)
#set table(stroke: none, inset: (x: 5pt, y: 4pt))
#show heading: set block(above: 1.25em, below: 0.65em, sticky: true)

#let petit(corps, couleur: gris) = text(size: 8pt, fill: couleur, corps)
#let puce(corps, fond: creux, couleur: encre) = box(fill: fond, radius: 3pt, inset: (x: 5pt, y: 2.5pt), baseline: 2.5pt, text(size: 8pt, weight: "bold", fill: couleur, corps))
#let entete(..t) = table.header(..t.pos().map(x => table.cell(fill: nuit, text(size: 8pt, weight: "bold", fill: white, x))))
#let filet = pdf.artifact(line(length: 100%, stroke: 0.6pt + trait))
// Foot of a page: what it is, that its data are invented, its number.
#let pied(quoi, fictif) = context {
  set text(size: 8pt, fill: gris)
  grid(columns: (1fr, auto, 1fr), quoi, text(weight: "bold", fill: laiton, fictif), align(right, counter(page).display("1 / 1", both: true)))
}
// The two arcs that meet.
#let signe(cote, clair: false) = pdf.artifact(box(width: cote, height: cote, {
  let u = cote / 22
  place(curve(stroke: (paint: if clair { white } else { nuit }, thickness: 5 * u / 2.83, cap: "round"), curve.move((4 * u, 20 * u)), curve.cubic((4 * u, 10 * u), (8 * u, 4 * u), (13 * u, 2 * u))))
  place(curve(stroke: (paint: dore, thickness: 5 * u / 2.83, cap: "round"), curve.move((22 * u, 20 * u)), curve.cubic((22 * u, 10 * u), (18 * u, 4 * u), (13 * u, 2 * u))))
}))
`;
