import { describe, expect, test } from 'vitest';
import { atteintes, cleDe, direTendance, type Signal, tendanceDe } from './veille.rules.ts';
import { creneauDe } from './veille.donnees.ts';
import { type Veille, veilleSchema } from './veille.schema.ts';

const v: Veille = veilleSchema.parse({
  natures: [
    { code: 'tension', libelle: 'Tension' },
    { code: 'rumeur', libelle: 'Rumeur' },
  ],
  lieux: [{ code: 'rue', libelle: 'Rue' }],
  creneaux: [
    { code: 'jour', libelle: 'Jour', de: 6, a: 23 },
    { code: 'nuit', libelle: 'Nuit', de: 23, a: 6 },
    { code: 'inconnu', libelle: 'Non précisé' },
  ],
  fiabilites: [
    { code: 'entendu', libelle: 'Entendu' },
    { code: 'vu', libelle: 'Constaté' },
  ],
  partenaires: { acteurs: [], types: [] },
  regles: [
    { code: 'trois', libelle: 'Trois constats', echelle: 'quartier', signaux: 3, fiabilite: 'vu', jours: 7, palier: 'signal' },
    { code: 'rumeurs', libelle: 'Deux rumeurs', echelle: 'mairie', natures: ['rumeur'], signaux: 2, fiabilite: 'entendu', jours: 3, palier: 'alerte' },
  ],
});
const CHAINES: Readonly<Record<string, { id: string; type: string }[]>> = {
  q1: [
    { id: 'q1', type: 'quartier' },
    { id: 'm', type: 'mairie' },
  ],
  q2: [
    { id: 'q2', type: 'quartier' },
    { id: 'm', type: 'mairie' },
  ],
  m: [{ id: 'm', type: 'mairie' }],
};
const lieux = { ascendants: (t: string) => CHAINES[t] ?? [] };
let n = 0;
const signal = (plus: Partial<Signal>): Signal => ({
  id: String(++n),
  jour: '2026-03-14',
  ecriteLe: new Date('2026-03-14T10:00:00Z'),
  territoireId: 'q1',
  nature: 'tension',
  fiabilite: 2,
  ...plus,
});
const trouvees = (s: readonly Signal[], decidees?: ReadonlyMap<string, Date>) =>
  atteintes(v, s, lieux, '2026-03-14', decidees).map((a) => [a.regle.code, a.territoireId, a.signaux]);

describe('Le fil des tensions', () => {
  test('quatre semaines contre les quatre d’avant, aux bornes ; peu de signaux : deux nombres, aucune tendance', () => {
    const jours = ['2026-03-14', '2026-02-15', '2026-02-14', '2026-01-18', '2026-01-17', '2026-03-15'];
    expect(
      tendanceDe(
        jours.map((jour) => ({ jour })),
        '2026-03-14',
      ),
    ).toEqual({ recents: 2, avant: 2 });
    expect(direTendance({ recents: 0, avant: 0 })).toBe('Aucun signal depuis huit semaines');
    expect(direTendance({ recents: 5, avant: 3 })).toContain('trop peu pour parler de tendance');
    expect(direTendance({ recents: 19, avant: 40 })).toContain('trop peu');
    expect(direTendance({ recents: 30, avant: 20 })).toMatch(/\+50\s%$/);
    expect(direTendance({ recents: 20, avant: 40 })).toMatch(/−50\s%$/);
    expect(direTendance({ recents: 40, avant: 40 })).toContain('stable');
  });

  test('une règle compte dans sa zone, depuis ses jours, au moins aussi sûr qu’elle le veut', () => {
    const trois = [signal({}), signal({ jour: '2026-03-08' }), signal({})];
    expect(trouvees(trois)).toEqual([['trois', 'q1', 3]]);
    expect(trouvees(trois.slice(1))).toEqual([]);
    expect(trouvees([...trois.slice(1), signal({ jour: '2026-03-07' })])).toEqual([]);
    expect(trouvees([...trois.slice(1), signal({ fiabilite: 1 })])).toEqual([]);
    // Elsewhere, or said more widely than the zone: not there.
    expect(trouvees([...trois.slice(1), signal({ territoireId: 'q2' })])).toEqual([]);
    expect(trouvees([...trois.slice(1), signal({ territoireId: 'm' })])).toEqual([]);
    // In the wider zone they are added.
    expect(trouvees([signal({ nature: 'rumeur', fiabilite: 1 }), signal({ nature: 'rumeur', territoireId: 'q2', fiabilite: 1 })])).toEqual([
      ['rumeurs', 'm', 2],
    ]);
  });

  test('ce qui fut décidé ne compte plus : il faut de nouveaux signaux', () => {
    const trois = [signal({}), signal({}), signal({})];
    const decidees = new Map([[cleDe('trois', 'q1'), new Date('2026-03-14T11:00:00Z')]]);
    expect(trouvees(trois, decidees)).toEqual([]);
    const apres = [1, 2, 3].map(() => signal({ ecriteLe: new Date('2026-03-14T12:00:00Z') }));
    expect(trouvees([...trois, ...apres], decidees)).toEqual([['trois', 'q1', 3]]);
  });

  test('une heure a son moment, après minuit aussi', () => {
    expect([6, 22, 23, 2, null].map((h) => creneauDe(v, h))).toEqual(['jour', 'jour', 'nuit', 'nuit', 'inconnu']);
  });
});
