/** Who comes while others are served is served with those who came meanwhile. One group that takes long keeps nobody else waiting. */

/** A group that lasts longer lets the next one go. */
const LONG_MS = 250;
/** So many at once at most, of those that last too. */
const AU_PLUS = 3;

export class Ensemble<A> {
  readonly #servir: (groupe: readonly A[]) => Promise<void>;
  readonly #max: number;
  #attendent: A[] = [];
  #servis = 0;
  #longs = 0;
  /** `servir` answers each of its group and never throws; `max`: how many a group may be. */
  constructor(servir: (groupe: readonly A[]) => Promise<void>, max = Number.POSITIVE_INFINITY) {
    this.#servir = servir;
    this.#max = max;
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
    await this.#servir(this.#attendent.splice(0, this.#max));
    clearTimeout(montre);
    this.#servis -= 1;
    if (long) this.#longs -= 1;
    this.#avancer();
  }
}
