/** Every language says everything that French says, and nothing of it in French. */
import { readFileSync } from 'node:fs';
import { renderToString } from 'react-dom/server';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { INSECABLE } from '../../../ui/typographie.ts';
import { PARIS } from '../../../../tests/support/template.ts';
import { aLHeureDeParis } from '../../../../tests/support/fuseau.ts';
import { lireDossier } from '../../contrats/index.ts';
import type { Circuit } from '../circuits/circuit.schema.ts';
import { DOSSIER, lireCircuits } from '../circuits/circuits.ts';
import { lireLieu } from '../signaler/saisie.rules.ts';
import { CODES_ETATS } from '../circuits/etats.ts';
import { fr } from './fr.ts';
import { EnLangue } from './EnLangue.tsx';
import { chargerLangues, motsATraduire, TRADUCTIONS } from './langues.ts';
import { direJour, FR, type Mots } from './mots.rules.ts';
import { compterMots, DOSSIER_DES_LANGUES } from './traduire.rules.ts';
import { direLesLangues } from '../../contrats/couverture.texte.ts';

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
test('un circuit de plus est un fichier : ce qui n’est pas traduit se lit en français, la page le dit et la couverture le compte', async () => {
  const fichiers = await lireDossier(PARIS);
  const [modele] = lireCircuits(fichiers(DOSSIER)).filter((c) => c.declarants.public);
  if (!modele) throw new Error('Aucun circuit public.');
  const nouveau: Circuit = { ...modele, code: 'rondes', titre: 'Rondes du soir' };
  const avec = new Map([modele, nouveau].map((c) => [c.code, c]));
  const langues = chargerLangues(fichiers(DOSSIER_DES_LANGUES), avec);
  const lu = (code: string) => langues.de('en', code);
  expect([lu('rondes').circuits.get('rondes')?.titre, lu('rondes').parle.entier, lu(modele.code).parle.entier]).toEqual(['Rondes du soir', false, true]);
  expect([lu('rondes').circuits.get('rondes')?.categories[0]?.libelle === modele.categories[0]?.libelle, langues.de('').parle.entier]).toEqual([false, true]);
  const rendu = (code: string) => renderToString(EnLangue({ parle: lu(code).parle, children: '' }));
  expect([rendu('rondes').includes('not translated yet'), rendu(modele.code).includes('not translated yet')]).toEqual([true, false]);
  // A word that no circuit says any more does no harm either.
  const mots = { relu: null, mots: { Rien: 'Nothing' } };
  expect([compterMots(mots, [nouveau]).manquants.includes('Rondes du soir'), compterMots(mots, []).inutiles]).toEqual([true, ['Rien']]);
  // All that the contract says is translated, in each of them.
  const comptes = motsATraduire(fichiers);
  expect([comptes.length, comptes.filter((l) => l.manquants + l.inutiles > 0)]).toEqual([9, []]);
  expect(direLesLangues([])).toEqual([]);
  expect(direLesLangues(comptes).map((t) => t.replaceAll(INSECABLE, ' '))).toEqual(['9 langues du formulaire public : tout est traduit']);
  expect(direLesLangues([{ langue: 'ar', manquants: 5, inutiles: 1 }]).map((t) => t.replaceAll(INSECABLE, ' '))).toEqual([
    '1 langue du formulaire public : 5 mots à traduire (ar 5), 1 traduction sans usage (ar 1)',
  ]);
});
test('le français lie ses numéros et ses heures à leur mot', () => {
  const mots = [...Object.keys(fr).map((cle) => FR[cle as keyof Mots]), ...Object.values(TRADUCTIONS.falc?.mots ?? {})];
  for (const t of mots) expect(t).not.toMatch(/n° | h\b/);
});
test('une heure à venir se refuse comme un jour à venir ; la veille, elle passe', async () => {
  const [circuit] = lireCircuits((await lireDossier(PARIS))(DOSSIER)).filter((c) => c.code === 'tranquillite-publique');
  if (!circuit) throw new Error('Le circuit n’y est pas.');
  const maintenant = new Date('2026-11-30T02:00:00Z');
  const lieux = { feuilles: new Set(['q']), localiser: null, douter: () => null, nomDuContrat: '', racine: 'r', aujourdhui: '2026-11-30', maintenant };
  const dire = (heure: string, jour = '') =>
    aLHeureDeParis(() => {
      const lu = lireLieu(circuit, { adresse: ['1 rue'], territoire: ['q'], heure: [heure], ...(jour ? { jour: [jour] } : {}) }, lieux);
      return lu.ok ? [] : lu.erreurs.map((e) => [e.champ, e.message]);
    })();
  expect([dire('22'), dire('4'), dire('3'), dire('0'), dire('22', '2026-11-29')]).toEqual([
    [['heure', FR.eHeureFutur]],
    [['heure', FR.eHeureFutur]],
    [],
    [],
    [],
  ]);
});
test('un jour s’écrit dans la langue, en chiffres du formulaire', () => {
  const parle = (langue: string) => ({ code: 'x', langue, mots: FR, relu: true, entier: true });
  expect([direJour(parle('fr'), '2026-03-01').replaceAll(INSECABLE, ' '), direJour(parle('en'), '2026-03-01'), direJour(parle('ar'), '2026-03-01')]).toEqual([
    '1er mars 2026',
    'March 1, 2026',
    '1 مارس 2026',
  ]);
});
