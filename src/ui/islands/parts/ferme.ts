/**
 * What a device keeps is closed with a key that the page of the signed-in person carries and that no device keeps: AES-256-GCM, tied to the
 * name under which it is kept. Not the browser's own, which answers later: what is typed is on the device before the next key.
 */
import { gcm } from '@noble/ciphers/aes.js';

export interface Serrure {
  fermer(nom: string, texte: string): string;
  /** Null when another key closed it, or it was altered. */
  ouvrir(nom: string, ferme: string): string | null;
}
const IV = 12;

const enOctets = (b64: string): Uint8Array => Uint8Array.from(atob(b64.replaceAll('-', '+').replaceAll('_', '/')), (c) => c.charCodeAt(0));
const enTexte = (octets: Uint8Array): string => {
  let s = '';
  for (let i = 0; i < octets.length; i += 8192) s += String.fromCharCode(...octets.subarray(i, i + 8192));
  return btoa(s);
};

/** The lock of who is signed in on this page; null where the page carries none. */
export function laSerrure(): Serrure | null {
  const dite = document.querySelector<HTMLMetaElement>('meta[name="concorde-depot"]')?.content;
  if (!dite) return null;
  const cle = enOctets(dite);
  return {
    fermer: (nom, texte) => {
      const iv = crypto.getRandomValues(new Uint8Array(IV));
      const ferme = gcm(cle, iv, new TextEncoder().encode(nom)).encrypt(new TextEncoder().encode(texte));
      const tout = new Uint8Array(IV + ferme.length);
      tout.set(iv);
      tout.set(ferme, IV);
      return enTexte(tout);
    },
    ouvrir: (nom, ferme) => {
      try {
        const tout = enOctets(ferme);
        return new TextDecoder().decode(gcm(cle, tout.subarray(0, IV), new TextEncoder().encode(nom)).decrypt(tout.subarray(IV)));
      } catch {
        return null;
      }
    },
  };
}
