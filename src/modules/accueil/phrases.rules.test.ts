import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Mesure } from '../contrats/index.ts';
import type { Chiffre } from '../indicateurs/index.ts';
import type { FigureSuivie } from './accueil.queries.ts';
import { ampleur, changements, dettes } from './changements.rules.ts';
import { type Demande, type Morceau, phrasesDeFiche, texteDesPhrases } from './phrases.rules.ts';

const AUJOURDHUI = '2026-11-25';
const ETATS = ['valeur', 'zero', 'attendu', 'manquant', 'non_ventile', 'secret', 'sans_objet'] as const;

const chiffre = (etat: (typeof ETATS)[number], valeur: number, o: { provisoire: boolean; attend: boolean }): Chiffre => ({
  etat,
  valeur: etat === 'valeur' ? valeur : etat === 'zero' ? 0 : null,
  unite: 'personnes',
  texte: null,
  incomplet: 0,
  attenduDe: etat === 'manquant' || etat === 'attendu' ? ['RECTORAT'] : [],
  depuis: etat === 'manquant' ? '2026-01-31' : etat === 'attendu' ? '2027-01-31' : null,
  ...(o.provisoire && (etat === 'valeur' || etat === 'zero') ? { validation: 'provisoire' as const } : {}),
  ...(o.attend && etat === 'manquant' ? { attendValidation: true as const } : {}),
});

const figures = fc
  .array(
    fc.record({
      etat: fc.constantFrom(...ETATS),
      valeur: fc.integer({ min: 1, max: 5000 }),
      avant: fc.option(fc.integer({ min: 0, max: 5000 }), { nil: null }),
      obtention: fc.constantFrom('calcul', 'collecte'),
      provisoire: fc.boolean(),
      attend: fc.boolean(),
    }),
    { maxLength: 12 },
  )
  .map((liste) =>
    liste.map((x, i): FigureSuivie => {
      const c = chiffre(x.etat, x.valeur, x);
      return {
        mesure: {
          id: `9.9-${i}`,
          court: `Mesure ${i}`,
          fiche: '9.9',
          obtention: x.obtention,
          unite: 'personnes',
          nature: 'compte',
          part: null,
          calcul: null,
        } as unknown as Mesure,
        chiffre: c,
        comparaison:
          x.avant !== null && c.valeur !== null
            ? { periode: '2026-01..2026-10', precedente: '2025-01..2025-10', avant: x.avant, apres: c.valeur, unite: 'personnes' }
            : null,
        annees: [{ annee: '2026', chiffre: c, enCours: 'année en cours' }],
      };
    }),
  );

const demande = (f: readonly FigureSuivie[], suites: Demande['suites'] = []): Demande => ({
  fiche: { numero: '9.9', resume: 'Faire mieux.', lignes: [{}, {}], objectifs: [] } as unknown as Demande['fiche'],
  annee: '2026',
  territoireId: 'paris',
  aujourdhui: AUJOURDHUI,
  figures: f,
  suites,
  nommer: () => 'Rectorat',
});
const lien = (m: Morceau): m is Exclude<Morceau, string> => typeof m !== 'string';
const lue = (f: readonly FigureSuivie[], genre: string, suites: Demande['suites'] = []) => {
  const p = phrasesDeFiche(demande(f, suites)).find((x) => x.genre === genre);
  return p ? { ...p, texte: p.morceaux.map((m) => (lien(m) ? m.texte : m)).join('') } : null;
};

describe('Une fiche en cinq phrases', () => {
  test('aucune phrase sans chiffre, chacun mène à sa preuve ou à la partie de la page qui le dit', () => {
    fc.assert(
      fc.property(figures, (f) => {
        const phrases = phrasesDeFiche(demande(f));
        expect(phrases.length).toBeLessThanOrEqual(5);
        for (const p of phrases) {
          const liens = p.morceaux.filter(lien);
          expect(liens.length).toBeGreaterThan(0);
          for (const l of liens) expect(l.href).toMatch(/^(#(actions|chiffres|decisions)|\/chiffres\/9\.9-\d+\?periode=20\d\d&territoire=paris)$/);
        }
        // Figures with their words in between: no number is left outside a link but years, days and names.
        expect(texteDesPhrases(phrases).split('\n')).toHaveLength(phrases.length);
      }),
    );
  });

  test('n’accuse jamais de ce qui n’est pas dû, ni de ce qui est donné et attend sa validation', () => {
    fc.assert(
      fc.property(figures, (f) => {
        const retards = f.filter((x) => x.chiffre.etat === 'manquant' && !x.chiffre.attendValidation);
        const manque = lue(f, 'manque')?.texte ?? '';
        expect(/(est|sont) en retard : /.test(manque)).toBe(retards.length > 0);
        if (retards.length > 0) expect(manque).toMatch(new RegExp(`^${retards.length}\\u00a0chiffres? `));
        expect(manque).not.toContain('2027');
        for (const x of f.filter((y) => y.chiffre.etat === 'attendu'))
          expect(
            lue(f, 'manque')
              ?.morceaux.filter(lien)
              .some((l) => l.href.includes(`/${x.mesure.id}?`)),
          ).toBe(false);
        const dus = f.filter((x) => x.chiffre.etat === 'attendu').length;
        expect(lue(f, 'suite')?.texte ?? '').toMatch(dus > 0 ? /sans être en retard/ : /^$/);
      }),
    );
  });

  test('dit ce qui est secret, et ce qui est provisoire', () => {
    fc.assert(
      fc.property(figures, (f) => {
        const secrets = f.filter((x) => x.chiffre.etat === 'secret').length;
        expect(/resten?t? secrets?/.test(lue(f, 'manque')?.texte ?? '')).toBe(secrets > 0);
        for (const l of lue(f, 'fait')?.morceaux.filter(lien) ?? []) {
          const x = f.find((y) => l.href.includes(`/${y.mesure.id}?`));
          if (x) expect(l.texte.includes('provisoire')).toBe(x.chiffre.validation === 'provisoire');
        }
      }),
    );
  });

  test('ne dit ce qui a changé que de ce qui se compare, et nomme les mêmes mois', () => {
    fc.assert(
      fc.property(figures, (f) => {
        const p = lue(f, 'resultat');
        expect(p !== null).toBe(f.some((x) => x.comparaison !== null));
        if (p) expect(p.texte).toContain('De janvier à octobre, par rapport aux mêmes mois de 2025');
        for (const l of p?.morceaux.filter(lien) ?? [])
          if (l.href.startsWith('/')) expect(f.find((x) => l.href.includes(`/${x.mesure.id}?`))?.comparaison).not.toBeNull();
      }),
    );
  });

  test('la suite est la date publique la plus proche, jamais une date passée', () => {
    const suites = [
      { jour: '2026-10-01', libelle: 'Passée', href: '/instances/1' },
      { jour: '2026-12-10', libelle: 'Lointaine', href: '/instances/2' },
      { jour: '2026-12-03', libelle: 'Prochaine', href: '/instances/3' },
    ];
    expect(lue([], 'suite', suites)?.texte).toBe('Prochaine, le 3\u00a0décembre 2026.');
    expect(lue([], 'suite', suites.slice(0, 1))).toBeNull();
  });
});

describe('Ce qui a changé', () => {
  test('rangé par ampleur, sans ce que le hasard explique ; une quantité pesée ne passe jamais pour un grand compte', () => {
    fc.assert(
      fc.property(figures, (f) => {
        const a = changements(f).map((x) => ampleur(x.comparaison));
        expect(a).toEqual([...a].sort((x, y) => y - x));
        expect(a.every((x) => x >= 2)).toBe(true);
      }),
    );
    expect(ampleur({ avant: 36, apres: 34, unite: 'réunions' })).toBeLessThan(2);
    expect(ampleur({ avant: 360, apres: 240, unite: 'réunions' })).toBeGreaterThan(2);
    expect(ampleur({ avant: 17_900, apres: 3_695, unite: 'kg' })).toBeLessThanOrEqual(3);
    expect(ampleur({ avant: 100_000, apres: 101_000, unite: '€' })).toBeLessThan(2);
    expect(ampleur({ avant: 0, apres: 0, unite: 'séances' })).toBe(0);
    // One group met is no change; thousands of people more weigh by their proportion.
    expect(ampleur({ avant: 0, apres: 9, unite: 'agents', somme: true })).toBe(0);
    expect(ampleur({ avant: 5786, apres: 6232, unite: 'personnes', somme: true })).toBeLessThan(2);
    expect(ampleur({ avant: 400, apres: 900, unite: 'personnes', somme: true })).toBe(3);
  });

  test('les dettes : chaque retard une fois, le plus ancien d’abord, par qui le doit', () => {
    fc.assert(
      fc.property(figures, (f) => {
        const d = dettes(f);
        expect(d.reduce((n, x) => n + x.retards.length, 0)).toBe(f.filter((x) => x.chiffre.etat === 'manquant' && !x.chiffre.attendValidation).length);
        for (const x of d) expect(x.qui).toEqual(['RECTORAT']);
      }),
    );
  });
});
