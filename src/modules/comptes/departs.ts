/** What other modules do when somebody leaves: the account is closed, and its address is read by nobody. */
import type { Db } from '../../core/base/database.ts';
import type { House } from '../../core/module.ts';

/** In the same transaction. `courriel`: in lower case. */
export type SuitesDUnDepart = (tx: Db, contratId: number, courriel: string, maintenant: Date) => Promise<void>;
let suites: readonly SuitesDUnDepart[] = [];
export const installerDeparts = (house: House): void => {
  suites = house.modules.flatMap((m) => m.departs ?? []);
};
export async function prevenirDuDepart(...depart: Parameters<SuitesDUnDepart>): Promise<void> {
  for (const suite of suites) await suite(...depart);
}
