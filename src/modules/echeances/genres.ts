/** The sources declared in this build, from which every reader of the list takes its kinds. */
import { formatPeriode } from '../../ui/typographie.ts';
import type { Echeance, Genre, Source } from './echeances.types.ts';

let sources: readonly Source[] = [];
let parGenre: ReadonlyMap<string, { genre: Genre; source: Source }> = new Map();

/** Called once at start, before anything is read or written. */
export function installerEcheances(liste: readonly Source[]): void {
  const paires = liste.flatMap((source) => source.genres.map((genre) => [genre.code, { genre, source }] as const));
  const codes = paires.map(([code]) => code);
  const double = codes.find((c, i) => codes.indexOf(c) !== i);
  if (double) throw new Error(`Le genre d’échéance « ${double} » est déclaré deux fois.`);
  sources = liste;
  parGenre = new Map(paires);
}
export const listSources = (): readonly Source[] => sources;
export const listGenres = (): readonly Genre[] => [...parGenre.values()].map((x) => x.genre);
export const genreDe = (code: string): { genre: Genre; source: Source } | undefined => parGenre.get(code);
export const libelleDuGenre = (code: string): string => parGenre.get(code)?.genre.libelle ?? code;

/** The title, with its period where that is part of what is owed. */
export const objetDit = (e: Pick<Echeance, 'genre' | 'titre' | 'periode'>): string =>
  parGenre.get(e.genre)?.genre.parPeriode ? `${e.titre}, ${formatPeriode(e.periode)}` : e.titre;
