/**
 * Reads kept in memory until one of the tables under them changes: figures of a year and a territory, the same for every reader.
 * Exact: before it is served, what is kept has heard of everything that was committed before its reader asked. A transaction never
 * takes anything here, since it sees what it has not committed; nor does a process that hears no changes.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import { LRUCache } from 'lru-cache';
import { type Db, estEnTransaction } from './database.ts';
import { noterTextes, suivreLectures } from './read-tables.ts';

const OCTETS_MAX = 16 * 1_048_576;

/** What reads need of the course of changes (`core/direct/changes.ts`). */
interface Cours {
  ici(): number;
  depuis(place: number, tables: ReadonlySet<string>): unknown;
  rejoindre(): Promise<boolean>;
  tablesDe(textes: Iterable<string>): ReadonlySet<string> | null;
}
interface Lue {
  valeur: unknown;
  place: number;
  tables: ReadonlySet<string>;
  textes: ReadonlySet<string>;
}
interface Memoire {
  cours: Cours;
  lues: LRUCache<string, Lue>;
  enCours: Map<string, { place: number; promesse: Promise<unknown> }>;
}
const memoires = new WeakMap<Db, Memoire>();

/** From now on reads through this base may be kept. */
export function garderLesLectures(db: Db, cours: Cours): void {
  memoires.set(db, { cours, lues: new LRUCache({ maxSize: OCTETS_MAX }), enCours: new Map() });
}

const fraicheurs = new AsyncLocalStorage<Promise<boolean>>();
/** One request: what was committed before it came is heard once for all its reads. */
export const avecFraicheur = <T>(entendu: Promise<boolean> | undefined, travail: () => T): T => (entendu ? fraicheurs.run(entendu, travail) : travail());

/** `cle` says everything that the result depends on beside the database; `octets`, about how much memory it takes. Never to be modified. */
export async function lireGarde<T>(db: Db, cle: string, octets: (valeur: T) => number, lire: () => Promise<T>): Promise<T> {
  const m = memoires.get(db);
  if (!m || estEnTransaction(db)) return lire();
  if (!(await (fraicheurs.getStore() ?? m.cours.rejoindre()))) return lire();
  const deja = m.lues.get(cle);
  if (deja && m.cours.depuis(deja.place, deja.tables) === null) {
    deja.place = m.cours.ici();
    noterTextes(deja.textes);
    return deja.valeur as T;
  }
  const vol = m.enCours.get(cle);
  // Begun after the last change that this reader must see: it is theirs too. What it read is noted by `remplir`, for whoever asked first.
  if (vol && vol.place === m.cours.ici()) {
    const valeur = (await vol.promesse) as T;
    noterTextes(m.lues.get(cle)?.textes ?? []);
    return m.lues.has(cle) ? valeur : lire();
  }
  const place = m.cours.ici();
  const promesse = remplir(m, cle, place, octets, lire).finally(() => {
    if (m.enCours.get(cle)?.promesse === promesse) m.enCours.delete(cle);
  });
  m.enCours.set(cle, { place, promesse });
  return promesse;
}

async function remplir<T>(m: Memoire, cle: string, place: number, octets: (valeur: T) => number, lire: () => Promise<T>): Promise<T> {
  const { resultat, textes } = await suivreLectures(lire);
  const tables = m.cours.tablesDe(textes);
  if (tables && m.cours.depuis(place, tables) === null)
    m.lues.set(cle, { valeur: resultat, place, tables, textes }, { size: Math.max(1, Math.ceil(octets(resultat))) });
  else m.lues.delete(cle);
  return resultat;
}
