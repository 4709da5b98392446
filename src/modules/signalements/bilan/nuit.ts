/** What is told to everyone of reports is told at night, once, all in one transaction: the balance sheet, its quarters by quartier, and those listed without a key. */
import type { Db } from '../../../core/base/database.ts';
import type { Catalogue } from '../../contrats/index.ts';
import type { Circuits } from '../circuits/circuits.ts';
import { arreterOpen311 } from '../open311/arreter.ts';
import { arreterLesBilans, circuitsDits } from './arreter.ts';
import { arreterLesQuartiers } from './quartiers.ts';

/** Returns how many balance sheets were told. */
export async function arreterLaNuit(tx: Db, o: { catalogue: Catalogue; circuits: Circuits; maintenant: Date }): Promise<number> {
  const bilans = await arreterLesBilans(tx, o);
  await arreterLesQuartiers(tx, { ...o, circuits: circuitsDits(o.circuits) });
  await arreterOpen311(tx, o);
  return bilans;
}
