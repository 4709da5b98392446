/**
 * Whose word a contribution is: who gave it when that is not the debtor, who vouches for it, who contests it. Its state is one column of its row
 * (`parole`), which totals, debts, files and news read as this page of words does. Institutions only, never a person: these sentences are public. Pure.
 */
import { enumerer, jourDuMoment } from '../../../ui/typographie.ts';
import type { Catalogue } from '../../contrats/index.ts';
import type { Contestation, ValeurCollectee } from '../chiffres.rules.ts';

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
  | 'contesteePar'
  | 'parole'
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

export const estAcquise = (v: Pick<Parole, 'parole'>): boolean => v.parole === 'acquise';

/** « contesté par la RATP et le Rectorat »; empty when nobody contests it. */
export const direContestation = (v: Pick<Parole, 'contesteePar'>, c: Pick<Catalogue, 'nomActeur'>): string =>
  v.contesteePar.length === 0 ? '' : `contesté par ${enumerer(v.contesteePar.map((o) => c.nomActeur(o)))}`;

/** « Contesté par le Rectorat le 3 mars 2026 : deux faits y sont en double. », for partners; what is secret keeps its reason to itself. */
export const direUneContestation = (k: Contestation, c: Pick<Catalogue, 'nomActeur'>): string => {
  const dite = `Contesté par ${c.nomActeur(k.organisationId)} le ${jourDuMoment(new Date(k.le))}`;
  return `${dite}${k.retireeLe === null ? '' : `, retiré le ${jourDuMoment(new Date(k.retireeLe))}`}${k.motif === '' ? '.' : ` : ${k.motif}`}`;
};

/** Its state in words. « validé » alone is what `estAcquise` says, and nothing else. */
export function direEtatDeParole(v: Parole, c: Acteurs): string {
  if (v.parole === 'contestee') return v.valideLe ? `validé, ${direContestation(v, c)}` : `${direContestation(v, c)}, à valider`;
  if (v.parole === 'a_confirmer')
    return `${v.valideLe ? 'provisoire, validé par qui l’a saisi' : 'provisoire'}, à confirmer par ${c.nomActeurA(v.debiteur, v.territoireId)}`;
  const confirme = v.confirmeLe !== null && estPourAutrui(v) ? `confirmé par ${c.nomActeur(v.confirmeOrganisation ?? '')}` : '';
  if (v.parole === 'a_valider') return confirme ? `provisoire, ${confirme}` : 'provisoire';
  return confirme ? `validé, ${confirme}` : 'validé';
}
export const tonDeParole = (v: Pick<Parole, 'parole'>): 'vert' | 'garance' | 'bleu' =>
  v.parole === 'contestee' ? 'garance' : v.parole === 'acquise' ? 'vert' : 'bleu';

/** What an organisation may still say of it: each act is open as long as it would change something, whatever the others said and under a lock too. */
export const peutEtreContestee = (v: Pick<Parole, 'contesteePar'>, organisationId: string): boolean => !v.contesteePar.includes(organisationId);
export const peutEtreConfirmee = (v: Pick<Parole, 'saisiParId' | 'saisiPar' | 'pourAutrui' | 'confirmeLe' | 'contesteePar'>, organisationId: string): boolean =>
  estPourAutrui(v) && (v.confirmeLe === null || v.contesteePar.includes(organisationId));
