/** Rows are typed by the database: what a query file still writes by hand is counted, and only goes down. */
import { describe, expect, test } from 'vitest';
import { lire, sources } from './sources.ts';

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
  'src/modules/indicateurs/chiffres.queries.ts': 5,
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
  'src/modules/seances/tenue/tenue.queries.ts': 6,
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
