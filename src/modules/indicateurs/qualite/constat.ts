/** What a rule found, before it is told to somebody. */
import { nombreEcrit } from '../../../core/nombres.ts';
import { formatPeriode } from '../../../ui/typographie.ts';
import type { Catalogue, Mesure } from '../../contrats/index.ts';
import { libelleDeCle } from '../saisie/grain.rules.ts';
import type { CleDeCellule, Gravite } from './qualite.types.ts';

export interface Constat {
  regle: string;
  gravite: Gravite;
  raison: string;
  cellule: CleDeCellule;
  /** Without the cell nor the full stop; both numbers. */
  dit: string;
  valeur: number;
  reference: number | null;
  cite: readonly string[];
}

export const arrondir = (n: number): number => Math.round(n * 1e6) / 1e6;
export const dire = (n: number): string => nombreEcrit(arrondir(n));
/** Sums of decimals are equal up to their rounding. */
export const egaux = (a: number, b: number): boolean => Math.abs(a - b) <= 1e-6 * Math.max(1, Math.abs(a), Math.abs(b));
export const depasse = (a: number, b: number): boolean => a > b && !egaux(a, b);

export function direCellule(c: Catalogue, x: CleDeCellule): string {
  const m = c.chiffre(x.mesureId);
  return [
    m?.court ?? x.mesureId,
    (m?.aupres.length ?? 0) > 1 ? c.nomActeurA(x.debiteur, x.territoireId) : '',
    x.territoireId === c.racine.id && !m?.grain.territoires ? '' : (c.territoires.get(x.territoireId)?.nom ?? x.territoireId),
    m && x.ventilation !== '' ? libelleDeCle(m, x.ventilation) : '',
    formatPeriode(x.periode),
  ]
    .filter(Boolean)
    .join(', ');
}
export const nommer = (m: Pick<Mesure, 'court'>): string => `« ${m.court} »`;
