/** What may stand beside what: complete months, the same ones a year before, in registers kept all along. */
import { describe, expect, test } from 'vitest';
import { buildFormule, type Formule } from './calcul/atomes.rules.ts';
import { AGREGAT_VIDE, completude, figer, manquant, nombre, nonVentile, sansObjet, secret, situer, type ValeurLue } from './chiffres.rules.ts';
import { chiffreDAtome, comparer, evaluer, type Lectures, type MesureSuivie } from './evaluation.rules.ts';
import { decoupages, direEnCours, lireEtendue, lirePeriode, periode, periodePrecedente, periodesComparees } from './periode.rules.ts';

describe('Les périodes que l’on compare', () => {
  test.each([
    ['2026', '2026-11-25', '2026-01..2026-10', '2025-01..2025-10'],
    ['2026', '2026-12-31', '2026-01..2026-11', '2025-01..2025-11'],
    ['2026', '2026-02-03', '2026-01', '2025-01'],
    ['2026', '2026-07-01', '2026-S1', '2025-S1'],
    ['2026', '2026-04-12', '2026-T1', '2025-T1'],
    ['2026', '2027-01-01', '2026', '2025'],
    ['2025', '2026-11-25', '2025', '2024'],
    ['2026-S1', '2026-11-25', '2026-S1', '2025-S1'],
    ['2026-S2', '2026-11-25', '2026-07..2026-10', '2025-07..2025-10'],
    ['2026-T4', '2026-11-25', '2026-10', '2025-10'],
    ['2026-10', '2026-11-25', '2026-10', '2025-10'],
    // In the first days of a year nothing of it is complete: the last full year, and the one before.
    ['2027', '2027-01-10', '2026', '2025'],
  ])('%s, le %s : %s avec %s', (code, jour, attendue, avant) => {
    expect(periodesComparees(code, jour)).toEqual({ periode: attendue, precedente: avant });
  });

  test('un mois, un trimestre ou un semestre qui commence, ou ce qui n’a pas commencé, n’a rien à comparer', () => {
    for (const code of ['2026-11', '2026-12', '2027', '2027-S1']) expect([code, periodesComparees(code, '2026-11-25')]).toEqual([code, null]);
    expect(periodesComparees('2026-T4', '2026-10-31')).toBeNull();
  });

  test('des mois d’une année se lisent comme une période, mais personne n’en fournit le chiffre', () => {
    expect(periode('2026-01..2026-10')).toMatchObject({ debut: '2026-01-01', fin: '2026-11-01', mois: 10 });
    expect(periodePrecedente('2026-01..2026-10')).toBe('2025-01..2025-10');
    expect(decoupages('2026-09..2026-10')).toEqual([['2026-09', '2026-10']]);
    for (const code of ['2026-01..2026-10', '2026-01..2026-02']) expect(lirePeriode(code)).toBeNull();
    for (const code of ['2026-10..2026-01', '2026-01..2026-01', '2025-01..2026-01', '2026-01..2026-13', '2026'])
      expect([code, lireEtendue(code)]).toEqual([code, null]);
  });

  test('ce qui n’est pas fini dit jusqu’où il va', () => {
    expect(direEnCours('2026', '2026-11-25')).toBe('année en cours, jusqu’au 25\u00a0novembre');
    expect(direEnCours('2026-11', '2026-11-01')).toBe('mois en cours, jusqu’au 1er\u00a0novembre');
    expect(['2025', '2026-10', '2027'].map((p) => direEnCours(p, '2026-11-25'))).toEqual([undefined, undefined, undefined]);
    expect(direEnCours('2026', '2027-01-01')).toBeUndefined();
  });
});

const compte: Formule = {
  mesureId: 'c',
  atomes: [{ cle: 'c', rang: null, source: 'r', ou: [{}], sauf: [], mode: 'compte', colonne: null, ventilations: [], tenues: ['r'] }],
  expression: { genre: 'atome', cle: 'c', mode: 'compte' },
};
const formules = new Map<string, Formule>([
  ['c', compte],
  ['v', { mesureId: 'v', atomes: [], expression: { genre: 'variation', de: { genre: 'mesure', id: 'c' } } }],
  ['vd', { mesureId: 'vd', atomes: [], expression: { genre: 'variation', de: { genre: 'mesure', id: 'd' } } }],
]);
const mesure = (id: string, o: Partial<MesureSuivie> = {}): [string, MesureSuivie] => [
  id,
  { id, unite: 'actes', nature: 'compte', obtention: 'calcul', aupres: ['A'], ...o },
];
const mesures = new Map([
  mesure('c'),
  mesure('v'),
  mesure('vd'),
  mesure('d', { obtention: 'collecte' }),
  mesure('e', { obtention: 'collecte', unite: 'évolution' }),
]);
const donnee = (mesureId: string, p: string, valeur: number): [string, ValeurLue] => [
  `${mesureId}|${p}`,
  { mesureId, periode: p, etat: 'valeur', valeur, texte: null, recues: 1, attendues: 1, partiel: false, provisoire: false, attend: false, manquent: [] },
];
function lectures(o: {
  comptes?: Record<string, number>;
  entieres?: string[];
  donnees?: [string, ValeurLue][];
  aujourdhui?: string;
  debut?: string;
}): Lectures {
  return {
    formules,
    mesures,
    agregats: new Map(Object.entries(o.comptes ?? {}).map(([p, n]) => [`${p}|c`, { ...AGREGAT_VIDE, nombre: n }])),
    tenues: new Set((o.entieres ?? []).flatMap((p) => [`${p}|r`, `${p}|r|depuis`, `${p}|r|commencee`, `${p}|r|entiere`])),
    valeurs: new Map(o.donnees ?? []),
    debut: o.debut ?? '2023-01-01',
    aujourdhui: o.aujourdhui ?? '2026-11-25',
  };
}
const DIX_MOIS = { '2026-01..2026-10': 34, '2025-01..2025-10': 36, '2026': 37, '2025': 41 };
const TENUES = ['2026-01..2026-10', '2025-01..2025-10', '2026', '2025'];

describe('Ce qui est comparé', () => {
  test('l’année en cours : ses mois complets et les mêmes, jamais une année entière', () => {
    expect(comparer('c', '2026', lectures({ comptes: DIX_MOIS, entieres: TENUES }))).toEqual({
      periode: '2026-01..2026-10',
      precedente: '2025-01..2025-10',
      avant: 36,
      apres: 34,
      unite: 'actes',
    });
  });
  test('un registre commencé en cours d’année, ou qui s’est tu, ne se compare pas', () => {
    for (const sans of ['2025-01..2025-10', '2026-01..2026-10'])
      expect(comparer('c', '2026', lectures({ comptes: DIX_MOIS, entieres: TENUES.filter((p) => p !== sans) }))).toBeNull();
  });
  test('une valeur donnée pour une année entière ne se compare qu’à une année entière, un semestre au même semestre', () => {
    const donnees = [donnee('d', '2026', 37), donnee('d', '2025', 41), donnee('d', '2025-S1', 20), donnee('d', '2026-S1', 22)];
    expect(comparer('d', '2026', lectures({ donnees }))).toBeNull();
    expect(comparer('d', '2026', lectures({ donnees, aujourdhui: '2027-02-03' }))).toMatchObject({ periode: '2026', avant: 41, apres: 37 });
    expect(comparer('d', '2026-S1', lectures({ donnees }))).toMatchObject({ precedente: '2025-S1', avant: 20, apres: 22 });
  });
  test('les mois donnés un à un font les mois complets', () => {
    const chaque = ['2025', '2026'].flatMap((a) =>
      Array.from({ length: 10 }, (_, i) => donnee('d', `${a}-${String(i + 1).padStart(2, '0')}`, a === '2025' ? 2 : 3)),
    );
    expect(comparer('d', '2026', lectures({ donnees: chaque }))).toMatchObject({ periode: '2026-01..2026-10', avant: 20, apres: 30 });
    expect(comparer('d', '2026', lectures({ donnees: chaque.slice(1) }))).toBeNull();
  });
  test('« au moins » ne se compare pas', () => {
    const l = lectures({ comptes: DIX_MOIS, entieres: TENUES });
    const agregats = new Map(l.agregats).set('2025-01..2025-10|c', { ...AGREGAT_VIDE, nombre: 36, sansValeur: 2 });
    expect(comparer('c', '2026', { ...l, agregats })).toBeNull();
  });
  test('une évolution est dite seule, sur des mois complets ; jamais l’évolution d’une évolution', () => {
    const l = lectures({ comptes: DIX_MOIS, entieres: TENUES, donnees: [donnee('e', '2025', 3), donnee('e', '2024', 4)] });
    expect(comparer('v', '2026', l)).toBeNull();
    expect(comparer('e', '2025', l)).toBeNull();
    expect(evaluer('v', '2026', l)).toMatchObject({ valeur: ((34 - 36) / 36) * 100, sur: '2026-01..2026-10' });
    expect(evaluer('v', '2026', lectures({ comptes: DIX_MOIS, entieres: TENUES, aujourdhui: '2027-02-03' })).valeur).toBeCloseTo(((37 - 41) / 41) * 100);
  });
  test('une évolution qui ne peut pas encore être dite est attendue, pas inventée sur une année inachevée', () => {
    const debut = lectures({ comptes: { '2026': 2, '2025': 41 }, entieres: ['2026', '2025'], aujourdhui: '2026-01-10' });
    expect(situer(evaluer('v', '2026', debut), '2026-01-10')).toMatchObject({ etat: 'attendu', depuis: '2027-01-31', valeur: null });
    const donnees = [donnee('d', '2026', 37), donnee('d', '2025', 41)];
    expect(situer(evaluer('vd', '2026', lectures({ donnees })), '2026-11-25')).toMatchObject({ etat: 'attendu', valeur: null });
    expect(evaluer('vd', '2026', lectures({ donnees, aujourdhui: '2027-02-03' })).valeur).toBeCloseTo(((37 - 41) / 41) * 100);
    // Begun in June: its first full year has no change.
    expect(evaluer('v', '2025', lectures({ comptes: { '2025': 41, '2024': 9 }, entieres: ['2025'] })).etat).toBe('sans_objet');
  });
  test('avant le contrat, rien n’est dû : la première année ne se compare à aucune, et celle d’avant ne manque à personne', () => {
    const premiere = { debut: '2025-01-01', aujourdhui: '2026-11-25' };
    for (const id of ['v', 'vd']) expect(evaluer(id, '2025', lectures(premiere)).etat).toBe('sans_objet');
    expect(evaluer('v', '2025', lectures({ ...premiere, comptes: { '2025': 41 }, entieres: ['2025'] })).etat).toBe('sans_objet');
    for (const id of ['c', 'd']) {
      expect(evaluer(id, '2024', lectures(premiere)).etat).toBe('sans_objet');
      expect(evaluer(id, '2025', lectures(premiere)).etat).toBe('manquant');
    }
    // Records that reach further back are told, and compared.
    const donnees = [donnee('d', '2024', 40), donnee('d', '2025', 50)];
    expect(evaluer('vd', '2025', lectures({ ...premiere, donnees })).valeur).toBe(25);
    expect(evaluer('vd', '2026', lectures({ ...premiere, donnees, aujourdhui: '2027-02-03' })).etat).toBe('manquant');
  });
  test('ce qui attend sa validation n’excuse pas qui n’a rien donné', () => {
    const attend = (manquent: string[]): [string, ValeurLue] => {
      const [cle, v] = donnee('d', '2025', 0);
      return [cle, { ...v, etat: 'manquant', valeur: null, attend: true, recues: 0, attendues: 2, manquent }];
    };
    expect(evaluer('d', '2025', lectures({ donnees: [attend([])] }))).toMatchObject({ etat: 'manquant', attendValidation: true });
    const c = evaluer('d', '2025', lectures({ donnees: [attend(['B'])] }));
    expect(c).toMatchObject({ etat: 'manquant', attenduDe: ['B'] });
    expect(c.attendValidation).toBeUndefined();
  });
});

describe('Trois choses qui ne se confondent pas', () => {
  const absent = manquant('actes', ['A'], '2027-01-31');
  test('ce qui n’est pas encore dû est attendu, jusqu’à son jour compris ; ensuite il est en retard', () => {
    expect(['2026-11-25', '2027-01-31', '2027-02-01'].map((j) => situer(absent, j).etat)).toEqual(['attendu', 'attendu', 'manquant']);
  });
  test('ce qui n’existe que pour l’ensemble n’est dû par personne, et le reste', () => {
    expect(situer(nonVentile('actes', ['A'], '2025-01-31'), '2026-11-25')).toMatchObject({ etat: 'non_ventile', attenduDe: [], depuis: null });
  });
  test('ils sont comptés à part, et ce qui n’existe pas ici n’est pas dans le total', () => {
    const retard = manquant('', [], '2026-01-31');
    // Given and validated by nobody yet, due or not: neither late nor awaited.
    const donnes = [retard, absent].map((c) => ({ ...c, attendValidation: true as const }));
    const tous = [nombre(3, ''), nombre(0, ''), secret(''), sansObjet(''), absent, retard, nonVentile('', [], null), ...donnes];
    const lus = [...tous.map((c) => situer(c, '2026-11-25')), figer(situer(retard, '2026-11-25')), figer(situer(absent, '2026-11-25'))];
    // What is known, or was given, a lock does not touch.
    for (const c of [nombre(3, ''), secret(''), ...donnes]) expect(figer(c)).toEqual(c);
    expect(completude(lus)).toEqual({
      total: 9,
      connus: 2,
      secrets: 1,
      enRetard: 1,
      figes: 2,
      aValider: 2,
      aVenir: 1,
      jusquAu: '2027-01-31',
      sansObjet: 1,
      nonVentiles: 1,
    });
  });
});

describe('Ce qui arrive par deux voies', () => {
  const source = (nom: string, plus: object = {}) => ({
    ...{ nom, libelle: nom, vue: nom, dimensions: {}, quantites: {}, cle: 'uuid' as const, fin: false, publique: true, diffusion: 'immediate' as const },
    ...{ lien: (id: string) => id, ...plus },
  });
  const sources = new Map([
    ['importees', source('importees')],
    ['recues', source('recues', { voieDe: 'importees' })],
    ['autres', source('autres')],
  ]);
  const lire = (registres: readonly string[], nombreDe: number, parlent: readonly string[], aujourdhui = '2026-11-25') => {
    const f = buildFormule('m', { addition: registres.map((r) => ({ compte: r, ou: [{}], sauf: [] })) } as Parameters<typeof buildFormule>[1], [], sources);
    const m = { unite: 'signalements', aupres: ['DPMP'], delaiJours: 30 };
    return chiffreDAtome(
      { cle: 'm', mode: 'compte' },
      f,
      m,
      '2026',
      { ...AGREGAT_VIDE, nombre: nombreDe },
      {
        ...{ tenues: new Set(parlent.map((r) => `2026|${r}`)), aujourdhui },
      },
    );
  };
  test('une seule qui parle : « au moins », et jamais zéro ; les deux : la valeur, ou un vrai zéro ; deux registres de choses différentes ne se confondent pas avec elles', () => {
    expect(lire(['importees', 'recues'], 12, ['recues'])).toMatchObject({ etat: 'valeur', valeur: 12, contributions: { recues: 1, attendues: 2 } });
    expect(lire(['importees', 'recues'], 0, ['recues']).etat).toBe('manquant');
    expect(lire(['importees', 'recues'], 12, ['importees', 'recues'])).not.toHaveProperty('contributions');
    expect(lire(['importees', 'recues'], 0, ['importees', 'recues'])).toMatchObject({ etat: 'zero', valeur: 0 });
    expect(lire(['importees', 'autres'], 12, ['autres'])).not.toHaveProperty('contributions');
  });
  test('ce qui est là aujourd’hui ne dit rien d’une année qui n’a pas commencé : ni nombre, ni zéro', () => {
    for (const n of [12, 0]) {
      expect(situer(lire(['autres'], n, ['autres'], '2025-12-31'), '2025-12-31')).toMatchObject({ etat: 'attendu', valeur: null, attenduDe: ['DPMP'] });
      expect(lire(['autres'], n, ['autres'], '2026-01-01').valeur).toBe(n);
    }
  });
});
