/**
 * What a file of rows may cost. Measured: 100,000 rows of 20 columns are 92 MB of XML once inflated, and take 560 MB and 5 to
 * 20 seconds to read. All of it is spent in a process of its own (decision in tableur.ts), never in the one that serves.
 */
export const OCTETS_MAX = 10 * 1_048_576;
export const LIGNES_MAX = 100_000;
export const COLONNES_MAX = 512;
/** Filled cells, before any is made: rows and cells may be written once and said to be there many times. Fifty columns of as many rows as are read. */
export const CASES_MAX = 5_000_000;
/** Characters of one row. */
export const LIGNE_MAX = 200_000;
/** Characters of all rows: a text used in every row is written once in the file, and counted each time here. */
export const TEXTE_MAX = 64 * 1_048_576;
/** Parts of an archive, added up while they inflate. */
export const GONFLE_MAX = 160 * 1_048_576;
export const ENTREES_MAX = 2_000;

/** Of the process that reads. */
export const TAS_MO = 768;
export const MEMOIRE_MO = 1_200;
export const TEMPS_MS = 60_000;
/** Files read at the same time, and how many may wait, how long. */
export const A_LA_FOIS = 2;
export const EN_ATTENTE_MAX = 8;
export const ATTENTE_MS = 60_000;

/** `5,5 Go`, `160 Mo`. */
export const tailleEcrite = (octets: number): string =>
  octets >= 1_073_741_824 ? `${(octets / 1_073_741_824).toFixed(1).replace('.', ',').replace(',0', '')}\u00a0Go` : `${Math.ceil(octets / 1_048_576)}\u00a0Mo`;
