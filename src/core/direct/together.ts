/**
 * One reading for all who ask for the same thing at once: two hundred screens that hear the same event. Exact: whoever asks is given a reading that
 * began after they asked, so that it shows what they were told of; at most one runs at a time, and they begin `PAUSE_MS` apart at least.
 */
import { LRUCache } from 'lru-cache';

const PAUSE_MS = 300;
interface File {
  enCours: Promise<unknown>;
  prochaine: Promise<unknown> | null;
  debut: number;
}
export type Ensemble = <T>(cle: string, lire: () => Promise<T>) => Promise<T>;

/** `cle` says everything that the reading depends on beside the database and the hour: two people share it only when they may read the same. */
export function openEnsemble(pauseMs = PAUSE_MS): Ensemble {
  const files = new LRUCache<string, File>({ max: 1000 });
  return <T>(cle: string, lire: () => Promise<T>): Promise<T> => {
    const file: File = files.get(cle) ?? { enCours: Promise.resolve(), prochaine: null, debut: Number.NEGATIVE_INFINITY };
    files.set(cle, file);
    const lancer = async (): Promise<unknown> => {
      await file.enCours.catch(() => {});
      const reste = file.debut + pauseMs - performance.now();
      if (reste > 0) await new Promise((fin) => setTimeout(fin, reste));
      file.prochaine = null;
      file.debut = performance.now();
      file.enCours = lire();
      return file.enCours;
    };
    file.prochaine ??= lancer();
    return file.prochaine as Promise<T>;
  };
}
