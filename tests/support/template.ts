/** What every test database holds from the start: the Paris contract and a small fictive town. */
import type { Db } from '../../src/core/base/database.ts';
import { chargerPlateforme } from '../../src/preparation.ts';

export const PARIS = 'contrats/paris-2023-2026';
export const VALBOURG = 'tests/support/contrat-fictif/valbourg-2025-2028';

/** Stands for every database of the run in the names of its roles. */
export const BASE_DES_ESSAIS = 'essais';

export async function prepareTemplate(db: Db): Promise<void> {
  await chargerPlateforme(db, PARIS);
  await chargerPlateforme(db, VALBOURG);
}
