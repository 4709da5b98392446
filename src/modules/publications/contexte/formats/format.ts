import type { Serie } from '../serie.schema.ts';
import type { Compte, Point } from '../lecture.ts';

interface LectureDeSerie {
  sources: readonly string[];
  serie: Serie;
  /** Territory of an Insee code; null outside the contract. */
  territoireDe(code: string): string | null;
  compte: Compte;
}
/** How the files of a producer become points. */
export interface Format {
  fichiers: readonly { champ: string; libelle: string }[];
  lire(l: LectureDeSerie): AsyncGenerator<Point>;
}
