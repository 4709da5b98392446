/**
 * What modules say that they serve has a scenario in the tree; the titles below are what the gate reads in the report of the
 * run (scripts/preuves.mjs), to require that each scenario passed.
 */
import { describe, expect, test } from 'vitest';
import { capacitesPromises, scenariosManquants } from '../../scripts/preuves.mjs';
import { CAPACITES, listPreuves } from '../../src/core/capacites.ts';
import { listVoies, type MesuresQuiArrivent } from '../../src/core/voies.ts';
import { buildCatalogue } from '../../src/modules/contrats/catalogue.ts';
import { direVoies, sansVoie, voiesDesMesures } from '../../src/modules/contrats/voies.rules.ts';
import { lireContrat } from '../../src/modules/contrats/contrats.files.ts';
import { HOUSE } from '../../src/modules.ts';
import { PARIS } from '../support/template.ts';
import { fichiers, lire } from './sources.ts';

const promises = listPreuves(HOUSE.sert);
const lu = await lireContrat(PARIS);
const { systemes } = lu;
const { mesures } = buildCatalogue(1, lu, new Map(), []);
const essais = ['src', 'tests'].flatMap(fichiers).filter((f) => /\.test\.tsx?$/.test(f));
/** A title written in full, or of a generated scenario: `${s.id}, enregistrement : …`. */
const titres = essais.flatMap((f) => [...lire(f).matchAll(/\btest\(\s*(['`])(.*?)\1/gs)].map((m) => m[2] ?? ''));
const aSonScenario = (scenario: string, capacite: string) =>
  titres.some(
    (t) =>
      capacitesPromises(t.replace(/^\$\{[^}]+\}/, scenario))?.scenario === scenario &&
      capacitesPromises(t.replace(/^\$\{[^}]+\}/, scenario))?.capacites.includes(capacite),
  );

describe('Les capacités servies', () => {
  for (const { module, capacite, scenario } of promises)
    test(`« ${capacite} », servie par ${module}, est montrée par ${scenario}`, () => {
      expect(systemes.some((s) => s.id === scenario)).toBe(true);
      expect([scenario, capacite, aSonScenario(scenario, capacite)]).toEqual([scenario, capacite, true]);
    });

  test('chacune est celle du module qui l’annonce, et chacune est demandée par un dispositif', () => {
    const autres = promises.filter((p) => p.capacite !== 'enregistrement' && CAPACITES[p.capacite as keyof typeof CAPACITES].module !== p.module);
    expect(autres).toEqual([]);
    const demandees = new Set(['enregistrement', ...systemes.flatMap((s) => (s.exige ?? []).flatMap((e) => e.capacites ?? []))]);
    expect(Object.keys(CAPACITES).filter((c) => !demandees.has(c))).toEqual([]);
  });
});

describe('Les voies par où un chiffre arrive', () => {
  for (const { module, code, scenario, ouverte } of listVoies(HOUSE.voies))
    test(`« voie-${code} », servie par ${module}, est montrée par ${scenario}`, () => {
      const mesure = mesures.get(scenario);
      expect([scenario, mesure !== undefined && ouverte(mesure, mesures)]).toEqual([scenario, true]);
      expect([scenario, code, aSonScenario(scenario, `voie-${code}`)]).toEqual([scenario, code, true]);
    });

  test('chaque mesure du contrat en a une au moins', () => {
    const voies = voiesDesMesures(mesures, HOUSE.voies);
    expect([Object.keys(voies).length, sansVoie(voies)]).toEqual([285, []]);
    expect(direVoies(voies)).toMatch(/^285 mesures sur 285 ont une voie par où arriver \(compté depuis les enregistrements \d+, /);
  });

  test('sans module qui les prenne, elles n’en ont aucune, et c’est dit ; deux modules qui ouvrent la même n’en font qu’une', () => {
    const mesure = (id: string, aupres: string[]) => [id, { id, obtention: 'collecte', nature: 'compte', aupres, calcul: undefined }] as const;
    const deux: MesuresQuiArrivent = new Map([mesure('1.1-01', ['PP']), mesure('1.1-02', [])]);
    expect(sansVoie(voiesDesMesures(deux, []))).toEqual(['1.1-01', '1.1-02']);
    const voies = voiesDesMesures(deux, [...HOUSE.voies, ...HOUSE.voies]);
    expect([voies['1.1-01']?.filter((v) => v === 'formulaire'), voies['1.1-02']]).toEqual([['formulaire'], []]);
    expect(direVoies(voies)).toMatch(/^1 mesures? sur 2 .* ; aucune pour 1\.1-02$/);
  });
});

describe('La porte', () => {
  const essai = (title: string, status = 'passed') => ({ title, status });
  const promis = essai('« vote », servie par instances, est montrée par GOUV-03');
  const rapport = (...assertionResults: { title: string; status: string }[]) => ({ testResults: [{ assertionResults }] });

  test('exige que le scénario de chaque capacité annoncée ait réussi dans l’exécution même', () => {
    expect(scenariosManquants(rapport(promis, essai('GOUV-03, vote : les votes se notent')))).toEqual([]);
    expect(scenariosManquants(rapport(promis, essai('GOUV-03, releve, vote : tout se note')))).toEqual([]);
    for (const autre of [
      essai('GOUV-03, vote : les votes se notent', 'skipped'),
      essai('GOUV-03, vote : les votes se notent', 'failed'),
      essai('GOUV-03 : les votes se notent'),
      essai('GOUV-01, vote : les votes se notent'),
      essai('les votes de GOUV-03, vote : se notent'),
    ])
      expect(scenariosManquants(rapport(promis, autre))).toEqual(['« vote », servie par instances : aucun scénario « GOUV-03, vote : … » n’a réussi']);
  });
  test('ne demande rien à une exécution qui n’annonce rien', () => {
    expect(scenariosManquants(rapport(essai('autre chose')))).toEqual([]);
  });
});
