import { expect, test } from 'vitest';
import { couvertureDe, direPortee, etenduesDe } from './couverture.rules.ts';

test('un fichier couvre ses jours, d’une ligne à l’autre ; une ligne au loin ne couvre que le sien', () => {
  expect(etenduesDe([])).toEqual([]);
  expect(etenduesDe(['2025-12-31', '2025-12-24', '2026-01-01'])).toEqual([{ du: '2025-12-24', au: '2026-01-01' }]);
  expect(etenduesDe(['2026-03-14', '2026-03-15', '2026-04-03', '2026-03-08'])).toEqual([
    { du: '2026-03-08', au: '2026-03-15' },
    { du: '2026-04-03', au: '2026-04-03' },
  ]);
  expect(etenduesDe(['2026-02-21', '2026-03-01']).length).toBe(2);
});

test('le dernier jour d’un fichier attend ; une partie, ou trop de lignes refusées, ne couvrent rien', () => {
  const jours = ['2026-03-14', '2026-03-15', '2026-03-20', '2026-04-03'];
  const couvrir = (portee: 'tout' | 'partie', lus: number, rejetes: number) => couvertureDe(jours, { portee, lus, rejetes });
  expect(couvrir('tout', 1000, 5)).toEqual({ couvre: [{ du: '2026-03-14', au: '2026-03-19' }], derniers: ['2026-03-20', '2026-04-03'] });
  const rien = { couvre: [], derniers: [] };
  expect([couvrir('tout', 1000, 6), couvrir('tout', 3, 1), couvrir('partie', 1000, 0)]).toEqual([rien, rien, rien]);
});

test('ce qu’un fichier couvre se dit à qui l’importe, avec ce qu’il faut faire', () => {
  const dire = (portee: 'tout' | 'partie', rejetes: number) => direPortee({ portee, lus: 240_000, rejetes }).replace(/[\u00a0\u202f]/g, ' ');
  expect(dire('tout', 80_000)).toMatch(/^80 000 lignes refusées sur 240 000, plus de 5 pour mille : .* ne couvre aucun jour.* importez-le encore/);
  expect(dire('partie', 0)).toMatch(/ne couvre aucun jour.*importez le fichier de tout le canal/);
  expect(dire('tout', 1200)).toMatch(/sauf le dernier.* 3 nuits plus tard/);
});
