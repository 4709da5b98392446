/** Words and rules of sessions. Pure: no clock, no database. */
import { champsDuMoment, ordinal } from '../../ui/typographie.ts';
import type { EtatSeance } from '../instances/index.ts';

const PASSAGES: Record<EtatSeance, readonly EtatSeance[]> = {
  preparation: ['convoquee', 'annulee'],
  // A session that was moved is convoked again.
  convoquee: ['convoquee', 'ouverte', 'annulee'],
  ouverte: ['relecture'],
  relecture: ['figee'],
  figee: ['relecture'],
  annulee: [],
  declaree: [],
};
export const peutPasser = (de: EtatSeance, vers: EtatSeance): boolean => PASSAGES[de].includes(vers);

/** It met: measures count it. */
export const estTenue = (e: EtatSeance): boolean => e === 'relecture' || e === 'figee' || e === 'declaree';

export const REPONSES = { accepte: 'vient', provisoire: 'peut-être', refuse: 'ne vient pas' } as const;
export type ReponseConvocation = keyof typeof REPONSES;
export const PRESENCES = { present: 'présent', represente: 'représenté', excuse: 'excusé', absent: 'absent' } as const;
export type Presence = keyof typeof PRESENCES;
const GENRES_POINT = {
  ouverture: 'Ouverture',
  decision: 'Décision à suivre',
  chiffre: 'Chiffre',
  preuve: 'Engagement sans preuve',
  lieu: 'Lieu signalé',
  demande: 'Demande d’un membre',
  remontee: 'Transmis par une autre instance',
  probleme: 'Problème suivi',
  recurrent: 'Point de chaque séance',
  libre: 'Point libre',
  reserve: 'Lu des seuls membres nommés',
} as const;
export type GenrePoint = keyof typeof GENRES_POINT;
/** Of an item; `acceptePar`: who accepted the resident's contribution from which it comes, by name. */
export const direGenre = (genre: GenrePoint, acceptePar: string | null | undefined): string =>
  acceptePar ? `Contribution d’un habitant, acceptée par ${acceptePar}` : GENRES_POINT[genre];

const horloge = (d: Date): [string, string] => {
  const { jour, heure } = champsDuMoment(d);
  return [jour, heure];
};
/** `YYYY-MM-DD` and `HH:MM`; `leveeJour` and `levee` are empty while it is open. */
export interface HeuresReelles {
  jour: string;
  ouverte: string;
  leveeJour: string;
  levee: string;
}
/** A moment as the contract's clock shows it. */
export function momentDuMur(d: Date): { jour: string; heure: string } {
  const [jour, heure] = horloge(d);
  return { jour, heure };
}
/** Opening and lifting as the contract's clock showed them. */
export function heuresReelles(ouverteLe: Date, leveeLe: Date | null): HeuresReelles {
  const [jour, ouverte] = horloge(ouverteLe);
  const [leveeJour, levee] = leveeLe ? horloge(leveeLe) : ['', ''];
  return { jour, ouverte, leveeJour, levee };
}

/** A sitting that begins at `heure` (`HH:MM`) for so many minutes ends at this hour of the same clock. */
export function finDe(heure: string, minutes: number): string {
  const [h = 0, m = 0] = heure.split(':').map(Number);
  const t = h * 60 + m + minutes;
  return `${String(Math.floor(t / 60) % 24).padStart(2, '0')}:${String(t % 60).padStart(2, '0')}`;
}

/** « 2e séance de 2026 »: sessions of one body differ by their titles. */
export const titreDeSeance = (rang: number, annee: string): string => `${ordinal(rang, 'f')} séance de ${annee}`;
/** The year that a title of this form says; null for one that somebody wrote otherwise. */
export const anneeDuTitre = (titre: string): string | null => /^\d+(?:re|e) séance de (\d{4})$/u.exec(titre.trim())?.[1] ?? null;
