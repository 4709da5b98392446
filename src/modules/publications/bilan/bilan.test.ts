import exceljs from 'exceljs';
import JSZip from 'jszip';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { demonstrationDe } from '../../../../tests/support/demonstration.ts';
import { type BaseDeTest, testDatabase } from '../../../../tests/support/database.ts';
import { aLHeureDeParis } from '../../../../tests/support/fuseau.ts';
import { ouvrirMesure } from '../../../../tests/support/mesure.ts';
import { chargerPlateforme } from '../../../preparation.ts';
import { getCatalogue } from '../../contrats/index.ts';
import { getFormulaire } from '../../indicateurs/index.ts';
import { genererValeursDemo } from '../../indicateurs/saisie/saisie.demo.ts';
import { definitionsDecouvertes } from '../../registres/registres.definitions.ts';
import { genererDemoDe } from '../../registres/demo/registres.demo.ts';
import { getBilan, territoireDe } from './bilan.contenu.ts';
import { ecrireContenu } from './bilan.ecrire.ts';
import { type BilanContenu, type MesureBilan, parle } from './bilan.modele.ts';
import { direAppui } from './bilan.phrases.ts';
import { protegerCellule } from '../../../core/csv.ts';
import { recalculerChiffres } from '../../indicateurs/formulaires.ts';

const HOSTILES = [
  '#import "/etc/passwd"',
  '=cmd()|A1',
  '<script>alert(1)</script>',
  '$ #panic() $',
  'a\u0007b\u0000c',
  'Équipe 👍🏽 مرحبا Ἀθῆναι 東京 e\u0301',
];
const MAINTENANT = new Date('2026-11-23T10:00:00Z');

describe('Le bilan annuel', () => {
  let base: BaseDeTest;
  let bilan: BilanContenu;
  let mairie: BilanContenu;
  let catalogue: Awaited<ReturnType<typeof getCatalogue>>;
  beforeAll(async () => {
    base = await testDatabase();
    const contratId = await chargerPlateforme(base.owner, 'contrats/paris-2023-2026');
    catalogue = await getCatalogue(base.owner, contratId);
    const annees = [2023, 2024, 2025];
    const { profils } = await demonstrationDe();
    await genererDemoDe(base.owner, catalogue, definitionsDecouvertes, { annees, graine: 7, jusquau: '2025-12-31', profils });
    await genererValeursDemo(base.owner, catalogue, { annees, graine: 7, aujourdhui: '2026-11-23', profils });
    await recalculerChiffres(base.owner, contratId);
    const formulaire = await getFormulaire(base.owner, contratId);
    const demande = { annee: 2025, maintenant: MAINTENANT, demonstration: true, pour: 'partenaires', annexes: true } as const;
    const lire = aLHeureDeParis(getBilan);
    bilan = await lire(base.owner, formulaire, { ...demande, territoireId: catalogue.racine.id });
    mairie = await lire(base.owner, formulaire, { ...demande, territoireId: territoireDe(catalogue, '18') ?? '' });
  }, 180_000);
  afterAll(() => base?.close());

  /** Every format must say of each measure what the model says. */
  const mesures = (): MesureBilan[] => bilan.fiches.flatMap((f) => f.mesures);

  test('a toutes les fiches, toutes les lignes et toutes les mesures du contrat', () => {
    expect(bilan.fiches).toHaveLength(30);
    expect(bilan.annexe).toHaveLength(285);
    expect(bilan.fiches.flatMap((f) => f.actions.flatMap((a) => a.lignes))).toHaveLength(482);
    expect(mesures()).toHaveLength(285);
  });

  test('compte les états sans en perdre ni en mêler', () => {
    const n = (mot: string) => bilan.annexe.filter((l) => l.chiffre.mot === mot).length;
    expect(bilan.synthese.etat).toEqual({
      attendus: 285 - n('sans objet'),
      connus: n('valeur') + n('zéro'),
      secrets: n('secret'),
      enRetard: n('manquant'),
      aValider: n('à valider'),
      aVenir: n('attendu'),
      sansObjet: n('sans objet'),
      nonVentiles: 0,
    });
    for (const { chiffre: c } of bilan.annexe) {
      if (c.etat === 'zero') expect(c.valeur).toBe(0);
      else if (c.etat !== 'valeur') expect(c.valeur).toBeNull();
      if (c.mot === 'manquant') expect(c.dette).toMatch(/^attendu/);
    }
    expect(n('manquant')).toBeGreaterThan(0);
    expect(n('à valider')).toBeGreaterThan(0);
    expect(n('sans objet')).toBeGreaterThan(0);
  });

  test('d’une mairie, la situe parmi les autres et ne reprend pas les chiffres de tout le contrat', () => {
    expect(mairie.territoire).toMatchObject({ id: 'mairie-18', contratEntier: false });
    expect(mairie.fiches.flatMap((f) => f.carte?.tuiles.filter((t) => t.ici).map((t) => t.id) ?? [])).toContain('mairie-18');
    expect(mairie.synthese.comptes.preuves).toBeLessThan(bilan.synthese.comptes.preuves);
  });

  test('ne dit pas « aucun enregistrement » d’une ligne qu’un chiffre compte', () => {
    const lignes = bilan.fiches.flatMap((f) => f.actions.flatMap((a) => a.lignes));
    const comptees = lignes.filter((l) => l.preuves === 0 && l.comptePar.length > 0);
    expect(comptees.length).toBeGreaterThan(0);
    for (const l of comptees) expect([l.id, direAppui(l)]).toEqual([l.id, expect.stringMatching(/^compté par \d/)]);
    for (const l of lignes.filter((x) => x.preuves === 0 && x.comptePar.length === 0)) expect(direAppui(l)).toBe('aucun enregistrement');
  });

  test('d’une mairie, ne compte comme manquant rien de ce que personne n’y doit', () => {
    const { etat } = mairie.synthese;
    // What the contract asks of each mairie, or of the acteurs found in each, is owed there; nothing else collected is.
    const estDueIci = (id: string) => {
      const m = catalogue.mesures.get(id);
      return m?.grain.territoires === 'mairie' || m?.aupres.some((a) => catalogue.acteurs.get(a)?.local?.echelle === 'mairie') === true;
    };
    const collectees = mairie.annexe.filter((l) => l.obtention !== 'calculée');
    expect(collectees.filter((l) => estDueIci(l.id)).length).toBeGreaterThan(30);
    for (const l of collectees.filter((x) => estDueIci(x.id))) expect([l.id, l.chiffre.mot]).not.toEqual([l.id, 'non ventilé']);
    for (const l of collectees.filter((x) => !estDueIci(x.id))) expect([l.id, l.chiffre.mot, l.attenduDe]).toEqual([l.id, 'non ventilé', '']);
    // What is computed from such a figure does not exist there either.
    const nonVentilees = mairie.annexe.filter((l) => l.chiffre.mot === 'non ventilé').map((l) => l.id);
    expect(etat).toMatchObject({ nonVentiles: nonVentilees.length, attendus: 285 - nonVentilees.length - etat.sansObjet });
    for (const l of mairie.annexe) if (l.chiffre.etat === 'manquant') expect([l.id, l.obtention === 'calculée' || estDueIci(l.id)]).toEqual([l.id, true]);
    // Nor is it listed among the figures of a fiche.
    const vues = mairie.fiches.flatMap((f) => f.mesures.map((m) => m.id));
    expect(vues.filter((id) => nonVentilees.includes(id))).toEqual([]);
    expect(vues).toHaveLength(285 - nonVentilees.length);
  });

  test('compare une mairie par habitant quand le nombre s’y prête, et dit l’ensemble sinon', () => {
    const toutes = mairie.fiches.flatMap((f) => f.mesures);
    const parHabitant = toutes.filter((m) => m.comparaison.includes('hab.'));
    expect(parHabitant.length).toBeGreaterThan(5);
    for (const m of parHabitant) expect(m.annee.valeur).toBeGreaterThanOrEqual(20);
    expect(bilan.fiches.flatMap((f) => f.mesures).filter((m) => m.comparaison !== '')).toEqual([]);
  });

  test('ne dessine une carte que si les territoires diffèrent', () => {
    const cartes = [...bilan.fiches, ...mairie.fiches].flatMap((f) => f.carte ?? []);
    expect(cartes.length).toBeGreaterThan(10);
    for (const c of cartes) expect(new Set(c.tuiles.map((t) => t.chiffre.valeur)).size).toBeGreaterThan(2);
  });

  test('en CSV, met la valeur et l’état dans deux colonnes', async () => {
    const texte = (await ecrireContenu(bilan, 'csv')).toString();
    expect(texte.startsWith('\ufeffannee;territoire;')).toBe(true);
    const entete = texte.slice(1).split('\r\n')[0]?.split(';') ?? [];
    expect(entete.indexOf('etat')).toBe(entete.indexOf('valeur') + 1);
    for (const l of bilan.annexe)
      if (l.chiffre.etat === 'manquant') expect(texte).toMatch(new RegExp(`;${l.id.replaceAll('.', '\\.')};[^\\r]*;;${l.chiffre.mot};`));
  });

  test('en Excel, a une feuille par fiche, de vrais nombres et les états en mots', async () => {
    const classeur = new exceljs.Workbook();
    await classeur.xlsx.load(Uint8Array.from(await ecrireContenu(bilan, 'xlsx')).buffer);
    expect(classeur.worksheets.map((f) => f.name)).toEqual(['Synthèse', ...bilan.fiches.map((f) => f.numero), 'Annexe', 'Licence']);
    const annexe = classeur.getWorksheet('Annexe');
    const vues = new Map<string, { valeur: unknown; etat: unknown }>();
    annexe?.eachRow((r) => vues.set(String(r.getCell(2).value), { valeur: r.getCell(6).value, etat: r.getCell(7).value }));
    for (const l of bilan.annexe) expect(vues.get(l.id)).toEqual({ valeur: l.chiffre.valeur, etat: l.chiffre.mot });
  });

  test('en Word, a de vrais titres, des lignes d’en-tête et des textes de remplacement', async () => {
    const zip = await JSZip.loadAsync(await ecrireContenu(bilan, 'docx'));
    const xml = (await zip.file('word/document.xml')?.async('string')) ?? '';
    expect(xml.match(/w:val="Heading2"/g)?.length ?? 0).toBeGreaterThanOrEqual(30);
    expect(xml).toContain('<w:tblHeader/>');
    expect(xml).toMatch(/<wp:docPr[^>]*descr="Valeurs par année/);
    for (const m of mesures()) expect(xml).toContain(`>${m.id}<`);
  });

  test('en page web, tient dans un seul fichier', async () => {
    const html = (await ecrireContenu(bilan, 'html')).toString();
    expect(html).not.toMatch(/(?:src|href)="(?:https?:|\/)/);
    expect(html.match(/id="fiche-/g)).toHaveLength(bilan.fiches.filter(parle).length);
    for (const m of mesures()) expect(html).toContain(`>${m.id}<`);
  });

  test('en PDF, se compose en PDF/UA-1 en moins de cinq secondes de calcul', async () => {
    await ecrireContenu(mairie, 'pdf');
    const cout = ouvrirMesure();
    const pdf = await ecrireContenu(bilan, 'pdf');
    expect(cout()).toBeLessThan(5000);
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
    expect(pdf.includes('pdfuaid:part')).toBe(true);
  });

  test('garde pour du texte ce qui ressemble à du code, dans chaque format', async () => {
    const [f] = bilan.fiches;
    if (!f) throw new Error('aucune fiche');
    const piege = HOSTILES.join(' ');
    const c: BilanContenu = {
      ...bilan,
      fiches: [
        {
          ...f,
          titre: piege,
          resume: piege,
          recits: HOSTILES.map((texte, i) => ({ id: String(i), libelle: texte, texte, signature: texte })),
          actions: [{ id: 'x', libelle: piege, type: 'rubrique', lignes: [{ id: 'y', libelle: piege, niveau: 0, preuves: 1, comptePar: [] }] }],
        },
      ],
      annexe: bilan.annexe.slice(0, 5).map((l, i) => ({ ...l, libelle: HOSTILES[i] ?? '', source: HOSTILES[i] ?? '' })),
    };
    expect((await ecrireContenu(c, 'pdf')).subarray(0, 5).toString()).toBe('%PDF-');
    const html = (await ecrireContenu(c, 'html')).toString();
    expect(html).not.toContain('<script>');
    expect(html).toContain('&lt;script&gt;');
    expect((await ecrireContenu(c, 'csv')).toString()).toContain(`'=cmd()|A1`);
    const classeur = new exceljs.Workbook();
    await classeur.xlsx.load(Uint8Array.from(await ecrireContenu(c, 'xlsx')).buffer);
    const types = classeur.worksheets.flatMap((s) =>
      s
        .getSheetValues()
        .flat()
        .filter((v) => typeof v === 'object' && v !== null && 'formula' in v),
    );
    expect(types).toEqual([]);
    const xml = (await (await JSZip.loadAsync(await ecrireContenu(c, 'docx'))).file('word/document.xml')?.async('string')) ?? '';
    expect(xml).not.toContain('<script>');
    expect(xml).not.toContain('\u0007');
  });

  test('protège chaque début de formule d’un tableur et lui seul', () => {
    expect(['=1', '+1', '-1', '@x', '\tx', 'x=1', '1'].map(protegerCellule)).toEqual(["'=1", "'+1", "'-1", "'@x", "'\tx", 'x=1', '1']);
  });
});
