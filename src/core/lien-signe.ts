/** A link that opens something by itself, sent by mail: nothing of it is kept, the platform's key signs what it is for and whose it is. Pure. */
import { timingSafeEqual } from 'node:crypto';
import type { Coffre } from './coffre.ts';

/** `usage`: what the link is for, so that no other use opens it. */
export const signerLien = (coffre: Coffre, usage: string, parties: readonly string[]): string => coffre.signer([usage, ...parties].join('\n'));

export function estLienSigne(coffre: Coffre, usage: string, parties: readonly string[], recue: string): boolean {
  const [attendue, la] = [Buffer.from(signerLien(coffre, usage, parties)), Buffer.from(recue)];
  return attendue.length === la.length && timingSafeEqual(attendue, la);
}
