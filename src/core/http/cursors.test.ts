import { estJour } from '../jours.ts';
import { expect, test } from 'vitest';
import { estInstant, lireCurseur } from './cursors.ts';
import { enPages } from './list-page.ts';

const ID = '00000000-0000-4000-8000-000000000000';

test('un jour ou un instant qu’aucune ligne n’a pu donner n’est pas la suite d’une liste', () => {
  expect(['2027-02-03', '2028-02-29', '0001-01-01'].map(estJour)).toEqual([true, true, true]);
  expect(['2027-02-29', '2027-02-30', '2027-13-01', '0000-01-01', '2027-2-3', '', '2027-02-03T00:00:00Z'].map(estJour)).toEqual(Array(7).fill(false));
  expect(estInstant('2027-02-03T08:00:00.000Z')).toBe(true);
  expect(['2027-02-30T08:00:00.000Z', '2027-02-03T24:00:00.000Z', '0000-01-01T00:00:00.000Z', '2027-02-03'].map(estInstant)).toEqual(Array(4).fill(false));
  expect(lireCurseur(`2027-02-03_${ID}`, estJour)).toEqual({ cle: '2027-02-03', id: ID });
  expect([`2027-02-03_${'-'.repeat(36)}`, `_${ID}`, ID, '', `2027-02-30_${ID}`].map((v) => lireCurseur(v, estJour))).toEqual(Array(5).fill(null));
});

test('une liste lue entière se montre page à page ; tout y est, une fois, et une page qui n’existe pas est la dernière', () => {
  const lignes = Array.from({ length: 61 }, (_, i) => i + 1);
  const vue = (page: string, nom?: string) =>
    enPages({ requete: { [nom ?? 'page']: page }, url: new URL(`http://c.exemple/instances/x?etat=clos&${nom ?? 'page'}=${page}`) }, lignes, 30, nom);
  expect(['1', '2', '3'].flatMap((p) => vue(p).lignes)).toEqual(lignes);
  expect(['', 'x', '-2', '0', '9'].map((p) => vue(p).lignes[0])).toEqual([1, 1, 1, 1, 61]);
  expect(vue('2').pages).toMatchObject({ page: 2, total: 61, parPage: 30 });
  // The filters stay; a second list of the page has its own number, and is where the link leads.
  expect([vue('2').pages?.href(3), vue('2', 'demandes').pages?.href(3)]).toEqual([
    '/instances/x?etat=clos&page=3',
    '/instances/x?etat=clos&demandes=3#demandes',
  ]);
  expect(enPages({ requete: { page: '4' }, url: new URL('http://c.exemple/') }, [1, 2], 30)).toEqual({ lignes: [1, 2], pages: null });
});
