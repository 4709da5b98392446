/** A day is that of the contract's clock. In winter an instant cut at ten characters is a day late for an hour, in summer for two. */
import { expect, test } from 'vitest';
import { estEssai, lire, sources } from './sources.ts';

/** Arithmetic on days already known: no instant, no zone. */
const CALCULS = [
  'src/modules/comptes/dpo/demandes.rules.ts',
  'src/modules/echeances/echeances.rules.ts',
  'src/modules/instances/calendrier/calendrier.rules.ts',
  'src/modules/instances/instances.rules.ts',
  'src/modules/registres/registres.demo.ts',
  'src/modules/registres/valeurs.rules.ts',
  'src/modules/seances/tenue/tenue.rules.ts',
];
const COUPE = /toISOString\(\)\s*\.(?:slice\(0, 10\)|split\('T'\))/;
/** The day of the database's clock, or an instant cut there: the zone is the server's. */
const COUPE_SQL = /\bcurrent_date\b|\bnow\(\)::date|(?:_le|\bquand)::date/;

test('le jour d’un instant se lit à l’heure du contrat, jamais coupé dans l’heure universelle', () => {
  expect(COUPE.test('new Date().toISOString().slice(0, 10)')).toBe(true);
  const fautifs = sources.filter((f) => !estEssai(f) && COUPE.test(lire(f)));
  expect(fautifs.sort()).toEqual(CALCULS);
});

test('en SQL aussi', () => {
  for (const faute of ['d.modifie_le::date <= x', 'fin >= current_date', 'now()::date', 'a.quand::date'])
    expect([faute, COUPE_SQL.test(faute)]).toEqual([faute, true]);
  expect(COUPE_SQL.test('(d.modifie_le at time zone z)::date')).toBe(false);
  const fautifs = sources.filter((f) => !estEssai(f) && COUPE_SQL.test(lire(f)));
  expect(fautifs).toEqual([]);
});
