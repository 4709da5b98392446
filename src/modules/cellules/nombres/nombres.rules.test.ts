import { describe, expect, test } from 'vitest';
import { masquerColonnes, masquerParts, nombresDits } from './nombres.rules.ts';

/** Every year that could have said the same: what an attacker who knows the rule, and all that is told, has in hand. */
function parSortie<A>(annees: readonly A[], sortie: (a: A) => string): A[][] {
  const groupes = new Map<string, A[]>();
  for (const a of annees) groupes.set(sortie(a), [...(groupes.get(sortie(a)) ?? []), a]);
  return [...groupes.values()];
}
const petit = (n: number) => n > 0 && n < 5;

describe('Ce qu’une année finie dit hors de la cellule', () => {
  test('aucun nombre de un à quatre, ni l’écart de deux colonnes emboîtées, pour qui connaît la règle et toutes les sorties', () => {
    // recues ⊇ recevables ⊇ examinees: three columns are enough to attack every pair.
    const annees = Array.from({ length: 19 }, (_, r) => Array.from({ length: r + 1 }, (_, v) => Array.from({ length: v + 1 }, (_, x) => [r, v, x] as const)))
      .flat(2)
      .map(([recues, recevables, examinees]) => ({
        partenaires: recues,
        examinees,
        accompagnees: 0,
        recues,
        recevables,
        suivies: 0,
        orientations: 0,
        issues: 0,
      }));
    const colonnes = ['recues', 'recevables', 'examinees'] as const;
    for (const groupe of parSortie(annees, (a) => {
      const cachees = masquerColonnes(a);
      return JSON.stringify(Object.entries(a).map(([c, n]) => (cachees.has(c as 'recues') ? null : n)));
    })) {
      for (const c of colonnes) {
        const valeurs = new Set(groupe.map((a) => a[c]));
        expect(valeurs.size > 1 || !petit([...valeurs][0] ?? 0)).toBe(true);
        for (const d of colonnes) {
          const ecarts = new Set(groupe.map((a) => a[d] - a[c]));
          expect([c, d, groupe[0], ecarts.size > 1 || !petit([...ecarts][0] ?? 0)]).toEqual([c, d, groupe[0], true]);
        }
      }
    }
    expect(masquerColonnes({ partenaires: 12, examinees: 9, accompagnees: 9, recues: 12, recevables: 10, suivies: 0, orientations: 9, issues: 8 })).toEqual(
      new Set(['examinees', 'accompagnees', 'recevables', 'issues']),
    );
  });

  test('une part de un à quatre ne se retrouve ni par le total, ni par les autres parts, ni par la règle', () => {
    const valeurs = Array.from({ length: 12 }, (_, n) => n);
    const annees = valeurs.flatMap((a) => valeurs.flatMap((b) => valeurs.flatMap((c) => valeurs.map((d) => [a, b, c, d] as const))));
    for (const groupe of parSortie(annees, (a) => {
      const cachees = masquerParts(new Map(a.map((n, i) => [String(i), n])), true);
      return JSON.stringify([a.reduce((t, n) => t + n, 0), ...a.map((n, i) => (cachees.has(String(i)) ? null : n))]);
    }))
      for (let i = 0; i < 4; i++) {
        const possibles = new Set(groupe.map((a) => a[i] ?? 0));
        const seule = possibles.size === 1 ? ([...possibles][0] ?? 0) : null;
        if (seule !== null && petit(seule)) expect.fail(`la part ${i} de ${JSON.stringify(groupe[0])} se retrouve`);
      }
  });

  test('le total qui ne se dit pas tait ses parts ; zéro est un vrai zéro ; les séances se disent toujours', () => {
    const dits = nombresDits(
      {
        compteurs: new Map([
          ['recues', 3],
          ['seances', 2],
        ]),
        partenaires: new Map([['education', 3]]),
      },
      ['education', 'justice'],
    );
    expect(Object.fromEntries(dits)).toMatchObject({
      recues: null,
      partenaires: null,
      'partenaires:education': null,
      'partenaires:justice': null,
      seances: 2,
      suivies: 0,
    });
    const sansPetit = nombresDits({ compteurs: new Map([['recues', 14]]), partenaires: new Map([['education', 14]]) }, ['education', 'justice']);
    expect(Object.fromEntries(sansPetit)).toMatchObject({ recues: 14, 'partenaires:education': 14, 'partenaires:justice': 0 });
    // Families are received and are no partner: the difference would count them.
    const familles = nombresDits(
      {
        compteurs: new Map([['recues', 16]]),
        partenaires: new Map([
          ['education', 14],
          ['hors', 2],
        ]),
      },
      ['education'],
    );
    expect(Object.fromEntries(familles)).toMatchObject({ partenaires: 14, recues: null });
    // Some came before kinds of partners were counted: by partner, nothing is said rather than less.
    const avant = nombresDits({ compteurs: new Map([['recues', 20]]), partenaires: new Map([['education', 14]]) }, ['education']);
    expect([avant.get('recues'), avant.has('partenaires'), avant.has('partenaires:education')]).toEqual([20, false, false]);
  });
});
