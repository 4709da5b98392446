/** What three writers of workbooks wrote is read: the same table, in the layouts that people give it. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ExcelJS from 'exceljs';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Ligne } from '../src/core/tableur/lignes.ts';
import { lireLignes } from '../src/core/tableur/lire.ts';
import { archive, type Cellule, classeur, feuille } from './support/archives.ts';

const XLSX = createRequire(import.meta.url)('@e965/xlsx') as typeof import('@e965/xlsx');
fc.configureGlobal({ seed: Number(process.env.CONCORDE_GRAINE ?? 20261124) });

let dossier = '';
beforeAll(async () => {
  dossier = await mkdtemp(join(tmpdir(), 'concorde-ecritures-'));
});
afterAll(() => rm(dossier, { recursive: true }));

const TITRES = ['Titre', 'Effectif', 'Jour', 'Présent', 'Part'];
let n = 0;
async function lire(contenu: Buffer, feuilleLue: string | null = null) {
  const chemin = join(dossier, String(++n));
  await writeFile(chemin, contenu);
  const { lignes, ...trouve } = await lireLignes(chemin, 'essai.xlsx', feuilleLue, TITRES);
  const lues: Ligne[] = [...lignes];
  return { ...trouve, lues, rangees: lues.map((l) => l.cellules.slice(0, TITRES.length)) };
}

type Valeur = string | number | boolean | Date | null;
interface Page {
  dessus: string[];
  vides: number;
  lignes: Valeur[][];
  /** Hidden sheets before the one to read. */
  cachees: number;
}
const jour = (d: Date) => d.toISOString().slice(0, 10);
const nombre = (v: number) => String(v).replace('.', ',');
const attendue = (l: readonly Valeur[]): string[] =>
  l.map((v, i) => {
    if (v === null) return '';
    if (v instanceof Date) return jour(v);
    if (typeof v === 'boolean') return v ? 'oui' : 'non';
    if (typeof v === 'number') return i === 4 ? `${nombre(Number((v * 100).toPrecision(12)))} %` : nombre(v);
    return v;
  });

async function exceljs(p: Page): Promise<Buffer> {
  const livre = new ExcelJS.Workbook();
  for (let i = 0; i < p.cachees; i++) livre.addWorksheet(`C${i}`, { state: i % 2 === 0 ? 'hidden' : 'veryHidden' }).addRow(['caché']);
  const f = livre.addWorksheet('Saisie');
  for (const t of p.dessus) f.addRow([t]);
  for (let i = 0; i < p.vides; i++) f.addRow([]);
  f.addRow(TITRES);
  for (const l of p.lignes) {
    const r = f.addRow(l);
    r.getCell(3).numFmt = 'dd/mm/yyyy';
    r.getCell(5).numFmt = '0.0 %';
  }
  if (p.dessus.length > 0) f.mergeCells(1, 1, 1, 4);
  return Buffer.from(await livre.xlsx.writeBuffer());
}
/** Its .ods hides no sheet: they are left out there. */
const sheetjs = (bookType: 'xlsx' | 'ods' | 'biff8') => (p: Page) => {
  const tout = [...p.dessus.map((t) => [t]), ...Array.from({ length: p.vides }, () => []), TITRES, ...p.lignes];
  const f = XLSX.utils.aoa_to_sheet(tout, { UTC: true, cellDates: true, dateNF: 'dd/mm/yyyy' });
  const depart = p.dessus.length + p.vides + 1;
  p.lignes.forEach((_, i) => {
    const c = f[XLSX.utils.encode_cell({ r: depart + i, c: 4 })] as { z?: string } | undefined;
    if (c) c.z = '0.0%';
  });
  const livre = XLSX.utils.book_new();
  for (let i = 0; i < p.cachees && bookType !== 'ods'; i++) XLSX.utils.book_append_sheet(livre, XLSX.utils.aoa_to_sheet([['caché']]), `C${i}`);
  XLSX.utils.book_append_sheet(livre, f, 'Saisie');
  livre.Workbook = { Sheets: livre.SheetNames.map((nom) => ({ name: nom, Hidden: nom === 'Saisie' ? 0 : 1 })) };
  return Promise.resolve(XLSX.write(livre, { type: 'buffer', bookType }) as Buffer);
};
function aLaMain(p: Page): Promise<Buffer> {
  const cellule = (v: Valeur, i: number): Cellule => {
    if (v === null) return { brut: '<c/>' };
    if (v instanceof Date) return { n: v.getTime() / 86_400_000 + 25_569, s: 1 };
    if (typeof v === 'boolean') return { brut: `<c t="b"><v>${v ? 1 : 0}</v></c>` };
    return typeof v === 'number' ? { n: v, s: i === 4 ? 2 : 0 } : v;
  };
  const lignes = [
    ...p.dessus.map((t): Cellule[] => [t]),
    ...Array.from({ length: p.vides }, (): Cellule[] => []),
    TITRES,
    ...p.lignes.map((l) => l.map(cellule)),
  ];
  const styles =
    '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><cellXfs count="3"><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="10"/></cellXfs></styleSheet>';
  const cachees = Array.from({ length: p.cachees }, (_, i) => ({ nom: `C${i}`, etat: 'hidden' as const, contenu: feuille([['caché']]) }));
  return Promise.resolve(classeur({ feuilles: [...cachees, { nom: 'Saisie', contenu: feuille(lignes) }], styles: { contenu: styles } }));
}
const ECRIVAINS: readonly [string, (p: Page) => Promise<Buffer>][] = [
  ['exceljs', exceljs],
  ['xlsx', sheetjs('xlsx')],
  ['ods', sheetjs('ods')],
  ['xls', sheetjs('biff8')],
  ['à la main', aLaMain],
];

describe('Classeurs écrits par d’autres', () => {
  test('ce qui a été écrit est lu : titres au-dessus, feuilles cachées, dates, parts, cases vides', async () => {
    const valeurs = fc.tuple(
      fc.constantFrom('Cœur d’îlot', 'Été – 12 €', '00123', '1.250', ' espacé ', '=pas une formule'.slice(1)),
      fc.oneof(
        fc.integer({ min: 0, max: 99_999 }),
        fc.integer({ min: 0, max: 9999 }).map((x) => x / 100),
        fc.constant(null),
      ),
      fc.integer({ min: 0, max: 9000 }).map((d) => new Date(Date.UTC(2003, 0, 1) + d * 86_400_000)),
      fc.oneof(fc.boolean(), fc.constant(null)),
      fc.integer({ min: 0, max: 1000 }).map((x) => x / 1000),
    );
    const page = fc.record({
      dessus: fc.constantFrom<string[][]>([], ['Formations du 18e'], ['Bilan', 'Édité en mars']),
      vides: fc.constantFrom<number[]>(0, 2),
      lignes: fc.array(
        valeurs.map((l): Valeur[] => [...l]),
        { minLength: 1, maxLength: 5 },
      ),
      cachees: fc.constantFrom<number[]>(0, 1, 2),
    });
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...ECRIVAINS), page, async ([nom, ecrire], p) => {
        const lu = await lire(await ecrire(p));
        expect([nom, lu.feuille, lu.feuilles, lu.ligneDesTitres]).toEqual([nom, 'Saisie', ['Saisie'], p.dessus.length + p.vides + 1]);
        expect([nom, lu.rangees]).toEqual([nom, [TITRES, ...p.lignes.map(attendue)]]);
      }),
      { numRuns: 120 },
    );
  });

  test('formats de nombres qui portent des lettres, durées, heures, fractions, monnaies', async () => {
    const formats: [string, number, string][] = [
      ['0\\ \\h', 12, '12'],
      ['0\\ \\p\\e\\r\\s', 4, '4'],
      ['0" jours"', 3, '3'],
      ['#,##0\\ [$€-40C]', 1250.5, '1250,5'],
      ['_-* #,##0\\ _€_-', 7, '7'],
      ['[Red]0', 5, '5'],
      ['[Blue][>100]0;0', 500, '500'],
      ['0.00E+00', 1200, '1200'],
      ['# ??/??', 0.5, '0,5'],
      ['0 %', 0.12, '12 %'],
      ['0.0%', 0.125, '12,5 %'],
      ['0" % de"', 12, '12'],
      ['0.000', 1.255, '1,2550'],
      ['@', 46_095, '46095'],
      ['yyyy-mm-dd', 46_095, '2026-03-14'],
      ['[$-40C]d mmmm yyyy', 46_095, '2026-03-14'],
      ['dd/mm/yyyy hh:mm', 46_095.4, '2026-03-14 09:36'],
      ['hh:mm', 0.4, '09:36'],
      ['[h]:mm', 1.5, '36:00'],
    ];
    const livre = new ExcelJS.Workbook();
    const f = livre.addWorksheet('S');
    for (const [format, v] of formats) f.addRow(['x', v]).getCell(2).numFmt = format;
    const { lues } = await lire(Buffer.from(await livre.xlsx.writeBuffer()));
    expect(lues.map((l, i) => [formats[i]?.[0], l.cellules[1]])).toEqual(formats.map(([format, , lu]) => [format, lu]));
  });

  test('dates en texte ISO, formules jamais calculées ou en erreur, textes enrichis, lecture phonétique', async () => {
    const brut = (x: string): Cellule => ({ brut: x });
    const chaines = {
      contenu: '<sst><si><r><t>ri</t></r><r><t xml:space="preserve">che </t></r></si><si><t>漢字</t><rPh sb="0" eb="2"><t>カンジ</t></rPh></si></sst>',
    };
    const rangee = [
      brut('<c t="d"><v>2026-03-14T00:00:00</v></c>'),
      brut('<c><f>1+1</f></c>'),
      brut('<c><f>SUM(A1:A2)</f><v></v></c>'),
      brut('<c t="str"><f>IF(1,"","")</f><v></v></c>'),
      brut('<c t="e"><v>#SPILL!</v></c>'),
      brut('<c t="s"><v>0</v></c>'),
      brut('<c t="s"><v>1</v></c>'),
      brut('<c t="str"><v>#DIV/0 !</v></c>'),
      brut('<c><f>6*7</f><v>42</v></c>'),
    ];
    const { lues } = await lire(classeur({ feuilles: [{ nom: 'S', contenu: feuille([rangee]) }], chaines }));
    expect(lues[0]?.cellules).toEqual(['2026-03-14T00:00:00', '#SANS-RÉSULTAT', '#SANS-RÉSULTAT', '', '#SPILL!', 'riche ', '漢字', '#DIV/0 !', '42']);
    expect(Object.keys(lues[0]?.fautes ?? {})).toEqual(['1', '2', '4', '7']);
  });

  test('un .ods de LibreOffice : feuille cachée par son style, parts, durées, erreurs, textes de plusieurs paragraphes, cellules répétées', async () => {
    const cellule = (type: string, valeur: string, texte: string, plus = '') =>
      `<table:table-cell office:value-type="${type}" ${valeur} ${plus}><text:p>${texte}</text:p></table:table-cell>`;
    const rangee = [
      cellule('date', 'office:date-value="2026-03-14"', '14/03/26'),
      cellule('percentage', 'office:value="0.125"', '12,5 %'),
      cellule('time', 'office:time-value="PT36H00M00S"', '36:00'),
      cellule('time', 'office:time-value="PT09H36M00S"', '09:36'),
      cellule('boolean', 'office:boolean-value="true"', 'VRAI'),
      cellule('string', 'office:string-value=""', '#N/D', 'calcext:value-type="error"'),
      cellule('float', 'office:value="1.255"', '1,255'),
      cellule('currency', 'office:value="1250.5"', '1 250,50 €'),
      '<table:table-cell office:value-type="string"><text:p>deux</text:p><text:p>lignes</text:p></table:table-cell>',
      cellule('float', 'office:value="7"', '7', 'table:number-columns-repeated="2"'),
      '<table:table-cell table:number-columns-repeated="16000"/>',
    ].join('');
    const visible = `<table:table-row>${rangee}</table:table-row></table:table>`;
    const livre = archive([
      { nom: 'mimetype', contenu: 'application/vnd.oasis.opendocument.spreadsheet' },
      { nom: 'META-INF/manifest.xml', contenu: '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>' },
      {
        nom: 'content.xml',
        contenu: `<office:document-content><office:automatic-styles><style:style style:name="ta1" style:family="table"><style:table-properties table:display="false"/></style:style></office:automatic-styles><office:body><office:spreadsheet><table:table table:name="L&apos;été &amp; cachée" table:style-name="ta1"><table:table-row>${cellule('string', '', 'caché')}</table:table-row></table:table><table:table table:name="Saisie">${visible}</office:spreadsheet></office:body></office:document-content>`,
      },
    ]);
    const { feuille: lue, feuilles, lues } = await lire(livre);
    expect([lue, feuilles]).toEqual(['Saisie', ['Saisie']]);
    expect(lues[0]?.cellules).toEqual(['2026-03-14', '12,5 %', '36:00', '09:36', 'oui', '#N/D', '1,2550', '1250,5', 'deux\nlignes', '7', '7']);
    expect(lues[0]?.fautes).toEqual({ 5: '#N/D' });
  });

  test('une cellule fusionnée dit son texte à chacune de ses lignes, son nombre une seule fois', async () => {
    const livre = new ExcelJS.Workbook();
    const f = livre.addWorksheet('S');
    f.addRows([TITRES, ['Gare', 12, null, true], ['', null, null, false], ['', null, null, true], ['Square', 3]]);
    f.mergeCells('A2:A4');
    f.mergeCells('B2:B4');
    const { rangees } = await lire(Buffer.from(await livre.xlsx.writeBuffer()));
    expect(rangees.slice(1).map((r) => r.slice(0, 2))).toEqual([
      ['Gare', '12'],
      ['Gare', ''],
      ['Gare', ''],
      ['Square', '3'],
    ]);
  });
});
