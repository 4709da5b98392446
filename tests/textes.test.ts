/** Texts as people save them: any encoding, separator and line end; titles above, totals below, quotes gone wrong. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import iconv from 'iconv-lite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Ligne } from '../src/core/tableur/lignes.ts';
import { lireLignes } from '../src/core/tableur/lire.ts';
import { partage, siPartage } from './support/partage.ts';

fc.configureGlobal({ seed: Number(process.env.CONCORDE_GRAINE ?? 20261124) });

let dossier = '';
beforeAll(async () => {
  dossier = await mkdtemp(join(tmpdir(), 'concorde-textes-'));
});
afterAll(() => rm(dossier, { recursive: true }));

let n = 0;
const TITRES = ['Identifiant', 'Titre', 'Lieu', 'Effectif'];
async function lire(contenu: Buffer | string, titres: readonly string[] = TITRES) {
  const chemin = join(dossier, String(++n));
  await writeFile(chemin, contenu);
  return deChemin(chemin, titres);
}
async function deChemin(chemin: string, titres: readonly string[] = TITRES) {
  const { lignes, ...trouve } = await lireLignes(chemin, 'essai.csv', null, titres);
  const lues: Ligne[] = [...lignes];
  return { ...trouve, lues, rangees: lues.map((l) => l.cellules) };
}

const ENCODAGES: readonly [string, string, (t: string) => Buffer][] = [
  ['UTF-8', 'UTF-8', (t) => Buffer.from(t)],
  ['UTF-8 marqué', 'UTF-8', (t) => Buffer.from(`\ufeff${t}`)],
  ['UTF-16 LE marqué', 'UTF-16', (t) => iconv.encode(t, 'utf-16le', { addBOM: true })],
  ['UTF-16 BE marqué', 'UTF-16', (t) => iconv.encode(t, 'utf-16be', { addBOM: true })],
  ['UTF-16 LE nu', 'UTF-16', (t) => iconv.encode(t, 'utf-16le')],
  ['UTF-16 BE nu', 'UTF-16', (t) => iconv.encode(t, 'utf-16be')],
  ['Windows-1252', 'Windows-1252', (t) => iconv.encode(t, 'windows-1252')],
  ['MacRoman', 'Mac', (t) => iconv.encode(t.replaceAll('€', '¤'), 'macroman')],
];
const ecrire = (rangees: readonly (readonly string[])[], s: string, fins: readonly string[]): string =>
  rangees.map((r, i) => r.map((c) => (c.includes(s) || /["\r\n]/.test(c) ? `"${c.replaceAll('"', '""')}"` : c)).join(s) + fins[i % fins.length]).join('');

describe('Textes', () => {
  test('ce qui a été écrit est lu : encodages, séparateurs, fins de ligne, titres au-dessus', async () => {
    const mot = fc.constantFrom(
      'Cœur d’îlot',
      'Été à Besançon',
      'prévention',
      'façade – 12 €',
      'dit « oui »',
      'a;b',
      'c,d',
      'e|f',
      'le "Bon"',
      'deux\nlignes',
      '12',
    );
    const rangee = fc.tuple(fc.constantFrom('a1', 'b2'), mot, mot, fc.constantFrom('1', '12', '')).map((r) => [...r]);
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...ENCODAGES),
        fc.constantFrom(';', ',', '\t', '|'),
        fc.constantFrom(['\n'], ['\r\n'], ['\r'], ['\r\n', '\n'], ['\n', '\r\n']),
        fc.constantFrom([], [['Formations de l’été']], [['Bilan', 'du 18e'], ['Édité le 14/03/2026']]),
        fc.constantFrom('', 'sep'),
        fc.array(rangee, { minLength: 1, maxLength: 6 }),
        async ([nom, dit, enOctets], s, fins, dessus, avecSep, rangees) => {
          const entete = avecSep ? `sep=${s}${fins[0]}` : '';
          const texte = entete + ecrire([...dessus, TITRES, ['z9', 'Été', 'Près de la mairie, à côté', '3'], ...rangees], s, fins);
          const lu = await lire(enOctets(texte));
          expect([nom, lu.encodage?.startsWith(dit), lu.separateur, lu.ligneDesTitres]).toEqual([nom, true, s, 1 + dessus.length + (avecSep ? 1 : 0)]);
          expect(lu.rangees).toEqual([TITRES, ['z9', 'Été', 'Près de la mairie, à côté', '3'], ...rangees]);
        },
      ),
      { numRuns: 400 },
    );
  });

  test('ISO-8859-15 se distingue par son œ et son €', async () => {
    const texte = ecrire([TITRES, ['a1', "Cœur d'îlot", 'à 12 €', '3']], ';', ['\r\n']);
    const lu = await lire(iconv.encode(texte, 'iso-8859-15'));
    expect([lu.encodage?.startsWith('ISO-8859-15'), lu.rangees[1]]).toEqual([true, ['a1', "Cœur d'îlot", 'à 12 €', '3']]);
  });

  test('un guillemet égaré est dit à sa ligne, les autres sont lues', async () => {
    for (const [faute, suite] of [
      ['a1;"jamais fermé;Gare;3', 'b2;Autre;Gare;4'],
      ['a1;"fermé" puis du texte;Gare;3', 'b2;Autre;Gare;4'],
      ['a1;Écran 5" de large;Gare;3', 'b2;Autre;Gare;4'],
      ['a1;"jamais fermé;Gare;3', 'b2;"Autre";Gare;4'],
      ['a1;"jamais fermé;Gare;3', 'b2;Autre;Gare;4\nb3;Milieu;Gare;4\nb4;x";Gare;4'],
    ]) {
      const lu = await lire(`${TITRES.join(';')}\n${faute}\n${suite}\nc3;Dernière;Gare;5\n`);
      expect(lu.lues.filter((l) => l.defaut).map((l) => l.numero)[0]).toBe(2);
      expect(lu.rangees.at(-1)).toEqual(['c3', 'Dernière', 'Gare', '5']);
      expect(lu.rangees[2]?.slice(0, 2)).toEqual(['b2', 'Autre']);
      expect([lu.lues[2]?.numero, lu.lues[2]?.defaut]).toEqual([3, undefined]);
    }
    const entiers = await lire(`${TITRES.join(';')}\na1;dit "oui" à tous;Gare;3\n"a2" ; "deux\nlignes" ;Gare;4\na3;x;Gare;5`);
    expect(entiers.lues.map((l) => [l.numero, l.cellules[1], l.defaut])).toEqual([
      [1, 'Titre', undefined],
      [2, 'dit "oui" à tous', undefined],
      [3, 'deux\nlignes', undefined],
      [5, 'x', undefined],
    ]);
  });

  test('les titres répétés à chaque page ne sont pas des lignes ; une colonne vide ne gêne pas', async () => {
    const t = ['Identifiant', '', 'Titre', 'Lieu'];
    const lu = await lire(ecrire([['Liste'], t, ['a1', '', 'x', 'y'], t, ['a2', '', 'x', 'y']], ';', ['\n']));
    expect([lu.ligneDesTitres, lu.lues.map((l) => l.numero)]).toEqual([2, [2, 3, 5]]);
    // Without known headings, the same row twice is two rows.
    expect((await lire('a1;x\na1;x\na1;x\n')).lues).toHaveLength(3);
  });

  test('nul, caractères d’un autre encodage, fichier coupé au milieu d’un caractère : dits à leur ligne', async () => {
    const debut = `${TITRES.join(';')}\na1;été;Gare;3\n`;
    const nul = await lire(`${debut}a2;x\0y;Gare;3\na3;z;Gare;3\n`);
    expect(nul.lues.map((l) => l.defaut !== undefined)).toEqual([false, false, true, false]);
    expect(nul.rangees[2]?.[1]).toBe('xy');
    const coupe = await lire(Buffer.from(`${debut}a2;été;Gare;é`).subarray(0, -1));
    expect([coupe.encodage, coupe.rangees[1]?.[1]]).toEqual(['UTF-8', 'été']);
    expect(coupe.lues.map((l) => l.defaut !== undefined)).toEqual([false, false, true]);
    const melange = await lire(
      Buffer.concat([
        Buffer.from(`${debut}a2;prévention à la française;Gare;4\n`),
        iconv.encode('a3;brisé;Gare;3\n', 'windows-1252'),
        Buffer.from('a4;entière;Gare;5\n'),
      ]),
    );
    expect([melange.encodage, melange.rangees[1]?.[1], melange.rangees[4]?.[1]]).toEqual(['UTF-8', 'été', 'entière']);
    expect(melange.lues.map((l) => l.defaut !== undefined)).toEqual([false, false, false, true, false]);
  });

  test('des octets quelconques sont lus ou refusés, jamais une panne', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ minLength: 1, maxLength: 400 }), async (o) => {
        const lu = await lire(Buffer.from(o)).then(
          (x) => JSON.stringify(x.rangees),
          (e: Error) => e.message,
        );
        expect(lu).not.toMatch(/\\u0000|\\ud[89a-f]/i);
      }),
      { numRuns: 500 },
    );
  });
});

siPartage('Textes reçus du terrain', () => {
  const TERRAIN = ['Identifiant', 'Date de la session', 'Titre', 'Territoire', 'ID DECLARATION', 'TYPE DECLARATION'];
  const du = (nom: string) => deChemin(partage(`data/fichiers-de-terrain/${nom}`) ?? '', TERRAIN);
  test('chacun donne ses valeurs', async () => {
    const b01 = await du('b01-utf16le-tab.txt');
    expect([b01.encodage?.slice(0, 6), b01.separateur, b01.rangees[1]?.slice(0, 3)]).toEqual(['UTF-16', '\t', ['t1', '14/03/2026', 'Essai import']]);
    const b02 = await du('b02-cp1252.csv');
    expect([b02.encodage?.slice(0, 12), b02.rangees[1]?.[2], b02.rangees[1]?.[11]]).toEqual([
      'Windows-1252',
      'Cœur d’îlot – 12 € – « Été »',
      'L’agent a dit : “c’est réglé”…',
    ]);
    expect((await du('b33-millier-point.csv')).rangees[1]?.[10]).toBe('1.250');
    expect((await du('d4-heure-utc.csv')).rangees).toHaveLength(3);
    expect((await du('d9-crlf-puis-lf.csv')).rangees.map((r) => r[0])).toEqual(['ID DECLARATION', 'Z20', 'Z21']);
  });
});
