/** One POST: its once-only key, its transaction, its audit, tried again once when PostgreSQL undid it for another's sake. */
import { setTimeout as attendre } from 'node:timers/promises';
import { type EntreeAudit, ecrireAudit } from '../trace/audit.ts';
import { type Db, estReessayable, inTransaction } from '../base/database.ts';
import type { FichierRecu, Reponse, Route } from './http.ts';
import { aDejaSaReponse, exigerSoumission, garderReponse, prendreSoumission, type Soumission, unefois } from './submissions.ts';
import type { Suite } from './after-commit.ts';

interface Ecriture {
  db: Db;
  contratId: number;
  route: Route;
  soumission: Soumission | null;
  fichiers: readonly FichierRecu[];
  /** Filled by the handler; emptied before it is run again. */
  suites: Suite[];
  entrees: EntreeAudit[];
  executer: (db: Db) => Promise<Reponse>;
}

export async function ecrire(e: Ecriture): Promise<Reponse> {
  const { soumission } = e;
  if (e.route.options.sansTransaction) return soumission ? unefois(e.db, soumission, () => e.executer(e.db)) : e.executer(e.db);
  /** `presse`: the key is taken on the way of what follows, which fails when it has its answer already. */
  const tenter = (presse: boolean) =>
    inTransaction(e.db, { contratId: e.contratId }, async (tx) => {
      e.suites.length = 0;
      e.entrees.length = 0;
      const reprendre = soumission && presse ? await exigerSoumission(tx, soumission) : undefined;
      const deja = soumission && !presse ? await prendreSoumission(tx, soumission) : null;
      if (deja) return deja;
      const faite = await e.executer(tx);
      await ecrireAudit(tx, e.contratId, e.entrees);
      // Each act has its entry, but what is anonymous: an answer without any (« confirm who you are first ») did nothing, and the form serves again.
      const agi = e.entrees.length > 0 || e.route.options.anonyme === true;
      if (soumission) await garderReponse(tx, soumission, agi ? faite : null, reprendre);
      return faite;
    });
  // Not with files: a first attempt may have moved them.
  const presse = e.fichiers.length === 0;
  try {
    return await tenter(presse).catch((erreur: unknown) => {
      if (presse && soumission && aDejaSaReponse(erreur)) return tenter(false);
      throw erreur;
    });
  } catch (erreur) {
    if (!estReessayable(erreur) || e.fichiers.length > 0) throw erreur;
    await attendre(PAUSE_MS);
    return tenter(false);
  }
}
/** The other one, who was waiting, takes what it waited for before the same work is begun again: at once, the two could meet a second time. */
const PAUSE_MS = 100;
