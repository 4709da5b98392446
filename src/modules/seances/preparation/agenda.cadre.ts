/** What the proposals and the sheets of an agenda are drawn from. */
import type { Db } from '../../../core/base/database.ts';
import type { FormulaireDeContrat } from '../../indicateurs/index.ts';
import type { Instance } from '../../instances/index.ts';

export interface Cadre {
  db: Db;
  contratId: number;
  f: FormulaireDeContrat;
  instance: Instance;
  /** Day on which they are drawn. */
  aujourdhui: string;
}
