/**
 * Many reports at once, as after a power cut. What may wait is left aside in a stated order, so that what is reported is kept: photographs, then the
 * search of what is there already, then letters, which leave some minutes later; beyond, one is told to send it again, and nothing was begun.
 */
import { ErreurConcorde } from '../errors.ts';

/** Reports being received by this process at once, from which each is left aside. */
export const PALIERS = { photos: 30, proches: 60, lettres: 120, refus: 400 } as const;
let recus = 0;

/** Takes a place for as long as one is received, before anything of it is begun; gives what frees it. Throws 503 when there is none. */
export function prendreUnePlace(): () => void {
  if (recus >= PALIERS.refus)
    throw new ErreurConcorde(
      'indisponible',
      'Trop de signalements arrivent à la fois : le vôtre n’est pas enregistré. Ce que vous avez écrit est gardé ici : renvoyez-le dans une minute.',
      [],
      true,
    );
  recus++;
  let prise = true;
  return () => {
    if (prise) recus--;
    prise = false;
  };
}
export const laisseDeCote = (quoi: Exclude<keyof typeof PALIERS, 'refus'>): boolean => recus >= PALIERS[quoi];
