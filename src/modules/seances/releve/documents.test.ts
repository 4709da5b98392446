import JSZip from 'jszip';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { convocationContenu, pointEcrit, releveContenu, releveRiche, SIGNES } from './documents.fixtures.ts';
import { axe, ouvrirNavigateur } from '../../../../tests/support/browser.ts';
import { aLHeureDeParis } from '../../../../tests/support/fuseau.ts';
import * as ecrire from './ecrire.ts';
import { FORMATS, type GenreDocument, GENRES, type ReleveContenu } from './releve.modele.ts';
import { typo } from '../../documents/index.ts';

const [ecrireConvocation, ecrireDocument, ecrireEmargement] = [
  aLHeureDeParis(ecrire.ecrireConvocation),
  aLHeureDeParis(ecrire.ecrireDocument),
  aLHeureDeParis(ecrire.ecrireEmargement),
];
const genres = Object.keys(GENRES) as GenreDocument[];
const riche = releveRiche();
const libelles = (c: ReleveContenu): string[] => [...c.points.flatMap((p) => p.decisions), ...c.decisions].map((d) => typo(d.libelle));

/** Words of a Word document, and its parts. */
async function lireDocx(octets: Buffer) {
  const zip = await JSZip.loadAsync(octets);
  const lire = async (nom: string) => (await zip.file(nom)?.async('string')) ?? '';
  const xml = await lire('word/document.xml');
  const pieds = await Promise.all(
    Object.keys(zip.files)
      .filter((f) => /^word\/(footer|header)\d+\.xml$/.test(f))
      .map(lire),
  );
  const decoder = (t: string) => t.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&apos;', "'").replaceAll('&amp;', '&');
  const mots = (t: string) =>
    decoder([...t.matchAll(/<w:p[ >].*?<\/w:p>/gs)].map((p) => [...p[0].matchAll(/<w:t(?: [^>]*)?>([^<]*)<\/w:t>/g)].map((m) => m[1]).join('')).join('\n'));
  return { xml, texte: mots(xml), pieds: pieds.map(mots), styles: await lire('word/styles.xml'), proprietes: await lire('docProps/core.xml') };
}
const nombreDePages = (pdf: Buffer): number => Number(/\/Type\s*\/Pages[^>]*?\/Count (\d+)/.exec(pdf.toString('latin1'))?.[1] ?? 0);

describe('Les documents d’une séance', () => {
  let navigateur: Browser;
  beforeAll(async () => {
    navigateur = await ouvrirNavigateur();
  });
  afterAll(() => navigateur?.close());

  test.each(genres)('un %s en PDF est accessible : PDF/UA-1, langue, titre, signets', async (genre) => {
    const pdf = await ecrireDocument(riche, genre, 'pdf');
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
    const brut = pdf.toString('utf8');
    expect(brut).toMatch(/<pdfuaid:part>1</);
    expect(brut).toMatch(/<dc:language>.*fr/);
    expect(brut).toContain(`${GENRES[genre]}, Conseil local de sécurité, 15`);
    expect(brut).toContain('/Outlines');
  });

  test('un long compte rendu coule sur plusieurs pages, un relevé tient en une', async () => {
    expect(nombreDePages(await ecrireDocument(riche, 'compte-rendu', 'pdf'))).toBeGreaterThan(8);
    expect(nombreDePages(await ecrireDocument(releveContenu(), 'releve', 'pdf'))).toBe(1);
  });

  test('le même contenu donne le même PDF', async () => {
    const [a, b] = [await ecrireDocument(releveContenu(), 'releve', 'pdf'), await ecrireDocument(releveContenu(), 'releve', 'pdf')];
    expect(a.equals(b)).toBe(true);
  });

  test.each(genres)('le même contenu donne le même %s en Word, octet pour octet, quelle que soit l’heure', async (genre) => {
    vi.useFakeTimers({ toFake: ['Date'], now: new Date('2027-03-01T08:00:00Z') });
    try {
      const un = await ecrireDocument(riche, genre, 'docx');
      vi.setSystemTime(new Date('2031-09-12T17:45:09Z'));
      expect((await ecrireDocument(riche, genre, 'docx')).equals(un)).toBe(true);
    } finally {
      vi.useRealTimers();
    }
  });

  test.each(genres)('un %s en Word a de vrais styles, dit chaque décision et que les données sont fictives', async (genre) => {
    const d = await lireDocx(await ecrireDocument(riche, genre, 'docx'));
    const styles = new Set([...d.styles.matchAll(/w:styleId="([^"]+)"/g)].map((m) => m[1]));
    const cites = [...d.xml.matchAll(/<w:pStyle w:val="([^"]+)"/g)].map((m) => m[1] ?? '');
    expect(cites).toEqual(expect.arrayContaining(['Title', 'Heading1']));
    expect([...new Set(cites)].filter((s) => !styles.has(s))).toEqual([]);
    for (const l of libelles(riche)) expect(d.texte).toContain(l);
    expect(d.pieds.join()).toContain('Données fictives');
    expect(d.styles).toContain('w:val="fr-FR"');
    expect(d.proprietes).toContain(`${GENRES[genre]}, Conseil local de sécurité`);
    expect(d.xml.match(/<w:tbl>/g)).toHaveLength(d.xml.match(/<w:tblHeader\/>/g)?.length ?? 0);
  });

  test('en Word, le fichier est un XML bien formé malgré ce que les gens ont tapé', async () => {
    const { xml, texte } = await lireDocx(await ecrireDocument(riche, 'compte-rendu', 'docx'));
    const page = await navigateur.newPage();
    const fautes = await page.evaluate((t) => new DOMParser().parseFromString(t, 'text/xml').querySelectorAll('parsererror').length, xml);
    await page.close();
    expect(fautes).toBe(0);
    expect(texte).toContain(typo(SIGNES));
  });

  test('un compte rendu dit aussi qui était là, ce qui était sous les yeux, les votes, les points reportés ; un relevé non', async () => {
    const complet = (await lireDocx(await ecrireDocument(riche, 'compte-rendu', 'docx'))).texte;
    const court = (await lireDocx(await ecrireDocument(riche, 'releve', 'docx'))).texte;
    for (const t of [
      'Présents (2)',
      'Représenté (1)',
      'Hugo Petit',
      'Excusé (1)',
      'Absent (1)',
      'manquant, attendu de Rectorat',
      'Points reportés',
      'puce 198',
    ])
      expect(complet).toContain(t);
    for (const t of ['Points reportés', 'manquant, attendu', 'puce 198', 'Excusé (1)']) expect(court).not.toContain(t);
    for (const t of [complet, court])
      for (const mot of ['Fermer le square la nuit', 'Adopté', 'Mardi 16\u00a0mars 2027', 'Maire de Valbourg (Anne Lemoine)']) expect(t).toContain(mot);
  });

  test('un document qui n’est pas arrêté se dit projet sur chaque page, un rectificatif donne son motif', async () => {
    const projet = releveContenu({ numero: null });
    const word = await lireDocx(await ecrireDocument(projet, 'releve', 'docx'));
    expect(word.pieds.join('\n')).toMatch(/^Projet$/m);
    expect(word.texte).toContain('n’est pas arrêté');
    expect((await ecrireDocument(projet, 'releve', 'html')).toString()).toContain('<p class="c-doc__projet">Projet</p>');
    const arrete = (await ecrireDocument(releveContenu({ rectificatif: 1, motif: 'une date était fausse' }), 'releve', 'html')).toString();
    expect(arrete).not.toContain('c-doc__projet">');
    expect(arrete).toContain('Rectificatif n°\u00a01, qui remplace la version précédente. Motif\u202f: une date était fausse.');
    expect(arrete).toContain('CLS/2026/3');
  });

  test('une séance vide s’écrit dans tous les formats et dit pourquoi rien n’y est', async () => {
    const vide = releveContenu({ participants: [], points: [], approbations: [], prochaine: null });
    for (const genre of genres) for (const format of FORMATS) expect((await ecrireDocument(vide, genre, format)).length).toBeGreaterThan(1000);
    const { texte } = await lireDocx(await ecrireDocument(vide, 'compte-rendu', 'docx'));
    for (const t of ['Aucune décision', 'Aucun participant', 'Aucun point', 'n’est pas fixée', 'Aucune approbation']) expect(texte).toContain(t);
  });

  test('un contenu expurgé s’écrit sans colonne de noms', async () => {
    const { expurger } = await import('./contenu.rules.ts');
    const c = expurger(releveContenu({ points: [pointEcrit({ notes: 'Appeler Mme Zoé Blanc.' })] }), ['Mme Zoé Blanc']);
    const { texte } = await lireDocx(await ecrireDocument(c, 'compte-rendu', 'docx'));
    for (const nom of ['Durand', 'Lemoine', 'Hugo', 'Zoé']) expect(texte).not.toContain(nom);
    expect(texte).toContain('[passage retiré]');
    expect(texte).not.toMatch(/^Nom$/m);
  });

  test.each(genres)('un %s en page web tient dans un seul fichier et passe axe', async (genre) => {
    const html = (await ecrireDocument(riche, genre, 'html')).toString();
    expect(html).not.toMatch(/(?:src|href)="/);
    expect(html).not.toContain('<script');
    const contexte = await navigateur.newContext({ viewport: { width: 320, height: 800 } });
    const page = await contexte.newPage();
    await page.setContent(html);
    expect(await axe(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
    const texte = await page.evaluate(() => document.body.textContent ?? '');
    await contexte.close();
    for (const l of libelles(riche)) expect(texte).toContain(l.replace('\u0007', ''));
  });

  test('la feuille d’émargement a une ligne par participant, et des lignes libres', async () => {
    const d = await lireDocx(await ecrireEmargement(releveContenu(), 'docx'));
    expect(d.xml.match(/<w:tr>|<w:tr /g)).toHaveLength(1 + 5 + 4);
    for (const t of ['Signature', 'Valbourg Habitat', 'Paul Royer', 'Rectrice']) expect(d.texte).toContain(t);
    expect(d.texte).not.toContain('absent');
    expect((await ecrireEmargement(riche, 'pdf')).includes('pdfuaid:part')).toBe(true);
  });

  test('la convocation dit à qui, quand, où, sur quoi et combien de temps', async () => {
    const { texte } = await lireDocx(await ecrireConvocation(convocationContenu(), 'docx'));
    for (const t of [
      'Claire Durand',
      'Mardi 15\u00a0décembre 2026, de 10\u00a0h à 12\u00a0h',
      'salle des mariages',
      'Éclairage du square',
      '1\u00a0h\u00a005',
      '1\u00a0h\u00a015',
      'Bilan provisoire',
    ])
      expect(texte).toContain(t);
    expect((await ecrireConvocation(convocationContenu({ points: [], documents: [], lien: '', mot: SIGNES }), 'pdf')).includes('pdfuaid:part')).toBe(true);
  });
});
