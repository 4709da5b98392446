/**
 * What generated tests need to knock on every door of a module: for each address with a parameter, an object that exists; for each
 * route that writes, a body that would do it. Names of objects are those of the world that tests build (`tests/support/monde.ts`).
 */
export interface Exemples {
  /** First segment of an address -> the object that its `:id` names: `{ decisions: 'decision' }`. */
  chemins?: Readonly<Record<string, string>>;
  /** Any other parameter -> the object, or a value after « = »: `{ participant: 'participant', registre: '=marches' }`. */
  parametres?: Readonly<Record<string, string>>;
  /** « POST /registres/:registre/nouveau » -> its body; values that begin with « = » name an object. A route without one gets what several forms share. */
  corps?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  /** Routes that act on nothing but the person who asks, or on what everyone may ask for, and why. */
  surSoi?: Readonly<Record<string, string>>;
  /** Where a refusal is said in the form, with what was typed, by these words. */
  refus?: Readonly<Record<string, string>>;
  /** Pages with parameters that any browser can open on the demonstration; « {lieu} » is a territory with records, « {ensemble} » one made of others. */
  pages?: readonly string[];
  /** The same, for someone signed in. */
  pagesDeTravail?: readonly string[];
}
