import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ERREURS } from '../../src/core/errors.ts';
import { HOUSE } from '../../src/modules.ts';
import { cercles, estEssai, fichiers, type Import, importsDe, lire, moduleDe, RACINE, sources } from './sources.ts';

const imports = sources.flatMap((f) => importsDe(f, lire(f)));

/** Who may import whom, as manifests say it. */
const PORTES: Record<string, readonly string[]> = Object.fromEntries(HOUSE.modules.map((m) => [m.code, m.depend]));
/** What the application itself knows of a module besides its manifest: its ground. */
const SOCLE = ['contrats', 'comptes', 'echeances', 'indicateurs'];
/** Files that may pass 300 lines (tests: 500), and why. */
const LONGS: Record<string, string> = { 'src/core/base/database.types.ts': 'written by `npm run types`, never by hand' };
/** Files that may say something of Paris, and why. */
const PARIS: Record<string, string> = {
  'src/core/config.ts': 'the contract served when no setting names another: the first one',
  'src/core/variables.ts': 'the same, as it is documented',
  'src/modules/contrats/contrats.schema.ts': 'an example in a message',
};

function fautesDImport(liste: readonly Import[]): string[] {
  return liste.flatMap(({ de, vers, type }) => {
    const fautes: string[] = [];
    const dire = (regle: string) => fautes.push(`${de} -> ${vers} : ${regle}`);
    const [a, b] = [moduleDe(de), moduleDe(vers)];
    const essai = estEssai(de);
    if (de.startsWith('src/core/') && !vers.startsWith('src/core/') && !essai) dire('core ne connaît que core');
    // Days and hours are those of the contract being served: no page is told which it is.
    if (de.startsWith('src/ui/') && !vers.startsWith('src/ui/') && vers !== 'src/core/fuseau.ts' && !(essai && vers.startsWith('tests/support/')))
      dire('ui n’importe que ui');
    if (b && a !== b && a) {
      if (!PORTES[a]?.includes(b) && !essai) dire(`pas de porte de ${a} vers ${b}`);
      if (!vers.endsWith('/index.ts') && !essai) dire('un module n’en importe un autre que par son index.ts');
    }
    if (b && !a && de === 'src/modules.ts' && !/\.module\.tsx?$/.test(vers)) dire('la maison ne connaît que les manifestes');
    if (b && !a && de.startsWith('src/') && de !== 'src/modules.ts' && !essai && !(SOCLE.includes(b) && vers.endsWith('/index.ts')))
      dire('hors des modules, on ne connaît que le socle, par son index.ts');
    if (/\.module\.tsx?$/.test(vers) && de !== 'src/modules.ts' && !essai) dire('un manifeste ne s’importe que dans modules.ts');
    if (/\.(rules|schema|policy)\.tsx?$/.test(de) && /\.queries\.tsx?$/.test(vers) && !type) dire('règles, schémas et droits ne font pas d’entrées-sorties');
    if (/\/pages\//.test(de) && /\.queries\.tsx?$/.test(vers) && !type) dire('une page ne lit pas la base');
    if (b === 'cellules' && a !== b && de !== 'src/modules.ts' && !essai) dire('personne n’importe cellules');
    return fautes;
  });
}

describe('Architecture', () => {
  test('le contrôle voit les fichiers et les imports', () => {
    expect(sources.length).toBeGreaterThan(150);
    expect(imports.length).toBeGreaterThan(600);
    for (const m of Object.keys(PORTES)) expect(sources.some((f) => moduleDe(f) === m)).toBe(true);
    expect(readdirSync(join(RACINE, 'src/modules')).sort()).toEqual(Object.keys(PORTES).sort());
  });

  test('chaque règle d’import se déclenche sur un contre-exemple', () => {
    const contre: [string, string][] = [
      ['src/core/http/http.ts', 'src/ui/Button.tsx'],
      ['src/ui/Button.tsx', 'src/core/http/http.ts'],
      ['src/modules/contrats/x.ts', 'src/modules/indicateurs/index.ts'],
      ['src/modules/registres/x.ts', 'src/modules/signalements/index.ts'],
      ['src/modules/accueil/x.ts', 'src/modules/contrats/contrats.queries.ts'],
      ['src/app.ts', 'src/modules/contrats/contrats.queries.ts'],
      ['src/app.ts', 'src/modules/registres/index.ts'],
      ['src/modules.ts', 'src/modules/contrats/index.ts'],
      ['src/modules/accueil/x.ts', 'src/modules/contrats/contrats.module.ts'],
      ['src/modules/contrats/x.rules.ts', 'src/modules/contrats/contrats.queries.ts'],
      ['src/modules/contrats/pages/X.tsx', 'src/modules/contrats/contrats.queries.ts'],
      ['src/modules/accueil/x.ts', 'src/modules/cellules/index.ts'],
    ];
    for (const [de, vers] of contre) expect([de, fautesDImport([{ de, vers, type: false }]).length > 0]).toEqual([de, true]);
    expect(importsDe('src/a/b.ts', "import { x } from '../c.ts';\nexport { y } from './d.ts';")).toHaveLength(2);
  });

  test('un flux de direct ne s’ouvre qu’à un endroit, celui qui relit après une coupure et dit qu’il est coupé', () => {
    expect(sources.filter((f) => !estEssai(f) && /new EventSource\(/.test(lire(f)))).toEqual(['src/ui/islands/parts/direct.ts']);
  });

  test('les imports respectent les étages', () => {
    expect(fautesDImport(imports)).toEqual([]);
  });

  test('aucun fichier n’en connaît un autre en cercle, même par ses types', () => {
    expect(cercles(imports)).toEqual([]);
    const lien = (de: string, vers: string) => ({ de, vers });
    expect(cercles([lien('a', 'b'), lien('b', 'c'), lien('c', 'a'), lien('c', 'd')])).toEqual([['a', 'b', 'c']]);
    expect(cercles([lien('a', 'b'), lien('a', 'c'), lien('b', 'd'), lien('c', 'd')])).toEqual([]);
  });

  test('les fichiers restent courts', () => {
    const longs = [...sources, ...fichiers('tests').filter((f) => f.endsWith('.ts'))].filter(
      (f) => lire(f).split('\n').length > (/\.test\.tsx?$/.test(f) ? 500 : 300),
    );
    expect(longs.filter((f) => !(f in LONGS))).toEqual([]);
    expect(Object.keys(LONGS).filter((f) => !longs.includes(f))).toEqual([]);
  });

  test('les noms de dossiers disent quelque chose', () => {
    expect(sources.filter((f) => /\/(utils|helpers|common|services|managers|misc)\//.test(f))).toEqual([]);
  });

  test('rien dans src ne connaît Paris', () => {
    const dit = (texte: string) => /mairie-\d|\b75\d{3}\b|'paris'|Europe\/Paris|paris-2023/.test(texte.replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, ''));
    const fautifs = sources.filter((f) => !estEssai(f) && dit(lire(f)));
    expect(fautifs.filter((f) => !(f in PARIS))).toEqual([]);
    expect(Object.keys(PARIS).filter((f) => !fautifs.includes(f))).toEqual([]);
    expect(["const a = 'mairie-18';", "at time zone 'Europe/Paris'", "'75018'"].every(dit)).toBe(true);
    expect(dit('// mairie-18, 75018')).toBe(false);
  });

  test.each([
    ['les accents se retirent', /normalize\('NFD'\)\s*\.replace/, ['src/core/mots.ts', 'src/modules/cellules/cles/cles.ts', 'src/ui/Abbr.tsx']],
    ['un identifiant se reconnaît', /\/\^\[0-9a-f\]\{8\}\(?(\?:)?-/, ['src/core/base/id.ts']],
    ['un jour de plus se compte', /new Date\(Date\.parse\(|\* 86_400_000\)\.toISOString\(\)\.slice/, []],
    ['vingt-quatre heures se comptent', /86_?400_?000/, ['src/core/jours.ts', 'src/ui/assets.ts', 'src/ui/islands/parts/depot.ts']],
    ['un jour se reconnaît', /\^\\d\{4\}-\\d(?:\\d|\{2\})-\\d(?:\\d|\{2\})\$/, ['src/core/jours.ts']],
    ['« C’est fait » se dit d’un code', /\bFAITS\[|\bin FAITS\b/, ['src/modules/conventions/mots.ts']],
    ['un petit nombre se reconnaît', /const (?:PETIT|SEUIL) = 5\b|\bseuil: 5\b/, ['src/core/petits-nombres.ts']],
    // What a sheet shows in a cell is read back as it is.
    ['une part se dit avec un blanc qui se coupe', /\} %/, ['src/core/tableur/classeur.ts']],
    ['une signature se compare', /timingSafeEqual/, ['src/core/lien-signe.ts']],
    ['un rang de mois se compte', /slice\(0, 4\)\) \* 12/, ['src/core/jours.ts']],
  ] as const)('%s à un seul endroit', (_, mecanisme, ou) => {
    // An identity whose print is kept, what ui may not ask of core, and an act of a closed list.
    expect(sources.filter((f) => !estEssai(f) && mecanisme.test(lire(f))).sort()).toEqual([...ou].sort());
  });

  test('une colonne n’est renommée à la main que là où la conversion ne passe pas', () => {
    const ALIAS = /(?<![\w"$}])(?:[a-z_][a-z0-9_]*\.)?([a-z]+(?:_[a-z]+)+) as "([A-Za-z]+)"/g;
    const inutile = (texte: string) => [...texte.matchAll(ALIAS)].some((m) => (m[1] ?? '').replace(/_([a-z])/g, (_, l: string) => l.toUpperCase()) === m[2]);
    expect([inutile('p.du_le as "duLe"'), inutile('p.quand as "duLe"'), inutile('s.jusqu_a as "jusqua"')]).toEqual([true, false, false]);
    // The name is used again by a statement around it, or goes into a JSON value.
    const UTILES = [
      'annuaire/echange/exporter.ts',
      'comptes/gestion/gestion.queries.ts',
      'conventions/conventions.queries.ts',
      'crises/main-courante/main-courante.queries.ts',
      'seances/calendrier.queries.ts',
      'seances/cloture/cloture.queries.ts',
      'seances/preparation/propositions.queries.ts',
      'seances/seances.dus.ts',
    ];
    // Modules that still rename everywhere: the list only goes down.
    const RESTE = ['collecte', 'contrats', 'echeances', 'enquetes', 'indicateurs', 'publications', 'registres'];
    const renommes = sources.filter((f) => moduleDe(f) !== null && !estEssai(f) && inutile(lire(f)));
    expect(
      renommes
        .filter((f) => !RESTE.includes(moduleDe(f) ?? ''))
        .map((f) => f.replace('src/modules/', ''))
        .sort(),
    ).toEqual(UTILES);
    expect(RESTE.filter((m) => !renommes.some((f) => moduleDe(f) === m))).toEqual([]);
  });

  test('un essai qui change un lien ne peut pas le laisser le même', () => {
    // An end that is written down: one link in sixty-four ends so already.
    const FIN = /slice\(0, -\d\)(?:\}\w|\s*\+ ')/;
    const essais = [...sources, ...fichiers('tests')].filter(estEssai);
    expect(['lien.slice(0, -2)}xx`', "lien.slice(0, -1) + 'x'"].every((t) => FIN.test(t))).toBe(true);
    expect(essais.filter((f) => f !== 'tests/depot/architecture.test.ts' && FIN.test(lire(f)))).toEqual([]);
  });

  test('une liste montrée n’est pas coupée en silence : elle va à la page suivante, ou dit son nombre', () => {
    const COUPE = /\blimit \d{2,}|\.limit\(\d{2,}\)/;
    const COUPEES: Record<string, string> = {
      'src/core/courrier/recus.queries.ts': 'a batch of letters to read: the next one takes the rest',
      'src/modules/cellules/acceleree/acceleree.queries.ts': 'a batch of reminders, each noted as told',
      'src/modules/cellules/situations/informations.queries.ts': 'the same',
      'src/modules/cellules/situations/orientations.queries.ts': 'the same',
      'src/modules/comptes/journal/journal.queries.ts': 'what a filter offers, from the latest entries',
      'src/modules/indicateurs/faits/faits.queries.ts': 'differences that a check names: one is a fault already',
      'src/modules/registres/import/lignes.queries.ts': 'the cells most often wrong, above the list of all of them',
      'src/modules/signalements/fichier/fichier.queries.ts': 'as many rows as a file may have',
      'src/modules/signalements/points-chauds/chauds.queries.ts': 'ten years of months, offered by a filter',
    };
    expect(['order by le desc limit 200`', '.limit(50)'].every((t) => COUPE.test(t))).toBe(true);
    const coupees = sources.filter((f) => !/\.(test|fixtures|demo)\.tsx?$/.test(f) && COUPE.test(lire(f)));
    expect(coupees.sort()).toEqual(Object.keys(COUPEES).sort());
  });

  test('un mandat se lit à un seul endroit', () => {
    const PERMIS: Record<string, string> = {
      'src/core/authorize.ts': 'the reading itself',
      'src/core/http/server.ts': 'the door of each route',
      'src/modules/comptes/gestion/gestion.policy.ts': 'nobody gives more than he holds: mandates compared with mandates, through couvre',
      'src/modules/instances/demo/tirage.rules.ts': 'draws fictive bodies from the file of personas: nobody is asking',
    };
    const LECTURE = /\baRole\(|\bu\??\.mandats\??\.(?:some|filter|find|every)\(|\b(?:m|mandat)\.role [!=]==/;
    for (const faute of ["aRole(u, 'dpo')", 'u?.mandats.some((m) => m.fiche)', "m.role === 'coordination'"]) expect(LECTURE.test(faute)).toBe(true);
    const lecteurs = sources.filter((f) => !/\.(test|fixtures)\.tsx?$/.test(f) && LECTURE.test(lire(f)));
    expect(lecteurs.sort()).toEqual(Object.keys(PERMIS).sort());
  });

  test('chaque droit passe par la lecture commune des mandats', () => {
    const droits = sources.filter((f) => f.endsWith('.policy.ts'));
    expect(droits.length).toBeGreaterThan(5);
    // `limitesDe` gives the raw limits: for what comes first on a page, and for the SQL of lists, never to open something.
    const BRUT = ['alertes', 'crises', 'decisions', 'indicateurs', 'instances', 'registres', 'signalements'].map((m) => `src/modules/${m}/${m}.policy.ts`);
    expect(droits.filter((f) => lire(f).includes('limitesDe(')).sort()).toEqual(BRUT);
    expect(sources.filter((f) => /\blimitesDe\(/.test(lire(f)) && !/policy\.ts$|authorize\.ts$|instances\.vue\.ts$/.test(f))).toEqual([]);
    expect(droits.filter((f) => !/\b(?:permis|permisDeLire|permisPourLaSienne|auTravail|peut\w+)\(/.test(lire(f)))).toEqual([]);
  });

  test('les migrations sont nommées, datées, uniques', () => {
    const noms = readdirSync(join(RACINE, 'db/migrations'));
    expect(noms.filter((n) => !/^\d{8}T\d{4}_[a-z0-9_]+\.sql$/.test(n))).toEqual([]);
    expect(new Set(noms.map((n) => n.slice(0, 13))).size).toBe(noms.length);
  });

  test('les décisions sont numérotées sans trou', () => {
    const numeros = readdirSync(join(RACINE, 'docs/decisions'))
      .filter((n) => n !== 'README.md')
      .map((n) => Number(n.slice(0, 4)))
      .sort((a, b) => a - b);
    expect(numeros).toEqual(numeros.map((_, i) => i + 1));
  });

  test('chaque erreur est documentée', () => {
    const doc = lire('docs/exploitation.md');
    expect(Object.keys(ERREURS).filter((e) => !doc.includes(`\`${e}\``))).toEqual([]);
  });

  test('chaque table porte le contrat et sa protection', () => {
    const sql = fichiers('db/migrations').map(lire).join('\n');
    const tables = [...sql.matchAll(/create (?:unlogged )?table (?:if not exists )?((?:nominatif\.)?\w+)/g)]
      .map((m) => m[1] ?? '')
      .filter((t) => t !== 'contrats');
    expect(tables.length).toBeGreaterThan(15);
    // Or the owner alone reads and writes it.
    const fermee = (t: string) => sql.includes(`alter table ${t} force row level security`) && sql.includes(`revoke all on ${t} from concorde_application`);
    const dit = (t: string) => [`proteger('${t}')`, `proteger('${t}', 'public')`, `proteger('${t}', 'nominatif')`].some((p) => sql.includes(p));
    expect(tables.filter((t) => !dit(t) && !fermee(t))).toEqual([]);
  });
});
