/**
 * A session of a cell: called for a day, opened and closed by who presides, and over at the end of that day whatever happens.
 *
 *   prevue -> ouverte -> close        prevue, ouverte -> passee when its day is over
 *
 * Its items open one situation at a time to those who attested that they are in the room.
 */
export const ETATS_DE_SEANCE = { prevue: 'Prévue', ouverte: 'Ouverte', close: 'Close', passee: 'Passée' } as const;
export type EtatDeSeance = keyof typeof ETATS_DE_SEANCE;

export interface Dates {
  jour: string;
  ouverteLe: Date | null;
  closeLe: Date | null;
}
export function etatDeSeance(s: Dates, aujourdhui: string): EtatDeSeance {
  if (s.closeLe) return 'close';
  // Neither tomorrow nor, the clock set back, yesterday.
  if (s.jour !== aujourdhui) return s.jour > aujourdhui && !s.ouverteLe ? 'prevue' : 'passee';
  return s.ouverteLe ? 'ouverte' : 'prevue';
}

/** States of a situation that may be put on an agenda: someone named for it declared that it is for this cell. */
export const EXAMINABLES = ['recevable', 'examinee', 'suivie'] as const;

interface Present {
  membreId: string;
  organisationId: string;
}
/** Why an item does not open; null when it does. Neither one institution alone, nor people none of whom knows the situation. */
export function refusDOuvrir(presents: readonly Present[], designes: ReadonlySet<string>): string | null {
  if (new Set(presents.map((p) => p.organisationId)).size < 2)
    return 'Deux institutions au moins doivent être présentes : chaque membre l’atteste depuis sa propre page.';
  if (!presents.some((p) => designes.has(p.membreId))) return 'Aucun membre désigné pour cette situation n’est présent : elle n’est pas examinée sans lui.';
  return null;
}
