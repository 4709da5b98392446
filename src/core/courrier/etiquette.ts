/**
 * What stands after the `+` of an address by which letters come in: of what it is, and the seal that says it was written here. Relays may lower the case of an
 * address, and 64 characters is all that stands before its domain: hexadecimal, short. Pure.
 */
import { createHash } from 'node:crypto';
import type { Coffre } from '../coffre.ts';
import { sontEgaux, signerLien } from '../lien-signe.ts';

type Signe = Pick<Coffre, 'signer'>;
export interface Etiquette {
  id: string;
  sceau: string;
}
const sceller = (coffre: Signe, usage: string, parties: readonly string[]): string =>
  createHash('sha256')
    .update(signerLien(coffre, usage, parties))
    .digest('hex')
    .slice(0, 20);

/** `usage`: what the address is for; `parties`: what it is signed of besides the id, so that it ends when they change. */
export const ecrireEtiquette = (coffre: Signe, usage: string, id: string, parties: readonly string[] = []): string =>
  `${id.replaceAll('-', '')}${sceller(coffre, usage, [id, ...parties])}`;

/** What a tag names; null when it names nothing. Not yet checked. */
export function lireEtiquette(etiquette: string): Etiquette | null {
  const m = /^([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})([0-9a-f]{20})$/.exec(etiquette);
  return m ? { id: m.slice(1, 6).join('-'), sceau: m[6] ?? '' } : null;
}
export const estScellee = (coffre: Signe, usage: string, e: Etiquette, parties: readonly string[] = []): boolean =>
  sontEgaux(sceller(coffre, usage, [e.id, ...parties]), e.sceau);

/** The id, of a tag that was signed here of nothing else; null otherwise. */
export function idSigne(coffre: Signe, usage: string, etiquette: string): string | null {
  const e = lireEtiquette(etiquette);
  return e && estScellee(coffre, usage, e) ? e.id : null;
}
