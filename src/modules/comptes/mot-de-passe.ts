/** Passwords are kept as argon2id. */
import { hash, verify } from '@node-rs/argon2';

/** argon2id with the library's parameters (19 MiB, 2 passes). */
export const hacher = (motDePasse: string): Promise<string> => hash(motDePasse);

/** Takes as long for an unknown address as for a wrong password. */
let leurre: Promise<string> | null = null;
export async function verifierMotDePasse(empreinte: string | null, motDePasse: string): Promise<boolean> {
  leurre ??= hash('leurre');
  const bonne = await verify(empreinte ?? (await leurre), motDePasse);
  return bonne && empreinte !== null;
}
