/**
 * What modules say that they serve has a scenario in the tree; the titles below are what the gate reads in the report of the
 * run (scripts/preuves.mjs), to require that each scenario passed.
 */
import { describe, expect, test } from 'vitest';
import { capacitesPromises, scenariosManquants } from '../../scripts/preuves.mjs';
import { CAPACITES, listPreuves } from '../../src/core/capacites.ts';
import { lireContrat } from '../../src/modules/contrats/contrats.files.ts';
import { HOUSE } from '../../src/modules.ts';
import { PARIS } from '../support/template.ts';
import { fichiers, lire } from './sources.ts';

const promises = listPreuves(HOUSE.sert);
const { systemes } = await lireContrat(PARIS);
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
