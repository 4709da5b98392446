/** Which months are looked at, and the same ones a year before. Pure. */
import { ajouterMois } from '../../../core/jours.ts';
import { mois } from '../../../ui/typographie.ts';

export const PERIODES = [
  { code: '3', libelle: 'Trois derniers mois complets' },
  { code: '6', libelle: 'Six derniers mois complets' },
  { code: '12', libelle: 'Douze derniers mois complets' },
  { code: 'en-cours', libelle: 'Mois en cours' },
] as const;
export type CodePeriode = (typeof PERIODES)[number]['code'];
export const estPeriode = (v: string): v is CodePeriode => PERIODES.some((p) => p.code === v);

/** First days of months; `apres`: the day after the last one. */
export interface Periode {
  du: string;
  au: string;
  apres: string;
}
export const decalerMois = (premier: string, n: number): string => ajouterMois(`${premier.slice(0, 7)}-01`, n);
/** `fin`: the last month, when another than the last complete one is asked. */
export function periodeDe(code: CodePeriode, aujourdhui: string, fin: string | null = null): Periode {
  const dernier = fin === null ? `${aujourdhui.slice(0, 7)}-01` : decalerMois(fin, 1);
  const courant = code === 'en-cours' ? `${aujourdhui.slice(0, 7)}-01` : dernier;
  if (code === 'en-cours') return { du: courant, au: courant, apres: decalerMois(courant, 1) };
  return { du: decalerMois(courant, -Number(code)), au: decalerMois(courant, -1), apres: courant };
}
export const unAnAvant = (p: Periode): Periode => ({ du: decalerMois(p.du, -12), au: decalerMois(p.au, -12), apres: decalerMois(p.apres, -12) });
export const direPeriode = (p: Periode): string => (p.du === p.au ? mois(p.du) : `${mois(p.du)} à ${mois(p.au)}`);

export const MOMENTS = [
  { code: '0', libelle: 'De minuit à 6 h' },
  { code: '1', libelle: 'De 6 h à midi' },
  { code: '2', libelle: 'De midi à 18 h' },
  { code: '3', libelle: 'De 18 h à minuit' },
] as const;
export const JOURS = [
  { code: 'semaine', libelle: 'Du lundi au vendredi', jours: [1, 2, 3, 4, 5] },
  { code: 'week-end', libelle: 'Samedi et dimanche', jours: [6, 7] },
] as const;
export const NOMS_DES_JOURS = ['Lundi', 'Mardi', 'Mercredi', 'Jeudi', 'Vendredi', 'Samedi', 'Dimanche'] as const;
