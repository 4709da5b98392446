/** Who comes while others are served is served with those who came meanwhile. One group that takes long keeps nobody else waiting. */
import { setImmediate as tour } from 'node:timers/promises';

/** A group that lasts longer lets the next one go. */
const LONG_MS = 250;
/** So many at once at most, of those that last too. */
const AU_PLUS = 3;

export class Ensemble<A> {
  readonly #servir: (groupe: readonly A[]) => Promise<void>;
  readonly #max: number;
  readonly #tour: boolean;
  #attendent: A[] = [];
  #servis = 0;
  #longs = 0;
  /** `servir` answers each of its group and never throws; `max`: how many a group may be; `tour`: who is ready in the same turn of the process goes with the first. */
  constructor(servir: (groupe: readonly A[]) => Promise<void>, o: { max?: number; tour?: boolean } = {}) {
    this.#servir = servir;
    this.#max = o.max ?? Number.POSITIVE_INFINITY;
    this.#tour = o.tour ?? false;
  }
  ajouter(a: A): void {
    this.#attendent.push(a);
    this.#avancer();
  }
  #avancer(): void {
    if (this.#attendent.length > 0 && this.#servis === this.#longs && this.#servis < AU_PLUS) void this.#suivant();
  }
  async #suivant(): Promise<void> {
    let long = false;
    this.#servis += 1;
    const montre = setTimeout(() => {
      long = true;
      this.#longs += 1;
      this.#avancer();
    }, LONG_MS);
    if (this.#tour) await tour();
    await this.#servir(this.#attendent.splice(0, this.#max));
    clearTimeout(montre);
    this.#servis -= 1;
    if (long) this.#longs -= 1;
    this.#avancer();
  }
}
