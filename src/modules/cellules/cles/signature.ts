/** Certificates are signed (Ed25519) by a key that the platform's own key makes: nothing more to keep, nothing of it in the database. */
import sodium from 'libsodium-wrappers';
import type { Coffre } from '../../../core/coffre.ts';

export interface Signe {
  signature: Buffer;
  publique: Buffer;
}
async function paireDe(coffre: Coffre, contratId: number) {
  await sodium.ready;
  const graine = sodium.crypto_generichash(32, coffre.signer(`certificats de destruction ${contratId}`), null);
  try {
    return sodium.crypto_sign_seed_keypair(graine);
  } finally {
    graine.fill(0);
  }
}
/** By which the certificates of this platform are recognised today. */
export const publiqueDe = async (coffre: Coffre, contratId: number): Promise<string> =>
  Buffer.from((await paireDe(coffre, contratId)).publicKey).toString('hex');
export async function signer(coffre: Coffre, contratId: number, texte: string): Promise<Signe> {
  const paire = await paireDe(coffre, contratId);
  try {
    return { signature: Buffer.from(sodium.crypto_sign_detached(texte, paire.privateKey)), publique: Buffer.from(paire.publicKey) };
  } finally {
    paire.privateKey.fill(0);
  }
}
export async function estSigne(texte: string, s: { signature: Uint8Array; publique: Uint8Array }): Promise<boolean> {
  await sodium.ready;
  return sodium.crypto_sign_verify_detached(s.signature, texte, s.publique);
}
