/** What a file is comes from its content, whatever its sender says. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ecrireDocx } from '../../tests/support/fichiers.ts';
import { nomDeFichier, typeDuFichier, typeServi } from './nature.ts';

const PNG = Buffer.from(
  '89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360000002000001e221bc330000000049454e44ae426082',
  'hex',
);

describe('Le type d’un document', () => {
  let dossier: string;
  beforeAll(async () => {
    dossier = await mkdtemp(join(tmpdir(), 'concorde-nature-'));
  });
  afterAll(() => rm(dossier, { recursive: true, force: true }));
  const typeDuContenu = async (contenu: Buffer) => {
    const chemin = join(dossier, 'x');
    await writeFile(chemin, contenu);
    return typeDuFichier(chemin);
  };

  test.each<[string, Buffer, string]>([
    ['PDF', Buffer.from('%PDF-1.7\n1 0 obj'), 'application/pdf'],
    ['image', PNG, 'image/png'],
    ['texte accentué', Buffer.from('Séance du 18e ; présents\r\n'), 'text/plain; charset=utf-8'],
    ['tableau CSV long', Buffer.from('é;à\n'.repeat(50_000)), 'text/plain; charset=utf-8'],
    ['page HTML nommée .pdf', Buffer.from('<!doctype html><script>alert(1)</script>'), 'text/plain; charset=utf-8'],
    ['dessin SVG', Buffer.from('<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'), 'application/octet-stream'],
    ['programme', Buffer.from('MZ\x90\0\x03'), 'application/octet-stream'],
    ['archive', Buffer.from('504b0506000000000000000000000000000000000000', 'hex'), 'application/octet-stream'],
    ['octets', Buffer.from([0, 1, 2, 255]), 'application/octet-stream'],
    ['rien', Buffer.alloc(0), 'text/plain; charset=utf-8'],
  ])('%s', async (_, contenu, attendu) => {
    expect(await typeDuContenu(contenu)).toBe(attendu);
  });
  test('un document Word se reconnaît à son contenu', async () => {
    expect(await typeDuContenu(await ecrireDocx())).toBe('application/vnd.openxmlformats-officedocument.wordprocessingml.document');
  });
});

test('un type déclaré autrefois hors de la liste ne sort pas', () => {
  expect(['text/html', 'image/svg+xml', 'application/pdf', 'text/plain; charset=utf-8'].map(typeServi)).toEqual([
    'application/octet-stream',
    'application/octet-stream',
    'application/pdf',
    'text/plain; charset=utf-8',
  ]);
});

test('un nom de fichier ne se retourne pas, ne se cache pas et n’est pas un chemin', () => {
  for (const [recu, attendu] of [
    ['rapport\u202Efdp.exe', 'rapportfdp.exe'],
    ['\u2066a\u2069\u200B.pdf\r\nX: y', 'a.pdfX: y'],
    ['../../etc/passwd', '..-..-etc-passwd'],
    ['\u0000\u0007', 'document'],
    ['Ordre du jour, été 2026.pdf', 'Ordre du jour, été 2026.pdf'],
  ] as const)
    expect(nomDeFichier(recu)).toBe(attendu);
  expect(nomDeFichier(`${'a'.repeat(300)}.pdf`)).toMatch(/^a{146}\.pdf$/);
});
