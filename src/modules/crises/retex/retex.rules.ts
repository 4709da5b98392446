/** Lessons: two times after the end, each owed by its day, each signed once; then the crisis may be archived. */
import { ajouterMois, plusJours } from '../../echeances/index.ts';
import { jour } from '../../../ui/typographie.ts';

export const TEMPS = { chaud: 'à chaud', froid: 'à froid' } as const;
export type Temps = keyof typeof TEMPS;
export const CODES_TEMPS = Object.keys(TEMPS) as [Temps, ...Temps[]];
export const NATURES_DE_CONSTAT = { fort: 'Ce qui a bien marché', ameliorer: 'À améliorer' } as const;

const HEURES_A_CHAUD = 48;
/** The hour by which what is written while it is fresh is owed; the day of it is that of the debt. */
export const heureLimite = (closeLe: Date): Date => new Date(closeLe.getTime() + HEURES_A_CHAUD * 3_600_000);
/** 48 hours, one month. `close`: the day it was closed. */
export const dueLe = (temps: Temps, close: string): string => (temps === 'chaud' ? plusJours(close, 2) : ajouterMois(close, 1));

/**
 * Why lessons held on that day are not those of that time; null when they are. What is looked at again with distance is neither of the same days as
 * the close, nor before what was said while it was fresh. `chaud`: the day on which that was held, once signed.
 */
export function refusDuTemps(temps: Temps, o: { tenuLe: string; close: string; chaud: string | null; froidDes: number }): string | null {
  if (o.tenuLe < o.close) return 'Ce jour est avant la clôture.';
  if (temps === 'chaud') return null;
  if (o.chaud === null) return 'Signez d’abord le retour à chaud : celui à froid le relit.';
  const des = [plusJours(o.close, o.froidDes), plusJours(o.chaud, 1)].sort().at(-1) ?? o.close;
  return o.tenuLe < des ? `Un retour à froid se tient à distance : à partir du ${jour(des)}. Ce qui se dit avant est à chaud.` : null;
}

const ERREUR_H = 24;
/** Why a room is not said to have been opened by mistake; null when it may be. */
export function refusDErreur(k: { etat: string; ouverteLe: Date; erreurLe: Date | null; jointeA: string | null }, maintenant: Date): string | null {
  if (k.erreurLe) return 'Cette salle est déjà dite ouverte par erreur.';
  if (k.jointeA) return 'Cette salle est jointe à une autre : elle ne compte déjà plus.';
  if (k.etat === 'archivee') return 'Cette salle est archivée : plus rien ne s’y écrit.';
  if (maintenant.getTime() - k.ouverteLe.getTime() > ERREUR_H * 3_600_000)
    return `Cette salle est ouverte depuis plus de ${ERREUR_H} heures : elle compte. Clôturez-la, et dites-le dans son retour d’expérience.`;
  return null;
}
/** What still keeps it from the archive, in words; empty when nothing does. */
export function ceQuiManque(signes: readonly Temps[]): string[] {
  return CODES_TEMPS.filter((t) => !signes.includes(t)).map((t) => `le retour d’expérience ${TEMPS[t]}`);
}
