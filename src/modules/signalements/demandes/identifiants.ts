/** Identifiers that say when, and codes that only who reported has. */
import { createHash, randomBytes, randomInt } from 'node:crypto';

/** UUIDv7 (RFC 9562): milliseconds, then chance. Its year is the partition of the row. */
export function idDe(recuLe: Date): string {
  const o = randomBytes(16);
  o.writeUIntBE(recuLe.getTime(), 0, 6);
  o.writeUInt8((o.readUInt8(6) & 0x0f) | 0x70, 6);
  o.writeUInt8((o.readUInt8(8) & 0x3f) | 0x80, 8);
  const h = o.toString('hex');
  return `${h.slice(0, 8)}-${h.slice(8, 12)}-${h.slice(12, 16)}-${h.slice(16, 20)}-${h.slice(20)}`;
}

/** Read aloud on the telephone: no 0, 1, I, O. Sixty bits. */
const LETTRES = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';
export function tirerCode(): string {
  const brut = Array.from({ length: 12 }, () => LETTRES[randomInt(LETTRES.length)]).join('');
  return `${brut.slice(0, 4)}-${brut.slice(4, 8)}-${brut.slice(8)}`;
}
/** As people copy it: spaces, small letters, without its hyphens. Null when it cannot be one. */
export function lireCode(v: string): string | null {
  const brut = v.toUpperCase().replace(/[\s-]/g, '');
  return /^[2-9A-HJ-NP-Z]{12}$/.test(brut) ? `${brut.slice(0, 4)}-${brut.slice(4, 8)}-${brut.slice(8)}` : null;
}
/** What is kept of a code. */
export const empreinteDuCode = (code: string): Buffer => createHash('sha256').update(`suivi\n${code}`).digest();

export const cheminDeDemande = (id: string): string => `/signalements/demandes/${id}`;
