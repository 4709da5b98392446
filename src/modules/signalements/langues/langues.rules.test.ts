/** Every language says everything that French says, and nothing of it in French. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { INSECABLE } from '../../../ui/typographie.ts';
import { CODES_ETATS } from '../circuits/etats.ts';
import { fr } from './fr.ts';
import { TRADUCTIONS } from './langues.ts';
import { direJour, FR, type Mots } from './mots.rules.ts';
import { verifierLangue } from './traduire.rules.ts';

const trous = (t: string): string[] => [...t.matchAll(/\{\w+\}/g)].map(String).sort();
const cles = Object.keys(FR) as (keyof Mots)[];
/** Words that are the same in several languages. */
const PAREILS = new Set(['non', 'attention', 'message', 'photos', 'texte', 'service', 'code', 'rien', 'note3', 'lePoint']);

describe.each(Object.entries(TRADUCTIONS))('%s', (code, t) => {
  test('a chaque mot, avec les mêmes trous, et n’est pas du français', () => {
    expect(Object.keys(t.mots).sort()).toEqual([...cles].sort());
    for (const cle of cles) {
      expect(trous(t.mots[cle]), cle).toEqual(trous(FR[cle]));
      if (code !== 'falc' && !PAREILS.has(cle) && /[a-zé]{4}/i.test(FR[cle].replaceAll(/\{\w+\}/g, ''))) expect(t.mots[cle], cle).not.toBe(FR[cle]);
    }
  });
  test('dit qu’elle est à relire tant que personne ne l’a relue, dans la langue et dans le contrat', () => {
    expect(t.mots.aRelire.length).toBeGreaterThan(10);
    const contrat = parse(readFileSync(`contrats/paris-2023-2026/langues/${code}.yaml`, 'utf8')) as { relu: string | null; mots: Record<string, string> };
    expect([t.relu, contrat.relu]).toEqual([null, null]);
    if (code !== 'falc') for (const [f, x] of Object.entries(contrat.mots)) if (/[éèêàçù’]/.test(f)) expect(x).not.toBe(f);
  });
});

test('les états se disent en français d’un seul endroit', () => {
  expect(Object.keys(fr).filter((k) => k.includes('.'))).toEqual([]);
  expect(CODES_ETATS.every((e) => FR[`${e}.l`] !== '' && FR[`${e}.d`] !== '')).toBe(true);
});
test('un mot d’un circuit sans traduction, ou une traduction de rien, se dit', () => {
  expect(verifierLangue('xx', { relu: null, mots: { Rien: 'Nothing' } }, [], ['en'])).toEqual([
    'langue inconnue (connues : en)',
    'mots : aucun circuit ouvert à tous ne dit « Rien »',
  ]);
});
test('un jour s’écrit dans la langue, en chiffres du formulaire', () => {
  const parle = (langue: string) => ({ code: 'x', langue, mots: FR, relu: true });
  expect([direJour(parle('fr'), '2026-03-01').replaceAll(INSECABLE, ' '), direJour(parle('en'), '2026-03-01'), direJour(parle('ar'), '2026-03-01')]).toEqual([
    '1er mars 2026',
    'March 1, 2026',
    '1 مارس 2026',
  ]);
});
