import type { Contexte } from '../../../core/http/http.ts';
import type { SecretDeCle } from '../cles/cles.ts';

/** A secret is taken as it came: spaces at the ends of a phrase are dropped where it is derived, the same way each time. */
export const brut = (c: Contexte, champ: string): string => (typeof c.corps[champ] === 'string' ? c.corps[champ] : '');
/** 32 bytes of base64url; null when it is anything else. */
export function lireSecretDeCle(v: string): SecretDeCle | null {
  const octets = /^[A-Za-z0-9_-]{43}$/.test(v) ? Buffer.from(v, 'base64url') : null;
  return octets?.length === 32 ? (Uint8Array.from(octets) as SecretDeCle) : null;
}
/** Id of a passkey, as the browser says it. */
export const lireIdDeCle = (v: string): string | null => (/^[A-Za-z0-9_-]{16,1400}$/.test(v) ? v : null);
