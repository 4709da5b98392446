/** What happens in a session. Pure. */
import { plusJours } from '../../../core/jours.ts';
import { ajouterMois } from '../../echeances/index.ts';
import type { VoteEcrit } from '../releve/releve.modele.ts';
import type { Participant, Point, Seance } from '../seances.queries.ts';
import type { SiegeCharge } from '../../decisions/index.ts';
import type { Presence } from '../seances.rules.ts';

/** Longest notes of one item, in characters. */
export const NOTES_MAX = 20_000;
/** Days during which those who were present may propose corrections. */
const RELECTURE_JOURS = 8;

export const ETATS_POINT = { a_venir: 'à venir', en_cours: 'en cours', traite: 'traité', reporte: 'reporté' } as const;
export type EtatPoint = keyof typeof ETATS_POINT;

/** `YYYY-MM-DD`, so many days later. */
export const finDeRelecture = (jour: string): string => plusJours(jour, RELECTURE_JOURS);

export interface Compte extends Record<Presence, number> {
  /** Someone is named and not noted yet. */
  blancs: number;
  /** Seats without a name: nobody who could be there, or away. */
  vacants: number;
  /** Left the body since they were convoked: not expected, counted apart. */
  partis: number;
}
export function compterPresences(participants: readonly Participant[]): Compte {
  const n: Compte = { present: 0, represente: 0, excuse: 0, absent: 0, blancs: 0, vacants: 0, partis: 0 };
  for (const p of participants)
    if (p.retireLe) n.partis += 1;
    else if (p.nom === '') n.vacants += 1;
    else if (p.presence === null) n.blancs += 1;
    else n[p.presence] += 1;
  return n;
}

/** The next item to come after `apres` in order, else the first left behind. */
export function suivantDe(points: readonly Point[], apres: string | null): Point | null {
  const rang = points.findIndex((p) => p.id === apres);
  const attente = points.filter((p) => p.etat === 'a_venir' && p.id !== apres);
  return attente.find((p) => points.indexOf(p) > rang) ?? attente[0] ?? null;
}

/** Time spent on an item until now, in seconds. */
export function secondesDe(p: Point, s: Pick<Seance, 'pointCourant' | 'pointDepuis'>, maintenant: Date): number {
  const enPlus = s.pointCourant === p.id && s.pointDepuis ? (maintenant.getTime() - s.pointDepuis.getTime()) / 1000 : 0;
  return p.secondes + Math.max(0, Math.floor(enPlus));
}

/** When an act took place that was sent later (`age` seconds ago), never before what it follows. */
export function momentDe(age: number, maintenant: Date, pasAvant: Date | null): Date {
  const dit = maintenant.getTime() - Math.min(Math.max(0, age), 86_400) * 1000;
  return new Date(Math.min(maintenant.getTime(), Math.max(dit, pasAvant?.getTime() ?? 0)));
}

export const resultatDe = (v: { pour: number; contre: number }): VoteEcrit['resultat'] =>
  v.pour > v.contre ? 'adopté' : v.pour < v.contre ? 'rejeté' : 'partagé';

/** Furthest deadline that makes sense in a contract: a typing error beyond. */
export const echeanceMax = (jour: string): string => ajouterMois(jour, 120);

/** The screen shows this item: the one asked for, else the current one, else the first to come. */
export function pointMontre(points: readonly Point[], demande: string, courant: string | null): string | null {
  const a = points.find((p) => p.id === demande) ?? points.find((p) => p.id === courant) ?? points.find((p) => p.etat === 'a_venir') ?? points[0];
  return a?.id ?? null;
}

/** A seat that no name was convoked for: vacant, or someone sat there whose name is written in the session. */
export const seNommeEnSeance = (p: Pick<Participant, 'nom' | 'nommeEnSeance'>): boolean => p.nom === '' || p.nommeEnSeance;

/** What a line of attendance showed, as its form says it back. */
export const avantDe = (p: Pick<Participant, 'nom' | 'nommeEnSeance' | 'presence' | 'representePar'>): string =>
  [p.presence ?? '', p.representePar, ...(seNommeEnSeance(p) ? [p.nom] : [])].join('|');

/** Those around the table, as a decision may be given to one of them. */
export const siegesDeLaTable = (participants: readonly Participant[]): SiegeCharge[] =>
  participants.filter((p) => p.retireLe === null).map(({ id, organisationId, fonction, nom, courriel }) => ({ id, organisationId, fonction, nom, courriel }));
