/** The producer's workbook: what is written comes back, and every accident of a file is refused or asked about with its cell. */
import { createRequire } from 'node:module';
import exceljs from 'exceljs';
import fc from 'fast-check';
import JSZip from 'jszip';
import { describe, expect, test } from 'vitest';
import { archive } from '../../../../tests/support/archives.ts';
import { cleDeLigne, type LigneDemandee } from '../ligne.ts';
import { ligne } from './classeur.fixtures.ts';
import { ecrireClasseur, type PourQui } from './ecrire.ts';
import { lireClasseur } from './lire.ts';
import type { Verification } from './rapprocher.rules.ts';

const XLSX = createRequire(import.meta.url)('@e965/xlsx') as typeof import('@e965/xlsx');
const POUR: PourQui = {
  campagne: { id: 'c-2026', titre: 'Collecte 2026', dueLe: '2027-02-15' },
  institution: { id: 'RECTORAT', nom: 'Rectorat de Paris' },
  contrat: { titre: 'Contrat parisien' },
};
const ATTENDU = { campagne: 'c-2026', institution: 'RECTORAT' };
const LIGNES: LigneDemandee[] = [
  ligne(),
  ligne({ mesureId: '1.1-02', titre: 'Part des collèges', unite: '%', nature: 'pourcentage' }),
  ligne({
    mesureId: '1.1-03',
    titre: 'Exclusions',
    unite: 'élèves',
    territoireId: 'mairie-18',
    territoire: 'Mairie du 18e',
    ventilation: 'sexe=f',
    libelle: 'filles',
  }),
  ligne({ mesureId: '1.1-04', titre: 'Bilan de l’année', unite: 'bilan', nature: 'bilan qualitatif', genre: 'texte' }),
  ligne({ mesureId: '1.1-05', titre: 'Carte scolaire', unite: 'carte', nature: 'document', genre: 'document' }),
];
/** The first line of answers is row 6; answers are in column H, states in I, comments in J. */
const LIEU = 'C';

type Retouche = (f: exceljs.Worksheet, livre: exceljs.Workbook) => void;
async function retoucher(retouche: Retouche, lignes = LIGNES, pour = POUR): Promise<Buffer> {
  const livre = new exceljs.Workbook();
  await livre.xlsx.load(Uint8Array.from(await ecrireClasseur(lignes, pour)).buffer);
  const f = livre.getWorksheet('À remplir');
  if (!f) throw new Error('feuille');
  retouche(f, livre);
  return Buffer.from(await livre.xlsx.writeBuffer());
}
const relire = (contenu: Buffer, nom = 'classeur.xlsx', lignes = LIGNES): Promise<Verification> => lireClasseur({ contenu, nom }, lignes, ATTENDU);
const avec = async (retouche: Retouche, lignes = LIGNES): Promise<Verification> => relire(await retoucher(retouche, lignes), 'classeur.xlsx', lignes);
/** Each value in answer to a line of its own, all of the same number of pupils, from H6 down: one file is written and read for all of them. */
const repondre = (...valeurs: readonly exceljs.CellValue[]): Promise<Verification> =>
  avec(
    (f) => {
      for (const [i, valeur] of valeurs.entries()) {
        f.getCell(`H${6 + i}`).value = valeur;
        if (valeur instanceof Date) f.getCell(`H${6 + i}`).numFmt = 'dd/mm/yyyy';
      }
    },
    valeurs.map((_, i) => lignePareille(i)),
  );
const lignePareille = (i: number): LigneDemandee => ligne({ mesureId: `m-${String(i).padStart(2, '0')}`, titre: `Chiffre ${i}` });
const mettre =
  (cellule: string, valeur: exceljs.CellValue): Retouche =>
  (f) => {
    f.getCell(cellule).value = valeur;
  };
const RIEN = { valeurs: [], refus: [], questions: [], etrangeres: [], formules: [] };

describe('Le classeur d’un producteur', () => {
  test('ce qui est écrit se relit, chiffre, part, texte, secret ou sans objet, où que soit la ligne', { timeout: 120_000 }, async () => {
    const mot = fc.stringMatching(/^[A-Za-zÀ-ÿ0-9 '’«»,.;:!?=+@()%&<>"/-]{1,60}$/).filter((t) => t.trim() !== '');
    const actuelle = fc.oneof(
      fc.record({ genre: fc.constant('compte' as const), n: fc.nat(2_000_000_000) }),
      fc.record({ genre: fc.constant('pourcentage' as const), n: fc.integer({ min: 0, max: 10_000 }).map((x) => x / 100) }),
      fc.record({ genre: fc.constant('delai' as const), n: fc.integer({ min: 0, max: 9_999_999 }).map((x) => x / 1000) }),
      fc.record({ genre: fc.constant('texte' as const), t: mot }),
      fc.record({ genre: fc.constant('secret' as const) }),
      fc.record({ genre: fc.constant('sans_objet' as const) }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(actuelle, { minLength: 1, maxLength: 25 }), async (dites) => {
        const lignes = dites.map((d, i) => {
          const commun = { mesureId: `m${i}`, titre: `Chiffre ${i}` };
          if (d.genre === 'texte')
            return ligne({ ...commun, genre: 'texte', nature: 'bilan qualitatif', actuelle: { etat: 'valeur', nombre: null, texte: d.t } });
          if (d.genre === 'secret' || d.genre === 'sans_objet') return ligne({ ...commun, actuelle: { etat: d.genre, nombre: null, texte: '' } });
          const unite = d.genre === 'pourcentage' ? '%' : d.genre === 'delai' ? 'jours' : 'élèves';
          return ligne({ ...commun, nature: d.genre, unite, actuelle: { etat: 'valeur', nombre: d.n, texte: '' } });
        });
        const v = await relire(await ecrireClasseur(lignes, POUR), 'c.xlsx', lignes);
        expect(v).toEqual({
          ...RIEN,
          valeurs: lignes.map((l) => ({ ligne: cleDeLigne(l), ...l.actuelle, texte: l.actuelle?.texte.trim(), commentaire: '' })),
        });
      }),
      { numRuns: 12 },
    );
  });

  test('laissé vide, il ne dit rien ; les libellés sont verrouillés, les réponses ne le sont pas', async () => {
    expect(await avec(() => undefined)).toEqual(RIEN);
    // Said by the file itself: a lock without its sheet’s protection locks nothing.
    const feuille = (await JSZip.loadAsync(await ecrireClasseur(LIGNES, POUR))).file('xl/worksheets/sheet1.xml');
    expect(await feuille?.async('string')).toMatch(/<sheetProtection [^>]*sheet="1"/);
    await retoucher((f, livre) => {
      expect(livre.worksheets.map((w) => w.name)).toEqual(['À remplir', 'Mode d’emploi', 'Définitions']);
      expect(f.getCell('B6').protection?.locked ?? true).toBe(true);
      expect(f.getCell('H6').protection?.locked).toBe(false);
      expect(f.getCell('I6').dataValidation.formulae).toEqual(['"Connu,Secret statistique,Sans objet"']);
      expect(f.getCell('H6').dataValidation).toMatchObject({ type: 'whole', formulae: [0, 1e12] });
      expect(f.getCell('H7').dataValidation).toMatchObject({ type: 'decimal', formulae: [0, 1] });
      expect(f.getCell('G6').value).toBe('1 240 élèves (2025)');
      expect(f.getColumn(1).hidden).toBe(true);
      expect(f.views[0]).toMatchObject({ state: 'frozen', ySplit: 5 });
    });
  });

  test('les nombres s’acceptent comme on les écrit', async () => {
    const ecrits = [
      [1250, 1250],
      ['1 250', 1250],
      ['1\u00a0250', 1250],
      ['1\u202f250', 1250],
      ['1 250,0', 1250],
      ['12 élèves', 12],
      ['0', 0],
    ] as const;
    const v = await repondre(...ecrits.map(([ecrit]) => ecrit));
    expect(ecrits.map(([ecrit], i) => [ecrit, v.valeurs.find((x) => x.ligne === cleDeLigne(lignePareille(i)))?.nombre])).toEqual(ecrits);
    expect([v.valeurs.length, v.refus, v.questions]).toEqual([ecrits.length, [], []]);
    const part = await avec((f) => {
      f.getCell('H7').value = 0.125;
    });
    expect(part.valeurs[0]?.nombre).toBe(12.5);
  });

  test('ce qui n’est pas un chiffre est demandé ou refusé, à sa case, et n’écrit rien', async () => {
    const cas: [exceljs.CellValue, 'refus' | 'questions', RegExp][] = [
      ['n.c.', 'questions', /pas connu/],
      ['nd', 'questions', /pas connu/],
      ['-', 'questions', /zéro, ou rien/],
      ['—', 'questions', /zéro, ou rien/],
      ['<5', 'questions', /secret statistique/],
      ['< 11', 'questions', /secret statistique/],
      ['moins de 5', 'questions', /secret statistique/],
      ['néant', 'questions', /est-ce bien zéro/],
      ['s.o.', 'questions', /sans objet/],
      ['environ 12', 'refus', /pas un nombre/],
      ['12 heures', 'refus', /élèves/],
      ['1.250', 'refus', /est-ce/],
      ['12,5', 'refus', /entier/],
      [-3, 'refus', /négatif/],
      [new Date('2026-04-03'), 'refus', /date/],
      [{ error: '#DIV/0!' }, 'refus', /formule donne une erreur/],
      [{ formula: 'A1+1', date1904: false } as exceljs.CellValue, 'refus', /formule/],
    ];
    const v = await repondre(...cas.map(([ecrit]) => ecrit));
    expect(v.valeurs).toEqual([]);
    // Each at its own cell, once, there and nowhere else.
    for (const ou of ['refus', 'questions'] as const)
      expect(v[ou].map((x) => x.cellule)).toEqual(cas.flatMap(([, ici], i) => (ici === ou ? [`H${6 + i}`] : [])));
    for (const [i, [ecrit, ou, dit]] of cas.entries())
      expect([ecrit, v[ou].find((x) => x.cellule === `H${6 + i}`)?.message]).toEqual([ecrit, expect.stringMatching(dit)]);
    const proposee = (ecrit: string) => v.questions.find((x) => x.cellule === `H${6 + cas.findIndex(([e]) => e === ecrit)}`)?.proposee;
    expect(proposee('<5')).toMatchObject({ etat: 'secret', nombre: null });
    expect(proposee('néant')).toMatchObject({ etat: 'valeur', nombre: 0 });
    expect(proposee('-')).toBeNull();
  });

  test('une formule donne son résultat, et le dit', async () => {
    const v = await repondre({ formula: '600+650', result: 1250, date1904: false } as exceljs.CellValue);
    expect([v.valeurs.map((x) => x.nombre), v.formules.map((x) => x.cellule)]).toEqual([[1250], ['H6']]);
  });

  test('un état et une réponse qui se contredisent, un état inconnu, un document écrit : refusés à leur case', async () => {
    const v = await avec((f) => {
      f.getCell('H6').value = 12;
      f.getCell('I6').value = 'Secret statistique';
      f.getCell('I7').value = 'Peut-être';
      f.getCell('H10').value = 'voir pièce jointe';
      f.getCell('J8').value = 'Compté depuis mars';
    });
    expect(v.valeurs).toEqual([]);
    expect(v.refus.map((x) => x.cellule)).toEqual(['H6', 'I7', 'H10']);
    expect(v.questions.map((x) => x.cellule)).toEqual(['H8']);
  });

  test('des cases fusionnées sont demandées, une par une', async () => {
    const v = await avec((f) => {
      f.unprotect();
      f.mergeCells('H6:H8');
      f.getCell('H6').value = '12';
    });
    expect(v.valeurs).toEqual([]);
    expect(v.questions.map((x) => x.cellule)).toEqual(['H6', 'H7', 'H8']);
    expect(v.questions[0]?.message).toMatch(/fusionnée/);
  });

  test('des colonnes déplacées, des lignes triées ou insérées, une feuille renommée : chaque réponse reste à sa ligne', async () => {
    const v = await avec((f) => {
      f.name = 'Mes chiffres';
      const rangees = LIGNES.map((_, i) => (f.getRow(6 + i).values as exceljs.CellValue[]).slice());
      f.getCell('H6').value = 31;
      for (const [i, r] of [...rangees].reverse().entries()) f.getRow(6 + i).values = r;
      f.getRow(10).getCell(8).value = 31;
      f.insertRow(7, [null, 'Une ligne à nous', '', '', '', '', '', 99]);
      for (let r = 5; r <= 12; r++) {
        const [reponse, etat] = [f.getCell(`H${r}`).value, f.getCell(`I${r}`).value];
        f.getCell(`I${r}`).value = reponse;
        f.getCell(`H${r}`).value = etat;
      }
    });
    expect(v.valeurs).toEqual([{ ligne: cleDeLigne(LIGNES[0] as LigneDemandee), etat: 'valeur', nombre: 31, texte: '', commentaire: '' }]);
    expect(v.etrangeres).toEqual([{ cellule: 'I7', message: expect.stringContaining('Une ligne à nous') as string }]);
    expect([v.refus.length, v.questions.length]).toEqual([0, 0]);
  });

  test('un libellé changé, ou des libellés triés sans leurs repères, sont demandés à leur case', async () => {
    const v = await avec((f) => {
      f.getCell('H8').value = 4;
      f.getCell(`${LIEU}8`).value = 'Mairie du 19e';
    });
    expect([v.valeurs, v.questions.map((x) => x.cellule)]).toEqual([[], ['C8']]);
    expect(v.questions[0]?.proposee).toMatchObject({ nombre: 4 });
  });

  test('le modèle d’une autre campagne, d’un autre organisme, une feuille ôtée, une réponse en double : refusés en le disant', async () => {
    const autre = (pour: Partial<PourQui>) => retoucher(mettre('H6', 12), LIGNES, { ...POUR, ...pour });
    const dire = async (contenu: Buffer) => {
      const v = await relire(contenu);
      expect(v.valeurs).toEqual([]);
      return v.refus.map((x) => [x.cellule, x.message].join(' ')).join();
    };
    expect(await dire(await autre({ campagne: { ...POUR.campagne, id: 'c-2025' } }))).toMatch(/autre campagne/);
    expect(await dire(await autre({ institution: { id: 'PARQUET', nom: 'Parquet' } }))).toMatch(/autre organisme/);
    expect(await dire(await retoucher((f, livre) => livre.removeWorksheet(f.id)))).toMatch(/« À remplir »/);
    expect(await dire(await retoucher(mettre('J5', 'Votre réponse')))).toMatch(/J5 .*deux fois/);
    const double = await retoucher((f) => {
      f.getCell('H6').value = 12;
      f.getRow(12).values = (f.getRow(6).values as exceljs.CellValue[]).slice();
      f.getCell('H12').value = 13;
    });
    const v = await relire(double);
    expect([v.valeurs.map((x) => x.nombre), v.refus.map((x) => x.cellule)]).toEqual([[12], ['H12']]);
    const ferme = await relire(await retoucher(mettre('H6', 12)), 'c.xlsx', LIGNES.slice(1));
    expect(ferme.etrangeres[0]?.message).toMatch(/plus demandée/);
  });

  test('.ods, .xls et .csv se lisent de même ; ce qui n’est pas un classeur est refusé d’une phrase', async () => {
    const rempli = await retoucher((f) => {
      f.getCell('H6').value = 1250;
      f.getCell('I8').value = 'Secret statistique';
      f.getCell('H9').value = 'Une année pleine ; « deux » collèges.';
    });
    const attendu = (await relire(rempli)).valeurs;
    expect(attendu.map((x) => [x.etat, x.nombre])).toEqual([
      ['valeur', 1250],
      ['secret', null],
      ['valeur', null],
    ]);
    const livre = XLSX.read(rempli, { type: 'buffer', cellDates: false });
    for (const type of ['ods', 'biff8', 'csv'] as const) {
      const contenu =
        type === 'csv'
          ? Buffer.from(XLSX.utils.sheet_to_csv(livre.Sheets['À remplir'] ?? {}, { FS: ';', rawNumbers: true }))
          : (XLSX.write(livre, { type: 'buffer', bookType: type }) as Buffer);
      expect([type, (await relire(contenu, `c.${type}`)).valeurs]).toEqual([type, attendu]);
    }
    for (const [contenu, nom] of [
      [Buffer.from('%PDF-1.7'), 'c.pdf'],
      [Buffer.alloc(0), 'c.xlsx'],
      [archive([{ nom: 'x.txt', contenu: 'x' }]), 'c.xlsx'],
    ] as const) {
      const v = await relire(contenu, nom);
      expect([nom, v.refus.length, v.valeurs]).toEqual([nom, 1, []]);
    }
  });

  test('sans ses repères, le tableau recopié se lit par ses libellés', async () => {
    const v = await avec((f) => {
      f.getColumn(1).values = [];
      f.getCell('H8').value = 4;
      f.getCell('H9').value = 'Bien.';
    });
    expect(v.valeurs.map((x) => [x.ligne, x.nombre ?? x.texte])).toEqual([
      [cleDeLigne(LIGNES[2] as LigneDemandee), 4],
      [cleDeLigne(LIGNES[3] as LigneDemandee), 'Bien.'],
    ]);
  });
});
