/** Small secrets kept in the database (authenticator keys): AES-256-GCM under a key that is not in the database. */
import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

export interface Coffre {
  chiffrer(clair: string): Buffer;
  /** Throws when the key is not the one that closed it, or the bytes were altered. */
  dechiffrer(ferme: Buffer): string;
  /** Among many: null where one cannot be read, so that it stops none of the others. */
  lisible(ferme: Buffer): string | null;
  /** What only this key can make of a text, for links sent by mail: nothing to keep, nothing to steal from the database. */
  signer(texte: string): string;
  /** A key of one's own (32 bytes, base64url), the same each time it is asked for: what a device keeps is closed with it, and opens again for that person. */
  cleDe(qui: string): string;
}

const IV = 12;
const SCEAU = 16;

export function createCoffre(cle: Buffer): Coffre {
  // Another key for another use, from the same one.
  const cleDesLiens = createHmac('sha256', cle).update('liens').digest();
  const cleDesDepots = createHmac('sha256', cle).update('depots').digest();
  const dechiffrer = (ferme: Buffer): string => {
    const d = createDecipheriv('aes-256-gcm', cle, ferme.subarray(0, IV), { authTagLength: SCEAU });
    d.setAuthTag(ferme.subarray(IV, IV + SCEAU));
    return Buffer.concat([d.update(ferme.subarray(IV + SCEAU)), d.final()]).toString('utf8');
  };
  return {
    signer: (texte) => createHmac('sha256', cleDesLiens).update(texte).digest('base64url').slice(0, 32),
    cleDe: (qui) => createHmac('sha256', cleDesDepots).update(qui).digest('base64url'),
    chiffrer: (clair) => {
      const iv = randomBytes(IV);
      const c = createCipheriv('aes-256-gcm', cle, iv);
      const corps = Buffer.concat([c.update(clair, 'utf8'), c.final()]);
      return Buffer.concat([iv, c.getAuthTag(), corps]);
    },
    dechiffrer,
    lisible: (ferme) => {
      try {
        return dechiffrer(ferme);
      } catch {
        return null;
      }
    },
  };
}

/** The key of `dossier/cle-comptes`, made on first use, readable by its owner only. */
export async function openCoffre(dossier: string): Promise<Coffre> {
  const chemin = join(dossier, 'cle-comptes');
  await mkdir(dossier, { recursive: true });
  await writeFile(chemin, randomBytes(32), { mode: 0o600, flag: 'wx' }).catch((e: { code?: string }) => {
    if (e.code !== 'EEXIST') throw e;
  });
  const cle = await readFile(chemin);
  if (cle.length !== 32) throw new Error(`La clé « ${chemin} » est abîmée : restaurez-la depuis une sauvegarde.`);
  return createCoffre(cle);
}
