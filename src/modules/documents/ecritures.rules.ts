/** Writing systems: which pieces of a text are in which one, their language and their direction, for files that must say it. Pure. */

export interface Morceau {
  texte: string;
  /** BCP 47; empty for the document's own (Latin letters, figures, punctuation). */
  langue: string;
  rtl: boolean;
}

interface Ecriture {
  /** Of a regular expression, here and in Typst. */
  classe: string;
  langue: string;
  rtl?: true;
}
/** By script: the language most written with it here; letters of another one say better (`PRECISIONS`). */
const ECRITURES: readonly Ecriture[] = [
  { classe: '\\p{Arabic}', langue: 'ar', rtl: true },
  { classe: '\\p{Hebrew}', langue: 'he', rtl: true },
  { classe: '\\p{Greek}', langue: 'el' },
  { classe: '\\p{Cyrillic}', langue: 'ru' },
  { classe: '\\p{Devanagari}', langue: 'hi' },
  { classe: '\\p{Bengali}', langue: 'bn' },
  { classe: '\\p{Tamil}', langue: 'ta' },
  { classe: '\\p{Thai}', langue: 'th' },
  { classe: '\\p{Georgian}', langue: 'ka' },
  { classe: '\\p{Armenian}', langue: 'hy' },
  { classe: '\\p{Ethiopic}', langue: 'am' },
  { classe: '\\p{Han}\\p{Hiragana}\\p{Katakana}\\p{Hangul}ー', langue: 'zh' },
];
const PRECISIONS: readonly [string, RegExp][] = [
  ['fa', /[\u067e\u0686\u0698\u06a9\u06af\u06cc]/],
  ['uk', /[\u0404\u0406\u0407\u0454\u0456\u0457\u0490\u0491]/],
  ['ja', /[\u3040-\u30ff]/],
  ['ko', /[\u1100-\u11ff\uac00-\ud7af]/],
];
const POUR: Readonly<Record<string, readonly string[]>> = { ar: ['fa'], ru: ['uk'], zh: ['ja', 'ko'] };
const preciser = (langue: string, texte: string): string =>
  PRECISIONS.find(([code, signes]) => POUR[langue]?.includes(code) && signes.test(texte))?.[0] ?? langue;

/** The JavaScript name of a script class is `\p{Script=…}`. */
const js = (classe: string): string => classe.replace(/\\p\{/g, '\\p{Script=');
/** Between two words of one script: spaces, and the points of Latin, Arabic and Chinese writing. */
const ENTRE = "[ \\u{a0}.,·'’\\u{60c}\\u{61b}\\u{61f}\\u{3000}-\\u{3003}\\u{3008}-\\u{3011}\\u{ff01}-\\u{ff0f}\\u{ff1a}-\\u{ff20}-]+";
/** Words of one script, with the marks and joiners inside them and what is between two of them. */
const suite = (classe: string, nommer: (c: string) => string): string => {
  const c = nommer(classe);
  const mot = `[${c}][${c}\\p{M}\\u{200c}\\u{200d}]*`;
  return `${mot}(?:${ENTRE}${mot})*`;
};
/** From the first letter of a script to its last one, whatever stands between. */
const etendue = (classe: string): string => `[${classe}](?:.*[${classe}])?`;
/** Runs that one text may hold: a paragraph with more than 512 does not compose. */
const SUITES_MAX = 200;
const SUITES = ECRITURES.map((e) => ({ ...e, motif: new RegExp(suite(e.classe, js), 'gu') }));
const AUTRE = /[^\p{Script=Latin}\p{Script=Common}\p{Script=Inherited}]/u;

/** In order; the whole text when it is all in Latin letters. */
export function morceaux(texte: string): Morceau[] {
  if (!AUTRE.test(texte)) return [{ texte, langue: '', rtl: false }];
  const trouves = SUITES.flatMap(({ motif, langue, rtl }) =>
    [...texte.matchAll(motif)].map((m) => ({ debut: m.index, texte: m[0], langue: preciser(langue, m[0]), rtl: rtl === true })),
  ).sort((a, b) => a.debut - b.debut);
  const tout: Morceau[] = [];
  let fin = 0;
  for (const { debut, ...m } of trouves) {
    if (debut < fin) continue;
    if (debut > fin) tout.push({ texte: texte.slice(fin, debut), langue: '', rtl: false });
    tout.push(m);
    fin = debut + m.texte.length;
  }
  if (fin < texte.length) tout.push({ texte: texte.slice(fin), langue: '', rtl: false });
  return tout;
}

/** Set from right to left as a whole: its first letter says so, as `dir="auto"` does. */
export function estRtl(texte: string): boolean {
  const premiere = /\p{L}/u.exec(texte)?.[0] ?? '';
  return /[\p{Script=Arabic}\p{Script=Hebrew}]/u.test(premiere);
}

/** The same in Typst: each run in its direction and language, by the fonts that were cut for it. Only scripts that the text holds. */
export function reglesTypst(texte: string, inconnus: readonly number[]): string {
  // A composed letter is one glyph, which reads back as one; the text font would draw it in two.
  const composees = inconnus.map((p) => String.fromCodePoint(p)).filter((c) => /\p{Script=Latin}/u.test(c) && c.normalize('NFD').length > 1);
  const composee = composees.join('');
  const cherchees = new RegExp(`[${composee}]`, 'gu');
  const lignes = texte.split('\n');
  const tropDeLettres = composee !== '' && lignes.some((t) => (t.match(cherchees)?.length ?? 0) > SUITES_MAX);
  const lettres = composee === '' ? [] : [`#show regex("${tropDeLettres ? etendue(composee) : `[${composee}]`}"): set text(font: "Noto Sans")`];
  const trop = lignes.some((t) => morceaux(t).length > SUITES_MAX);
  const ecritures = SUITES.filter(({ motif }) => texte.search(motif) >= 0).map(({ classe, langue, rtl }) => {
    const motif = trop ? etendue(classe) : suite(classe, (c) => c);
    const precises = (POUR[langue] ?? []).flatMap((code) => {
      const signes = PRECISIONS.find(([c]) => c === code)?.[1].source ?? '';
      return [`if it.text.contains(regex(${chaine(signes.replaceAll(/\\u([0-9a-f]{4})/g, '\\u{$1}'))})) { ${chaine(code)} } else`];
    });
    return `#show regex(${chaine(motif)}): it => text(${rtl ? 'dir: rtl, ' : ''}lang: ${precises.join(' ')} { ${chaine(langue)} }, it)`;
  });
  return [...lettres, ...ecritures].join('\n');
}
/** A Typst string. */
const chaine = (s: string): string => `"${s.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
