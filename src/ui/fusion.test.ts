import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { joindre, reunir } from './fusion.ts';

/** Texts of a few lines over few words, so that two of them share much. */
const ligne = fc.constantFrom('', 'non', 'annonce', 'Le maire ouvre la séance.', 'oui ou non', '- une puce', 'Le maire', 'é');
const texte = fc.array(ligne, { maxLength: 7 }).map((l) => l.join('\n'));
/** What two people make of the same text: each takes away a run of lines and writes another in its place. */
const retouche = (t: string) =>
  fc.tuple(fc.nat(7), fc.nat(3), fc.array(ligne, { maxLength: 3 })).map(([ou, n, mis]) => {
    const lignes = t.split('\n');
    return lignes.toSpliced(Math.min(ou, lignes.length), n, ...mis).join('\n');
  });
const deuxVersions = texte.chain((base) => fc.tuple(fc.constant(base), retouche(base), retouche(base)));

const combien = (t: string): Map<string, number> => {
  const n = new Map<string, number>();
  for (const l of t.split('\n')) if (l !== '') n.set(l, (n.get(l) ?? 0) + 1);
  return n;
};
/** Every line of `t` is in `dans`, at least as many times, alone or begun by it. */
const manque = (t: string, dans: string): string[] =>
  [...combien(t)].filter(([l, n]) => dans.split('\n').filter((x) => x === l || x.startsWith(l)).length < n).map(([l]) => l);
const suite = (t: string, dans: string): boolean => {
  const restes = dans.split('\n');
  return t.split('\n').every((l) => {
    const ou = restes.findIndex((x) => x === l || x.startsWith(l));
    if (ou >= 0) restes.splice(0, ou + 1);
    return ou >= 0;
  });
};

describe('Joindre deux textes', () => {
  test('ne perd aucune ligne de l’un ni de l’autre, même contenue dans un mot de l’autre', () => {
    expect(joindre('annonce', 'non')).toBe('annonce\nnon');
    expect(joindre('oui ou non', 'non')).toBe('oui ou non\nnon');
    fc.assert(
      fc.property(deuxVersions, ([, a, b]) => [...manque(a, joindre(a, b)), ...manque(b, joindre(a, b))].length === 0),
      { numRuns: 2000 },
    );
  });
  test('garde les lignes de chacun dans leur ordre', () => {
    fc.assert(
      fc.property(deuxVersions, ([, a, b]) => suite(a, joindre(a, b)) && suite(b, joindre(a, b))),
      { numRuns: 2000 },
    );
  });
  test('n’invente rien', () => {
    fc.assert(
      fc.property(deuxVersions, ([, a, b]) => {
        const connues = new Set([...a.split('\n'), ...b.split('\n')]);
        return joindre(a, b)
          .split('\n')
          .every((l) => connues.has(l));
      }),
    );
  });
  test('ne dit qu’une fois ce que les deux ont en commun au début et à la fin', () => {
    expect(joindre('A\nmien\nZ', 'A\nsien\nZ')).toBe('A\nmien\nsien\nZ');
    expect(joindre('A\nB', 'A\nB\nC')).toBe('A\nB\nC');
    fc.assert(
      fc.property(texte, texte, texte, texte, (debut, a, b, fin) => {
        const [x, y] = [`début ${debut}\n${a}\nfin ${fin}`, `début ${debut}\n${b}\nfin ${fin}`];
        const joint = joindre(x, y);
        return joint.startsWith(`début ${debut}\n`) && joint.endsWith(`\nfin ${fin}`) && joint.split('début ').length === 2;
      }),
    );
  });
  test('laisse tel quel un texte joint à lui-même, au vide, ou déjà joint : un envoi répété ne change rien', () => {
    fc.assert(
      fc.property(deuxVersions, ([, a, b]) => {
        expect(joindre(a, a)).toBe(a);
        expect(joindre(a, '')).toBe(a);
        expect(joindre('', a)).toBe(a);
        const joint = joindre(a, b);
        expect(joindre(joint, b)).toBe(joint);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('Réunir deux textes', () => {
  test('des lignes que l’un ou l’autre a changées sont prises, ce qui se heurte est gardé deux fois', () => {
    const base = 'Ouverture\nLampes\nFin';
    expect(reunir(base, 'Ouverture à 9 h\nLampes\nFin', 'Ouverture\nLampes\nFin à 11 h')).toBe('Ouverture à 9 h\nLampes\nFin à 11 h');
    expect(reunir(base, 'Ouverture\nLampes posées\nFin', 'Ouverture\nLampes payées\nFin')).toBe('Ouverture\nLampes posées\nLampes payées\nFin');
    expect(reunir(base, 'Ouverture\nFin', base)).toBe('Ouverture\nFin');
  });

  test('sans texte commun connu, les deux sont joints', () => {
    expect(reunir(null, 'A\nC', 'B\nC')).toBe(joindre('A\nC', 'B\nC'));
    expect(reunir('', 'Un', 'Deux')).toBe('Un\nDeux');
  });

  test('aucune ligne ajoutée par l’un ou par l’autre ne se perd', () => {
    const lignes = fc.array(fc.constantFrom('a', 'b', 'c', 'd', 'e'), { maxLength: 6 });
    fc.assert(
      fc.property(lignes, lignes, lignes, (base, un, deux) => {
        const lues = new Set(reunir(base.join('\n'), un.join('\n'), deux.join('\n')).split('\n'));
        const ajoutees = [...un, ...deux].filter((l) => !base.includes(l));
        expect(ajoutees.filter((l) => !lues.has(l))).toEqual([]);
      }),
    );
  });
});
