/** Planned and real hours: what is out of the ordinary is asked about, never refused. Pure: moments are those of the contract's clock. */
import { duree, heure, jour } from '../../ui/typographie.ts';
import type { HeuresReelles } from './seances.rules.ts';

export interface Moment {
  /** `YYYY-MM-DD`. */
  jour: string;
  /** `HH:MM`. */
  heure: string;
}
export interface Prevue {
  jour: string | null;
  heure: string | null;
  dureeMinutes: number;
}
/** Around the planned hours, in minutes. */
const TOLERANCE = 60;
/** A sitting shorter than this was opened or lifted by mistake. */
const TROP_COURTE = 5;

const minutes = (m: Moment): number => Date.parse(`${m.jour}T${m.heure}Z`) / 60_000;
const debutDe = (p: Prevue): number | null => (p.jour && p.heure ? minutes({ jour: p.jour, heure: p.heure }) : null);
const finPrevue = (p: Prevue): number | null => {
  const debut = debutDe(p);
  return debut === null ? null : debut + p.dureeMinutes;
};
const heureDe = (m: number): string => heure(new Date(m * 60_000).toISOString().slice(11, 16));

/** Opening now: each sentence asks for a confirmation. */
export function aConfirmerPourOuvrir(p: Prevue, a: Moment): string[] {
  const [debut, fin] = [debutDe(p), finPrevue(p)];
  if (p.jour !== null && p.jour !== a.jour) return [`La séance est prévue le ${jour(p.jour)} : elle s’ouvrirait le ${jour(a.jour)} à ${heure(a.heure)}.`];
  if (debut !== null && minutes(a) < debut - TOLERANCE) return [`La séance est prévue à ${heureDe(debut)} : elle s’ouvrirait à ${heure(a.heure)}.`];
  if (fin !== null && minutes(a) > fin) return [`La séance était prévue jusqu’à ${heureDe(fin)} : elle s’ouvrirait à ${heure(a.heure)}.`];
  return [];
}

/** Lifting now. */
export function aConfirmerPourLever(p: Prevue, ouverte: Moment | null, a: Moment): string[] {
  const fin = finPrevue(p);
  const passees = ouverte === null ? null : minutes(a) - minutes(ouverte);
  if (ouverte !== null && ouverte.jour !== a.jour)
    return [
      `La séance est ouverte depuis le ${jour(ouverte.jour)} à ${heure(ouverte.heure)} : elle serait levée le ${jour(a.jour)} à ${heure(a.heure)}. Les heures réelles se corrigent ensuite, avant d’arrêter le relevé.`,
    ];
  return [
    ...(passees !== null && passees < TROP_COURTE ? [`La séance est ouverte depuis ${passees < 1 ? 'moins d’une minute' : duree(passees)}.`] : []),
    ...(fin !== null && p.jour === a.jour && Math.abs(minutes(a) - fin) > TOLERANCE
      ? [`La séance est prévue jusqu’à ${heureDe(fin)} : elle serait levée à ${heure(a.heure)}.`]
      : []),
  ];
}

/** Names the hours that somebody says are exact: others, noted meanwhile, are asked about again. */
export const marqueDesHeures = (r: HeuresReelles | null): string => (r ? [r.jour, r.ouverte, r.leveeJour, r.levee].join(' ').trim() : 'aucune');
/** Freezing now. */
export function aConfirmerPourFiger(p: Prevue, reel: HeuresReelles | null, a: Moment): string[] {
  const fin = finPrevue(p);
  const dure =
    reel === null || reel.levee === '' ? null : minutes({ jour: reel.leveeJour, heure: reel.levee }) - minutes({ jour: reel.jour, heure: reel.ouverte });
  return [
    ...(reel !== null && dure !== null && reel.jour !== reel.leveeJour
      ? [`La séance est notée ouverte le ${jour(reel.jour)} à ${heure(reel.ouverte)} et levée le ${jour(reel.leveeJour)} à ${heure(reel.levee)}.`]
      : []),
    ...(reel !== null && dure !== null && dure < TROP_COURTE
      ? [`La séance est notée ouverte à ${heure(reel.ouverte)} et levée à ${heure(reel.levee)} : ${dure < 1 ? 'moins d’une minute' : duree(dure)}.`]
      : []),
    ...(fin !== null && minutes(a) < fin ? [`La séance était prévue jusqu’à ${heureDe(fin)}, le ${jour(p.jour ?? '')} : son relevé serait arrêté avant.`] : []),
  ];
}
