/**
 * A save keeps what it added to the cells; which figures that moved is told a moment later, for all that waits at once, or when somebody
 * opens its page first. Of the figures as they are then, what was written later is taken away again: each write tells what it found.
 */
import { setTimeout as attendre } from 'node:timers/promises';
import { sql } from 'kysely';
import { apresValidation, type Db, estEnTransaction, estReessayable, inTransaction, remettreEnsemble } from '../../../core/base/database.ts';
import { type Cause, compterAvecLaValidation, compterEnsemble, type Delta } from '../calcul/cellules.queries.ts';
import { compterNouveaux } from '../calcul/apports.queries.ts';
import { apportDe, type FaitNouveau } from '../calcul/apports.ts';
import { getFormulaire } from '../formulaires.ts';
import { ceQuiABouge, raconter } from './mouvements.ts';
import { addAttente, addMouvements, deleteAttentes, lireMouvements, listAttentes, prendreLaParole } from './mouvements.queries.ts';
import { type Mouvements, netter } from './mouvements.rules.ts';

/** Beyond, a write (an import) tells at once what it moved: kept, it would weigh on the others. */
const DELTAS_MAX = 2000;
/** Writes that follow one another are told together. */
const DELAI_MS = 500;
const PATIENCE_MS = 3000;

/** Keeps with a write, from all its deltas, which figures it moved: its page tells it as long as it is there. */
export async function noterMouvements(tx: Db, contratId: number, cause: Cause, deltas: readonly Delta[]): Promise<void> {
  const nets = netter(deltas);
  if (nets.length === 0) return;
  if (estEnTransaction(tx) && !tx.isTransaction && nets.length <= DELTAS_MAX) {
    await addAttente(tx, contratId, cause, nets);
    annoncer(tx, contratId);
    return;
  }
  const m = await ceQuiABouge(tx, contratId, nets);
  if (m.chiffres.length > 0) await addMouvements(tx, contratId, [{ ...cause, ...m }]);
}

/**
 * Counts one record that the transaction has just made: its cells are added with the commit, and what they moved is told to its
 * page a moment later. For a save, whose answer says none of it. `fait`: what its view will show, where whoever made it knows.
 */
export async function compterNouveau(tx: Db, contratId: number, source: string, id: string, cause: Cause, fait: FaitNouveau | null = null): Promise<void> {
  await compter(tx, contratId, source, id, cause, fait);
  annoncer(tx, contratId);
}
/** The same for a record whose page tells nothing of figures. */
export const compterSansDire = (tx: Db, contratId: number, source: string, id: string, fait: FaitNouveau | null = null): Promise<void> =>
  compter(tx, contratId, source, id, null, fait);

async function compter(tx: Db, contratId: number, source: string, id: string, cause: Cause | null, fait: FaitNouveau | null): Promise<void> {
  const f = await getFormulaire(tx, contratId);
  if (!f.sources.has(source)) throw new Error(`Source de faits inconnue : ${source}`);
  for (const s of f.sources.values()) {
    if (s.nom !== source && s.de !== source) continue;
    const apport = fait && apportDe(f, s, fait);
    if (apport) await remettreEnsemble(tx, compterNouveaux, { contratId, id, jour: fait.jour, territoireId: fait.territoireId, apport, cause });
    else if (cause) await compterAvecLaValidation(tx, f, contratId, s, id, cause);
    else await remettreEnsemble(tx, compterEnsemble, { f, contratId, source: s, id });
  }
}

/** Something waits, once this transaction is kept. */
const annoncer = (tx: Db, contratId: number): void => apresValidation(tx, (db) => reveiller(db, contratId));

/** What this write moved when it was made; null when it moved nothing. */
export async function getMouvements(db: Db, contratId: number, cause: Cause): Promise<Mouvements | null> {
  let lu = await lireMouvements(db, contratId, cause);
  for (const fin = Date.now() + PATIENCE_MS; lu === 'attente' && !estEnTransaction(db) && Date.now() < fin; lu = await lireMouvements(db, contratId, cause))
    if (!(await direUneFois(db, contratId))) await attendre(20);
  return lu === 'attente' ? null : lu;
}

/** A pool serves one contract. */
const prevus = new WeakSet<Db>();
function reveiller(db: Db, contratId: number): void {
  if (prevus.has(db)) return;
  prevus.add(db);
  setTimeout(() => {
    // What is written from now on may be missed by this reading: it asks for another.
    prevus.delete(db);
    direUneFois(db, contratId)
      .then((dit) => dit || reveiller(db, contratId))
      .catch((e: Error) => {
        // The server stopped meanwhile: what waits is kept, and told with the next write.
        if (e.message !== 'driver has already been destroyed') process.stderr.write(`mouvements : ${e.message}\n`);
      });
  }, DELAI_MS).unref();
}

/** Tells all that waits. False when somebody else is telling, in this process or another. */
async function direUneFois(db: Db, contratId: number): Promise<boolean> {
  try {
    return await inTransaction(db, { contratId }, async (tx) => {
      // One state of the figures and of what waits.
      await sql`set transaction isolation level repeatable read`.execute(tx);
      if (!(await prendreLaParole(tx, contratId))) return false;
      const attentes = await listAttentes(tx, contratId);
      if (attentes.length === 0) return true;
      let ensuite: readonly Delta[] = [];
      const ecritures = attentes
        .toReversed()
        .map((a) => {
          const celle = { deltas: a.deltas, ensuite, avecElle: netter([...a.deltas, ...ensuite]) };
          ensuite = celle.avecElle;
          return celle;
        })
        .toReversed();
      const dits = await raconter(tx, contratId, ecritures);
      await addMouvements(
        tx,
        contratId,
        attentes.flatMap(({ chemin, version }, i) => {
          const m = dits[i];
          return m && m.chiffres.length > 0 ? [{ chemin, version, ...m }] : [];
        }),
      );
      await deleteAttentes(
        tx,
        contratId,
        attentes.map((a) => a.ordre),
      );
      return true;
    });
  } catch (e) {
    if (estReessayable(e)) return false;
    throw e;
  }
}
