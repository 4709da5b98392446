/** The gate itself: `npm test` must turn red for what no assertion sees. Canaries are run by the real script. */
import { spawnSync } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import config from '../../vitest.config.ts';

const RACINE = resolve(import.meta.dirname, '../..');
const CANARIS = 'tests/support/canari';

function passer(canari: string): { code: number | null; dernier: string; dit: string } {
  // The child is a run of its own: it must not take itself for a worker of this one.
  const env = Object.fromEntries(Object.entries(process.env).filter(([cle]) => !/^(VITEST|TINYPOOL|NODE_OPTIONS)/.test(cle)));
  const r = spawnSync(process.execPath, ['scripts/test.mjs', '--config', `${CANARIS}/vitest.config.ts`, `${canari}.canari.ts`], {
    cwd: RACINE,
    env,
    encoding: 'utf8',
  });
  return { code: r.status, dernier: r.stdout.trimEnd().split('\n').at(-1) ?? '', dit: r.stdout + r.stderr };
}

/** The patterns by which a test reads; not those by which it replaces. */
function motifsDe(f: string): RegExp[] {
  const lu = ts.createSourceFile(
    f,
    readFileSync(join(RACINE, f), 'utf8'),
    ts.ScriptTarget.Latest,
    true,
    f.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS,
  );
  const motifs: RegExp[] = [];
  const voir = (n: ts.Node): void => {
    const [, source, options = ''] = (ts.isRegularExpressionLiteral(n) && /^\/(.*)\/([a-z]*)$/s.exec(n.text)) || [];
    if (source && !(ts.isCallExpression(n.parent) && /\.replace(?:All)?$/.test(n.parent.expression.getText())))
      motifs.push(new RegExp(source, options.replace(/[gy]/g, '')));
    ts.forEachChild(n, voir);
  };
  voir(lu);
  return motifs;
}

describe('La porte', { timeout: 120_000 }, () => {
  test('un essai sain la laisse verte', () => {
    expect(passer('sain')).toMatchObject({ code: 0, dernier: 'tests: 1 passed, 0 failed' });
  });

  for (const [canari, dit] of [
    ['minuterie', 'canari : minuterie'],
    ['ecoute', 'canari : connexion perdue'],
    ['suite', 'canari : courriel non parti'],
    ['sortie', 'canari : fermeture'],
  ] as const)
    test(`elle devient rouge quand toutes les vérifications passent mais que l’exécution échoue (${canari})`, () => {
      const r = passer(canari);
      expect(r).toMatchObject({ code: 1, dernier: 'tests: 1 passed, 1 failed' });
      expect(r.dit).toContain(dit);
    });

  test('elle devient rouge quand une capacité annoncée n’a aucun scénario réussi', () => {
    const r = passer('promesse');
    expect(r).toMatchObject({ code: 1, dernier: 'tests: 1 passed, 1 failed' });
    expect(r.dit).toContain('aucun scénario « GOUV-03, vote : … » n’a réussi');
  });

  test('elle refuse un essai qui fait taire les autres de son fichier', () => {
    expect(passer('seul')).toMatchObject({ code: 1 });
  });

  test('les canaris ne sont pris par aucun projet de l’exécution ordinaire', () => {
    const motifs = JSON.stringify(config.test?.projects);
    expect(motifs).toContain('*.test.ts');
    expect(motifs).not.toContain('canari');
    const noms = readdirSync(join(RACINE, CANARIS)).filter((n) => n !== 'vitest.config.ts');
    expect(noms.length).toBeGreaterThan(4);
    expect(noms.filter((n) => !n.endsWith('.canari.ts') || /\.test\./.test(n))).toEqual([]);
  });
});

test('le code mort se cherche partout : fichiers, exports, types, doublons', () => {
  const { rules, ignore, exclude, ignoreExportsUsedInFile } = JSON.parse(readFileSync(join(RACINE, 'knip.json'), 'utf8')) as Record<string, unknown>;
  expect([rules, ignore, exclude, ignoreExportsUsedInFile]).toEqual([undefined, undefined, undefined, undefined]);
});

describe('Les essais', () => {
  const MOI = 'tests/depot/porte.test.ts';
  const essais = ['src', 'tests'].flatMap((d) =>
    readdirSync(join(RACINE, d), { recursive: true, encoding: 'utf8' })
      .filter((n) => /\.(?:test|fixtures)\.tsx?$|^support\/.*\.ts$/.test(n) && !n.includes('canari'))
      .map((n) => join(d, n)),
  );
  const fautes = (motif: RegExp, permis: readonly string[] = []): string[] =>
    essais.flatMap((f) =>
      permis.includes(f)
        ? []
        : readFileSync(join(RACINE, f), 'utf8')
            .split('\n')
            .flatMap((ligne, i) => (motif.test(ligne.replace(/\/\/.*/, '')) ? [`${f}:${i + 1}`] : [])),
    );

  test('aucun ne s’ignore, ne s’isole ni ne se répète jusqu’à passer', () => {
    expect(essais.length).toBeGreaterThan(40);
    // Real data that stand beside the project on some machines only: the reason is in the title.
    expect(fautes(/\.(skip|skipIf|todo|fails|only|runIf)\b/, [MOI, 'tests/support/partage.ts'])).toEqual([]);
    expect(fautes(/\bretry\s*[:=]|\.retry\(/, [MOI])).toEqual([]);
  });

  test('aucun ne cherche dans une page un petit nombre nu : une empreinte, une clé ou une heure le contiennent un jour', () => {
    const motif = /(?:body|texte|html|page|content\(\)\)?)\)(?:\.not)\.to(?:Contain|Match)\(['"`/][0-9a-f]{1,4}['"`/]\)/;
    expect([motif.test("expect(r.body).not.toContain('351')"), motif.test("expect(r.body).not.toContain('>351<')")]).toEqual([true, false]);
    expect(fautes(motif, [MOI])).toEqual([]);
    const dedans = /(?:body|texte|html|page|contenu)\.includes\(['"`][0-9a-f]{1,4}['"`]\)/;
    expect([dedans.test("[page.includes('4177')]"), dedans.test("[page.includes('4177 rixes')]")]).toEqual([true, false]);
    expect(fautes(dedans, [MOI, 'src/core/base/connexion.test.ts'])).toEqual([]);
  });

  test('aucun motif n’est au hasard dans un identifiant : il est dans tous, ou dans aucun', () => {
    const tirer = (parmi: string, n: number): string => Array.from({ length: n }, () => parmi[randomInt(parmi.length)]).join('');
    const identifiant = (c: string) => `${tirer(c, 8)}-${tirer(c, 4)}-4${tirer(c, 3)}-${tirer('89ab', 1)}${tirer(c, 3)}-${tirer(c, 12)}`;
    const pages = ['0123456789abcdef', '0123456789', '0123456789', 'abcdef'].flatMap((c) =>
      Array.from({ length: 300 }, () => `<a href="/ici/${identifiant(c)}">voir</a>`),
    );
    const auHasard = (motif: RegExp): boolean => new Set(pages.map((p) => motif.test(p))).size === 2;
    // What a code of follow-up was looked for by, once in two thousand identifiers; and as it is now.
    expect([/(?:[2-9A-Z]{4}-){2}[2-9A-Z]{4}/, /(?<![\w-])(?:[2-9A-Z]{4}-){2}[2-9A-Z]{4}(?![\w-])/, /[0-9a-f-]{36}/].map(auHasard)).toEqual([
      true,
      false,
      false,
    ]);
    expect(
      essais
        .filter((f) => f !== MOI && f !== 'src/modules/signalements/langues/langues.rules.test.ts')
        .flatMap((f) =>
          motifsDe(f)
            .filter(auHasard)
            .map((m) => `${f} : ${m}`),
        ),
    ).toEqual([]);
  });

  test('aucun ne dort en espérant que ce soit assez long, ni ne juge au temps d’une machine chargée', () => {
    expect(fautes(/performance\.now|hrtime/, [MOI])).toEqual([]);
    expect(
      fautes(/setTimeout\(|waitForTimeout\(|timers\/promises/, [MOI, 'tests/support/attente.ts', 'src/modules/seances/islands/seance.fixtures.ts']),
    ).toEqual([]);
    // Shorter than the house's, a wait fails a correct program on a slow day.
    expect(fautes(/\btimeout: (?:\d{1,4}|[12]\d_?\d{3})\b/, [MOI])).toEqual([]);
  });
});
