/** Ed25519 seals: the platform's own key, and those of other signatories who sign an export on their own machine. */
import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Db } from '../../../core/base/database.ts';
import { inTransaction } from '../../../core/base/database.ts';
import { type Point, type Sceau, texteDuSceau } from './chaine.rules.ts';
import { addSceau, getPointASceller } from './journal.queries.ts';

/** Private key of the platform, in the data folder. */
export const CLE_AUDIT = 'cle-audit.pem';

/** Reads the private key of a file; made on first use, readable by its owner only. */
export async function lireCle(chemin: string, creer: boolean): Promise<KeyObject> {
  try {
    return createPrivateKey(await readFile(chemin, 'utf8'));
  } catch (e) {
    if ((e as { code?: string }).code !== 'ENOENT' || !creer) throw e;
  }
  const { privateKey } = generateKeyPairSync('ed25519');
  await mkdir(dirname(chemin), { recursive: true });
  await writeFile(chemin, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600, flag: 'wx' });
  return privateKey;
}

export function sceller(cle: KeyObject, contrat: string, p: Point, signataire: string, quand: Date): Sceau {
  const date = quand.toISOString();
  return {
    ...p,
    signataire,
    clePublique: createPublicKey(cle).export({ type: 'spki', format: 'pem' }).toString(),
    signature: sign(null, texteDuSceau(contrat, p, date), cle).toString('base64'),
    quand: date,
  };
}

const SIGNATAIRE = 'Concorde';

/** Seals the head of the chain with the platform's key; null when nothing is new since the last time. */
export async function scellerLaTete(db: Db, c: { id: number; slug: string }, cheminCle: string, quand: Date): Promise<Sceau | null> {
  const point = await getPointASceller(db, c.id, SIGNATAIRE);
  if (!point) return null;
  const sceau = sceller(await lireCle(cheminCle, true), c.slug, point, SIGNATAIRE, quand);
  await inTransaction(db, { contratId: c.id }, (tx) => addSceau(tx, c.id, sceau));
  return sceau;
}
