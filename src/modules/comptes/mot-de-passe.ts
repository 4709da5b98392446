/** Passwords: argon2id, strength after CNIL délibération 2022-100 (case of attempts limited: 8 characters, 3 classes of 4; here 12). */
import { hash, verify } from '@node-rs/argon2';

const LONGUEUR_MIN = 12;

/** What is missing, in French; null when the password is strong enough. */
export function faiblesse(motDePasse: string): string | null {
  if (motDePasse.length < LONGUEUR_MIN) return `Choisissez au moins ${LONGUEUR_MIN} caractères (il y en a ${motDePasse.length}).`;
  const classes = [/\p{Ll}/u, /\p{Lu}/u, /\d/, /[^\p{L}\d]/u].filter((c) => c.test(motDePasse)).length;
  if (classes < 3) return 'Mêlez au moins trois sortes de caractères : minuscules, majuscules, chiffres, signes.';
  return null;
}

/** argon2id with the library's parameters (19 MiB, 2 passes). */
export const hacher = (motDePasse: string): Promise<string> => hash(motDePasse);

/** Takes as long for an unknown address as for a wrong password. */
let leurre: Promise<string> | null = null;
export async function verifierMotDePasse(empreinte: string | null, motDePasse: string): Promise<boolean> {
  leurre ??= hash('leurre');
  const bonne = await verify(empreinte ?? (await leurre), motDePasse);
  return bonne && empreinte !== null;
}
