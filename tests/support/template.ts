/** What every test database holds from the start. */
import type { Db } from '../../src/core/database.ts';

export async function prepareTemplate(_db: Db): Promise<void> {}
