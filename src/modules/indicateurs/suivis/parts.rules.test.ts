import { describe, expect, test } from 'vitest';
import { type Donnee, lirePart } from './parts.rules.ts';

const mesure = { aupres: ['A', 'B'], unite: 'élèves', delaiJours: null };
const relais = { debiteurs: null, ventilation: { dispositif: 'relais' } };
const donnee = (debiteur: string, valeur: number | null, o: Partial<Donnee> = {}): Donnee => ({
  debiteur,
  periode: '2025',
  ventilation: { dispositif: 'relais' },
  etat: 'valeur',
  valeur,
  parole: 'acquise',
  ...o,
});
const lire = (donnees: Donnee[], aujourdhui = '2026-06-01', figee = false) =>
  lirePart(mesure, relais, donnees, { annee: '2025', aujourdhui, figee: () => figee });

describe('La part d’un dispositif dans une mesure', () => {
  test('est la somme de ce que ses débiteurs ont donné pour elle, sans le reste de la mesure', () => {
    const x = lire([donnee('A', 12), donnee('B', 5), donnee('A', 99, { ventilation: { dispositif: 'autre' } }), donnee('A', 77, { periode: '2024' })]);
    expect([x.etat, x.valeur, x.validation, x.contributions]).toEqual(['valeur', 17, 'valide', undefined]);
    const ici = lirePart(mesure, { ...relais, debiteurs: ['B'] }, [donnee('A', 12), donnee('B', 5)], {
      annee: '2025',
      aujourdhui: '2026-06-01',
      figee: () => false,
    });
    expect(ici.valeur).toBe(5);
  });
  test('est « au moins » tant qu’un débiteur manque, provisoire tant que rien n’est validé, un vrai zéro quand il est donné', () => {
    expect(lire([donnee('A', 12, { parole: 'a_valider' })])).toMatchObject({
      valeur: 12,
      validation: 'provisoire',
      contributions: { recues: 1, attendues: 2 },
    });
    expect(lire([donnee('A', 0), donnee('B', 0)]).etat).toBe('zero');
  });
  test('attendue avant son jour, en retard après, figée quand son année l’est, sans objet ou secrète quand on le dit', () => {
    expect(lire([], '2026-01-10')).toMatchObject({ etat: 'attendu', attenduDe: ['A', 'B'] });
    expect(lire([])).toMatchObject({ etat: 'manquant' });
    expect(lire([], '2026-06-01', true)).toMatchObject({ etat: 'manquant', fige: true });
    expect(lire([donnee('A', null, { etat: 'sans_objet' }), donnee('B', null, { etat: 'sans_objet' })]).etat).toBe('sans_objet');
    expect(lire([donnee('A', 3), donnee('B', null, { etat: 'secret' })])).toMatchObject({ etat: 'secret', valeur: null });
  });
});
