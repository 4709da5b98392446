/** Rows come out of the database in camelCase (core/base/database.ts): a row typed otherwise reads nothing, in silence. */
import { join, relative } from 'node:path';
import ts from 'typescript';
import { expect, test } from 'vitest';
import { RACINE } from './sources.ts';

/** A column as the database names it; not what arrays and buffers have of their own. */
const COLONNE = /^[a-z]\w*_[a-z0-9]/;

/** « file: property » for each property with an underscore in the row type of a query, `sql<…>`. */
function malNommees(programme: ts.Program, ou: (f: string) => boolean): string[] {
  const types = programme.getTypeChecker();
  const fautes: string[] = [];
  for (const source of programme.getSourceFiles()) {
    if (!ou(source.fileName)) continue;
    const visiter = (n: ts.Node): void => {
      const ligne = ts.isTaggedTemplateExpression(n) && n.tag.getText(source) === 'sql' ? n.typeArguments?.[0] : undefined;
      if (ligne)
        for (const p of types.getTypeFromTypeNode(ligne).getProperties())
          if (COLONNE.test(p.name)) fautes.push(`${relative(RACINE, source.fileName)} : ${p.name}`);
      ts.forEachChild(n, visiter);
    };
    visiter(source);
  }
  return fautes;
}

test('aucune ligne lue n’est typée autrement qu’elle ne sort de la base', () => {
  const { config } = ts.readConfigFile(join(RACINE, 'tsconfig.json'), ts.sys.readFile) as { config: object };
  const lu = ts.parseJsonConfigFileContent(config, ts.sys, RACINE);
  const aNous = (f: string) => /\/(src|tests)\//.test(f) && !f.includes('node_modules');
  expect(malNommees(ts.createProgram(lu.fileNames, { ...lu.options, noEmit: true }), aNous)).toEqual([]);

  const essai = join(RACINE, 'tests/depot/lignes-essai.ts');
  const texte =
    'declare const sql: <T>(t: TemplateStringsArray) => T;\ninterface Ligne { due_le: string; titre: string }\nsql<Ligne>`select due_le, titre from x`;';
  const hote = ts.createCompilerHost({});
  const lire = hote.getSourceFile.bind(hote);
  const programme = ts.createProgram(
    [essai],
    { noLib: true, types: [] },
    { ...hote, getSourceFile: (f, v) => (f === essai ? ts.createSourceFile(f, texte, v) : lire(f, v)) },
  );
  expect(malNommees(programme, aNous)).toEqual(['tests/depot/lignes-essai.ts : due_le']);
});
