/** What people write is cut in one way (`core/couper.ts`): half of a character, kept as JSON, makes a write fail. */
import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { estEssai, lire, sources } from './sources.ts';

/** Longer than a day, an hour, a digest of sixteen digits: a text, unless a list is seen. */
const COURT = 40;
const MAX_DE_TEXTE = /^(?:TEXTE|TITRE|VALEUR|PAR|ID|EXEMPLE|DESCRIPTION|NOM|MOTIF|LARGEUR|COURT)(?:_MAX)?$/;
const DONNENT_UN_TEXTE = /^(?:texte|join|trim|trimEnd|trimStart|replace|replaceAll|champ|valeur|dit|String)$/;
const DONNENT_UNE_LISTE = /^(?:filter|map|flatMap|sort|toSorted|values|keys|entries|reverse|toReversed|split|liste)$/;

const nomDe = (e: ts.Expression): string => (ts.isPropertyAccessExpression(e) ? e.name.text : ts.isIdentifier(e) ? e.text : '');
function nu(e: ts.Expression): ts.Expression {
  return ts.isParenthesizedExpression(e) ? nu(e.expression) : e;
}
const premier = (e: ts.Expression): ts.Expression => (ts.isBinaryExpression(e) ? premier(e.left) : e);
/** « x.slice(0, n) » where x is a text. */
function coupe(n: ts.Node): n is ts.CallExpression {
  if (!ts.isCallExpression(n) || !ts.isPropertyAccessExpression(n.expression) || n.expression.name.text !== 'slice') return false;
  const [debut, fin] = n.arguments;
  if (!debut || !fin || !ts.isNumericLiteral(debut) || debut.text !== '0') return false;
  const x = nu(n.expression.expression);
  if (ts.isArrayLiteralExpression(x)) return false;
  if (ts.isTemplateExpression(x) || ts.isNoSubstitutionTemplateLiteral(x)) return true;
  const par = ts.isCallExpression(x) ? nomDe(x.expression) : '';
  if (DONNENT_UNE_LISTE.test(par)) return false;
  if (DONNENT_UN_TEXTE.test(par)) return true;
  const borne = premier(fin);
  return ts.isNumericLiteral(borne) ? Number(borne.text) >= COURT : MAX_DE_TEXTE.test(nomDe(borne)) || (borne !== fin && nomDe(borne) === 'max');
}
function coupesDe(f: string, contenu: string): string[] {
  if (!/\.slice\(\s*0,/.test(contenu)) return [];
  const lu = ts.createSourceFile(f, contenu, ts.ScriptTarget.Latest, false, f.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS);
  const trouvees: string[] = [];
  const voir = (n: ts.Node): void => {
    if (coupe(n)) trouvees.push(`${f}:${lu.getLineAndCharacterOfPosition(n.getStart(lu)).line + 1}`);
    ts.forEachChild(n, voir);
  };
  voir(lu);
  return trouvees;
}

/** « JSON.stringify » that a statement is given: in it, by a name that it says, or as a value of one that is written once. */
function jsonsDe(f: string, contenu: string): string[] {
  if (!contenu.includes('JSON.stringify') || !/\bsql[`<]/.test(contenu)) return [];
  const lu = ts.createSourceFile(f, contenu, ts.ScriptTarget.Latest, true, f.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS);
  const [dits, enRequete]: [ts.Node[], Set<string>] = [[], new Set()];
  const estDit = (n: ts.Node): boolean => ts.isCallExpression(n) && n.expression.getText() === 'JSON.stringify';
  const dansUnSql = (n: ts.Node): boolean => (ts.isTaggedTemplateExpression(n) && n.tag.getText() === 'sql') || (n.parent !== undefined && dansUnSql(n.parent));
  const voir = (n: ts.Node): void => {
    if (estDit(n)) dits.push(n);
    if (ts.isIdentifier(n) && dansUnSql(n)) enRequete.add(n.text);
    ts.forEachChild(n, voir);
  };
  voir(lu);
  const donne = ({ parent: p }: ts.Node): boolean =>
    (ts.isVariableDeclaration(p) || ts.isPropertyAssignment(p)) && ts.isIdentifier(p.name) && enRequete.has(p.name.text);
  return dits.filter((n) => dansUnSql(n) || donne(n)).map((n) => `${f}:${lu.getLineAndCharacterOfPosition(n.getStart(lu)).line + 1}`);
}

/** What somebody typed, under whatever name the file gives it. */
function estSaisi(e: ts.Expression, noms: ReadonlySet<string>): boolean {
  const x = nu(e);
  if (ts.isIdentifier(x)) return noms.has(x.text);
  if (ts.isBinaryExpression(x)) return estSaisi(x.left, noms);
  if (ts.isElementAccessExpression(x) || ts.isPropertyAccessExpression(x)) return nomDe(x) === 'corps' || estSaisi(x.expression, noms);
  if (!ts.isCallExpression(x)) return false;
  if (ts.isPropertyAccessExpression(x.expression)) return estSaisi(x.expression.expression, noms);
  return nomDe(x.expression) === 'texte' && x.arguments[0] !== undefined && estSaisi(x.arguments[0], noms);
}
function saisiesCoupees(f: string, contenu: string): string[] {
  if (!/\b(?:couper|abreger)\(/.test(contenu) || !contenu.includes('corps')) return [];
  const lu = ts.createSourceFile(f, contenu, ts.ScriptTarget.Latest, false, f.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS);
  const noms = new Set<string>();
  const nommer = (n: ts.Node): void => {
    if (ts.isVariableDeclaration(n) && n.initializer) {
      const { name, initializer } = n;
      if (ts.isIdentifier(name) && estSaisi(initializer, noms)) noms.add(name.text);
      if (ts.isArrayBindingPattern(name) && ts.isArrayLiteralExpression(initializer))
        for (const [i, e] of name.elements.entries()) {
          const dit = initializer.elements[i];
          if (ts.isBindingElement(e) && ts.isIdentifier(e.name) && dit && estSaisi(dit, noms)) noms.add(e.name.text);
        }
    }
    ts.forEachChild(n, nommer);
  };
  nommer(lu);
  const trouvees: string[] = [];
  const voir = (n: ts.Node): void => {
    const [quoi] = ts.isCallExpression(n) && /^(?:couper|abreger)$/.test(nomDe(n.expression)) ? n.arguments : [];
    // Between the signs of a sentence, it is quoted.
    if (quoi && !ts.isTemplateSpan(n.parent) && estSaisi(quoi, noms)) trouvees.push(`${f}:${lu.getLineAndCharacterOfPosition(n.getStart(lu)).line + 1}`);
    ts.forEachChild(n, (e) => {
      Object.assign(e, { parent: n });
      voir(e);
    });
  };
  voir(lu);
  return trouvees;
}
/** Nothing of it is kept: words that are looked for, and keys of a field that others see somebody type in. */
const CHERCHE = new Set(['src/modules/registres/liens/liens.ts', 'src/modules/seances/tenue/tenue.routes.tsx']);

/** Nothing of them is kept: what a browser draws, what a terminal says, an invented year; and a phrase opens by the bytes that it was chosen with. */
const AILLEURS = /\/islands\/|\.commandes\.ts$|\.demo\.ts$|\/demo\/|^src\/core\/couper\.ts$|^src\/modules\/cellules\/cellule\/ouvrir\.ts$/;

describe('Un texte coupé', () => {
  test('l’est par « couper », jamais par « slice »', () => {
    expect(sources.filter((f) => !estEssai(f) && !AILLEURS.test(f)).flatMap((f) => coupesDe(f, lire(f)))).toEqual([]);
  });
  test('n’est pas ce que quelqu’un a écrit dans un formulaire : trop long, c’est dit, et rien n’en est perdu', () => {
    const lues = sources.filter((f) => !estEssai(f) && !CHERCHE.has(f));
    expect(lues.flatMap((f) => saisiesCoupees(f, lire(f)))).toEqual([]);
    const une = (ecrit: string) => saisiesCoupees('x.ts', ecrit).length;
    for (const saisi of [
      'f(couper(texte(c.corps.mots), 1000))',
      'f(couper(texte(c.corps[nom]).trim(), 30))',
      'const motif = texte(c.corps.motif).trim(); f({ motif: couper(motif, 9) })',
      'const [a, mots] = [1, texte(c.corps.mots)]; f(abreger(mots, 9))',
    ])
      expect([saisi, une(saisi)]).toEqual([saisi, 1]);
    for (const autre of [
      'f(couper(texte(c.requete.q), 100)); c.corps',
      `const q = texte(c.corps.q); f(\`« $${'{'}abreger(q, 40)} »\`)`,
      'f(couper(nom, 9)); c.corps',
    ])
      expect([autre, une(autre)]).toEqual([autre, 0]);
  });
  test('et ce qui s’écrit en JSON se dit par « enJson » : U+0000 ou la moitié d’un caractère ne fait échouer personne', () => {
    expect(sources.filter((f) => !/\.test\.tsx?$/.test(f)).flatMap((f) => jsonsDe(f, lire(f)))).toEqual([]);
    const valeur = (v: string) => ['$', `{${v}}`].join('');
    const vus = (ecrit: string) => jsonsDe('x.ts', ecrit).length;
    for (const faux of [
      `sql\`select ${valeur('JSON.stringify(a)')}::jsonb\``,
      `sql\`select ${valeur('a ? null : JSON.stringify(a)')}\``,
      `const dit = JSON.stringify(a); sql\`select ${valeur('dit')}::jsonb\``,
      `const r = requete((v) => sql\`select ${valeur('v.dit')}::jsonb\`); r.avec({ dit: JSON.stringify(a) })`,
    ])
      expect([faux, vus(faux)]).toEqual([faux, 1]);
    for (const bon of [
      `sql\`select ${valeur('enJson(a)')}::jsonb\``,
      `const cle = JSON.stringify(a); sql\`select ${valeur('a')}\``,
      'x({ dit: JSON.stringify(a) })',
    ])
      expect([bon, vus(bon)]).toEqual([bon, 0]);
  });
  test('se reconnaît à ce qui est coupé, ou à combien', () => {
    const une = (ecrit: string) => coupesDe('x.ts', ecrit).length;
    for (const texte of [
      'texte(c.corps.mots).slice(0, 30)',
      '`a b`.slice(0, 9)',
      'x.slice(0, 1_000)',
      "(x ?? '').trim().slice(0, TITRE_MAX)",
      'x?.slice(0, 300)',
      'x.slice(0, max - 3)',
    ])
      expect([texte, une(texte)]).toEqual([texte, 1]);
    for (const autre of [
      'jour.slice(0, 10)',
      'lignes.slice(0, PAR_PAGE)',
      '[...ids].slice(0, 60)',
      'x.map(f).slice(0, 60)',
      'x.slice(2, 400)',
      'lus.slice(0, max)',
    ])
      expect([autre, une(autre)]).toEqual([autre, 0]);
  });
});
