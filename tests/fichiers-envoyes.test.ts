/** Files as people send them, by many programs: what their author meant, or a refusal that says what they are. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ExcelJS from 'exceljs';
import iconv from 'iconv-lite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { lireLignes } from '../src/core/tableur/lire.ts';
import { lireNombre } from '../src/core/nombres.ts';
import { type Cellule, classeur, feuille } from './support/archives.ts';

const XLSX = createRequire(import.meta.url)('@e965/xlsx') as typeof import('@e965/xlsx');
const TITRES = ['Identifiant', 'Titre', 'Effectif', 'Durée'];

let dossier = '';
beforeAll(async () => {
  dossier = await mkdtemp(join(tmpdir(), 'concorde-envoyes-'));
});
afterAll(() => rm(dossier, { recursive: true }));

let n = 0;
async function lire(contenu: Buffer | string, nom = 'essai', feuilleVoulue: string | null = null) {
  const chemin = join(dossier, String(++n));
  await writeFile(chemin, contenu);
  const { lignes, ...trouve } = await lireLignes(chemin, nom, feuilleVoulue, TITRES);
  const lues = [...lignes];
  return { ...trouve, rangees: lues.slice(1).map((l) => l.cellules), defauts: lues.slice(1).map((l) => l.defaut ?? '') };
}
const refus = (contenu: Buffer | string) =>
  lire(contenu, 'liste.xls').then(
    () => 'lu',
    (e: Error) => e.message,
  );
async function formats(cellules: readonly (readonly [number, string])[]): Promise<string[]> {
  const livre = new ExcelJS.Workbook();
  const f = livre.addWorksheet('S');
  f.addRow(TITRES);
  for (const [v, format] of cellules) f.addRow(['a', 'b', 1, v]).getCell(4).numFmt = format;
  return (await lire(Buffer.from(await livre.xlsx.writeBuffer()))).rangees.map((r) => r[3] ?? '');
}

describe('Fichiers envoyés', () => {
  test('une durée se lit en heures et minutes, que le tableur la montre en heures, en minutes ou en secondes', async () => {
    const lues = await formats([
      [90 / 1440, '[mm]'],
      [90 / 1440, '[m]" min"'],
      [5400 / 86_400, '[s]'],
      [26 / 24, '[h]'],
      [26.5 / 24, '[h]:mm'],
      [4.5 / 24, '[hh]:mm:ss'],
    ]);
    expect(lues).toEqual(['1:30', '1:30', '1:30', '26:00', '26:30', '4:30']);
    expect(lues.map((t) => lireNombre(t, { entier: false, unite: 'heures' }))).toEqual([1.5, 1.5, 1.5, 26, 26.5, 4.5].map((valeur) => ({ ok: true, valeur })));
  });

  test('un numéro que son format écrit avec des zéros devant les garde ; un nombre reste un nombre', async () => {
    expect(
      await formats([
        [123, '00000'],
        [612345678, '0#" "##" "##" "##" "##'],
        [0, '000'],
        [12, '00'],
        [0.5, '0.00'],
        [1250, '# ##0'],
      ]),
    ).toEqual(['00123', '06 12 34 56 78', '0', '12', '0,5', '1250']);
  });

  test('une notice devant le tableau n’est pas prise pour lui ; la feuille demandée l’emporte ; sans titre connu, c’est la première', async () => {
    const livre = (...feuilles: [string, Cellule[][]][]) => classeur({ feuilles: feuilles.map(([nom, l]) => ({ nom, contenu: feuille(l) })) });
    const notice: [string, Cellule[][]] = ['Notice', [['Mode d’emploi'], ['Titre', 'ce que vous avez fait']]];
    const saisie: [string, Cellule[][]] = ['Saisie', [['Bilan'], [...TITRES], ['a', 'b', { n: 1 }, { n: 2 }]]];
    const lu = await lire(livre(notice, saisie, ['Autre', [[...TITRES], ['z']]]));
    expect([lu.feuille, lu.feuilles, lu.rangees]).toEqual(['Saisie', ['Notice', 'Saisie', 'Autre'], [['a', 'b', '1', '2']]]);
    expect((await lire(livre(notice, saisie), 'x.xlsx', 'Notice')).feuille).toBe('Notice');
    expect(
      (
        await lire(
          livre(
            [
              'Un',
              [
                ['A', 'B'],
                ['x', 'y'],
              ],
            ],
            ['Deux', [['C', 'D']]],
          ),
        )
      ).feuille,
    ).toBe('Un');
  });

  test('un texte de l’ancien MS-DOS se lit, et un seul accent suffit à distinguer les encodages', async () => {
    const texte = (mot: string) => `Identifiant;Titre;Effectif\r\na1;${mot};12\r\n`;
    for (const [encodage, nom, mots] of [
      ['cp850', 'DOS', ['prévention', 'à l’entrée'.replace('’', "'"), 'Été, forêt, garçon, Noël']],
      ['windows-1252', 'Windows-1252', ['prévention', 'ÉCOLE ÉLÉMENTAIRE À PÂQUES', 'n° 12 – 5 m² « là » ½']],
      ['macroman', 'MacRoman', ['prévention', 'École à Noël']],
    ] as const)
      for (const mot of mots) {
        const lu = await lire(iconv.encode(texte(mot), encodage));
        expect([lu.encodage, lu.rangees]).toEqual([expect.stringContaining(nom), [['a1', mot, '12']]]);
      }
  });

  test('des accents convertis deux fois sont une erreur de leur ligne, pas un titre publié', async () => {
    const deuxFois = (t: string) => iconv.decode(Buffer.from(t), 'windows-1252');
    for (const mot of ['Été', 'prévention', 'à l’œuvre', 'Noël', 'garçon', '12 €', 'forêt']) {
      const lu = await lire(`Identifiant;Titre;Effectif\na;${deuxFois(mot)};1\nb;${mot};2\n`);
      expect([mot, lu.defauts]).toEqual([mot, [expect.stringMatching(/convertis deux fois/), '']]);
    }
    const justes = ['AÇÃO', 'SÃO PAULO', 'Ångström', 'Â', 'PÂTE', 'Château', '« Ã »', 'à 5 € – 10 €'];
    expect((await lire(`Identifiant;Titre\n${justes.map((j) => `a;${j}`).join('\n')}\n`)).defauts).toEqual(justes.map(() => ''));
  });

  test('ce qui n’est ni un texte en colonnes ni un classeur d’aujourd’hui est nommé, quel que soit le nom du fichier', async () => {
    const livre = XLSX.utils.book_new(XLSX.utils.aoa_to_sheet([TITRES, ['a', 'b', 1, 2]]), 'S');
    const ecrit = (bookType: import('@e965/xlsx').BookType) => XLSX.write(livre, { type: 'buffer', bookType }) as Buffer;
    for (const [contenu, dit] of [
      [ecrit('html'), 'une page web'],
      ['<html xmlns:x="urn:schemas-microsoft-com:office:excel">\r\n<head></head><table><tr><td>Titre</td></tr></table></html>', 'une page web'],
      ['\n<TABLE border=1><tr><td>Titre</td></tr></TABLE>', 'une page web'],
      ['\ufeff<?xml version="1.0"?>\n<lignes/>', 'un fichier XML'],
      [ecrit('xlml'), 'XML 2003'],
      [ecrit('fods'), '.fods'],
      [ecrit('rtf'), '.rtf'],
      [ecrit('sylk'), 'SYLK'],
      [ecrit('dif'), 'DIF'],
      [ecrit('biff2'), 'avant 1993'],
      [Buffer.from([9, 4, 6, 0, 0, 0, 16, 0]), 'avant 1993'],
      ['%PDF-1.7\n1 0 obj', 'PDF'],
      ['[{"titre":"x"}]', 'JSON'],
    ] as const)
      expect(await refus(contenu)).toMatch(new RegExp(`« liste\\.xls » est .*${dit.replace('.', '\\.')}.*enregistrez-le au format \\.xlsx`));
    for (const titre of ['<Paris>', '[Bilan] 2026', '{brouillon}', 'TABLE'])
      expect((await lire(`${titre}\n${TITRES.join(';')}\na;b;1;2\n`)).rangees).toEqual([['a', 'b', '1', '2']]);
  });
});
