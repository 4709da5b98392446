/**
 * Whose word a contribution is: who gave it when that is not the debtor, who vouches for it, who contests it. One function says its state, and
 * every reader uses it. Institutions only, never a person: these sentences are public. Pure.
 */
import type { Catalogue } from '../../contrats/index.ts';
import type { ValeurCollectee } from '../chiffres.rules.ts';

/** Names under which Concorde itself gives what was counted for a debtor. */
export const COMPTEURS = { cellule: 'Compteur de la cellule', circuit: 'Compteur du circuit' } as const;

export type Parole = Pick<
  ValeurCollectee,
  | 'debiteur'
  | 'territoireId'
  | 'saisiParId'
  | 'saisiPar'
  | 'saisiParOrganisation'
  | 'pourAutrui'
  | 'valideLe'
  | 'valideOrganisation'
  | 'confirmeLe'
  | 'confirmeOrganisation'
  | 'contesteLe'
  | 'contesteOrganisation'
>;
type Acteurs = Pick<Catalogue, 'nomActeur' | 'nomActeurA'>;

const compteurDe = (v: Pick<Parole, 'saisiParId' | 'saisiPar'>) =>
  v.saisiParId === null ? (Object.entries(COMPTEURS).find(([, nom]) => nom === v.saisiPar)?.[0] ?? null) : null;
/** Its debtor did not give it: another organisation did, or Concorde. */
export const estPourAutrui = (v: Pick<Parole, 'saisiParId' | 'saisiPar' | 'pourAutrui'>): boolean => v.pourAutrui || compteurDe(v) !== null;

/** « saisi par la DPMP », « compté par le circuit »; empty when the debtor gave it. */
export function direAuteur(v: Pick<Parole, 'saisiParId' | 'saisiPar' | 'saisiParOrganisation' | 'pourAutrui'>, c: Acteurs): string {
  const compteur = compteurDe(v);
  if (compteur) return compteur === 'circuit' ? 'compté par le circuit' : 'compté par la cellule';
  return v.pourAutrui ? `saisi par ${c.nomActeur(v.saisiParOrganisation)}` : '';
}
/** « Rectorat, saisi par DPMP »: whose figure it is, and who gave it when it is another. */
export const direDonneur = (v: Parole, c: Acteurs): string => [c.nomActeurA(v.debiteur, v.territoireId), direAuteur(v, c)].filter(Boolean).join(', ');

/** Contested, until the very organisation that contested it confirms it: validating lifts nothing. */
export const estContestee = (v: Pick<Parole, 'contesteLe' | 'contesteOrganisation' | 'confirmeLe' | 'confirmeOrganisation'>): boolean =>
  v.contesteLe !== null && !(v.confirmeLe !== null && v.confirmeOrganisation === v.contesteOrganisation && v.confirmeLe >= v.contesteLe);
/** Validated by the very organisation that typed it in another's name, which has not said it: nobody else vouches for it. */
const attendLeDebiteur = (v: Pick<Parole, 'pourAutrui' | 'saisiParOrganisation' | 'valideOrganisation' | 'confirmeLe'>): boolean =>
  v.pourAutrui && v.confirmeLe === null && (v.valideOrganisation === null || v.valideOrganisation === v.saisiParOrganisation);
/** Validated, contested by nobody, and said by another than its author: no less is told as valid. */
export const estAcquise = (v: Omit<Parole, 'debiteur' | 'territoireId' | 'saisiParId' | 'saisiPar'>): boolean =>
  v.valideLe !== null && !estContestee(v) && !attendLeDebiteur(v);

/** Its state in words. « validé » alone is what `estAcquise` says, and nothing else. */
export function direEtatDeParole(v: Parole, c: Acteurs): string {
  const conteste = `contesté par ${c.nomActeur(v.contesteOrganisation ?? '')}`;
  if (estContestee(v)) return v.valideLe ? `validé, ${conteste}` : `${conteste}, à valider`;
  if (attendLeDebiteur(v))
    return `${v.valideLe ? 'provisoire, validé par qui l’a saisi' : 'provisoire'}, à confirmer par ${c.nomActeurA(v.debiteur, v.territoireId)}`;
  const confirme = v.confirmeLe !== null && estPourAutrui(v) ? `confirmé par ${c.nomActeur(v.confirmeOrganisation ?? '')}` : '';
  if (!v.valideLe) return confirme ? `provisoire, ${confirme}` : 'provisoire';
  return confirme ? `validé, ${confirme}` : 'validé';
}
export const tonDeParole = (v: Parole): 'vert' | 'garance' | 'bleu' => (estContestee(v) ? 'garance' : estAcquise(v) ? 'vert' : 'bleu');
