/** Passwords are kept as argon2id. */
import { hash, verify } from '@node-rs/argon2';
import { normaliser } from './mot-de-passe.rules.ts';

/** argon2id with the library's parameters (19 MiB, 2 passes). */
export const hacher = (motDePasse: string): Promise<string> => hash(normaliser(motDePasse));

/** Takes as long for an unknown address as for a wrong password. */
let leurre: Promise<string> | null = null;
export async function verifierMotDePasse(empreinte: string | null, motDePasse: string): Promise<boolean> {
  leurre ??= hash('leurre');
  const gardee = empreinte ?? (await leurre);
  const dit = normaliser(motDePasse);
  // Those chosen before were kept as they were typed.
  const bonne = (await verify(gardee, dit)) || (dit !== motDePasse && (await verify(gardee, motDePasse)));
  return bonne && empreinte !== null;
}
