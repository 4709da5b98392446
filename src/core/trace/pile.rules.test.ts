import { buildSync } from 'esbuild';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { traduirePile } from './pile.rules.ts';

const SOURCE = `export function premiere(): never {
  throw new Error('premier');
}

export const seconde = (ici: boolean): never => {
  if (ici) throw new Error('second');
  return premiere();
};
`;

test('une trace dit les lignes des sources, la carte n’est lue qu’une fois pour les mêmes endroits', () => {
  const dossier = mkdtempSync(join(tmpdir(), 'concorde-pile-'));
  try {
    writeFileSync(join(dossier, 'essai.ts'), SOURCE);
    const sortie = join(dossier, 'essai.mjs');
    buildSync({
      entryPoints: [join(dossier, 'essai.ts')],
      outfile: sortie,
      bundle: true,
      format: 'esm',
      minifyWhitespace: true,
      sourcemap: 'linked',
      sourcesContent: false,
    });
    const texte = readFileSync(sortie, 'utf8').split('\n');
    const place = (mot: string) => {
      const ligne = texte.findIndex((l) => l.includes(mot));
      return `file://${sortie}:${ligne + 1}:${(texte[ligne] ?? '').indexOf(mot) + 1}`;
    };
    let lues = 0;
    const connues = new Map<string, string>();
    const lire = (fichier: string) => {
      lues += 1;
      return JSON.parse(readFileSync(`${fichier}.map`, 'utf8'));
    };
    const traduire = (pile: string) => traduirePile(pile, lire, connues);
    const pile = `Error: second\n    at seconde (${place('new Error("second")')})\n    at premiere (${place('new Error("premier")')})\n    at node:internal/main:1:2`;
    expect(traduire(pile)).toBe('Error: second\n    at seconde (essai.ts:6:18)\n    at premiere (essai.ts:2:9)\n    at node:internal/main:1:2');
    expect([traduire(pile), lues]).toEqual([traduire(pile), 1]);
  } finally {
    rmSync(dossier, { recursive: true });
  }
});

test('sans carte, ou d’un endroit qu’elle ne dit pas, une trace reste comme elle est', () => {
  const pile = 'Error: x\n    at f (file:///ailleurs/y.mjs:3:4)\n    at g (/la/z.js:1:1)';
  expect(traduirePile(pile, () => null, new Map())).toBe(pile);
  expect(traduirePile(pile, () => ({ sources: [], mappings: ';;' }), new Map())).toBe(pile);
});
