import { readFileSync } from 'node:fs';
import { cp, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { HOUSE } from '../src/modules.ts';
import { servedOf } from '../src/core/house.ts';
import { couvrir } from '../src/modules/contrats/couverture.rules.ts';
import { chargerContrat, rechercher } from '../src/modules/contrats/index.ts';
import { type AppDeTest, ouvrirApp } from './support/app.ts';
import { partage, siPartage } from './support/partage.ts';
import { PARIS, VALBOURG } from './support/template.ts';

describe('Le contrat en données', () => {
  let app: AppDeTest;
  beforeAll(async () => {
    app = await ouvrirApp();
  });
  afterAll(() => app.close());

  test('il est complet', () => {
    const c = app.catalogue;
    const fiches = [...c.fiches.values()];
    expect(c.contrat.signataires).toHaveLength(5);
    expect(c.axes).toHaveLength(3);
    expect(fiches.flatMap((f) => f.objectifs)).toHaveLength(121);
    expect(fiches.flatMap((f) => f.actions).filter((a) => a.type === 'rubrique')).toHaveLength(93);
    expect(c.acteurs.size).toBe(278);
    expect(c.territoiresDeType('mairie')).toHaveLength(17);
    expect(c.territoiresDeType('arrondissement')).toHaveLength(20);
    expect(c.territoiresDeType('quartier')).toHaveLength(80);
    expect(c.enfants('mairie-centre').map((t) => t.id)).toEqual(['75101', '75102', '75103', '75104']);
    expect(c.fiches.get('2.2')?.pilotes).toEqual([]);
    expect(c.fiches.get('2.2')?.note).toContain('aucun pilote');
  });
  test('la couverture est dérivée, et rien n’est sans réponse', async () => {
    const c = couvrir(app.catalogue, HOUSE, await servedOf(HOUSE, app.base.owner, app.contratId));
    expect(c).toMatchObject({ fiches: 30, lignes: 482, indicateurs: 204, mesures: { total: 285 }, systemes: { total: 477, nonServis: 0 } });
    expect(c.mesures.calcul + c.mesures.collecte + c.mesures.narratif + c.mesures.enquete).toBe(285);
  });
  test('chaque dispositif de gouvernance a son type d’instance, et chaque type son dispositif', () => {
    const c = app.catalogue;
    const gouvernance = [...c.systemes.values()].filter((s) => s.archetype === 'GOUV');
    expect(gouvernance).toHaveLength(52);
    // What a system asks of a body, it asks of its own.
    const demandes = gouvernance.map((s) => [s.id, ...new Set((s.exige ?? []).flatMap((e) => c.typesInstance.get(e.instance ?? '')?.systeme ?? []))]);
    expect(demandes).toEqual(gouvernance.map((s) => [s.id, s.id]));
    const types = [...c.typesInstance.values()];
    // A time between sessions is stated only where the contract or the law fixes it.
    expect(types.filter((t) => t.cadence.mois !== undefined).map((t) => [t.id, t.cadence.mois, t.cadence.source])).toEqual([
      ['conseil-parisien', 12, 'contrat'],
      ['cspda', 12, 'loi'],
      ['plenieres-arrondissement', 12, 'contrat'],
      ['gpo', 1, 'contrat'],
    ]);
    // Someone keeps each secretariat; nominative cells are only named.
    expect(types.filter((t) => !t.composition.some((s) => s.qualite === 'secretaire')).map((t) => t.id)).toEqual([]);
    expect(types.filter((t) => t.systeme.startsWith('CELL-') && t.confidentialite !== 'nommee').map((t) => t.id)).toEqual([]);
    expect(c.mesures.get('1.3-01')).toMatchObject({ obtention: 'calcul', prevu: null });
    expect([...c.mesures.values()].filter((m) => m.prevu?.module === 'instances')).toEqual([]);
  });
  test('recharger ne change rien ; une ligne modifiée fait une version, et rien d’autre', async () => {
    expect(await chargerContrat(app.base.owner, PARIS)).toMatchObject({ versions: 0, retires: 0 });
    const dossier = join(await mkdtemp(join(tmpdir(), 'concorde-contrat-')), 'valbourg-2025-2028');
    await cp(VALBOURG, dossier, { recursive: true });
    expect(await chargerContrat(app.base.owner, dossier)).toMatchObject({ versions: 0, retires: 0 });
    const fiche = join(dossier, 'fiches/1.1.yaml');
    await writeFile(fiche, (await readFile(fiche, 'utf8')).replace('Une session par quartier', 'Deux sessions par quartier'));
    expect(await chargerContrat(app.base.owner, dossier)).toMatchObject({ versions: 1, retires: 0 });
    await writeFile(fiche, (await readFile(fiche, 'utf8')).replace('unite: sessions, ', ''));
    await expect(chargerContrat(app.base.owner, dossier)).rejects.toThrow(/fiches\/1\.1\.yaml, indicateurs\[0\]\.mesures\[0\]\.unite/);
    await writeFile(fiche, (await readFile(fiche, 'utf8')).replace('pilotes: [MAIRIE]', 'pilotes: [PERSONNE]'));
    await expect(chargerContrat(app.base.owner, dossier)).rejects.toThrow();
  });
  test('la recherche pardonne accents et fautes de frappe', async () => {
    const premier = async (q: string) =>
      (await rechercher(app.db, app.contratId, q, { parPage: 5, page: 1, genre: null })).lignes.map((l) => `${l.genre} ${l.id}`);
    expect(await premier('1.6')).toContain('fiche 1.6');
    expect((await premier('harcelement')).length).toBeGreaterThan(0);
    expect((await premier('fomation')).length).toBeGreaterThan(0);
    expect(await premier('cenomed')).toContain('terme CENOMED');
    expect(await premier("'); drop zzzqq x; --")).toEqual([]);
  });

  test('une mesure a partout son nom court ; les mots du contrat restent sur sa preuve, et se cherchent', async () => {
    const plat = (t: string) => t.replaceAll(/[\u00a0\u202f]/g, ' ').replaceAll('&#x27;', '’');
    const page = async (url: string) => plat((await app.get(url)).body);
    const mesures = [...app.catalogue.mesures.values()];
    for (const m of mesures.filter((_, i) => i % 40 === 7)) {
      const preuve = await page(`/chiffres/${m.id}`);
      expect([m.id, /<h1[^>]*>([^<]*)</.exec(preuve)?.[1]]).toEqual([m.id, plat(m.court)]);
      expect(preuve).toContain(plat(m.libelle));
      for (const q of [m.court, m.libelle]) {
        const trouves = await rechercher(app.db, app.contratId, q, { parPage: 10, page: 1, genre: 'mesure' });
        expect([q, trouves.lignes.map((l) => l.id)]).toEqual([q, expect.arrayContaining([m.id])]);
      }
    }
    // Indicators keep their own words: a fiche lists them, so only pages without indicators are read here.
    for (const url of ['/', '/barometre', '/barometre.csv', '/acteurs/DSPAP', '/bilan/2025/paris/fiches/2.2']) {
      const lue = await page(url);
      expect([url, mesures.filter((m) => m.libelle.length > 30 && !m.court.includes(m.libelle) && lue.includes(plat(m.libelle))).map((m) => m.id)]).toEqual([
        url,
        [],
      ]);
      // Without any figure yet, only what lists all measures names some.
      if (['/barometre.csv', '/acteurs/DSPAP'].includes(url)) expect([url, mesures.some((m) => lue.includes(plat(m.court)))]).toEqual([url, true]);
    }
  });

  siPartage('Nos mots', () => {
    test('aucun libellé ne reprend douze mots de suite du texte signé', () => {
      const mots = (t: string): string[] => t.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
      const texte = ` ${mots(readFileSync(partage('contrat/contrat.txt') ?? '', 'utf8')).join(' ')} `;
      const libelles = [...app.catalogue.fiches.values()].flatMap((f) => [
        f.resume,
        f.public,
        ...f.objectifs.map((o) => o.libelle),
        ...f.actions.map((a) => a.libelle),
        ...f.lignes.map((l) => l.libelle),
      ]);
      // Names of bodies are facts; what is said of them is ours.
      for (const t of app.catalogue.typesInstance.values())
        libelles.push(t.objet, t.cadence.texte, ...[...t.presidence, ...t.composition].map((s) => s.fonction));
      expect(libelles.length).toBeGreaterThan(1200);
      const repris = libelles.filter((l) => {
        const m = mots(l);
        return m.some((_, i) => i + 12 <= m.length && texte.includes(` ${m.slice(i, i + 12).join(' ')} `));
      });
      expect(repris).toEqual([]);
    });
  });
});
