/** Text that people type or paste: made plain when it arrives, read as paragraphs and bullets when it is written. Pure. */
import { convert } from 'html-to-text';

/** Names of tags that word processors, mails and browsers paste. */
const BALISES =
  'p|div|span|br|b|i|u|s|em|strong|small|sub|sup|mark|ul|ol|li|dl|dt|dd|table|thead|tbody|tfoot|tr|td|th|caption|col|colgroup|h[1-6]|a|font|center|blockquote|pre|code|hr|img|section|article|header|footer|main|figure|figcaption|html|head|body|meta|link|title|style|script|xml|[owvm]:\\w+|st1:\\w+';
const ATTRIBUT = '\\s+(?:[\\w:.-]+\\s*=\\s*(?:"[^"]*"|\'[^\']*\'|[^\\s"\'<>]+)|nowrap|noshade|clear)';
/** Attributes need a value: « a <b et c> d » is a sentence. */
const BALISE = new RegExp(`<(?:/(?:${BALISES})|(?:${BALISES})(?:${ATTRIBUT})*)\\s*/?>`, 'i');
const MARQUE = /<!--|<!\[(?:if|endif)[^\]<>]*\]>|<\?xml[^<>]*>|<!doctype[^<>]*>/i;
/** What opens something that is not text, and what closes it. */
const CACHE = /<!--|<!\[(?:if|endif)[^\]<>]*\]>|<\?xml[^<>]*>|<!doctype[^<>]*>|<(style|script|xml|head|title)(?=[\s>])[^<>]*>/gi;
/** A mark of their own for what looks like a tag and is not one. */
const INFERIEUR = '\ue000';

/** Bullets of word processors; « o » and « § » are bullets only when a tab or a wide space follows. */
const PUCE = /^[ \t\u00a0]*(?:[·•▪●◦‣∙■□➢➔✓\uf0a7\uf0b7\uf0d8\uf0fc][ \t\u00a0]*|[o§](?:\t| {2}|\u00a0)[ \t\u00a0]*|[-–—*][ \t\u00a0]+)(?=\S)/;
/** Control characters that stand for a visible one: Windows-1252 read as Latin-1, the no-break hyphen of Word. */
const CONTROLES: Record<string, string> = {
  '\n': '\n',
  '\t': '\t',
  '\u001e': '-',
  '\u0085': '…',
  '\u0091': '’',
  '\u0092': '’',
  '\u0093': '“',
  '\u0094': '”',
  '\u0096': '–',
  '\u0097': '—',
};

/** Plain text from what was typed or pasted. Without markup, words are left as they are. */
export function nettoyerTexte(brut: string): string {
  const sansMarques = MARQUE.test(brut) || BALISE.test(brut) ? sansBalises(brut) : brut;
  return (
    aplanir(sansMarques)
      .split('\n')
      .map(nettoyerLigne)
      .join('\n')
      .replace(/\n{3,}/g, '\n\n')
      // Bullets of one list stay together.
      .replace(/^(- .*)\n\n(?=- )/gm, '$1\n')
      .trim()
  );
}

/** Comments, conditions and hidden parts go; one that nothing closes is text. Linear: `absents` are not looked for twice. */
function sansCaches(brut: string): string {
  // Letter by letter: some capitals grow when they are lowered, and every place after them would shift.
  const bas = brut.replace(/[A-Z]/g, (c) => c.toLowerCase());
  const absents = new Set<string>();
  let visible = '';
  let fin = 0;
  for (const m of brut.matchAll(CACHE)) {
    if (m.index < fin) continue;
    const fermant = m[0] === '<!--' ? '-->' : m[1] ? `</${m[1].toLowerCase()}>` : '';
    const apres = m.index + m[0].length;
    const ferme = fermant === '' ? apres : absents.has(fermant) ? -1 : bas.indexOf(fermant, apres);
    if (ferme < 0) absents.add(fermant);
    else {
      visible += brut.slice(fin, m.index);
      fin = ferme + fermant.length;
    }
  }
  return visible + brut.slice(fin);
}

function sansBalises(brut: string): string {
  const visible = sansCaches(brut.replaceAll(INFERIEUR, ''));
  // « < » that opens no tag is text, whatever follows it.
  const global = new RegExp(BALISE, 'gi');
  let html = '';
  let fin = 0;
  for (const m of visible.matchAll(global)) {
    html += visible.slice(fin, m.index).replaceAll('<', INFERIEUR) + m[0].replace(/^<(\/?)[owvm]:p\b/i, '<$1span');
    fin = m.index + m[0].length;
  }
  html += visible.slice(fin).replaceAll('<', INFERIEUR);
  return convert(html, {
    wordwrap: false,
    selectors: [
      { selector: 'a', options: { ignoreHref: true } },
      { selector: 'img', format: 'skip' },
      { selector: 'hr', format: 'skip' },
      { selector: 'ul', options: { itemPrefix: '- ' } },
      { selector: 'tr', format: 'block', options: { leadingLineBreaks: 1, trailingLineBreaks: 1 } },
      { selector: 'td + td', format: 'inlineSurround', options: { prefix: ' ; ' } },
      { selector: 'th + th', format: 'inlineSurround', options: { prefix: ' ; ' } },
      { selector: 'td > p', format: 'inline' },
      ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].map((selector) => ({ selector, options: { uppercase: false } })),
      { selector: 'blockquote', options: { trimEmptyLines: true }, format: 'block' },
    ],
  }).replaceAll(INFERIEUR, '<');
}

/** Lines, hyphens and invisible characters. */
function aplanir(t: string): string {
  const texte = t
    .replace(/\r\n?|\v|\u2028/g, '\n')
    .replace(/[\f\u2029]/g, '\n\n')
    .replace(/\p{Cc}/gu, (c) => CONTROLES[c] ?? '')
    .replace(/[\u2010\u2011]/g, '-')
    // A joiner inside an emoji makes one picture; elsewhere it is invisible and breaks searches.
    .replace(/(?<!\p{Extended_Pictographic}\ufe0f?|\p{Emoji_Modifier})\u200d|\u200d(?!\p{Extended_Pictographic})/gu, '')
    .replace(/[\u00ad\u200b\u200c\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/g, '')
    .replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]|[\ufffe\uffff]/g, '')
    .normalize('NFC')
    .replace(/(?<=\p{L})‘(?=\p{L})/gu, '’');
  // Inside « … », “ … ” is the right second level.
  return texte.includes('«') ? texte : texte.replace(/“([^“”\n]*)”/g, (_, mots: string) => `«\u202f${mots.trim()}\u202f»`);
}

function nettoyerLigne(ligne: string): string {
  return ligne
    .replace(PUCE, '- ')
    .replace(/[\u00a0\u202f](?![:;?!»%€])(?<!(?:«|\d)[\u00a0\u202f])/g, ' ')
    .replace(/[ \t\u2000-\u200a\u205f\u3000]+/g, ' ')
    .trim();
}

export type BlocDeTexte = { type: 'para'; lignes: string[] } | { type: 'liste'; puces: string[] };

/** Paragraphs (parted by an empty line) and bullets (lines that begin with « - »). */
export function lireBlocs(notes: string): BlocDeTexte[] {
  const blocs: BlocDeTexte[] = [];
  let ouvert: { type: 'para'; lignes: string[] } | null = null;
  for (const ligne of notes.split(/\r\n?|\n/).map((l) => l.trim())) {
    const puce = /^-\s+(.*)$/.exec(ligne)?.[1];
    if (ligne === '' || ligne === '-') ouvert = null;
    else if (puce !== undefined) {
      // An empty line between two bullets parts nothing.
      const dernier = blocs.at(-1);
      if (dernier?.type === 'liste') dernier.puces.push(puce);
      else blocs.push({ type: 'liste', puces: [puce] });
      ouvert = null;
    } else if (ouvert) ouvert.lignes.push(ligne);
    else {
      ouvert = { type: 'para', lignes: [ligne] };
      blocs.push(ouvert);
    }
  }
  return blocs;
}
