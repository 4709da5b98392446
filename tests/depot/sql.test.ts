/** SQL stays in its module, and finds rows by their key. */
import { describe, expect, test } from 'vitest';
import { estEssai, fichiers, lire, litterauxDe, moduleDe, sources } from './sources.ts';
import { EXCEPTIONS, TABLES } from './tables.ts';

const migrations = fichiers('db/migrations').map(lire).join('\n');
const creees = [...migrations.matchAll(/create (?:unlogged )?table (?:if not exists )?((?:nominatif\.)?\w+)/g)].map((m) => m[1] ?? '');
const proprietaire = new Map(Object.entries(TABLES).flatMap(([module, tables]) => tables.map((t): [string, string] => [t, module])));

const NOMMEE = /\b(?:from|join|into|update|truncate|truncate table|using|copy|lock table)\s+(?:only\s+)?"?((?:nominatif\.)?\w+)"?/gi;
/** Kysely's own ways, and declarations that end in `sql.table(…)`. */
const PAR_NOM = /^(selectFrom|insertInto|updateTable|deleteFrom|innerJoin|leftJoin|mergeInto|table)$/;

/** The builder writes tables in camelCase. */
const enSerpent = (nom: string): string => nom.replace(/[A-Z]/g, (m) => `_${m.toLowerCase()}`);

interface Nommee {
  fichier: string;
  ligne: number;
  table: string;
}
function tablesNommees(fichier: string, texte: string): Nommee[] {
  return litterauxDe(fichier, texte).flatMap(({ texte: t, ligne, role }) => {
    const noms = role && PAR_NOM.test(role) ? [enSerpent(t.split(' ')[0] ?? '')] : [...t.matchAll(NOMMEE)].map((m) => m[1] ?? '');
    return noms.filter((n) => proprietaire.has(n)).map((table) => ({ fichier, ligne, table }));
  });
}
const chezLui = ({ fichier, table }: Nommee): boolean => (moduleDe(fichier) ?? /^src\/(core)\//.exec(fichier)?.[1]) === proprietaire.get(table);
const excuseDe = ({ fichier, table }: Nommee): string | undefined =>
  Object.keys(EXCEPTIONS).find((e) => {
    const [ou = '', quoi] = e.split(' -> ');
    return quoi === table && (fichier === ou || (ou.endsWith('/') && fichier.startsWith(ou)));
  });

const lecteurs = sources.filter((f) => !estEssai(f));
const nommees = lecteurs.flatMap((f) => tablesNommees(f, lire(f)));
const ailleurs = nommees.filter((n) => !chezLui(n));

/** A cast that hides the primary key: the whole table is read to find one row. Ids are parsed at the border (`core/base/id.ts`). */
const ID_EN_TEXTE = /::text\s*(?:=|<>|!=|in\b)\s*(?:any\s*)?\(?\s*¤|¤\s*(?:=|<>|!=)\s*[\w."]+::text/i;
const idsEnTexte = (f: string, texte: string): string[] => litterauxDe(f, texte).flatMap((l) => (ID_EN_TEXTE.test(l.texte) ? [`${f}:${l.ligne}`] : []));

describe('Le SQL d’un module', () => {
  test('toute table a un propriétaire, et un seul, parmi les modules', () => {
    const declarees = Object.values(TABLES).flat();
    expect(creees.length).toBeGreaterThan(40);
    expect(declarees.toSorted()).toEqual(creees.toSorted());
    expect(Object.keys(TABLES).filter((m) => m !== 'core' && !sources.some((f) => moduleDe(f) === m))).toEqual([]);
  });

  test('ne nomme que ses propres tables', () => {
    expect(ailleurs.filter((n) => !excuseDe(n)).map((n) => `${n.fichier}:${n.ligne} nomme ${n.table}, table de ${proprietaire.get(n.table)}`)).toEqual([]);
  });

  test('aucune exception n’est devenue inutile', () => {
    const utiles = new Set(ailleurs.map(excuseDe));
    expect(Object.keys(EXCEPTIONS).filter((e) => !utiles.has(e))).toEqual([]);
  });

  test('le contrôle voit chaque façon de nommer la table d’un autre', () => {
    const vu = (texte: string) => tablesNommees('src/modules/accueil/x.tsx', texte).map((n) => n.table);
    expect(vu(`const q = sql\`select 1 from comptes where id = \${id}\``)).toEqual(['comptes']);
    expect(vu('const q = sql`select 1 from faits_x f\n  left join only seances s on true`')).toEqual(['seances']);
    expect(vu(`const q = sql\`\${tete} insert into valeurs (a) select \${a}\``)).toEqual(['valeurs']);
    expect(vu('const q = sql`update lots set a = 1`; const r = sql.raw("delete from travaux");')).toEqual(['lots', 'travaux']);
    expect(vu("db.selectFrom('mandats as m').selectAll()")).toEqual(['mandats']);
    expect(vu("db.updateTable('seancePoints').set({}); tx.insertInto('lotLignes')")).toEqual(['seance_points', 'lot_lignes']);
    expect(vu("sql.table('audit'); const r = { table: 'liens' };")).toEqual(['audit', 'liens']);
    expect(vu('sql`select 1 from nominatif.comptes`')).toEqual([]);
    expect(vu('<p>from comptes</p>; // from comptes')).toEqual([]);
    expect(nommees.length).toBeGreaterThan(200);
  });

  test('compare un identifiant dans son propre type', () => {
    const tous = [...sources, ...fichiers('tests').filter((f) => f.endsWith('.ts') && f !== 'tests/depot/sql.test.ts')];
    expect(tous.flatMap((f) => idsEnTexte(f, lire(f)))).toEqual([]);
    // `¤`: where a value is put in.
    const VALEUR = ['$', '{v}'].join('');
    const vu = (requete: string) => idsEnTexte('x.ts', `sql\`${requete.replaceAll('¤', VALEUR)}\``).length;
    for (const r of ['where id::text = ¤', 'where d.id::text in (¤, ¤)', 'where id::text = any(¤)', 'where ¤ = d.id::text', 'where id::text <> ¤'])
      expect([r, vu(r)]).toEqual([r, 1]);
    for (const r of ['where id = ¤::uuid', 'select id::text, ¤', 'where nom = ¤::text']) expect([r, vu(r)]).toEqual([r, 0]);
  });
});
