/** What the night writes goes one by one, each in a transaction of its own: one that cannot be written leaves the others, and is said. */
import type { Db } from '../../core/base/database.ts';

/** Does something in a transaction of its own. */
export type Faire = <T>(acte: (tx: Db) => Promise<T>) => Promise<T>;
export interface Faits {
  faits: number;
  /** Which ones could not be done, and by what kind of failure. */
  rates: readonly string[];
}

/** `faire`: false where there was nothing to do, or not yet. */
export async function unParUn<X>(liste: readonly X[], dire: (x: X) => string, faire: (x: X) => Promise<boolean>): Promise<Faits> {
  const rates: string[] = [];
  let faits = 0;
  for (const x of liste)
    try {
      if (await faire(x)) faits += 1;
    } catch (e) {
      // By its kind: the words of an unexpected error may quote what is kept.
      rates.push(`${dire(x)} (${(e as { code?: string }).code ?? (e as Error).name})`);
    }
  return { faits, rates };
}
