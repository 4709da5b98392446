/** What may be said of a number of help, by when somebody checked it. Pure. */
import { plusJours } from '../../echeances/index.ts';
import type { Numero, SecoursFichier } from '../secours.schema.ts';
import type { Verification } from './verifications.queries.ts';

/** A check is asked for again after so many days, and says nothing any more after so many. */
export const REVOIR_JOURS = 180;
const VAUT_JOURS = 365;

/** `faux`: whoever checked found that it is not so, and nobody has corrected it yet. */
export type EtatDeVerification = 'verifie' | 'a-verifier' | 'faux';
export interface NumeroLu extends Numero {
  verification: { etat: EtatDeVerification; le: string | null; par: string };
}

export function etatDeVerification(v: Pick<Verification, 'le' | 'juste'> | undefined, aujourdhui: string): EtatDeVerification {
  if (!v) return 'a-verifier';
  if (v.juste === false) return 'faux';
  return plusJours(v.le, VAUT_JOURS) >= aujourdhui ? 'verifie' : 'a-verifier';
}
/** Numbers of two or three digits are those of the national plan, which hold day and night by regulation. */
const estDUrgence = (n: Pick<Numero, 'numero' | 'horaires'>): boolean => n.horaires === 'toujours' && /^\d{2,3}$/.test(n.numero);
/** May its hours be said as they are? */
export const heuresSures = (n: NumeroLu): boolean => n.verification.etat === 'verifie' || (n.verification.etat === 'a-verifier' && estDUrgence(n));

export interface SecoursLu extends Omit<SecoursFichier, 'numeros'> {
  numeros: readonly NumeroLu[];
}
/** The numbers of the file, each with who checked it last. */
export const avecVerifications = (s: SecoursFichier, verifications: ReadonlyMap<string, Verification>, aujourdhui: string): SecoursLu => ({
  ...s,
  numeros: s.numeros.map((n) => {
    const v = verifications.get(n.code);
    return { ...n, verification: { etat: etatDeVerification(v, aujourdhui), le: v?.le ?? null, par: v?.par ?? '' } };
  }),
});
