import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Mesure } from '../../contrats/index.ts';

import { casesDe, cellulesDe, type Collectee, periodesTotalisees, refusDuGrain } from './grain.rules.ts';
import { manquantes, type Rangee, titreDeSaisie } from './saisie.cadre.ts';
import { type Choix, type Contribution, type Total, totaliser } from './totaux.rules.ts';

type Grain = Mesure['grain'];
/** Two mairies under a town; a debtor found in each, two that are of the whole. */
const territoires = new Map(
  [
    { id: 'ville', type: 'contrat', nom: 'La ville', court: 'Ville' },
    { id: 'nord', type: 'mairie', nom: 'Le nord', court: 'Nord', parent: 'ville' },
    { id: 'sud', type: 'mairie', nom: 'Le sud', court: 'Sud', parent: 'ville' },
  ].map((t) => [t.id, t]),
);
const acteurs = new Map(
  [
    { id: 'MA', nom: 'Mairies', type: 'mairies', local: { nom: 'Mairie', echelle: 'mairie' } },
    { id: 'A', nom: 'Police', type: 'service' },
    { id: 'B', nom: 'Justice', type: 'service' },
  ].map((a) => [a.id, a]),
);
const racine = territoires.get('ville');
if (!racine) throw new Error('sans racine');
const c = {
  territoires,
  acteurs,
  racine,
  contrat: { debut: '2024-01-01', fin: '2026-12-31' } as never,
  territoiresDeType: (type: string) => [...territoires.values()].filter((t) => t.type === type),
  ascendants: (id: string) => [territoires.get(id), id === 'ville' ? undefined : racine].flatMap((t) => t ?? []),
  contient: (a: string, t: string) => a === 'ville' || a === t,
  nomActeur: (id: string) => acteurs.get(id)?.nom ?? id,
  nomActeurA: (id: string, t: string | null) => `${acteurs.get(id)?.nom ?? id}${t === 'ville' ? '' : ` ${t}`}`,
};
const SEXE: Grain['ventilations'] = [
  {
    code: 'sexe',
    libelle: 'Sexe',
    valeurs: [
      { code: 'f', libelle: 'Femmes' },
      { code: 'h', libelle: 'Hommes' },
    ],
  },
];
let n = 0;
const mesure = (o: Omit<Partial<Collectee>, 'grain'> & { grain?: Partial<Grain> }): Collectee => ({
  id: `1.1-${++n}`,
  nature: 'compte',
  unite: 'faits',
  obtention: 'collecte' as Mesure['obtention'],
  periodicite: ['annuel'],
  aupres: ['A'],
  ...o,
  grain: { debiteurs: 'somme', ventilations: [], ...o.grain },
});
const LE = new Date('2025-06-01T10:00:00Z');
const don = (debiteur: string, valeur: number | 'secret' | 'sans_objet', o: Partial<Contribution> = {}): Contribution => ({
  debiteur,
  territoireId: 'ville',
  periode: '2025',
  ventilation: '',
  etat: typeof valeur === 'number' ? 'valeur' : valeur,
  valeur: typeof valeur === 'number' ? valeur : null,
  texte: null,
  valide: true,
  le: LE,
  ...o,
});
const calculer = (m: Collectee, dons: readonly Contribution[], choix: readonly Choix[] = []) =>
  totaliser(m, c, { annee: '2025', recentes: dons, validees: dons.filter((d) => d.valide), choix });
const total = (totaux: readonly Total[], o: Partial<Total> = {}) => {
  const t = totaux.find(
    (x) =>
      x.ensemble === (o.ensemble ?? 'recent') &&
      x.territoireId === (o.territoireId ?? 'ville') &&
      x.periode === (o.periode ?? '2025') &&
      x.ventilation === (o.ventilation ?? ''),
  );
  return t && { etat: t.etat, valeur: t.valeur, recues: t.recues, attendues: t.attendues, partiel: t.partiel };
};

describe('Ce dont un chiffre est fait', () => {
  test('dix-sept mairies ou deux : la somme est celle de toutes, et « au moins » tant qu’il en manque, qui sont nommées', () => {
    const m = mesure({ aupres: ['MA'] });
    expect(casesDe(m, c)).toEqual([
      { debiteur: 'MA', territoireId: 'nord' },
      { debiteur: 'MA', territoireId: 'sud' },
    ]);
    const une = calculer(m, [don('MA', 7, { territoireId: 'nord' })]);
    expect(total(une)).toEqual({ etat: 'valeur', valeur: 7, recues: 1, attendues: 2, partiel: true });
    expect(une.find((t) => t.ensemble === 'recent' && t.territoireId === 'ville')?.details.manquent).toEqual([{ debiteur: 'MA', territoireId: 'sud' }]);
    const deux = calculer(m, [don('MA', 7, { territoireId: 'nord' }), don('MA', 0, { territoireId: 'sud' })]);
    expect(total(deux)).toEqual({ etat: 'valeur', valeur: 7, recues: 2, attendues: 2, partiel: false });
    expect(total(deux, { territoireId: 'sud' })).toMatchObject({ valeur: 0, etat: 'valeur' });
  });
  test('les débiteurs s’additionnent, aucun ne remplace l’autre ; sans objet ne compte pas, zéro compte', () => {
    const m = mesure({ aupres: ['A', 'B'] });
    expect(total(calculer(m, [don('A', 5), don('B', 8)]))).toMatchObject({ valeur: 13, partiel: false });
    expect(total(calculer(m, [don('A', 5), don('B', 'sans_objet')]))).toMatchObject({ valeur: 5, partiel: false, recues: 2 });
    expect(total(calculer(m, [don('A', 'sans_objet'), don('B', 'sans_objet')]))).toMatchObject({ etat: 'sans_objet', valeur: null });
    expect(total(calculer(m, [don('A', 5), don('B', 'secret')]))).toMatchObject({ etat: 'secret', valeur: null });
    expect(total(calculer(m, [don('A', 5)]))).toMatchObject({ valeur: 5, partiel: true });
  });
  test('des mois au semestre puis à l’année, et seulement les périodes de la mesure', () => {
    const m = mesure({ periodicite: ['mensuel', 'semestriel', 'annuel'] });
    const mois = (q: number[]) => q.map((x) => don('A', x, { periode: `2025-${String(x).padStart(2, '0')}` }));
    expect(total(calculer(m, mois([1, 2, 3, 4, 5, 6])), { periode: '2025-S1' })).toMatchObject({ valeur: 21, partiel: false });
    expect(total(calculer(m, mois([1, 2, 3, 4, 5, 6])))).toMatchObject({ valeur: 21, partiel: true });
    expect(total(calculer(m, [...mois([1, 2, 3, 4, 5, 6]), don('A', 30, { periode: '2025-S2' })]))).toMatchObject({ valeur: 51, partiel: false });
    expect(periodesTotalisees(mesure({ periodicite: ['semestriel'] }), '2025')).toEqual(['2025', '2025-S1', '2025-S2']);
    expect(periodesTotalisees(mesure({ nature: 'delai', periodicite: ['semestriel'] }), '2025')).toEqual(['2025-S1', '2025-S2']);
  });
  test('une grille complète fait le total ; donné aussi, il est comparé, jamais repris', () => {
    const m = mesure({ grain: { ventilations: SEXE } });
    const f = don('A', 70, { ventilation: 'sexe=f' });
    const h = don('A', 45, { ventilation: 'sexe=h' });
    const avec = calculer(m, [f, h, don('A', 120)]);
    expect(total(avec)).toMatchObject({ valeur: 115, partiel: false, recues: 1 });
    expect(avec.find((t) => t.ensemble === 'recent' && t.ventilation === '')?.details.ecarts).toEqual([
      {
        genre: 'donne',
        territoireId: 'ville',
        periode: '2025',
        valeurs: [
          { debiteur: null, valeur: 120 },
          { debiteur: null, valeur: 115 },
        ],
      },
    ]);
    expect(total(calculer(m, [f, don('A', 120)]))).toMatchObject({ valeur: 120, partiel: false });
    expect(total(calculer(m, [f]))).toMatchObject({ valeur: 70, partiel: true, recues: 0 });
    expect(total(calculer(m, [f, h]), { ventilation: 'sexe=f' })).toMatchObject({ valeur: 70 });
  });
  test('« dont » ne s’ajoute pas au total', () => {
    const m = mesure({
      grain: {
        ventilations: [
          {
            code: 'age',
            libelle: 'Âge',
            dont: true,
            valeurs: [
              { code: 'mineurs', libelle: 'mineurs' },
              { code: 'autres', libelle: 'autres' },
            ],
          },
        ],
      },
    });
    expect(total(calculer(m, [don('A', 50), don('A', 12, { ventilation: 'age=mineurs' })]))).toMatchObject({ valeur: 50, partiel: false });
  });
  test('deux sources d’un même fait : égales, elles s’accordent ; différentes, rien ne compte jusqu’à ce qu’on tranche, et tant que nul n’écrit', () => {
    const m = mesure({ aupres: ['A', 'B'], grain: { debiteurs: 'meme-fait' } });
    expect(total(calculer(m, [don('A', 9), don('B', 9)]))).toMatchObject({ etat: 'valeur', valeur: 9, recues: 2 });
    expect(total(calculer(m, [don('A', 9)]))).toMatchObject({ valeur: 9, recues: 1, attendues: 2, partiel: false });
    const desaccord = [don('A', 9), don('B', 11)];
    expect(total(calculer(m, desaccord))).toMatchObject({ etat: 'manquant', valeur: null });
    const choix = [{ debiteur: 'B', territoireId: 'ville', periode: '2025', le: new Date('2025-06-02T10:00:00Z') }];
    expect(total(calculer(m, desaccord, choix))).toMatchObject({ etat: 'valeur', valeur: 11 });
    expect(total(calculer(m, [don('A', 10, { le: new Date('2025-06-03T10:00:00Z') }), don('B', 11)], choix))).toMatchObject({ etat: 'manquant' });
  });
  test('le public lit ce qui est validé, et sait qu’une valeur plus récente attend', () => {
    const m = mesure({ aupres: ['A', 'B'] });
    const dons = [don('A', 5), don('B', 8, { valide: false })];
    expect(total(calculer(m, dons), { ensemble: 'valide' })).toMatchObject({ valeur: 5, partiel: true });
    expect(
      calculer(m, dons)
        .filter((t) => t.attend)
        .map((t) => t.ensemble),
    ).toEqual(['valide']);
    expect(total(calculer(m, [don('A', 5, { valide: false })]), { ensemble: 'valide' })).toMatchObject({ etat: 'manquant', recues: 0 });
  });
  test('ce que la mesure n’a pas est refusé, avec ce qu’il faut choisir', () => {
    const m = mesure({ aupres: ['MA'], periodicite: ['semestriel'] });
    const k = { debiteur: 'MA', territoireId: 'nord', periode: '2025-S1', ventilation: '' };
    const dits = (o: Partial<typeof k>) =>
      refusDuGrain(m, c, { ...k, ...o }, '2025-09-01')
        .map((e) => `${e.champ} ${e.message}`)
        .join(' ');
    expect(dits({})).toBe('');
    expect(dits({ territoireId: 'ville' })).toMatch(/^territoire .*pour chaque mairie/);
    expect(dits({ periode: '2025' })).toMatch(/^periode .*chaque semestre/);
    expect(dits({ periode: '2025-S2', debiteur: 'A' })).toMatch(/^debiteur .*Mairies/);
    expect(dits({ periode: '2026-S1' })).toMatch(/n’a pas commencé/);
    expect(dits({ ventilation: 'sexe=f' })).toMatch(/^ventilation/);
  });
});

const etat = fc.oneof(
  { arbitrary: fc.integer({ min: 0, max: 50 }), weight: 6 },
  { arbitrary: fc.constant('secret' as const), weight: 1 },
  { arbitrary: fc.constant('sans_objet' as const), weight: 1 },
);
const parmi = (m: Collectee, part: number) =>
  fc
    .tuple(
      ...casesDe(m, c).flatMap((x) =>
        ['2025-S1', '2025-S2'].flatMap((periode) =>
          cellulesDe(m)
            .filter((v) => v.cle !== '')
            .map((v) =>
              fc.option(
                etat.map((e) => don(x.debiteur, e, { ...x, periode, ventilation: v.cle })),
                { freq: part },
              ),
            ),
        ),
      ),
    )
    .map((l) => l.flatMap((d) => d ?? []));
describe('Quelles que soient les contributions', () => {
  const m = mesure({ aupres: ['MA', 'A'], periodicite: ['semestriel'], grain: { ventilations: SEXE } });
  test('le total est la somme des parts, « au moins » s’il en manque une, et secret dès que l’une l’est', () => {
    fc.assert(
      fc.property(parmi(m, 6), (dons) => {
        const t = total(calculer(m, dons));
        const dites = dons.filter((d) => d.etat === 'valeur');
        const attendues = casesDe(m, c).length * 2 * 2;
        if (dons.length === 0) expect(t).toBeUndefined();
        else if (dons.some((d) => d.etat === 'secret')) expect(t).toMatchObject({ etat: 'secret', valeur: null });
        else if (dites.length === 0) expect(t?.valeur).toBeNull();
        else expect(t).toMatchObject({ etat: 'valeur', valeur: dites.reduce((s, d) => s + (d.valeur ?? 0), 0), partiel: dons.length < attendues });
      }),
    );
  });
  test('une part secrète ne se retrouve par aucune différence : aucun total qui la contient n’est dit', () => {
    fc.assert(
      fc.property(parmi(m, 9), fc.nat(), (dons, rang) => {
        const visees = dons.filter((d) => d.etat === 'valeur');
        const visee = visees[rang % Math.max(visees.length, 1)];
        if (!visee) return;
        const dire = (valeur: number) => {
          const avec = dons.map((d): Contribution => (d === visee ? { ...d, valeur } : d));
          const tu = avec.map(
            (d): Contribution =>
              d.ventilation === visee.ventilation && d.periode === visee.periode && d.territoireId === visee.territoireId && d.debiteur === visee.debiteur
                ? { ...d, etat: 'secret' }
                : d,
          );
          return JSON.stringify(calculer(m, tu));
        };
        // Whatever it was, what is told is the same.
        expect(dire(3)).toBe(dire(41));
      }),
    );
  });
});

test('une grille remplie en partie dit ce qui manque, et n’est à corriger qu’entière', () => {
  const rangee = (territoireId: string, aPart = false): Rangee => ({
    debiteur: 'MA',
    territoireId,
    suffixe: `.${territoireId}`,
    ventilation: '',
    libelle: territoireId,
    aPart,
  });
  const k = { rangees: [rangee('ville', true), rangee('nord'), rangee('sud')] };
  const donnees = (...lieux: string[]) => new Map(lieux.map((l) => [`.${l}`, l]));
  const dire = (...lieux: string[]) => [titreDeSaisie(k, donnees(...lieux)), manquantes(k, donnees(...lieux)).map((r) => r.libelle)];
  expect(dire()).toEqual(['Fournir un chiffre', []]);
  expect(dire('nord')).toEqual(['Fournir un chiffre', ['sud']]);
  expect(dire('nord', 'sud')).toEqual(['Corriger un chiffre', []]);
  // A total given by hand stands for all of them.
  expect(dire('ville')).toEqual(['Corriger un chiffre', []]);
});
