import fc from 'fast-check';
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, test } from 'vitest';
import type { Catalogue } from '../../contrats/index.ts';
import type { Enquete } from '../definition/definition.schema.ts';
import { ResultatsPage } from '../pages/ResultatsPage.tsx';
import type { Vague } from '../vagues/vagues.queries.ts';
import { csvDeVague } from './csv.ts';
import { depouiller, type LigneDeCompte } from './resultats.rules.ts';

/** What is published is read by somebody who tries every table that could have given it. */
const dit = (fr: string) => ({ fr, en: fr });
const SEUIL = 5;
const POIDS = [0.1141, 0.3045, 0.5814];
const QUESTIONS = {
  choix: { type: 'choix', options: ['0', '1'].map((code) => ({ code, libelle: dit(code) })) },
  echelle: { type: 'echelle', de: 0, a: 1, extremes: { bas: dit('non'), haut: dit('oui') } },
} as const;
type Genre = keyof typeof QUESTIONS;

function enquete(genre: Genre, strates: number): Enquete {
  const codes = POIDS.slice(0, strates).map((_, i) => `s${i}`);
  const total = POIDS.slice(0, strates).reduce((t, p) => t + p, 0);
  const base = { aide: undefined, obligatoire: true, si: undefined };
  return {
    code: 'essai',
    titre: dit('Essai'),
    objet: dit('Essai'),
    demandeurs: ['VILLE'],
    langues: ['fr'],
    echantillon: dit('Tout le monde'),
    seuil: SEUIL,
    seuil_strate: SEUIL,
    strates: { question: 'ou', source: 'Insee', parts: Object.fromEntries(codes.map((c, i) => [c, (POIDS[i] ?? 0) / total])) },
    sections: [
      {
        titre: dit('Tout'),
        questions: [
          { ...base, code: 'ou', libelle: dit('Où'), type: 'choix', options: codes.map((code) => ({ code, libelle: dit(code) })) },
          { ...base, code: 'quoi', libelle: dit('Quoi'), ...QUESTIONS[genre] } as Enquete['sections'][number]['questions'][number],
        ],
      },
    ],
    resultats: [
      genre === 'choix'
        ? { mesure: '1.1-01', genre: 'part', question: 'quoi', dans: ['1'], phrase: 'des personnes' }
        : { mesure: '1.1-01', genre: 'moyenne', question: 'quoi', phrase: 'en moyenne' },
    ],
  } as Enquete;
}
/** `oui`: of the `n` of each stratum, how many gave the second answer. */
function compter(n: readonly number[], oui: readonly number[]): LigneDeCompte[] {
  return n
    .flatMap((x, i) => [
      { strate: `s${i}`, question: 'ou', valeur: `s${i}`, nombre: x },
      { strate: `s${i}`, question: 'ou', valeur: '_repondu', nombre: x },
      { strate: `s${i}`, question: 'quoi', valeur: '_repondu', nombre: x },
      { strate: `s${i}`, question: 'quoi', valeur: '1', nombre: oui[i] ?? 0 },
      { strate: `s${i}`, question: 'quoi', valeur: '0', nombre: x - (oui[i] ?? 0) },
    ])
    .filter((c) => c.nombre > 0);
}
const catalogue = { nomActeur: (x: string) => x, territoires: new Map() } as unknown as Catalogue;
/** All that the page (with the words of the figure) and the file say. */
function publier(e: Enquete, n: readonly number[], oui: readonly number[], aleatoire: boolean): string {
  const v = {
    id: 'v', code: 'essai', periode: '2025', debiteur: 'VILLE', territoireId: 'paris', debut: '2025-01-01', fin: '2025-02-01', invites: null,
    invitations: 100, reponses: n.reduce((t, x) => t + x, 0), acces: 'invitation', tirage: aleatoire ? 'aleatoire' : 'tous',
    closeLe: new Date(0), definition: e,
  } as unknown as Vague; // biome-ignore format: one wave
  const d = depouiller(e, compter(n, oui), { aleatoire });
  return renderToStaticMarkup(createElement(ResultatsPage, { vague: v, catalogue, depouille: d, figures: [] })) + csvDeVague(v, d);
}
/** Every way of giving so many « oui » in strata of these sizes. */
function toutes(n: readonly number[], total: number): number[][] {
  const [premier, ...autres] = n;
  if (premier === undefined) return total === 0 ? [[]] : [];
  return Array.from({ length: Math.min(premier, total) + 1 }, (_, x) => x).flatMap((x) => toutes(autres, total - x).map((r) => [x, ...r]));
}
const tirage = fc
  .array(
    fc.integer({ min: 0, max: 9 }).chain((n) => fc.tuple(fc.constant(n), fc.integer({ min: 0, max: n }))),
    { minLength: 2, maxLength: 3 },
  )
  .filter((s) => s.filter(([n]) => n > 0).length > 1 && s.some(([n]) => n > 0 && n < SEUIL) && s.reduce((t, [n]) => t + n, 0) >= SEUIL);

describe('Ce qui est tu d’une strate', () => {
  test.each([
    ['choix', true],
    ['choix', false],
    ['echelle', true],
    ['echelle', false],
  ] as const)('ne se calcule pas de ce qui est publié (%s, tirage au sort : %s)', (genre, aleatoire) => {
    fc.assert(
      fc.property(tirage, (strates) => {
        const n = strates.map(([x]) => x);
        const oui = strates.map(([, x]) => x);
        const total = oui.reduce((t, x) => t + x, 0);
        // What everybody answered is said of everybody, whatever the strata.
        fc.pre(total > 0 && total < n.reduce((t, x) => t + x, 0));
        const e = enquete(genre, n.length);
        const publie = publier(e, n, oui, aleatoire);
        const possibles = toutes(n, total).filter((t) => publier(e, n, t, aleatoire) === publie);
        for (const [i, x] of n.entries()) if (x > 0 && x < SEUIL) expect(new Set(possibles.map((t) => t[i])).size).toBeGreaterThan(1);
      }),
      { numRuns: 20, seed: 7 },
    );
  });

  test('le chiffre est alors donné tel que répondu, et le dit, sans marge', () => {
    const dite = publier(enquete('choix', 2), [20, 4], [12, 3], true);
    expect(dite).toContain('62,5\u00a0% des personnes');
    expect(dite).toContain('Non redressé');
    expect(dite).not.toContain('Part redressée');
    expect(dite).not.toMatch(/Marge d’erreur à 95/);
    // Thick enough, it is weighted.
    expect(publier(enquete('choix', 2), [20, 5], [12, 3], true)).toContain('Part redressée');
  });
});
