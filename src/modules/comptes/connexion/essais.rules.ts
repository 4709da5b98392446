/**
 * Failed sign-ins, counted apart: one account from one source, one source whatever the account, one account whatever the source. An account
 * is never closed to its holder: the last count only asks more of sources that it does not know.
 */

/** Failures that a source may make on an account before waiting; the wait doubles with each one after. */
const PAIRE = 5;
/** Failures that one source may make on all accounts together. Many people may stand behind one address. */
const SOURCE = 30;
/** Failures that an account may meet from everywhere before a password no longer suffices from an unknown source. */
const PLAFOND = 20;

const MINUTE = 60_000;
const ATTENTE_MAX_MIN = 60;
/** A count that nothing moved for so long starts again. */
export const OUBLI_MS = { paire: 24 * 60 * MINUTE, source: 60 * MINUTE, compte: 60 * MINUTE } as const;
export type Compteur = keyof typeof OUBLI_MS;

/** How long to wait after this many failures, in milliseconds; 0 when not at all. */
export function attenteApres(genre: Compteur, echecs: number): number {
  if (genre === 'compte') return echecs >= PLAFOND ? OUBLI_MS.compte : 0;
  const trop = echecs - (genre === 'paire' ? PAIRE : SOURCE);
  return trop < 0 ? 0 : Math.min(2 ** trop, ATTENTE_MAX_MIN) * MINUTE;
}
