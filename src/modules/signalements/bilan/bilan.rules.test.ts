import { expect, test } from 'vitest';
import { masquerLieux, masquerParts, type Nombres } from './bilan.rules.ts';

const n = (plus: Partial<Nombres>): Nombres => ({ recus: 0, repondus: 0, faits: 0, resolus: 0, contestes: 0, minutes: 0, notes: 0, totalDesNotes: 0, ...plus });

test('les taux et les délais ne disent rien de trop peu, ni de ce qui est masqué', () => {
  const { lignes, total } = masquerParts([
    { cle: 'a', nombres: n({ recus: 10, repondus: 8, minutes: 960 }) },
    { cle: 'b', nombres: n({ recus: 30, repondus: 6, minutes: 60 }) },
  ]);
  expect(lignes[0]).toMatchObject({ recus: 10, repondus: 8, tauxDeReponse: 80, heures: 2 });
  expect(total).toMatchObject({ recus: 40, repondus: 14, tauxDeReponse: 35 });
  const peu = masquerParts([
    { cle: 'a', nombres: n({ recus: 9, repondus: 2, minutes: 60 }) },
    { cle: 'b', nombres: n({ recus: 8, repondus: 7, minutes: 60 }) },
  ]);
  // One is small, so that the other is hidden with it: the total less one of them would say it.
  expect(peu.lignes.map((l) => [l.recus, l.repondus, l.tauxDeReponse, l.heures])).toEqual([
    [9, null, null, null],
    [8, null, null, null],
  ]);
});

test('un petit nombre ne se retrouve ni par un total, ni par la page d’un autre lieu', () => {
  const lieu = (cle: string, recus: readonly number[]) => ({
    cle,
    nombres: n({ recus: recus.reduce((a, b) => a + b, 0) }),
    parts: recus.map((r, i) => ({ cle: `${cle}${i}`, nombres: n({ recus: r }) })),
  });
  const { lignes, dans } = masquerLieux([lieu('a', [1, 20]), lieu('b', [3, 0]), lieu('c', [40, 50])]);
  expect(lignes.map((l) => l.recus)).toEqual([null, null, null]);
  expect(dans.get('a')?.map((l) => l.recus)).toEqual([null, null]);
  // A true zero is said; a group whose total is hidden hides all the rest.
  expect(dans.get('b')?.map((l) => l.recus)).toEqual([null, 0]);
  expect(dans.get('c')?.map((l) => l.recus)).toEqual([null, null]);
});
