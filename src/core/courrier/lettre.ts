/** A letter as a module reads it: who wrote, what, with which files, each told by its content. */
import { couper } from '../couper.ts';
export interface PieceRecue {
  nom: string;
  /** Told by its content; empty when nothing tells it (a CSV, a text). */
  type: string;
  contenu: Buffer;
  /** Shown in the text: a logo under a signature, or a photograph pasted there. */
  dansLeTexte: boolean;
}
export interface Lettre {
  /** Who signs it (`From`); of the envelope where nobody does. */
  de: string;
  sujet: string;
  texte: string;
  pieces: PieceRecue[];
  /** Files that Outlook wrapped in a way of its own: nothing else opens them. */
  enveloppeOutlook: boolean;
  /** How many pieces were past the number that is read. */
  piecesDeTrop: number;
  /** A picture is written within the text itself (`data:`), as no piece. */
  imageEcrite: boolean;
}

const PIECES_MAX = 20;
const TEXTE_MAX = 200_000;

export async function lireLettre(contenu: Buffer, expediteur: string): Promise<Lettre> {
  // Loaded with the first letter: most places receive none.
  const [{ simpleParser }, { fileTypeFromBuffer }] = await Promise.all([import('mailparser'), import('file-type')]);
  const m = await simpleParser(contenu, { skipImageLinks: true, skipTextLinks: true, maxHtmlLengthToParse: 1_000_000 });
  const pieces: PieceRecue[] = [];
  for (const a of m.attachments.slice(0, PIECES_MAX)) {
    const type = await fileTypeFromBuffer(a.content);
    pieces.push({ nom: couper(a.filename ?? 'sans nom', 200), type: type?.mime ?? '', contenu: a.content, dansLeTexte: a.related });
  }
  return {
    de: (m.from?.value[0]?.address ?? expediteur).trim().toLowerCase(),
    sujet: couper(m.subject ?? '', 500),
    texte: couper(m.text ?? '', TEXTE_MAX),
    pieces,
    enveloppeOutlook: m.attachments.some((a) => a.contentType === 'application/ms-tnef' || /^winmail\.dat$/i.test(a.filename ?? '')),
    piecesDeTrop: Math.max(0, m.attachments.length - PIECES_MAX),
    imageEcrite: typeof m.html === 'string' && /<img\b[^>]{0,1000}\bsrc\s*=\s*["']?data:image/i.test(m.html),
  };
}
