/** Workbooks as people make them: which sheet, which day, which number; and those that are damaged. */
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ExcelJS from 'exceljs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ErreurConcorde } from '../src/core/errors.ts';
import { type FichierOuvert, ouvrirFichier } from '../src/core/tableur/tableur.ts';
import { archive, type Cellule, classeur, feuille, ods } from './support/archives.ts';
import { partage, siPartage } from './support/partage.ts';

const XLSX = createRequire(import.meta.url)('@e965/xlsx') as typeof import('@e965/xlsx');

let dossier = '';
beforeAll(async () => {
  dossier = await mkdtemp(join(tmpdir(), 'concorde-classeurs-'));
});
afterAll(() => rm(dossier, { recursive: true }));

let n = 0;
async function ouvrir(contenu: Buffer, nom = 'essai.xlsx', laquelle: string | null = null): Promise<FichierOuvert & { rangees: string[][]; fautes: object[] }> {
  const chemin = join(dossier, String(++n));
  await writeFile(chemin, contenu);
  const o = await ouvrirFichier(chemin, nom, laquelle);
  const rangees: string[][] = [];
  const fautes: object[] = [];
  for await (const l of o.lignes) {
    rangees.push(l.cellules);
    fautes.push(l.fautes ?? {});
  }
  return { ...o, rangees, fautes };
}
const une = (lignes: Cellule[][], plus: object = {}) => ouvrir(classeur({ feuilles: [{ nom: 'Saisie', contenu: feuille(lignes) }], ...plus }));
const refus = (contenu: Buffer, nom: string) =>
  ouvrir(contenu, nom).then(
    () => 'lu',
    (e: Error) => (e instanceof ErreurConcorde ? e.message : `FAUTE ${e.message}`),
  );

describe('Classeurs', () => {
  test('la première feuille visible est lue, les autres visibles sont proposées, une cachée jamais', async () => {
    const contenu = (t: string) => feuille([['titre'], [t]]);
    const livre = classeur({
      feuilles: [
        { nom: 'Cachée', etat: 'hidden', contenu: contenu('cachée') },
        { nom: 'Mars', contenu: contenu('mars') },
        { nom: 'Très cachée', etat: 'veryHidden', contenu: contenu('très cachée') },
        { nom: 'Avril', contenu: contenu('avril') },
      ],
    });
    const premiere = await ouvrir(livre);
    expect([premiere.feuille, premiere.feuilles, premiere.rangees]).toEqual(['Mars', ['Mars', 'Avril'], [['titre'], ['mars']]]);
    expect((await ouvrir(livre, 'x.xlsx', 'Avril')).rangees[1]).toEqual(['avril']);
    await expect(ouvrir(livre, 'x.xlsx', 'Cachée')).rejects.toThrow('pas de feuille visible « Cachée »');
  });

  test('les jours sont les mêmes dans les deux systèmes de dates, dans les deux écritures du second', async () => {
    for (const [plus, n] of [
      [{}, 46_095],
      [{ de1904: '1' }, 44_633],
      [{ de1904: 'true' }, 44_633],
    ] as const)
      expect((await une([['jour'], [{ n, s: 1 }]], plus)).rangees[1]).toEqual(['2026-03-14']);
    expect((await une([['heure'], [{ n: 46_095.4, s: 1 }]])).rangees[1]).toEqual(['2026-03-14 09:36']);
  });

  test('résultats de formules, textes, nombres à quinze chiffres, oui et non ; une erreur reste à sa cellule', async () => {
    const o = await une([
      ['a', 'b', 'c', 'd', 'e'],
      [
        { brut: '<c><f>6*7</f><v>42</v></c>' },
        { n: 0.1 + 0.2 },
        { brut: '<c t="b"><v>1</v></c>' },
        { brut: '<c t="e"><f>1/0</f><v>#DIV/0!</v></c>' },
        { brut: '<c t="str"><f>"x"</f><v>calculé</v></c>' },
      ],
    ]);
    expect(o.rangees[1]).toEqual(['42', '0,3', 'oui', '#DIV/0!', 'calculé']);
    expect(o.fautes[1]).toEqual({ 3: '#DIV/0!' });
  });

  test('le même tableau écrit par trois tableurs en .xlsx, .ods et .xls se lit pareil', async () => {
    const lignes = [
      ['titre', 'nombre', 'jour', 'présent'],
      ['Cœur d’îlot – 12 €', 1250.5, new Date(Date.UTC(2026, 2, 14)), true],
    ];
    const feuilles = XLSX.utils.aoa_to_sheet(lignes, { UTC: true, cellDates: true });
    const livre = XLSX.utils.book_new(feuilles, 'Saisie');
    const ex = new ExcelJS.Workbook();
    ex.addWorksheet('Saisie').addRows(lignes);
    for (const [nom, contenu] of [
      ['a.xlsx', XLSX.write(livre, { type: 'buffer', bookType: 'xlsx' }) as Buffer],
      ['b.ods', XLSX.write(livre, { type: 'buffer', bookType: 'ods' }) as Buffer],
      ['c.xls', XLSX.write(livre, { type: 'buffer', bookType: 'biff8' }) as Buffer],
      ['d.xlsx', Buffer.from(await ex.xlsx.writeBuffer())],
    ] as const)
      expect([nom, (await ouvrir(contenu, nom)).rangees]).toEqual([
        nom,
        [
          ['titre', 'nombre', 'jour', 'présent'],
          ['Cœur d’îlot – 12 €', '1250,5', '2026-03-14', 'oui'],
        ],
      ]);
  });

  test('une feuille mise en forme jusqu’à sa dernière ligne se lit comme une autre', async () => {
    const { rangees } = await ouvrir(
      classeur({
        feuilles: [
          {
            nom: 'S',
            contenu:
              '<worksheet><dimension ref="A1:XFD1048576"/><sheetData><row r="1"><c><v>1</v></c></row><row r="1048576"><c s="1"/></row></sheetData></worksheet>',
          },
        ],
      }),
    );
    expect(rangees).toEqual([['1']]);
  });

  test('macros, binaires, mots de passe, Numbers et autres archives sont refusés avec leur raison', async () => {
    const vide = { feuilles: [{ nom: 'S', contenu: feuille([['a']]) }] };
    expect(await refus(classeur({ ...vide, autres: [{ nom: 'xl/vbaProject.bin', contenu: 'x' }] }), 'm.xlsm')).toMatch(/contient des macros.*sans macros/);
    expect(await refus(ods('', [{ nom: 'Basic/Standard/Module1.xml', contenu: '<a/>' }]), 'm.ods')).toMatch(/contient des macros/);
    expect(await refus(classeur({ ...vide, autres: [{ nom: 'xl/workbook.bin', contenu: 'x' }] }), 'b.xlsb')).toMatch(/classeur binaire/);
    expect(await refus(archive([{ nom: 'Index/Document.iwa', contenu: 'x' }]), 'n.numbers')).toMatch(/Numbers/);
    expect(await refus(archive([{ nom: 'a.txt', contenu: 'x' }]), 'z.zip')).toMatch(/n’est pas un classeur/);
    const chiffre = XLSX.CFB.utils.cfb_new();
    XLSX.CFB.utils.cfb_add(chiffre, '/EncryptedPackage', Buffer.from('x'));
    expect(await refus(XLSX.CFB.write(chiffre, { type: 'buffer' }) as Buffer, 'p.xlsx')).toMatch(/mot de passe/);
    const xxe =
      '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><worksheet><sheetData><row><c><v>&x;</v></c></row></sheetData></worksheet>';
    expect(await refus(classeur({ feuilles: [{ nom: 'S', contenu: xxe }] }), 'e.xlsx')).toMatch(/ne peut pas être lu/);
  });

  test('abîmé d’un seul bit n’importe où, un classeur est lu ou refusé, jamais sans fin', async () => {
    const sain = classeur({ feuilles: [{ nom: 'Saisie', contenu: feuille(Array.from({ length: 20 }, (_, i) => [`l${i}`, { n: i }, { n: 46_095, s: 1 }])) }] });
    const pas = Math.floor(sain.length / 16);
    const issues = await Promise.all(
      Array.from({ length: 10 }, async (_, i) => {
        const touche = Buffer.from(sain);
        const ou = i * pas + (i % 7);
        touche[ou] = (touche[ou] ?? 0) ^ (1 << (i % 8));
        return refus(touche, 'abime.xlsx');
      }),
    );
    expect(issues.filter((r) => r.startsWith('FAUTE'))).toEqual([]);
    expect(issues).toHaveLength(10);
  });
});

siPartage('Classeurs reçus du terrain', () => {
  test('chacun donne ses valeurs', async () => {
    const ou = partage('data/fichiers-de-terrain') ?? '';
    const lus = new Map<string, Awaited<ReturnType<typeof ouvrir>>>();
    for (const nom of (await readdir(ou)).filter((f) => /\.(xlsx|ods|xls)$/.test(f))) lus.set(nom, await ouvrir(await readFile(join(ou, nom)), nom));
    expect(lus.size).toBeGreaterThan(3);
    for (const [nom, l] of lus) expect([nom, l.rangees[0]?.includes('Identifiant'), l.rangees.length > 1]).toEqual([nom, true, true]);
    const colonne = (nom: string, titre: string) => {
      const l = lus.get(nom);
      const i = l?.rangees[0]?.indexOf(titre) ?? -1;
      return l?.rangees.slice(1).map((r) => r[i] ?? '');
    };
    const [dates, titres, personnes, durees] = ['Date de la session', 'Titre', 'Personnes formées', 'Durée'];
    expect(colonne('b21-1904-true.xlsx', dates ?? '')).toEqual(['2026-03-14']);
    expect(colonne('b23-premiere-feuille-cachee.xlsx', titres ?? '')).toEqual(['FEUILLE VISIBLE']);
    expect(colonne('b27-format-heures.xlsx', personnes ?? '')).toEqual(Array.from({ length: 6 }, () => '12'));
    expect(colonne('b27-format-heures.xlsx', durees ?? '')?.[0]).toBe('4');
    expect(colonne('b25-formules.xlsx', dates ?? '')?.slice(0, 2)).toEqual(['2026-03-21', '2026-03-14']);
    expect(lus.get('b25-formules.xlsx')?.fautes.slice(1)).toEqual([
      {},
      {},
      { 9: '#DIV/0!' },
      { 10: '#N/A' },
      {},
      { 11: '#REF!' },
      { 10: '#N/A' },
      { 11: '#N/A' },
      { 2: '#NOM?' },
    ]);
    const cp = await ouvrir(await readFile(join(ou, 'b02-cp1252.csv')), 'b02.csv');
    expect(cp.rangees[1]?.[2]).toBe('Cœur d’îlot – 12 € – « Été »');
    expect((await ouvrir(await readFile(join(ou, 'b01-utf16le-tab.txt')), 'b01.txt')).rangees[1]?.[2]).toBe('Essai import');
    expect((await ouvrir(await readFile(join(ou, 'd9-crlf-puis-lf.csv')), 'd9.csv')).rangees).toHaveLength(3);
  });
});
