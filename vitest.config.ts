import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const sansBase = [
  'src/**/*.rules.test.ts',
  'src/**/*.schema.test.ts',
  'src/ui/**/*.test.tsx',
  'src/ui/**/*.test.ts',
  'src/**/definitions.test.ts',
  'tests/depot/**/*.test.ts',
];

/**
 * Pages are drawn by the React that is served. Its development build keeps the stack of every element: a quarter of the time of these tests.
 * The components alone (project unit) are drawn by that one, which says what it finds wrong.
 */
const commeServi = { oxc: { jsx: { development: false } }, test: { env: { NODE_ENV: 'production' } } };

/** Applications opened one after the other read the same files of contracts: each text is understood once. */
const lireUneFois = { alias: [{ find: /^yaml$/, replacement: fileURLToPath(new URL('tests/support/yaml.ts', import.meta.url)) }] };

const parHttp = ['src/**/*.test.ts', 'src/**/*.test.tsx', 'tests/*.test.ts'];
const duNavigateur = ['tests/e2e/**/*.test.ts'];

/** On databases of a real PostgreSQL. What needs no browser prepares none. */
const surBase = (name: string, include: string[]) => ({
  extends: true as const,
  oxc: commeServi.oxc,
  resolve: lireUneFois,
  test: {
    ...commeServi.test,
    name,
    include,
    exclude: sansBase,
    globalSetup: ['tests/support/global.ts'],
    setupFiles: ['tests/support/connexions.ts'],
  },
});

export default defineConfig({
  test: {
    pool: 'forks',
    maxWorkers: 2,
    // The application is read once by each process, not once by each file: two thirds of a small file's time. What a file changes of the
    // process (environment, prototypes, fake timers) it puts back.
    isolate: false,
    // What a request makes is soon forgotten: four times the room for what is new, and V8 looks through it four times less often.
    execArgv: ['--max-semi-space-size=64'],
    // A forgotten `.only` would silence the other tests of its file.
    allowOnly: false,
    // A busy machine is no failure: these only end what hangs, and what is polled may take its time.
    testTimeout: 240_000,
    hookTimeout: 240_000,
    expect: { poll: { timeout: 30_000 } },
    projects: [
      { extends: true, test: { name: 'unit', include: sansBase } },
      surBase('http', parHttp),
      surBase('e2e', duNavigateur),
      // The whole run (scripts/test.mjs): each module is translated once for both, and no process ends between them, to read the application again.
      surBase('tout', [...parHttp, ...duNavigateur]),
    ],
  },
});
