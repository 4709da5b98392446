/** What a newcomer reads names what exists: each link and each path of the documents. A fresh clone is what proves it of ignored files. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';

const DOCUMENTS = ['README.md', ...readdirSync('docs', { recursive: true, encoding: 'utf8' }).flatMap((f) => (f.endsWith('.md') ? [join('docs', f)] : []))];
const LIEN = /\]\((?!https?:|mailto:|#)([^)#\s]+)/g;
const CHEMIN = /(?:`|^)((?:src|docs|tests|db|contrats|bench|scripts)\/[\w./-]+)(?=[`\s])/gm;
const trouves = (texte: string, motif: RegExp): string[] => [...texte.matchAll(motif)].map((m) => m[1] ?? '');

test.each(['README.md', 'docs/architecture.md', 'docs/exploitation.md'])('les chemins que nomme %s existent', (document) => {
  const chemins = trouves(readFileSync(document, 'utf8'), CHEMIN);
  expect(chemins.length).toBeGreaterThan(0);
  expect(chemins.filter((c) => !existsSync(c))).toEqual([]);
});

test('les liens des documents mènent à un fichier du dépôt, que .gitignore n’écarte pas', () => {
  const ecartes = readFileSync('.gitignore', 'utf8')
    .split('\n')
    .filter((l) => /^[\w-]+\/$/.test(l));
  const liens = DOCUMENTS.flatMap((d) => trouves(readFileSync(d, 'utf8'), LIEN).map((l) => join(dirname(d), l)));
  expect(liens.length).toBeGreaterThan(4);
  expect(liens.filter((l) => !existsSync(l) || ecartes.some((e) => `${l}/`.split('/').includes(e.slice(0, -1))))).toEqual([]);
});
