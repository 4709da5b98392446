/** What a password must be, after CNIL délibération 2022-100 (case of attempts limited: 8 characters, 3 classes of 4; here 12). */
import { sansAccents } from '../../core/mots.ts';
const LONGUEUR_MIN = 12;

/** One keyboard writes « é » as one character, another as two: what people read the same is the same (NIST SP 800-63B, 5.1.1.2). */
export const normaliser = (motDePasse: string): string => motDePasse.normalize('NFKC');

/** Words that whoever guesses here tries first, without accents or spaces; they count for nothing. Named in docs/conformite/securite.md. */
export const MOTS_DU_CONTEXTE = [
  'concorde',
  'contrat',
  'prevention',
  'securite',
  'mairie',
  'ville',
  'arrondissement',
  'prefecture',
  'parquet',
  'rectorat',
  'police',
  'coordination',
  'administrateur',
  'admin',
  'motdepasse',
  'password',
  'azerty',
  'qwerty',
  'bonjour',
  'bienvenue',
] as const;
/** Characters that must remain beside those words. */
const RESTE_MIN = 8;

const simplifier = (v: string): string => sansAccents(v).replace(/[\s'’-]/g, '');
const sansMotsConnus = (v: string): string => MOTS_DU_CONTEXTE.reduce((reste, mot) => reste.replaceAll(mot, ''), simplifier(v));

/** What is missing, in French; null when the password is strong enough. */
export function faiblesse(ecrit: string): string | null {
  const motDePasse = normaliser(ecrit);
  const caracteres = [...motDePasse].length;
  if (caracteres < LONGUEUR_MIN) return `Choisissez au moins ${LONGUEUR_MIN} caractères (il y en a ${caracteres}).`;
  const classes = [/\p{Ll}/u, /\p{Lu}/u, /\d/, /[^\p{L}\d]/u].filter((c) => c.test(motDePasse)).length;
  if (classes < 3) return 'Mêlez au moins trois sortes de caractères : minuscules, majuscules, chiffres, signes.';
  if (sansMotsConnus(motDePasse).length < RESTE_MIN)
    return 'Ce mot de passe se devine : il tient presque tout entier dans des mots que chacun essaierait ici. Ajoutez-y d’autres mots, sans rapport.';
  return null;
}
