/** The link by which a receiver answers, without account: its digest alone is kept, so that the database gives no link. */
import { createHash, randomBytes } from 'node:crypto';

export const empreinteDuLien = (jeton: string): Buffer => createHash('sha256').update(`orientation ${jeton}`).digest();
export function nouveauLien(): { jeton: string; empreinte: Buffer } {
  const jeton = randomBytes(24).toString('base64url');
  return { jeton, empreinte: empreinteDuLien(jeton) };
}
export const lienDe = (adresse: string, jeton: string): string => `${adresse}/cellules/reponse/${jeton}`;
