import { expect, test } from 'vitest';
import type { Compte } from './bilan.queries.ts';
import { douzeMois, enLigne, grouper } from './bilan.rules.ts';

const compte = (plus: Partial<Compte>): Compte => ({
  mois: '2026-05-01',
  territoireId: 'a',
  circuit: 'c',
  recus: 0,
  repondus: 0,
  faits: 0,
  resolus: 0,
  contestes: 0,
  ouverts: 0,
  minutes: 0,
  notes: 0,
  totalDesNotes: 0,
  ...plus,
});

test('les taux et les délais ne disent rien de trop peu', () => {
  const [ligne] = grouper(
    [compte({ recus: 6, repondus: 5, minutes: 600 }), compte({ circuit: 'd', recus: 4, repondus: 3, minutes: 360, notes: 5, totalDesNotes: 20 })],
    (c) => c.territoireId,
  );
  expect(ligne).toMatchObject({ recus: 10, repondus: 8, tauxDeReponse: 80, heures: 2, satisfaction: 4, peu: false });
  expect(enLigne('x', compte({ recus: 4, repondus: 4, notes: 4, totalDesNotes: 4 }))).toMatchObject({
    peu: true,
    tauxDeReponse: null,
    heures: null,
    satisfaction: null,
  });
  expect(enLigne('x', compte({ recus: 9, repondus: 4, minutes: 60 }))).toMatchObject({ tauxDeReponse: 44, heures: null });
});
test('douze mois finissent par celui-ci', () => {
  expect(douzeMois('2026-11')).toEqual({ du: '2025-12-01', au: '2026-11-01' });
  expect(douzeMois('2026-01')).toEqual({ du: '2025-02-01', au: '2026-01-01' });
});
