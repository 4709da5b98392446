import { expect, test } from 'vitest';
import { depuisDe, fautesDe, lieuDeMethode, type Methode, methodeDe, surUneLigne } from './methodes.rules.ts';

const c = {
  racine: { id: 'paris' },
  acteurs: new Map<string, { local?: string }>([
    ['PP', {}],
    ['MAIRIE', { local: 'mairie' }],
  ]),
};
const note = (plus: Partial<Methode>): Methode => ({
  ...{ mesureId: 'm', debiteur: 'PP', territoireId: 'paris', depuis: '2024-01-01', version: 1, methode: 'Compté au 31 décembre.', limites: '' },
  ...{ par: 'Une personne', organisationId: 'PP', le: new Date('2025-01-01T00:00:00Z') },
  ...plus,
});
const place = (periode: string, territoireId = 'paris', debiteur = 'PP') => ({ mesureId: 'm', periode, territoireId, debiteur });
const dite = (notes: readonly Methode[], periode: string) => methodeDe(c, notes, place(periode))?.methode ?? null;

test('une note vaut de sa période à la suivante : celle d’avant ne change pas, une note vidée ne dit plus rien', () => {
  const notes = [note({}), note({ depuis: '2026-01-01', methode: 'Compté chaque mois.' })];
  expect(['2023', '2024', '2025-T4', '2026-S1', '2027'].map((p) => dite(notes, p))).toEqual([
    null,
    'Compté au 31 décembre.',
    'Compté au 31 décembre.',
    'Compté chaque mois.',
    'Compté chaque mois.',
  ]);
  const videe = note({ depuis: '2026-01-01', methode: '', limites: '' });
  expect([dite([note({}), videe], '2025'), dite([note({}), videe], '2026')]).toEqual(['Compté au 31 décembre.', null]);
  expect(dite([note({ mesureId: 'autre' }), note({ debiteur: 'RATP' })], '2025')).toBeNull();
  expect([depuisDe('2026'), depuisDe('2026-S2'), depuisDe('2026-11')]).toEqual(['2026-01-01', '2026-07-01', '2026-11-01']);
});

test('qui est de chaque lieu compte à sa façon dans chacun ; un autre compte d’une seule façon', () => {
  expect([lieuDeMethode(c, place('2025', 'mairie-18')), lieuDeMethode(c, place('2025', 'mairie-18', 'MAIRIE'))]).toEqual(['paris', 'mairie-18']);
  const sienne = [note({ debiteur: 'MAIRIE', territoireId: 'mairie-18' })];
  expect([methodeDe(c, sienne, place('2025', 'mairie-18', 'MAIRIE')), methodeDe(c, sienne, place('2025', 'mairie-19', 'MAIRIE'))]).toEqual([sienne[0], null]);
});

test('une note tient sur une ligne et dans sa longueur', () => {
  expect(surUneLigne('  Compté\r\n au\u00a031 décembre. ')).toBe('Compté au 31 décembre.');
  const noms = { methode: 'm.x', limites: 'i.x' };
  expect(fautesDe({ methode: 'a'.repeat(600), limites: '' }, noms)).toEqual([]);
  expect(fautesDe({ methode: '', limites: 'a'.repeat(601) }, noms)).toEqual([{ champ: 'i.x', message: 'Limites : 600 caractères au plus, il y en a 601.' }]);
});
