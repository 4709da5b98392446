/** What the parts of a workbook say, and the library that reads them does not. Pure. */
import { SANS_VALEUR } from './lignes.ts';

const FEUILLE = /^xl\/worksheets\/[^/]+\.xml$/i;
/** No `t`, or a number: a text may well be empty. */
const SANS_RESULTAT = /<c((?:\s+(?!t=)[\w:]+="[^"]*"|\s+t="n")*)\s*><f\b(?:[^>]*\/>|[^>]*>[^<]*<\/f>)(?:<v\s*\/>|<v><\/v>)?<\/c>/g;

/** Two kinds of cells that the library loses: days written as text (`t="d"`), and formulas that no spreadsheet ever computed. */
export function eclairer(chemin: string, contenu: Buffer): Buffer {
  if (!FEUILLE.test(chemin)) return contenu;
  if (!contenu.includes(' t="d"') && !contenu.includes('</f></c>') && !/<f[^>]*\/><\/c>|<\/f><v(?:\s*\/|><\/v)>/.test(contenu.toString('latin1')))
    return contenu;
  const xml = contenu.toString('utf8').replace(/(<c\b[^>]*?) t="d"/g, '$1 t="str"');
  return Buffer.from(xml.replace(SANS_RESULTAT, (_, attributs: string) => `<c${attributs.replace(/\s+t="n"/, '')} t="str"><v>${SANS_VALEUR}</v></c>`));
}

/** Tables that a style hides: in an .ods, it is the only place that says so. */
export function cacheesDOds(contenu: Buffer | undefined): Set<string> {
  const xml = contenu?.toString('utf8') ?? '';
  if (!xml.includes('table:display="false"')) return new Set();
  const styles = new Set(
    [...xml.matchAll(/<style:style\b([^>]*)>\s*<style:table-properties\b[^>]*table:display="false"/g)].map((m) => attribut(m[1] ?? '', 'style:name')),
  );
  const tables = [...xml.matchAll(/<table:table\b([^>]*)>/g)].map((m) => m[1] ?? '');
  return new Set(tables.filter((t) => styles.has(attribut(t, 'table:style-name'))).map((t) => attribut(t, 'table:name')));
}

/** How many filled cells an .ods makes: one row and one cell may say that they are there a million times. Counted without making them. */
export function casesDOds(contenu: Buffer | undefined): number {
  const xml = contenu?.toString('latin1') ?? '';
  const fois = (balise: string, quoi: string) => (balise.includes('-repeated="') ? Number(attribut(balise, `table:number-${quoi}s-repeated`)) || 1 : 1);
  let [total, rangees] = [0, 1];
  for (const [, quoi, balise = ''] of xml.matchAll(/<table:table-(row|cell)\b([^>]*)>/g))
    if (quoi === 'row') rangees = fois(balise, 'row');
    else if (!balise.endsWith('/') || balise.includes('office:value')) total += rangees * fois(balise, 'column');
  return total;
}

const attribut = (balise: string, nom: string): string => new RegExp(`\\s${nom}="([^"]*)"`).exec(balise)?.[1] ?? '';

const ENTITES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
/** The library leaves the names of tables as they are in the file. */
export const sansEntites = (t: string): string =>
  t.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(\w+));/gi, (tout, n?: string, x?: string, e?: string) => {
    const point = n ? Number(n) : x ? Number.parseInt(x, 16) : -1;
    return point > 0 && point <= 0x10ffff ? String.fromCodePoint(point) : (ENTITES[e ?? ''] ?? tout);
  });
