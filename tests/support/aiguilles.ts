/** A word that must be nowhere, under each form that bytes may give it: encodings, percents, entities, escapes, compressed, inside documents. */
import { constants, gunzipSync, inflateSync } from 'node:zlib';
import JSZip from 'jszip';
import { lirePdf } from './pdf.ts';

const ENCODAGES = ['utf8', 'latin1', 'utf16le'] as const;
/** Base64, wherever the word begins in what is encoded: its first and last signs depend on its neighbours. */
const enBase64 = (b: Buffer): string[] =>
  [0, 1, 2].map((n) =>
    Buffer.concat([Buffer.alloc(n, 1), b])
      .toString('base64')
      .replaceAll('=', '')
      .slice(n === 0 ? 0 : 4, -2),
  );
const formesDe = (mot: string): string[] => {
  const formes = ENCODAGES.map((e) => Buffer.from(mot, e));
  const bases = formes.flatMap(enBase64);
  return [
    mot,
    encodeURIComponent(mot),
    ...formes.map((b) => b.toString('hex')),
    ...formes.map((b) => b.toString('latin1')),
    ...bases,
    ...bases.map((b) => b.replaceAll('+', '-').replaceAll('/', '_')),
  ];
};

/** What is compressed in a text of rows, as it was before: gzip and zlib, each by its first bytes. */
const degonfler = (texte: string): string[] =>
  [...texte.matchAll(/(?:1f8b08|78(?:01|5e|9c|da))[0-9a-f]{20,}/g)].flatMap(([hexa]) =>
    gonfle(Buffer.from(hexa.slice(0, hexa.length - (hexa.length % 2)), 'hex')),
  );
const gonfle = (octets: Buffer): string[] => {
  try {
    return [(octets[0] === 0x1f ? gunzipSync : inflateSync)(octets, { finishFlush: constants.Z_SYNC_FLUSH }).toString('latin1')];
  } catch {
    return [];
  }
};
/** Addresses keep some letters and hide the others; so do pages and JSON; a calendar cuts its lines. */
const decoder = (texte: string): string[] => [
  ...(texte.includes('%') ? [texte.replace(/%([0-9a-f]{2})/gi, (_, x: string) => String.fromCharCode(Number.parseInt(x, 16)))] : []),
  ...(/&#|\\u/.test(texte)
    ? [
        texte.replace(/&#x([0-9a-f]+);|&#(\d+);|\\u([0-9a-f]{4})/gi, (_, h?: string, d?: string, u?: string) =>
          String.fromCodePoint(d ? Number(d) : Number.parseInt(h ?? u ?? '0', 16)),
        ),
      ]
    : []),
  ...(texte.includes('\r\n ') ? [texte.replaceAll('\r\n ', '')] : []),
];

/** Says which of these words, under which form, a text holds. */
export function chercheur(mots: readonly string[]): (texte: string) => string[] {
  const aiguilles = [...new Set(mots.flatMap(formesDe))];
  return (texte) => {
    const vus = [texte, ...decoder(texte), ...degonfler(texte)];
    return aiguilles.filter((a) => vus.some((t) => t.includes(a)));
  };
}
/** As bytes stand in a file. */
export const octetsDe = (mots: readonly string[]): Buffer[] => mots.flatMap((mot) => ENCODAGES.map((e) => Buffer.from(mot, e)));

/** What a served body says, opened when it is a document: each part of an archive (XLSX, DOCX, ODS), the words and streams of a PDF. */
export async function textesDe(octets: Buffer): Promise<string[]> {
  const [un, deux] = octets;
  if (un === 0x50 && deux === 0x4b) {
    const archive = await JSZip.loadAsync(octets);
    return Promise.all(Object.values(archive.files).map(async (f) => `${f.name} ${f.dir ? '' : await f.async('string')}`));
  }
  if (octets.subarray(0, 5).toString('latin1') === '%PDF-') return [(await lirePdf(octets)).pages.join('\n'), octets.toString('latin1')];
  if (un === 0x1f && deux === 0x8b) return gonfle(octets);
  return [octets.toString('utf8')];
}
