/** Rows are typed by the database: what a query file still writes by hand is counted, and only goes down. */
import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { fichiers, lire, sources } from './sources.ts';

/** Row types by hand in each file. A number only goes down; a file leaves the list when it has none. */
const A_LA_MAIN: Readonly<Record<string, number>> = {
  'src/modules/comptes/connexion/connexion.queries.ts': 3,
  'src/modules/comptes/demonstration.queries.ts': 4,
  'src/modules/comptes/dpo/demandes.queries.ts': 4,
  'src/modules/comptes/gestion/gestion.queries.ts': 8,
  'src/modules/comptes/gestion/propositions.queries.ts': 4,
  'src/modules/comptes/journal/journal.queries.ts': 4,
  'src/modules/comptes/sessions.queries.ts': 7,
  'src/modules/contrats/contrats.queries.ts': 9,
  'src/modules/decisions/listes.queries.ts': 4,
  'src/modules/echeances/echeances.queries.ts': 1,
  'src/modules/echeances/rappels/rappels.queries.ts': 2,
  'src/modules/indicateurs/calcul/recalcul.queries.ts': 2,
  'src/modules/indicateurs/chiffres.queries.ts': 3,
  'src/modules/indicateurs/preuves.queries.ts': 1,
  'src/modules/indicateurs/repartitions.queries.ts': 2,
  'src/modules/indicateurs/saisie/saisie.queries.ts': 1,
  'src/modules/instances/calendrier/calendrier.queries.ts': 1,
  'src/modules/instances/sieges.queries.ts': 1,
  'src/modules/registres/import/classeurs.queries.ts': 2,
  'src/modules/registres/import/lots.queries.ts': 6,
  'src/modules/registres/lieux/lieux.queries.ts': 4,
  'src/modules/registres/liste/liste.queries.ts': 5,
  'src/modules/registres/saisie/saisie.queries.ts': 3,
  'src/modules/seances/cloture/cloture.queries.ts': 5,
  'src/modules/seances/cloture/contenu.queries.ts': 4,
  'src/modules/seances/confidentialite/confidentialite.queries.ts': 1,
  'src/modules/seances/preparation/propositions.queries.ts': 1,
  'src/modules/seances/tenue/tenue.queries.ts': 5,
};

const REQUETES = /\.queries\.ts$/;
/** `sql<{ … }>` or `requete<{ … }, …>`, and `sql<Nom>` or `requete<Nom, …>` where Nom is an interface or an object type of the same file that does not come from `Ligne`. */
function ecritsALaMain(texte: string): string[] {
  const litteraux = [...texte.matchAll(/\b(?:sql|requete)<\s*(?:Omit<|Pick<)?\{/g)].map(() => '{…}');
  const typesLus = [...texte.matchAll(/\bsql<([^`]*?)>\s*`|\brequete<\s*([^,{]*),/g)].map((m) => m[1] ?? m[2] ?? '');
  const nommes = new Set(typesLus.flatMap((t) => [...t.matchAll(/\b[A-Z]\w+/g)].map((x) => x[0])));
  const declarations = [...texte.matchAll(/^(?:export )?(?:interface (\w+)([^{]*)\{|type (\w+) = ([^;]*);)/gm)].map((m) => ({
    nom: m[1] ?? m[3] ?? '',
    de: m[2] ?? m[4] ?? '',
  }));
  /** From the database, and what adds to it what a query computes. */
  const derives = new Set<string>();
  for (const { nom, de } of declarations) if (/\bLigne</.test(de) || [...derives].some((d) => new RegExp(`\\b${d}\\b`).test(de))) derives.add(nom);
  const declares = declarations.flatMap(({ nom, de }) => (nommes.has(nom) && !derives.has(nom) && (de.includes('{') || !de.includes('<')) ? [nom] : []));
  return [...litteraux, ...declares];
}

describe('Les types des lignes', () => {
  test('ne s’écrivent plus à la main dans un nouveau fichier de requêtes, et reculent dans les autres', () => {
    const comptes = Object.fromEntries(
      sources
        .filter((f) => REQUETES.test(f))
        .map((f): [string, number] => [f, ecritsALaMain(lire(f)).length])
        .filter(([, n]) => n > 0),
    );
    expect(comptes).toEqual(A_LA_MAIN);
  });

  test('le contrôle voit un type écrit sur place, une interface, et laisse ce qui vient de la base', () => {
    expect(ecritsALaMain('sql<{ id: string }>`select 1`')).toEqual(['{…}']);
    expect(ecritsALaMain('export interface Lu {\n  id: string;\n}\nsql<Lu & Autre>`select 1`')).toEqual(['Lu']);
    expect(ecritsALaMain('interface Lu {\n  id: string;\n}\nrequete<Lu, { n: number }>((v) => sql`select 1`)')).toEqual(['Lu']);
    expect(ecritsALaMain('requete<{ id: string }, { n: number }>((v) => sql`select 1`)')).toEqual(['{…}']);
    expect(ecritsALaMain('type Lu = { id: string };\nsql<Omit<Lu, "x">>`select 1`')).toEqual(['Lu']);
    expect(ecritsALaMain("export interface Lu extends Pick<Ligne<'lots'>, 'id'> {\n  n: number;\n}\nsql<Lu>`select 1`")).toEqual([]);
    const derive = "interface Lu extends Pick<Ligne<'lots'>, 'id'> {\n}\ninterface Plus extends Lu {\n  n: number;\n}\nsql<Plus>`select 1`";
    expect(ecritsALaMain(derive)).toEqual([]);
    expect(ecritsALaMain("sql<Pick<Ligne<'lots'>, 'id'>>`select 1`; interface Saisie { x: 1 }")).toEqual([]);
  });
});

/** A column as the database names it. */
const COLONNE = /^[a-z]\w*_[a-z0-9]/;
const LECTURE = /\b(?:sql|requete)\s*</;
const DECLARATION = /^(export )?(?:declare )?(?:interface|type) ([A-Z]\w*)/gm;
/** First argument of these is whose properties are read; second of `Pick`, first of `Record`, which ones. */
const NOMMES: Readonly<Record<string, 0 | 1>> = { Pick: 1, Record: 0 };

/**
 * « file: property » for each property with an underscore in the row type of a query: rows come out of the database in camelCase
 * (core/base/database.ts), and a row typed otherwise reads nothing, in silence. A name is looked for in its own file, then wherever it is exported.
 */
function malNommees(textes: ReadonlyMap<string, string>): string[] {
  const duMemeNom = new Map<string, { f: string; exporte: boolean }[]>();
  for (const [f, texte] of textes)
    for (const [, exporte, nom = ''] of texte.matchAll(DECLARATION)) duMemeNom.set(nom, [...(duMemeNom.get(nom) ?? []), { f, exporte: exporte !== undefined }]);
  const arbres = new Map<string, ts.SourceFile>();
  const arbre = (f: string): ts.SourceFile => {
    const lu =
      arbres.get(f) ?? ts.createSourceFile(f, textes.get(f) ?? '', ts.ScriptTarget.Latest, false, f.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS);
    arbres.set(f, lu);
    return lu;
  };
  const proprietes = (membres: readonly ts.TypeElement[], f: string): string[] =>
    membres.flatMap((m) => (m.name && !ts.isComputedPropertyName(m.name) ? [texteDe(m.name, f)] : []));
  const texteDe = (n: ts.Node, f: string): string => n.getText(arbre(f)).replace(/^['"]|['"]$/g, '');
  const duNom = (nom: string, f: string, vus: ReadonlySet<string>): string[] => {
    const chez = duMemeNom.get(nom) ?? [];
    const siennes = chez.filter((d) => d.f === f);
    return (siennes.length > 0 ? siennes : chez.filter((d) => d.exporte))
      .map((d) => d.f)
      .filter((ici) => !vus.has(`${ici} ${nom}`))
      .flatMap((ici) =>
        arbre(ici).statements.flatMap((d) => {
          const suite = new Set([...vus, `${ici} ${nom}`]);
          if (ts.isInterfaceDeclaration(d) && d.name.text === nom)
            return [...proprietes(d.members, ici), ...(d.heritageClauses ?? []).flatMap((h) => h.types.flatMap((t) => duType(t, ici, suite)))];
          return ts.isTypeAliasDeclaration(d) && d.name.text === nom ? duType(d.type, ici, suite) : [];
        }),
      );
  };
  const duType = (t: ts.TypeNode, f: string, vus: ReadonlySet<string> = new Set()): string[] => {
    if (ts.isTypeLiteralNode(t)) return proprietes(t.members, f);
    if (ts.isIntersectionTypeNode(t) || ts.isUnionTypeNode(t)) return t.types.flatMap((x) => duType(x, f, vus));
    if (ts.isParenthesizedTypeNode(t)) return duType(t.type, f, vus);
    if (ts.isLiteralTypeNode(t)) return [texteDe(t, f)];
    const nom = ts.isTypeReferenceNode(t) ? texteDe(t.typeName, f) : ts.isExpressionWithTypeArguments(t) ? texteDe(t.expression, f) : '';
    const arguments_ = ts.isTypeReferenceNode(t) || ts.isExpressionWithTypeArguments(t) ? (t.typeArguments ?? []) : [];
    const premier = arguments_[NOMMES[nom] ?? 0];
    if (/^(Pick|Record|Omit|Partial|Required|Readonly)$/.test(nom)) return premier ? duType(premier, f, vus) : [];
    return nom === '' ? [] : duNom(nom, f, vus);
  };
  const fautes = new Set<string>();
  for (const [f, texte] of textes) {
    if (!LECTURE.test(texte)) continue;
    const visiter = (n: ts.Node): void => {
      const appel = ts.isTaggedTemplateExpression(n) ? n.tag : ts.isCallExpression(n) ? n.expression : undefined;
      const ligne = appel && /^(sql|requete)$/.test(texteDe(appel, f)) ? (n as ts.TaggedTemplateExpression | ts.CallExpression).typeArguments?.[0] : undefined;
      if (ligne) for (const p of duType(ligne, f)) if (COLONNE.test(p)) fautes.add(`${f} : ${p}`);
      ts.forEachChild(n, visiter);
    };
    visiter(arbre(f));
  }
  return [...fautes];
}

describe('Une ligne lue est typée comme elle sort de la base', () => {
  test('aucune n’a de nom à tiret bas', () => {
    const tous = [...sources, ...fichiers('tests').filter((f) => /\.tsx?$/.test(f))];
    expect(malNommees(new Map(tous.map((f) => [f, lire(f)])))).toEqual([]);
  });

  test.each([
    ['sur place', 'sql<{ due_le: string; titre: string }>`select 1`', 'due_le'],
    ['par une interface', 'interface L { due_le: string }\nsql<L>`select 1`', 'due_le'],
    ['par ce qu’elle étend', 'interface K { due_le: string }\ninterface L extends K { n: number }\nsql<Omit<L, "n"> & { x: 1 }>`select 1`', 'due_le'],
    ['par un choix de colonnes', "sql<Pick<Ligne<'echeances'>, 'due_le'>>`select 1`", 'due_le'],
    ['par un nom d’ailleurs', 'sql<DAilleurs>`select 1`', 'fait_le'],
    ['par une requête préparée', 'requete<{ due_le: string }, { n: number }>((v) => sql`select 1`)', 'due_le'],
    ['par un enregistrement', "sql<Record<'due_le', string>>`select 1`", 'due_le'],
  ])('le contrôle la voit %s', (_, texte, faute) => {
    const textes = new Map([
      ['a.ts', texte],
      ['b.ts', 'export type DAilleurs = { fait_le: string };\ninterface L { autre_nom: string }'],
    ]);
    expect(malNommees(textes)).toEqual([`a.ts : ${faute}`]);
  });
  test('et laisse ce qu’une colonne contient, ce qu’un formulaire nomme, ce qui vient de la base', () => {
    const texte = "interface Form { due_le: string }\nsql<{ donnees: { due_le: string } }>`x`;\nsql<Ligne<'a_b'>>`x`;\nsql<{ n: number }>`x`";
    expect(malNommees(new Map([['a.ts', texte]]))).toEqual([]);
  });
});
