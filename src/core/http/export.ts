/**
 * Long exports: the rows of ONE statement, read by a cursor in packets. One statement is one snapshot: what is written
 * meanwhile neither drops nor doubles a row. A reader who stops taking is dropped, and few run at once, so that downloads
 * cannot hold every connection.
 */
import { Readable } from 'node:stream';
import type { RawBuilder } from 'kysely';
import { type Cellule, lignesCsv, MARQUE } from '../csv.ts';
import type { Db } from '../base/database.ts';
import { indisponible } from '../errors.ts';

const PAQUET = 1000;
/** Exports at the same time on one base, in one process: each holds one connection of its pool. */
export const EXPORTS_MAX = 4;
interface Places {
  max: number;
  prises: number;
}
const placesDes = new WeakMap<Db, Places>();
function placesDe(db: Db): Places {
  const places = placesDes.get(db) ?? { max: EXPORTS_MAX, prises: 0 };
  placesDes.set(db, places);
  return places;
}
/** Half of a small pool stays for those who read pages: said when its base is opened. */
export const reserverAuxPages = (db: Db, connexions: number): void =>
  void placesDes.set(db, { max: Math.max(1, Math.min(EXPORTS_MAX, Math.floor(connexions / 2))), prises: 0 });

/** Takes a place for as long as the packets are read; throws 503 when none is free. Call before answering. */
export function parcourir<T>(db: Db, requete: RawBuilder<T>): AsyncGenerator<T[]> {
  const places = placesDe(db);
  if (places.prises >= places.max)
    throw indisponible(`${places.max === 1 ? 'Un export est déjà' : `${places.max} exports sont déjà`} en cours. Recommencez dans une minute.`);
  places.prises++;
  let rendu = false;
  const rendre = () => {
    if (!rendu) places.prises--;
    rendu = true;
  };
  async function* paquets(): AsyncGenerator<T[]> {
    try {
      const executeur = db.getExecutor();
      for await (const { rows } of executeur.stream<T>(requete.compile(db), PAQUET)) if (rows.length > 0) yield rows;
    } finally {
      rendre();
    }
  }
  const suite = paquets();
  const finir = suite.return.bind(suite);
  // A generator that was never started does not run its `finally`.
  suite.return = (v) => {
    rendre();
    return finir(v);
  };
  return suite;
}

/** The file, line after line. */
export function exporterCsv<T>(paquets: AsyncGenerator<T[]>, entete: readonly string[], ligne: (t: T) => readonly Cellule[]): Readable {
  async function* morceaux() {
    yield MARQUE + lignesCsv([entete]);
    for await (const paquet of paquets) yield lignesCsv(paquet.map(ligne));
  }
  // A reader who leaves, even before the first byte, gives the place back.
  return Readable.from(morceaux()).once('close', () => void paquets.return(undefined));
}
