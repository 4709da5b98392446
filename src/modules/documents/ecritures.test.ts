/** Names of every script on paper: what is read back from the file is what was typed. */
import { PDFiumLibrary } from '@hyzyla/pdfium';
import JSZip from 'jszip';
import { describe, expect, test } from 'vitest';
import type { DocumentEcrit } from './document.modele.ts';
import { ecrire } from './ecrire.ts';
import { sansPolice } from './typst.ts';

const NOMS: Readonly<Record<string, readonly string[]>> = {
  'latin étendu': ['Łukasz Żółć', 'Zoë Ñandú', 'Şeyma Çağlar', 'Ọlá Ṣẹ́gun'],
  vietnamien: ['Nguyễn Thị Phượng'],
  grec: ['Γεώργιος Παπαδόπουλος'],
  cyrillique: ['Олександра Їжак', 'Сергей Щёголев'],
  arabe: ['محمد العربي', 'فاطمة الزهراء'],
  persan: ['پریسا گلچین'],
  hébreu: ['יוסף כהן'],
  devanagari: ['प्रिया शर्मा'],
  bengali: ['শেখ হাসিনা', 'কাজী নজরুল'],
  tamoul: ['கணியன் பூங்குன்றனார்'],
  thaï: ['สมชาย ใจดี'],
  géorgien: ['შოთა რუსთაველი'],
  arménien: ['Արամ Խաչատրյան'],
  éthiopien: ['ኃይሌ ገብረሥላሴ'],
  chinois: ['北京市 王小明'],
  japonais: ['さくら 東京タワー'],
  coréen: ['김민수'],
  symboles: ['☎ ★ → ✓'],
};
const TOUS = Object.values(NOMS).flat();

const papier = (noms: readonly string[]): DocumentEcrit => ({
  entete: { nom: 'Mairie', lignes: [], logo: null },
  titre: 'Feuille',
  genre: 'Feuille',
  instance: 'Conseil',
  contrat: 'Contrat',
  seance: '',
  motsCles: [],
  date: '2026-12-15',
  projet: false,
  demonstration: false,
  pied: 'Feuille',
  destinataire: [],
  reperes: [],
  blocs: noms.flatMap((n) => [
    { type: 'para' as const, lignes: [n] },
    { type: 'tableau' as const, legende: 'Noms', colonnes: [{ titre: 'Nom', part: 100 }], lignes: [[{ texte: n, fort: true }]] },
  ]),
});
/** By the engine of a browser, which reads what Typst says of letters that are drawn by several glyphs. */
async function lirePdf(pdf: Buffer): Promise<string> {
  const document = await (await PDFiumLibrary.init()).loadDocument(pdf);
  const texte = [...document.pages()].map((p) => p.getText()).join('\n');
  document.destroy();
  return texte;
}
/** A reader may add or lose spaces between the runs of one line, and gives letters of one form. */
const plat = (t: string): string => t.normalize('NFKC').replace(/[\s\u200c\u200d]/gu, '');

describe('Les noms de toutes les écritures', () => {
  test.each(Object.entries(NOMS))('%s : le PDF rend ce qui a été écrit, et reste accessible', async (_, noms) => {
    const pdf = await ecrire(papier(noms), 'pdf');
    expect(pdf.toString('latin1')).toContain('pdfuaid:part');
    const lu = plat(await lirePdf(pdf));
    for (const n of noms) expect(lu.split(plat(n)).length - 1, `${n} dans ${lu}`).toBe(2);
    expect(lu).not.toMatch(/\?|\[U\+|\ufffd/);
    expect(await sansPolice(noms)).toEqual([]);
  });

  test('un document qui les mêle toutes se compose', async () => {
    const lu = plat(await lirePdf(await ecrire(papier(TOUS), 'pdf')));
    for (const n of TOUS) expect(lu, n).toContain(plat(n));
  });

  test('un signe qu’aucune police ne montre est dit avant, avec le texte qui le porte, et imprimé par son code', async () => {
    const noms = ['Anne Lemoine', 'Rue 𓀀 du Nil'];
    expect(await sansPolice({ a: noms })).toEqual([{ caractere: '𓀀', ou: 'Rue 𓀀 du Nil' }]);
    expect(plat(await lirePdf(await ecrire(papier(noms), 'pdf')))).toContain('Rue[U+13000]duNil');
  });

  test('en Word et en page web, chaque nom dit sa langue et son sens', async () => {
    const noms = ['محمد العربي', 'Олександра Їжак', 'さくら 東京タワー'];
    const html = (await ecrire(papier(noms), 'html')).toString();
    expect(html).toContain('<bdi lang="ar" dir="rtl">محمد العربي</bdi>');
    expect(html).toContain('<bdi lang="uk">Олександра Їжак</bdi>');
    const zip = await JSZip.loadAsync(await ecrire(papier(noms), 'docx'));
    const xml = (await zip.file('word/document.xml')?.async('string')) ?? '';
    expect(xml).toMatch(/<w:pPr>(?:(?!<\/w:pPr>).)*<w:bidi\/>/);
    expect(xml).toMatch(/<w:rtl\/>(?:(?!<\/w:rPr>).)*<w:lang[^>]*w:bidi="ar"/);
    expect(xml).toContain('w:eastAsia="ja"');
    expect(xml).toContain('w:val="uk"');
  });
});
