/** A link that opens something by itself, sent by mail: nothing of it is kept, the platform's key signs what it is for and whose it is. Pure. */
import { timingSafeEqual } from 'node:crypto';
import type { Coffre } from './coffre.ts';

type Signe = Pick<Coffre, 'signer'>;
/** `usage`: what the link is for, so that no other use opens it. */
export const signerLien = (coffre: Signe, usage: string, parties: readonly string[]): string => coffre.signer([usage, ...parties].join('\n'));

/** In a time that says nothing of where they differ. */
export function sontEgaux(attendue: string, recue: string): boolean {
  const [a, b] = [Buffer.from(attendue), Buffer.from(recue)];
  return a.length === b.length && timingSafeEqual(a, b);
}
export const estLienSigne = (coffre: Signe, usage: string, parties: readonly string[], recue: string): boolean =>
  sontEgaux(signerLien(coffre, usage, parties), recue);
