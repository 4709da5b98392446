/** What may be said of a number of help, by when somebody checked it. Pure. */
import { empreinteDe } from '../../../core/trace/audit.ts';
import { plusJours } from '../../echeances/index.ts';
import { type Numero, sansBlancs, type SecoursFichier } from '../secours.schema.ts';
import type { Verification } from './verifications.queries.ts';

/** A check is asked for again after so many days, and says nothing any more after so many. */
export const REVOIR_JOURS = 180;
const VAUT_JOURS = 365;

/** What a check speaks of: the number as it is dialled or written to, its hours, its languages. Another digest is another number, that nobody checked. */
export const empreinteDuNumero = (n: Pick<Numero, 'numero' | 'par' | 'horaires' | 'langues'>): string =>
  empreinteDe({ numero: sansBlancs(n.numero), par: n.par, horaires: n.horaires ?? null, langues: n.langues?.toSorted() ?? null });

/** The numbers of the file, as it says them. */
export const aConnaitre = (s: Pick<SecoursFichier, 'numeros'>): { numero: string; empreinte: string }[] =>
  s.numeros.map((n) => ({ numero: n.code, empreinte: empreinteDuNumero(n) }));

/** `faux`: whoever checked found that it is not so, and the file still says it. */
export type EtatDeVerification = 'verifie' | 'a-verifier' | 'faux';
export interface NumeroLu extends Numero {
  /** Of the last check, 0 without any; `autre`: the file has said something else of it since. */
  verification: { etat: EtatDeVerification; version: number; le: string | null; par: string; autre: boolean };
}

export function etatDeVerification(v: Pick<Verification, 'le' | 'juste' | 'empreinte'> | undefined, empreinte: string, aujourdhui: string): EtatDeVerification {
  if (v?.empreinte !== empreinte) return 'a-verifier';
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
    const empreinte = empreinteDuNumero(n);
    const autre = v !== undefined && v.empreinte !== empreinte;
    return {
      ...n,
      verification: { etat: etatDeVerification(v, empreinte, aujourdhui), version: v?.version ?? 0, le: v?.le ?? null, par: v?.par ?? '', autre },
    };
  }),
});
