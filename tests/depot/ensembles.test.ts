/** Collected figures are kept in two sets: what was validated, which everyone reads, and the latest given, which only partners read. */
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

/** Who may read the latest given, and why nobody else gets it through them. */
const PARTENAIRES: Readonly<Record<string, string>> = {
  'src/modules/indicateurs/preuve/preuve.ts': 'the page of a figure, when its reader works on the contract',
  'src/modules/indicateurs/saisie/contributions.ts': 'its contributions, for the same reader',
  'src/modules/indicateurs/saisie/silence.queries.ts': 'who gave nothing, validated or not: everyone may know it, and no value is read',
  'src/modules/indicateurs/suivis/suivis.ts': 'what is followed beside the measures: partners alone read it',
  'src/modules/seances/preparation/propositions.ts': 'what is proposed to who prepares a session: how many are missing, no value',
};
/** Where the two sets are made; the list of records has an order of that name. */
const LES_DEUX = 'src/modules/indicateurs/saisie/totaux.rules.ts';

test('seules des lectures de partenaires prennent le dernier donné ; toutes les autres lisent ce qui est validé', () => {
  const fichiers = readdirSync('src', { recursive: true, encoding: 'utf8' })
    .map((f) => `src/${f.replaceAll('\\', '/')}`)
    .filter((f) => /\.tsx?$/.test(f) && !f.includes('.test.') && f !== LES_DEUX && !f.startsWith('src/modules/registres/liste/'));
  const lus = fichiers.filter((f) => /'recent'/.test(readFileSync(f, 'utf8')));
  expect(lus.sort()).toEqual(Object.keys(PARTENAIRES).sort());
  for (const f of Object.keys(PARTENAIRES).slice(0, 2)) expect([f, /partenaire \?[^:]*'recent'/.test(readFileSync(f, 'utf8'))]).toEqual([f, true]);
});
