/** One meaning of a filter: « compte pour » on a record's page and the SQL of the figure agree on every value. */
import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type BaseDeTest, testDatabase } from '../../../tests/support/database.ts';
import { correspond } from '../indicateurs/index.ts';
import { valeurDe } from './registres.liens.ts';
import { filtreSql } from '../indicateurs/calcul/gardes.sql.ts';

let base: BaseDeTest;
beforeAll(async () => {
  base = await testDatabase();
});
afterAll(() => base.close());

const mot = fc.constantFrom('a', 'b', 'rixes', '');
const filtre = fc.record(
  {
    theme: fc.oneof(mot, fc.array(mot, { minLength: 1, maxLength: 3 })),
    conjointe: fc.oneof(fc.boolean(), fc.array(fc.boolean(), { minLength: 1, maxLength: 2 })),
    organisation_id: fc.oneof(mot, fc.array(mot, { minLength: 1, maxLength: 2 })),
  },
  { requiredKeys: [] },
);
const contenu = fc.record({
  theme: fc.option(mot, { nil: null }),
  conjointe: fc.option(fc.boolean(), { nil: null }),
  organisation_id: mot,
});

test('« compte pour » dit la même chose que la requête du chiffre, pour tout filtre et tout contenu', async () => {
  await fc.assert(
    fc.asyncProperty(filtre, contenu, async (ou, k) => {
      const { rows } = await sql<{ oui: boolean }>`
        select exists (
          select 1 from (values (${k.theme}::text, ${k.conjointe}::boolean, ${k.organisation_id}::text)) as f (theme, conjointe, organisation_id)
          where ${filtreSql(ou)}
        ) as oui`.execute(base.owner);
      // In a record, what was not said is absent.
      const { organisation_id, theme, conjointe } = k;
      const donnees = { ...(theme === null ? {} : { theme }), ...(conjointe === null ? {} : { conjointe }) };
      expect(correspond(ou, valeurDe({ organisation_id, donnees }))).toBe(rows[0]?.oui);
    }),
    { numRuns: 300 },
  );
});
