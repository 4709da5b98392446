/** What a door does in the application: by the clock of Paris, for functions that a test calls without going through one. */
import { dansLeFuseau } from '../../src/core/fuseau.ts';

type Fonction = (...args: never[]) => unknown;

export const aLHeureDeParis = <F extends Fonction>(f: F): F => ((...args: Parameters<F>) => dansLeFuseau('Europe/Paris', () => f(...args))) as F;
