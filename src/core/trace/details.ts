/**
 * What an entry of the audit trail says besides its object: codes, numbers, ids, days, yes or no. Never what somebody wrote: the trail is
 * chained, and nothing in it is ever erased. A text that proves something goes to `avant` and `apres`, which are digested.
 */
import { createHash } from 'node:crypto';

declare const CODE: unique symbol;
/** A word of a closed list, an id, a day: no person wrote it. */
export type Code = string & { readonly [CODE]: true };
/** Says so of a string that the compiler knows nothing of. What is not one is digested before it is written. */
export const code = <T extends string | null | undefined>(v: T): T extends string ? Code : T => v as T extends string ? Code : T;
export const codes = (v: Iterable<string>): readonly Code[] => [...v] as Code[];

type Simple = number | boolean | null | undefined | Code;
export type Details = Readonly<Record<string, Simple | readonly Simple[]>>;

/** A union of written words passes as it is; a plain string does not, nor words with a space, which would leave their digest only. */
type Sain<T> = T extends number | boolean | null | undefined | Code
  ? T
  : T extends string
    ? string extends T
      ? Code
      : T extends `${string} ${string}`
        ? Code
        : T
    : T extends readonly (infer U)[]
      ? readonly Sain<U>[]
      : T extends Date | ((...a: never) => unknown)
        ? never
        : T extends object
          ? Sains<T>
          : never;
/** These details, or what is missing for them to be. */
export type Sains<D> = { readonly [K in keyof D]: Sain<D[K]> };

const UN_CODE = /^\S{0,80}$/;
const borner = (v: unknown): unknown => {
  if (typeof v === 'string') return UN_CODE.test(v) ? v : `empreinte:${createHash('sha256').update(v).digest('hex').slice(0, 32)}`;
  if (Array.isArray(v)) return v.map(borner);
  return typeof v === 'object' && v !== null ? Object.fromEntries(Object.entries(v).map(([k, x]) => [k, borner(x)])) : v;
};
/** The bound that holds whatever the types say: what has a space, or more than 80 characters, leaves its digest only. */
export const bornerDetails = (details: object): Record<string, unknown> => borner(details) as Record<string, unknown>;
