/** Words of a search: how they are compared, marked, counted; acronyms unfolded; a file of words that names what does not exist. */
import { expect, test } from 'vitest';
import { lireContrat } from '../contrats.files.ts';
import { verifierReferences } from '../references.rules.ts';
import { deplier } from '../sigles/sigles.rules.ts';
import { motsComptables } from './manques.rules.ts';
import { normaliser, presque, racine, reperer } from './mots.rules.ts';
import { motsDuContratSchema, SANS_MOTS } from './recherche.schema.ts';

test('accents, capitales, pluriels, tirets et virgules ne changent pas un mot', () => {
  for (const [a, b] of [
    ['Château-Rouge', 'chateau rouge'],
    ['L’ŒUVRE', 'l oeuvre'],
    ['fiche n°1,6', 'fiche n 1.6'],
    ['F.1.6', 'f 1.6'],
    ['1.6-10b.', '1.6 10b'],
  ] as const)
    expect(normaliser(a)).toBe(b);
  for (const [a, b] of [
    ['victimes', 'victime'],
    ['sexistes', 'sexiste'],
    ['rixes', 'rixe'],
    ['travaux', 'travau'],
  ] as const)
    expect(racine(a)).toBe(racine(b));
  for (const [a, b, oui] of [
    ['harcelemnt', 'harcelement', true],
    ['prostitutoin', 'prostitution', true],
    ['tapge', 'tapage', true],
    ['camera', 'campagne', false],
    ['deal', 'reel', false],
  ] as const)
    expect([a, b, presque(a, b)]).toEqual([a, b, oui]);
});

test('les mots cherchés sont repérés là où ils commencent un mot, et le texte reste entier', () => {
  const texte = 'Concilier la fête et le bruit : Bruitparif, les bruits et l’ébruitement.';
  const morceaux = reperer(texte, ['bruit']);
  expect(morceaux.map((m) => m.texte).join('')).toBe(texte);
  expect(morceaux.filter((m) => m.dit).map((m) => m.texte)).toEqual(['bruit', 'Bruitparif', 'bruits']);
});

test('d’une recherche qui peut nommer quelqu’un, aucun mot ne se compte', () => {
  expect(motsComptables('trottinettes abandonnées')).toEqual(['trottinettes', 'abandonnees']);
  expect(motsComptables('Licornes')).toEqual(['licornes']);
  for (const q of [
    'Jean Dupont',
    'dupont Jean',
    'mme dupont',
    'M. dupont',
    'le docteur dupont',
    'dupont@exemple.fr',
    'dupont 0612345678',
    'monsieur dupont',
    '12 rue des lilas',
    '',
  ])
    expect([q, motsComptables(q)]).toEqual([q, []]);
  expect(motsComptables('un deux trois quatre cinq six sept huit neuf dix')).toEqual([]);
});

test('un sigle se déplie une fois, dans le texte seul', () => {
  const sigles = new Map([
    ['PP', { sens: 'Préfecture de "Police" & co', ailleurs: [] }],
    ['CAF', { sens: 'Caisse', ailleurs: [{ sens: 'Centre', fiches: ['3.13'] }] }],
  ]);
  expect(deplier('<p title="la PP">La PP et la PP, PPE, PP-1, 1.PP</p>', sigles)).toBe(
    '<p title="la PP">La <abbr title="Préfecture de &quot;Police&quot; &amp; co">PP</abbr> et la PP, PPE, PP-1, 1.PP</p>',
  );
  expect(deplier('<p>CAF</p>', sigles)).toBe('<p><abbr title="Caisse (fiche 3.13 : Centre)">CAF</abbr></p>');
  for (const tel of ['<textarea>PP</textarea>', '<select><option>PP</option></select>', '<script>PP</script>', '<abbr title="x">PP</abbr>', '<code>PP</code>'])
    expect(deplier(tel, sigles)).toBe(tel);
  expect(deplier('<select><option>PP</option></select> PP', sigles)).toContain('</select> <abbr');
});

test('un fichier de mots qui nomme ce qui n’existe pas est refusé à cet endroit', async () => {
  const lu = await lireContrat('contrats/paris-2023-2026');
  const [glossaire, ...autres] = lu.glossaire;
  const fautes = verifierReferences({
    ...lu,
    glossaire: glossaire ? [{ ...glossaire, acteur: 'PERSONNE', ailleurs: [{ sens: 'Autre', fiches: ['9.9'] }] }, glossaire, ...autres] : [],
    recherche: {
      ...SANS_MOTS,
      reponses: [{ phrases: ['bruit'], vers: ['fiche 9.9', 'acteur PM'] }],
      lieux: [{ noms: ['Ailleurs'], territoires: ['lune'] }],
    },
  });
  for (const dit of [
    'reponses[0], vers : « fiche 9.9 »',
    'lieux[0], territoires : territoire « lune »',
    'acteur « PERSONNE » inconnu',
    'fiche « 9.9 » inconnue',
    'sert deux fois',
  ])
    expect([dit, fautes.some((f) => f.includes(dit))]).toEqual([dit, true]);
  expect(fautes.length).toBe(5);
  for (const faux of [
    { appels: [{ id: 'x', titre: 'Aide', phrases: [], liens: [] }] },
    { lieux: [{ noms: ['a!'], territoires: ['x'] }] },
    { reponses: [{ phrases: ['bruit'], vers: ['3.6'] }] },
    { inconnu: 1 },
  ])
    expect(motsDuContratSchema.safeParse(faux).success).toBe(false);
  // Another contract may have none.
  expect((await lireContrat('tests/support/contrat-fictif/valbourg-2025-2028')).recherche).toEqual(SANS_MOTS);
});
