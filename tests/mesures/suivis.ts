/** Figures followed beside the contract's measures, that the registers count. */
import { type Cas, etablissement, operation } from './essai.ts';

const tags = [{ nature: 'tags-graffitis', nombre: 6 }];
const sanctionLe = (le: string, type = 'avertissement') => ({ sanctions: [{ type, le }] });

export const SUIVIS: Readonly<Record<string, Cas>> = {
  's-infractions-relevees': {
    oui: [
      operation({
        infractions: [
          { nature: 'megots-jets', nombre: 12 },
          { nature: 'urine', nombre: 3 },
        ],
      }),
      operation({ infractions: [{ nature: 'depots-sauvages', nombre: 5 }] }),
    ],
    // tickets alone, what is found on walls, no line
    non: [operation({ verbalisations: 9 }), operation({ atteintes: tags }), operation()],
    vaut: 20,
  },
  's-infractions-secteurs-festifs': {
    oui: [
      operation({ type: 'secteur-festif', infractions: [{ nature: 'urine', nombre: 4 }] }),
      operation({ lieu: 'secteur-festif', infractions: [{ nature: 'megots-jets', nombre: 7 }] }),
      // both at once: once
      operation({ type: 'secteur-festif', lieu: 'secteur-festif', infractions: [{ nature: 'depots-sauvages', nombre: 1 }] }),
    ],
    non: [operation({ infractions: [{ nature: 'urine', nombre: 8 }] }), operation({ type: 'secteur-festif', atteintes: tags })],
    vaut: 12,
  },
  's-atteintes-relevees': {
    oui: [operation({ atteintes: [...tags, { nature: 'mobilier', nombre: 2 }] })],
    non: [operation({ infractions: [{ nature: 'urine', nombre: 8 }] }), operation()],
    vaut: 8,
  },
  's-sanctions-d-etablissements': {
    oui: [
      etablissement({
        sanctions: [
          { type: 'verbalisation', le: '2025-06-20' },
          { type: 'fermeture-administrative', le: '2025-09-03' },
        ],
      }),
      // followed for long, sanctioned this year
      etablissement(sanctionLe('2025-03-02'), { jour: '2024-05-01' }),
    ],
    // the year after, the year before, none
    non: [etablissement(sanctionLe('2026-02-01')), etablissement(sanctionLe('2024-06-01'), { jour: '2024-05-01' }), etablissement()],
    vaut: 3,
  },
};
