import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Comptable, type Comptes, compteesDe, type Lieux } from './comptees.queries.ts';

const mesure = (etape: string): Comptable => ({
  prevu: { module: 'signalements', circuit: { code: 'enfance', etape, debiteur: 'CRIP' } },
  grain: { ventilations: [] },
});
// In no useful order: what arrived is not the first of the contract.
const mesures = { transmises: mesure('transmis:PARQUET'), ouvertes: mesure('pris-en-charge:CRIP'), recues: mesure('recu') };
const cat: Lieux = { mesures: new Map(Object.entries(mesures)), racine: { id: 'paris' } };
const comptes = (nombres: Record<string, number>): Comptes => ({
  cellules: [],
  circuits: Object.entries(nombres).map(([etape, nombre]) => ({ circuit: 'enfance', etape, annee: '2025', nombre, entiere: true })),
});
const dits = (nombres: Record<string, number>) =>
  Object.fromEntries(Object.entries(mesures).map(([nom, m]) => [nom, compteesDe(m, comptes(nombres), '2025', cat).map((x) => x.nombre)[0]]));

describe('Ce qu’un circuit compte d’une année', () => {
  test('douze reçues et dix ouvertes en laissent deux, qui ne se disent pas : l’étape se tait, ce qui arrive reste', () => {
    expect(dits({ recu: 12, 'pris-en-charge:CRIP': 10, 'transmis:PARQUET': 6 })).toEqual({ recues: 12, ouvertes: null, transmises: 6 });
    expect(dits({ recu: 12, 'pris-en-charge:CRIP': 12 })).toEqual({ recues: 12, ouvertes: 12, transmises: 0 });
    expect(dits({ recu: 3, 'pris-en-charge:CRIP': 3 })).toEqual({ recues: null, ouvertes: null, transmises: 0 });
    expect(dits({ 'pris-en-charge:CRIP': 9 })).toEqual({ recues: undefined, ouvertes: undefined, transmises: undefined });
  });
  test('aucune étape dite n’est petite, ni à un petit nombre d’une autre qui l’est', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), fc.nat(40), fc.nat(40), (recu, ouvertes, transmises) => {
        const n = Object.values(dits({ recu, 'pris-en-charge:CRIP': ouvertes, 'transmis:PARQUET': transmises })).filter((x) => typeof x === 'number');
        for (const a of n) for (const b of [0, ...n]) expect(Math.abs(a - b) === 0 || Math.abs(a - b) > 4).toBe(true);
      }),
    );
  });
});
