/** The repository as its own tests read it. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import ts from 'typescript';

export const RACINE = resolve(import.meta.dirname, '../..');
export const fichiers = (dossier: string): string[] =>
  readdirSync(join(RACINE, dossier), { withFileTypes: true, recursive: true })
    .filter((e) => e.isFile())
    .map((e) => relative(RACINE, join(e.parentPath, e.name)));
export const lire = (f: string): string => readFileSync(join(RACINE, f), 'utf8');
export const sources = fichiers('src').filter((f) => /\.tsx?$/.test(f) && !f.endsWith('.d.ts'));
export const moduleDe = (f: string): string | null => /^src\/modules\/([^/]+)\//.exec(f)?.[1] ?? null;
/** Tests and what only they use: they look into everything. */
export const estEssai = (f: string): boolean => /\.(test|fixtures)\.tsx?$/.test(f);

export interface Import {
  de: string;
  vers: string;
  type: boolean;
}
export function importsDe(f: string, texte: string): Import[] {
  return [...texte.matchAll(/^(?:import|export)\s+(type\s)?[^;]*?from\s+'(\.[^']+)'|import\('(\.[^']+)'\)/gm)].map((m) => ({
    de: f,
    vers: relative(RACINE, resolve(RACINE, dirname(f), m[2] ?? m[3] ?? '')),
    type: m[1] !== undefined,
  }));
}

/** Groups of files that know each other in a circle, types included (Tarjan's strongly connected components). */
export function cercles(liste: readonly Pick<Import, 'de' | 'vers'>[]): string[][] {
  const suivants = new Map<string, string[]>();
  for (const { de, vers } of liste) suivants.set(de, [...(suivants.get(de) ?? []), vers]);
  const rang = new Map<string, number>();
  const bas = new Map<string, number>();
  const pile: string[] = [];
  const trouves: string[][] = [];
  const visiter = (f: string): number => {
    const n = rang.size;
    rang.set(f, n);
    bas.set(f, n);
    pile.push(f);
    for (const g of suivants.get(f) ?? []) {
      if (!rang.has(g)) bas.set(f, Math.min(bas.get(f) ?? n, visiter(g)));
      else if (pile.includes(g)) bas.set(f, Math.min(bas.get(f) ?? n, rang.get(g) ?? n));
    }
    const b = bas.get(f) ?? n;
    if (b === n) {
      const groupe = pile.splice(pile.indexOf(f));
      if (groupe.length > 1 || suivants.get(f)?.includes(f)) trouves.push(groupe.sort());
    }
    return b;
  };
  for (const f of suivants.keys()) if (!rang.has(f)) visiter(f);
  return trouves;
}

export interface Litteral {
  /** With `¤` where a value or a fragment is put in. */
  texte: string;
  ligne: number;
  /** Name of the property that it is the value of (`table: 'lots'`), or of the method that it is the first argument of. */
  role: string | null;
}
const lus = new Map<string, { texte: string; litteraux: readonly Litteral[] }>();
/** Every string and template of a file: comments and code left out. The same file with the same text is understood once. */
export function litterauxDe(f: string, texte: string): readonly Litteral[] {
  const deja = lus.get(f);
  if (deja?.texte === texte) return deja.litteraux;
  const source = ts.createSourceFile(f, texte, ts.ScriptTarget.Latest, true, f.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS);
  const trouves: Litteral[] = [];
  const visiter = (n: ts.Node) => {
    const dit =
      ts.isStringLiteral(n) || ts.isNoSubstitutionTemplateLiteral(n)
        ? n.text
        : ts.isTemplateExpression(n)
          ? [n.head.text, ...n.templateSpans.map((s) => s.literal.text)].join('¤')
          : null;
    if (dit !== null) trouves.push({ texte: dit, ligne: source.getLineAndCharacterOfPosition(n.getStart()).line + 1, role: roleDe(n) });
    ts.forEachChild(n, visiter);
  };
  visiter(source);
  lus.set(f, { texte, litteraux: trouves });
  return trouves;
}
function roleDe(n: ts.Node): string | null {
  const p = n.parent;
  if (ts.isPropertyAssignment(p) && p.initializer === n) return p.name.getText();
  if (ts.isCallExpression(p) && p.arguments[0] === n && ts.isPropertyAccessExpression(p.expression)) return p.expression.name.text;
  return null;
}
