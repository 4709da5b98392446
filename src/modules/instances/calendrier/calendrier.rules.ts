/** What a calendar shows, and weeks of a month, Monday first. Days are `YYYY-MM-DD`, months `YYYY-MM`. Pure. */
import { ajouterMois, plusJours } from '../../../core/jours.ts';
import type { Confidentialite, EtatSeance } from '../instances.rules.ts';
import type { Vue } from '../instances.vue.ts';

export interface SeanceDeCalendrier {
  id: string;
  titre: string;
  jour: string;
  /** Null, as the length, for a session that was only declared: its day alone is known. */
  heure: string | null;
  dureeMinutes: number | null;
  lieu: string;
  etat: EtatSeance;
  sequence: number;
  instanceId: string;
  instance: string;
  territoireId: string;
  confidentialite: Confidentialite;
}
type Siege = Pick<Vue, 'courriel' | 'aujourdhui'>;
export interface FiltresCalendrier {
  /** `YYYY-MM-DD`, both included. */
  debut: string;
  fin: string;
  /** Only where this person sits. */
  moi?: Siege | undefined;
  /** Only what concerns this person: where they sit, bodies that their organisation keeps, bodies of their territory. */
  siens?: Vue | undefined;
  territoires?: readonly string[] | undefined;
  /** With the bodies that have no fiche of their own: the whole contract is theirs. */
  fiche?: string | undefined;
  instance?: string | undefined;
}

export const estMois = (v: string): boolean => /^\d{4}-(0[1-9]|1[0-2])$/.test(v) && v >= '2000-01' && v <= '2100-12';

export const decalerMois = (mois: string, pas: number): string => ajouterMois(`${mois}-01`, pas).slice(0, 7);

/** Last day of a month. */
export const dernierJour = (mois: string): string => plusJours(ajouterMois(`${mois}-01`, 1), -1);

/** Whole weeks that hold the month; days of its neighbours complete the first and the last. */
export function semainesDe(mois: string): string[][] {
  const premier = `${mois}-01`;
  const semaines: string[][] = [];
  for (let lundi = plusJours(premier, -((new Date(`${premier}T00:00:00Z`).getUTCDay() + 6) % 7)); lundi.slice(0, 7) <= mois; lundi = plusJours(lundi, 7))
    semaines.push(Array.from({ length: 7 }, (_, i) => plusJours(lundi, i)));
  return semaines;
}
export const JOURS = ['lundi', 'mardi', 'mercredi', 'jeudi', 'vendredi', 'samedi', 'dimanche'] as const;
